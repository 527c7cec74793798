"""DR301 Cited and not there · 引用的表、专栏、附件或部分不存在

Tests: each table, box, figure, annex and part that the text cites by number, against the captions and headings that are there;
a footnote that is called, against the notes. Where the text cites some of a kind, one that nobody cites is a note.

Fails: “具体情况详见表2” in a report whose only table is 表1.
Passes: “具体情况详见表1”; “附件1” where no annex is in the file at all gives a note, for annexes often travel apart.
May be wrong: where the thing cited is in another file, or its caption is part of a picture.
"""

from __future__ import annotations

from collections.abc import Iterator

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.numbered import Mark, Row, captions, headings, number
from duheng.audit.pointing import Span, pointed
from duheng.audit.rule import Rule
from duheng.read import Block, BlockKind

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_CUE = r"(?:(?<=[见如及和与、，（(在据按照由从])|(?<=参照))"
_NO_NUMBER = r"(?![\d.%％年月个张份项名人户家万亿]|[、至—-]?\d)"
_CITED = re.compile(rf"(?:{_CUE}(?P<short>[表图])|(?P<kind>附[表图件]|附录|专栏))\s*(?P<n>{_NUMBER}){_NO_NUMBER}")
_PART = re.compile(
    rf"(?:(?:详?见|参见|参照|本报告)第?|(?<=如)第)(?P<n>{_NUMBER})(?:部分|章)|(?:详?见|参见)[“（(]?第?(?P<m>{_NUMBER})[）)、]"
)
_CALL = re.compile(r"\[footnoteRef:(\d+)\]")
_KINDS = {"表": "table", "图": "figure", "附表": "annexed table", "附图": "annexed figure"}
_KINDS |= {"附件": "annex", "附录": "annex", "专栏": "box"}


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where what is cited is missing, or what is there is never cited."""
    known = captions(draft.document)
    cited: dict[str, dict[int, Span]] = {}
    for block in draft.document.blocks:
        for kind, value, span in _citations(block, known):
            cited.setdefault(kind, {}).setdefault(value, span)
    for kind, spans in cited.items():
        yield from _of_kind(draft, kind, spans, known.get(kind, ()))
    yield from _parts(draft)
    yield from _notes(draft)


def _citations(block: Block, known: dict[str, Row]) -> Iterator[tuple[str, int, Span]]:
    own = {mark.offset for row in known.values() for mark in row}
    if block.kind is BlockKind.CELL:
        return
    for found in _CITED.finditer(block.text):
        start, end = block.offset + found.start(), block.offset + found.end()
        if start not in own:
            yield found["short"] or found["kind"], number(found["n"]), (start, end)


def _of_kind(draft: Draft, kind: str, cited: dict[int, Span], there: Row) -> Iterator[Finding]:
    values = {mark.value for mark in there}
    missing = [value for value in cited if value not in values]
    for value in missing:
        yield _missing(draft, kind, draft.document.text[slice(*cited[value])], [cited[value]], there)
    for mark in there:
        if mark.value not in cited and not missing:
            yield _uncited(draft, kind, mark)


def _missing(draft: Draft, kind: str, shown: str, spans: list[Span], there: Row) -> Finding:
    have = "、".join(dict.fromkeys(f"{mark.label}" for mark in there))
    zh = f"全文只有{have}" if there else f"本文件中没有编号的{kind}"
    en = f"the document has only {have}" if there else f"this file has no numbered {_KINDS[kind]}"
    return pointed(
        draft,
        RULE,
        (
            f"正文引用了“{shown}”，但{zh}。请核对引用的编号，或补上该{kind}。",
            f"The text cites {shown}, but {en}. Correct the number cited, or add what is missing.",
        ),
        [*spans, *((mark.offset, mark.end) for mark in there[:3])],
        Severity.ERROR if there else Severity.NOTE,
    )


def _uncited(draft: Draft, kind: str, mark: Mark) -> Finding:
    return pointed(
        draft,
        RULE,
        (
            f"{mark.label}没有被正文引用，而其他{kind}有引用。请看是否漏了引用。",
            f"{mark.label} is never cited, while others of its kind are. See whether a reference is missing.",
        ),
        [(mark.offset, mark.end)],
        Severity.NOTE,
    )


def _parts(draft: Draft) -> Iterator[Finding]:
    """Parts of the report that are cited by number, where headings of that form are fewer."""
    known = {
        mark.value for row in headings(draft.document) for mark in row if mark.form in ("第{han}部分", "{han}、", "（{han}）")
    }
    for block in draft.document.blocks:
        for found in _PART.finditer(block.text):
            value = number(found["n"] or found["m"])
            if known and value not in known and value <= max(known) + 5:
                shown, last = found.group(), max(known)
                yield pointed(
                    draft,
                    RULE,
                    (
                        f"正文引用了“{shown}”，但全文编号的部分只到{last}。请核对。",
                        f"The text cites “{shown}”, but the numbered parts end at {last}. Please check.",
                    ),
                    [(block.offset + found.start(), block.offset + found.end())],
                    Severity.WARNING,
                )


def _notes(draft: Draft) -> Iterator[Finding]:
    text = draft.document.text
    for call in _CALL.finditer(text):
        if not re.search(rf"\[{call[1]}:\s", text):
            yield pointed(
                draft,
                RULE,
                (f"正文引用了脚注{call[1]}，但没有这条脚注。", f"The text calls footnote {call[1]}, which is not there."),
                [call.span()],
                Severity.WARNING,
            )


RULE = Rule(code="DR301", name=("引用与被引用", "Cited and not there"), severity=Severity.ERROR, check=check, page=__doc__)
