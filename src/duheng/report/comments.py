"""Remarks as Word comments in the author's own file: each over exactly the words it is about, and nothing else is changed.

The text, its looks, tracked changes and earlier comments stay; parts of the file that a comment does not touch keep every byte.
Word allows no comment inside a footnote or a text box: there it stands at the note's mark, or where the box is anchored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from duheng import pattern as re
from duheng.read.package import W
from duheng.read.run import ALTERNATE
from duheng.read.trace import Source, Trace
from duheng.report.parts import Parts

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RUN, _TEXT, _PARAGRAPH = W + "r", W + "t", W + "p"
_WHOLE = (_RUN, _M + "oMath", _M + "oMathPara", ALTERNATE)  # what a comment can stand around but, runs excepted, not inside
_NOTES = (W + "footnote", W + "endnote")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNPRINTABLE = re.compile("[^\t\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to say about `document.text[offset:end]`, in one or more paragraphs."""

    offset: int
    end: int
    text: tuple[str, ...]


def commented(data: bytes, remarks: Sequence[Remark], *, name: str, author: str, at: datetime | None = None) -> bytes:
    """The Word file `data` with a comment for each remark; places count characters of the document that `read` gives.

    Raises a `ReadError` for what is no readable Word file.
    """
    trace = Trace.of(data, name=name)
    ends = [(remark, span) for remark in remarks if (span := trace.over(remark.offset, remark.end))]
    if not ends:
        return data
    parts = Parts(data, package=trace.package, name=name)
    pieces = _split(source for _, span in ends for source in span)
    comments = parts.comments()
    number = _free_number(comments, trace.package.document)
    for count, (remark, (first, last)) in enumerate(ends, start=number):
        begin, end = pieces.at(first.element, first.index), pieces.at(last.element, last.index + last.end - last.offset - 1)
        _mark(str(count), _carrier(begin, trace), _carrier(end, trace))
        comments.append(_comment(str(count), remark, author=author, at=at))
    return parts.packed(document=trace.package.document, comments=comments)


class _Pieces:
    """Text elements cut at the ends of remarks, by the element they were cut from and the character they begin at."""

    def __init__(self) -> None:
        self._cut: dict[etree._Element, dict[int, etree._Element]] = {}

    def at(self, element: etree._Element, index: int) -> etree._Element:
        """The element that now holds a character of an element as it was read."""
        known = self._cut.get(element, {})
        start = max((each for each in known if each <= index), default=None)
        return element if start is None else known[start]

    def cut(self, element: etree._Element, index: int) -> None:
        """Begin a new run at a character of a text element."""
        text = element.text or ""
        if 0 < index < len(text):
            rest = etree.Element(_TEXT)
            rest.text, element.text = text[index:], text[:index]
            for half in (element, rest):
                half.set(_SPACE, "preserve")
            element.addnext(rest)
            self._cut.setdefault(element, {})[index] = rest
            _part_run(rest)
        elif index == 0:
            _part_run(element)
        else:
            behind = element.getnext()
            if behind is not None:
                _part_run(behind)


def _split(sources: Iterable[Source]) -> _Pieces:
    """Cut runs where remarks begin and end, the last place first, so that earlier places stay valid."""
    cuts: dict[tuple[int, int], tuple[etree._Element, int]] = {}
    for source in sources:
        run = source.element.getparent()
        if source.element.tag == _TEXT and run is not None and run.tag == _RUN and _outermost(source.element) is run:
            length = source.end - source.offset
            cuts[source.offset, 1] = (source.element, source.index)
            cuts[source.end, 0] = (source.element, source.index + length)
    pieces = _Pieces()
    for _, (element, index) in sorted(cuts.items(), key=lambda item: item[0], reverse=True):
        pieces.cut(element, index)
    return pieces


def _part_run(element: etree._Element) -> None:
    """Move an element of a run, and all behind it, into a new run of the same looks."""
    run = element.getparent()
    if run is None or all(child.tag == W + "rPr" for child in element.itersiblings(preceding=True)):
        return
    after = etree.Element(run.tag, attrib=dict(run.attrib), nsmap=run.nsmap)
    after.tail, run.tail = run.tail, None
    looks = run.find(W + "rPr")
    if looks is not None:
        after.append(deepcopy(looks))
    for child in [element, *element.itersiblings()]:
        after.append(child)
    run.addnext(after)


def _outermost(element: etree._Element) -> etree._Element | None:
    """What a comment around this text can stand around: its run, or what the run is locked in (a text box, a formula)."""
    return next((each for each in reversed([*element.iterancestors()]) if each.tag in _WHOLE), None)


def _carrier(element: etree._Element, trace: Trace) -> etree._Element:
    note = next(element.iterancestors(*_NOTES), None)
    if note is not None:
        kind = etree.QName(note).localname
        element = trace.calls.get((kind, note.get(W + "id", "")), element)
    found = _outermost(element)
    return element if found is None else found


def _mark(number: str, first: etree._Element, last: etree._Element) -> None:
    if first.getroottree().getroot() is not last.getroottree().getroot():
        last = first
    start, end, reference = (etree.Element(W + tag) for tag in ("commentRangeStart", "commentRangeEnd", "r"))
    etree.SubElement(reference, W + "commentReference").set(W + "id", number)
    for mark in (start, end):
        mark.set(W + "id", number)
    first.addprevious(start)
    _behind(last, end)
    top = end
    while (parent := top.getparent()) is not None and parent.tag != _PARAGRAPH:
        top = parent
    _behind(top, reference)


def _behind(element: etree._Element, new: etree._Element) -> None:
    """Put something right behind an element, before the white space that follows it in the file."""
    new.tail, element.tail = element.tail, None
    element.addnext(new)


def _comment(number: str, remark: Remark, *, author: str, at: datetime | None) -> etree._Element:
    comment = etree.Element(W + "comment")
    comment.set(W + "id", number)
    comment.set(W + "author", author)
    comment.set(W + "initials", author[:1])
    if at is not None:
        comment.set(W + "date", at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    for count, line in enumerate(remark.text):
        paragraph = etree.SubElement(comment, _PARAGRAPH)
        if count == 0:
            etree.SubElement(etree.SubElement(paragraph, _RUN), W + "annotationRef")
        words = etree.SubElement(etree.SubElement(paragraph, _RUN), _TEXT)
        words.set(_SPACE, "preserve")
        words.text = _UNPRINTABLE.sub("", line)
    return comment


def _free_number(*roots: etree._Element) -> int:
    """A number above those of all comments that are there."""
    tags = [W + tag for tag in ("comment", "commentReference", "commentRangeStart", "commentRangeEnd")]
    used = [node.get(W + "id", "") for root in roots for node in root.iter(*tags)]
    return max((int(number) for number in used if number.isascii() and number.isdecimal() and len(number) < 10), default=-1) + 1
