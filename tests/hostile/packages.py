"""Word files and archives made to harm: each is a name and the bytes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

from tests.unit.read.word import NAMESPACES, p, package, tbl, tc, zipped

LINE = "全年地区生产总值506.3亿元，增长5.8%。"
GOOD = p(LINE)


def _document(body: str, *, declared: str = "", doctype: str = "") -> str:
    return f"{declared}{doctype}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def _with_main(main: bytes) -> bytes:
    members = _members(package(GOOD))
    return zipped(members | {"word/document.xml": main})


def _members(data: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def laughs() -> bytes:
    entities = '<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return package("", main=_document(p("文&a11;") + GOOD, doctype=f"<!DOCTYPE x [{entities}]>"))


def outside_entity() -> bytes:
    return package("", main=_document(p("文&e;") + GOOD, doctype='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'))


def outside_grammar() -> bytes:
    return package("", main=_document(GOOD, doctype='<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'))


def long_attribute() -> bytes:
    return package(f'<w:p w:rsidR="{"9" * 8_000_000}"><w:r><w:t>{LINE}</w:t></w:r></w:p>')


def many_attributes() -> bytes:
    return package("<w:p " + " ".join(f'w:a{n}="1"' for n in range(200_000)) + "/>" + GOOD)


def long_words() -> bytes:
    return package(p("九" * 3_000_000))


def tables_in_tables(deep: int = 10_000) -> bytes:
    return package("<w:tbl><w:tr><w:tc>" * deep + GOOD + "</w:tc></w:tr></w:tbl>" * deep)


def million_empty_paragraphs() -> bytes:
    return package("<w:p/>" * 1_000_000 + GOOD)


def many_paragraphs() -> bytes:
    return package(GOOD * 12_000)


def four_million_cells() -> bytes:
    return package(tbl(*["<w:tc/>" * 200] * 20_000) + GOOD)


def cells_within_bounds() -> bytes:
    return package(GOOD + tbl(*["".join(tc(str(n)) for n in range(20))] * 4_000))


def one_row_of_many_cells() -> bytes:
    return package(GOOD + tbl(*["".join(tc("1") for _ in range(20_000))] * 2))


def wide_spans() -> bytes:
    return package(GOOD + tbl(*["".join(tc("1", '<w:gridSpan w:val="999999999"/>') for _ in range(200))] * 50))


def note_that_calls_itself() -> bytes:
    call = '<w:p><w:r><w:t>注</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    return package(call + GOOD, footnotes=f'<w:footnote w:id="2">{call}</w:footnote>')


def box_in_box() -> bytes:
    open_, shut = "<w:p><w:r><w:pict><v:textbox><w:txbxContent>", "</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    return package(open_ * 60 + GOOD + shut * 60)


def style_that_is_its_own_parent() -> bytes:
    loop = '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    return package(p(LINE, properties='<w:pStyle w:val="a"/>'), styles=loop)


def list_that_is_its_own_style() -> bytes:
    loop = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    styles = '<w:style w:type="numbering" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return package(p(LINE, properties=numbered), numbering=loop, styles=styles)


def part_within_itself() -> bytes:
    chunk = '<w:altChunk r:id="rId9"/>'
    relation = '<Relationship Id="rId9" Type="http://x/aFChunk" Target="document.xml"/></Relationships>'
    members = _members(package(chunk + GOOD))
    relations = "word/_rels/document.xml.rels"
    return zipped(members | {relations: bytes(members[relations]).replace(b"</Relationships>", relation.encode())})


def main_part_outside() -> bytes:
    members = _members(package(GOOD))
    told = bytes(members["_rels/.rels"]).replace(b"word/document.xml", b"../../../etc/passwd")
    return zipped(members | {"_rels/.rels": told})


def encoded(encoding: str, declared: str, mark: bytes = b"") -> Callable[[], bytes]:
    return lambda: _with_main(mark + _document(GOOD, declared=f'<?xml version="1.0" encoding="{declared}"?>').encode(encoding))


def packed_ratio() -> bytes:
    return zipped(_members(package(GOOD)) | {"word/media/a.png": "\0" * 60_000_000})


def same_name_twice() -> bytes:
    stream = io.BytesIO(package(GOOD))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.fp.seek(0, 2)  # type: ignore[union-attr]
        archive.NameToInfo.pop("word/document.xml")
        archive.writestr("word/document.xml", _document(p("另一份")))
    return stream.getvalue()


def overlapping() -> bytes:
    """Every entry of the index leads to the same packed bytes."""
    kernel = zipped({f"word/media/{n}.png": "\0" * 100 for n in range(2000)} | _members(package(GOOD)))
    data = bytearray(kernel)
    start = 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 42 : start + 46] = struct.pack("<I", 0)
        start += 46
    return bytes(data)


def size_that_lies(told: int) -> Callable[[], bytes]:
    """The index tells another size than the packed bytes have."""

    def lying() -> bytes:
        data = bytearray(package(p("九" * 200_000)))
        place = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
        data[place + 24 : place + 28] = struct.pack("<I", told)
        return bytes(data)

    return lying


def larger_than_zip_can_say() -> bytes:
    data = bytearray(package(GOOD))
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(b"word/document.xml"))
    data[place + 20 : place + 28] = b"\xff" * 8
    return bytes(data)


def strange_names() -> bytes:
    return zipped(
        _members(package(GOOD)) | {"../../../tmp/x": "1", "/etc/x": "1", "C:\\x": "1", "\u202e": "1", "a" * 60_000: "1"}
    )


def parts_by_the_hundred_thousand(count: int) -> Callable[[], bytes]:
    """An index of so many entries, written directly: a library would take minutes."""

    def many() -> bytes:
        head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
        entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
        index = entry * count
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count % 65535, count % 65535, len(index), len(head), 0)
        return head + index + end

    return many


READ = {
    "外部实体": outside_entity,
    "外部语法": outside_grammar,
    "自引脚注": note_that_calls_itself,
    "自继承样式": style_that_is_its_own_parent,
    "自引编号": list_that_is_its_own_style,
    "自含部件": part_within_itself,
    "百万空段": million_empty_paragraphs,
    "一万二千段": many_paragraphs,
    "八万格": cells_within_bounds,
    "一六编码": encoded("utf-16", "UTF-16"),
    "国标编码": encoded("gb18030", "GB18030"),
    "带标记": encoded("utf-8", "UTF-8", b"\xef\xbb\xbf"),
    "长属性": long_attribute,
    "多属性": many_attributes,
    "宽合并": wide_spans,
    "名重": same_name_twice,
    "怪名": strange_names,
}
REFUSED = {
    "长字": long_words,
    "横表": one_row_of_many_cells,
    "亿笑": laughs,
    "万层表": tables_in_tables,
    "框中框": box_in_box,
    "四百万格": four_million_cells,
    "主件在外": main_part_outside,
    "错编码": encoded("gb18030", "UTF-8"),
    "错标记": encoded("utf-8", "UTF-8", b"\xff\xfe"),
    "压缩比": packed_ratio,
    "重叠": overlapping,
    "报小": size_that_lies(10),
    "报大": size_that_lies(2**31),
    "超界": larger_than_zip_can_say,
    "十万件": parts_by_the_hundred_thousand(100_000),
    "百万件": parts_by_the_hundred_thousand(1_000_000),
}
