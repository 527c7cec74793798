"""Reads a PDF that has a text layer: the glyphs and rules of its pages, put together as paragraphs, tables and boxes.

The only place where pypdfium2 is known.
"""

from __future__ import annotations

import ctypes
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import hypot, pi
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from duheng.errors import BrokenDocument, DocumentTooLong, ProtectedDocument
from duheng.read.document import Document
from duheng.read.leaf import Glyph, Leaf, Rule
from duheng.read.typeset import Typeset

Progress = Callable[[int, int], None]

_LOCK = threading.Lock()  # pdfium does one thing at a time
_PAGES = 3000
_GLYPHS = 20_000  # on one page; a page of a plan's tables has some two thousand
_PATHS = 20_000
_SEGMENTS = 64  # of one path; a frame has five
_THIN = 3.0  # points: a filled shape as thin as this is a rule
_SHORT = 5.0
_SLANT = 0.06  # radians off the right angle: a watermark
_UNPACKED = 256 * 2**20
_END = b"%%EOF"
_TAIL = 4096
_Found = tuple[str, float, float, float, float, float, float, float]
_MATRIX = tuple[float, float, float, float, float, float]


def read_pdf(data: bytes, *, name: str, progress: Progress | None = None) -> Document:
    """The document that a PDF holds. Raises EmptyDocument where it is but pictures of pages."""
    if _END not in data[-_TAIL:]:
        raise _broken(name)
    _measure(data, name)
    with _LOCK:
        made = Typeset(list(_leaves(data, name, progress)))
    return made.document(name=name)


def _leaves(data: bytes, name: str, progress: Progress | None) -> Iterator[Leaf]:
    document = _opened(data, name)
    try:
        count = len(document)
        if count > _PAGES:
            raise DocumentTooLong(name=name, size=count, limit=_PAGES, unit="pages", unit_zh="页")
        for number in range(count):
            if progress:
                progress(number, count)
            page = document[number]
            text = page.get_textpage()
            yield _leaf(number + 1, page, text)
            text.close()
            page.close()
    except pdfium.PdfiumError as wrong:
        raise _broken(name) from wrong
    finally:
        document.close()


def _opened(data: bytes, name: str) -> Any:
    """The opened file; one that only forbids printing opens with the empty password."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as wrong:
        if wrong.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise ProtectedDocument(name=name) from wrong
        raise _broken(name) from wrong


def _leaf(number: int, page: Any, text: Any) -> Leaf:
    glyphs = _glyphs(text)
    turn = Counter(quarter for quarter, _ in glyphs).most_common(1)[0][0] if glyphs else 0
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom

    def placed(x: float, y: float) -> tuple[float, float]:
        """A point of the page as it is read, with its words upright."""
        x, y = x - left, y - bottom
        return {0: (x, height - y), 1: (y, x), 2: (width - x, y), 3: (height - y, width - x)}[turn]

    turned = turn % 2 == 1
    return Leaf(
        number=number,
        width=height if turned else width,
        height=width if turned else height,
        glyphs=[_turned(found, placed) for quarter, found in glyphs if quarter == turn],
        rules=[rule for start, end in _strokes(page) if (rule := _rule(placed(*start), placed(*end)))],
    )


def _glyphs(text: Any) -> list[tuple[int, _Found]]:
    """Each character with the quarter it is turned by, its box, and where its baseline begins."""
    found = []
    box, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    handle = text.raw
    for place in range(min(text.count_chars(), _GLYPHS)):
        code = raw.FPDFText_GetUnicode(handle, place)
        if (
            code < 32
            or 0xD800 <= code < 0xE000
            or code > 0x10FFFF
            or code == 0xFFFE
            or raw.FPDFText_IsGenerated(handle, place) == 1
        ):
            continue
        angle = raw.FPDFText_GetCharAngle(handle, place)
        quarter = round(angle / (pi / 2))
        if abs(angle - quarter * pi / 2) > _SLANT or not raw.FPDFText_GetLooseCharBox(handle, place, box):
            continue
        raw.FPDFText_GetCharOrigin(handle, place, x, y)
        raw.FPDFText_GetMatrix(handle, place, matrix)
        size = raw.FPDFText_GetFontSize(handle, place) * hypot(matrix.c, matrix.d)
        found.append((-quarter % 4, (chr(code), box.left, box.bottom, box.right, box.top, x.value, y.value, size)))
    return found


def _turned(found: _Found, placed: Callable[[float, float], tuple[float, float]]) -> Glyph:
    text, left, bottom, right, top, x, y, size = found
    (a, b), (c, d), (start, base) = placed(left, bottom), placed(right, top), placed(x, y)
    return Glyph(text, min(a, c, start), min(b, d), max(a, c), max(b, d), base, size)


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Rule | None:
    wide, high = abs(start[0] - end[0]), abs(start[1] - end[1])
    if wide > _SHORT and high <= _THIN:
        return Rule(True, (start[1] + end[1]) / 2, min(start[0], end[0]), max(start[0], end[0]))
    if high > _SHORT and wide <= _THIN:
        return Rule(False, (start[0] + end[0]) / 2, min(start[1], end[1]), max(start[1], end[1]))
    return None


def _strokes(page: Any) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight lines drawn on a page, and the thin shapes filled on it, by their two ends."""
    for count, found in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=6)):
        if count >= _PATHS:
            return
        segments = raw.FPDFPath_CountSegments(found.raw)
        if not 2 <= segments <= _SEGMENTS:
            continue
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(found.raw, filled, stroked)
        for outline in _outlines(found, segments):
            if stroked.value:
                yield from pairwise(outline)
            elif filled.value:
                yield from _as_thin(outline)


def _outlines(found: Any, segments: int) -> Iterator[list[tuple[float, float]]]:
    matrix = _matrix(found)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for place in range(segments):
        segment = raw.FPDFPath_GetPathSegment(found.raw, place)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        a, b, c, d, e, f = matrix
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _matrix(found: Any) -> _MATRIX:
    """What leads from an object's own lengths to the page's, through the forms it stands in."""
    matrix: _MATRIX = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    while found is not None:
        a, b, c, d, e, f = matrix
        m = found.get_matrix()
        matrix = (
            a * m.a + b * m.c,
            a * m.b + b * m.d,
            c * m.a + d * m.c,
            c * m.b + d * m.d,
            e * m.a + f * m.c + m.e,
            e * m.b + f * m.d + m.f,
        )
        found = found.container
    return matrix


def _as_thin(outline: list[tuple[float, float]]) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    if min(right - left, top - bottom) <= _THIN:
        middle = (left + right) / 2, (bottom + top) / 2
        if right - left > top - bottom:
            yield (left, middle[1]), (right, middle[1])
        else:
            yield (middle[0], bottom), (middle[0], top)


def _measure(data: bytes, name: str) -> None:
    """Unpacks the streams of a file, bit by bit and only to count: one that unpacks without end is refused before it is opened."""
    total = 0
    at = data.find(b"stream")
    while at >= 0:
        start = at + len(b"stream")
        start += 2 if data[start : start + 2] == b"\r\n" else 1
        total += _unpacked(data, start, _UNPACKED - total)
        if total > _UNPACKED:
            raise BrokenDocument(
                name=name,
                reason="it unpacks to far more than a report can hold.",
                reason_zh="解压后的内容远超一份报告。",
            )
        at = data.find(b"stream", start)


def _unpacked(data: bytes, start: int, room: int) -> int:
    """How much the stream at `start` unpacks to, counted a little past `room` only; 0 if it is not packed."""
    unpacking, total, piece = zlib.decompressobj(), 0, data[start : start + 2**16]
    try:
        while piece and not unpacking.eof and total <= room:
            total += len(unpacking.decompress(piece, 2**22))
            piece = unpacking.unconsumed_tail
            if not piece:
                start += 2**16
                piece = data[start : start + 2**16]
    except zlib.error:
        return total
    return total


def _broken(name: str) -> BrokenDocument:
    return BrokenDocument(
        name=name,
        reason="the file is damaged or incomplete; perhaps it was not copied to its end.",
        reason_zh="文件已损坏或不完整，可能没有传完。",
    )
