"""DN602 Quotes and brackets in pairs · 引号、括号不配对

Tests: in each paragraph or cell, that each quote, bracket and title mark that opens also closes, in order. What opens in one
paragraph and closes in one of the next few is taken to run on: web copies break lines in the middle of sentences.

Fails: “十项行动、“四张清单”; （二期.
Passes: 1）and a）before items; （全角) closed at another width, which is a matter of taste.
May be wrong: where the rest of a sentence was cut off in conversion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from duheng import pattern as re
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.pointing import pointed
from duheng.audit.rule import Rule
from duheng.read import Block, BlockKind, clean

_PAIRS = ("“”", "‘’", "（）", "《》", "【】", "「」", "『』", "〈〉", "〔〕", "[]")
_WIDTHS = str.maketrans("()", "（）")
_OPENS = {pair[0]: pair for pair in _PAIRS}
_CLOSES = {pair[1]: pair for pair in _PAIRS}
_MARKS = re.compile(f"[{re.escape(''.join(_PAIRS))}]")
_SCRAP = 16  # characters below which a line without punctuation may be none of the report's
_REACH = 3  # paragraphs over which a pair may run on
_NAMES = {"“”": "引号", "‘’": "引号", "《》": "书名号", "〈〉": "书名号"}


@dataclass(frozen=True, slots=True)
class _Lone:
    mark: str
    block: int
    offset: int


def check(draft: Draft) -> Iterator[Finding]:
    """Findings where a quote or bracket has no partner."""
    lone = [each for i, block in enumerate(draft.document.blocks) for each in _alone(block, i)]
    for each in _not_run_on(lone):
        if not _is_furniture(draft, draft.document.blocks[each.block]):
            yield _finding(draft, each)
    for block in draft.document.blocks:
        yield from _straight(draft, block)


def _alone(block: Block, number: int) -> Iterator[_Lone]:
    view = clean(block.text)
    text = view.text.translate(_WIDTHS)
    listed = {found.end() - 1 for found in re.finditer(r"(?:^|(?<=[；;。：:，,、\s]))\s*[\da-zA-Z①-⑳]{1,3}）", text)}
    waiting: dict[str, list[int]] = defaultdict(list)
    for mark in _MARKS.finditer(text):
        character, i = mark.group(), mark.start()
        if character in _OPENS:
            waiting[character].append(i)
        elif openers := waiting[_CLOSES[character][0]]:
            openers.pop()
        elif i not in listed:
            yield _Lone(character, number, block.offset + view.places[i])
    for i in sorted(chain.from_iterable(waiting.values())):
        yield _Lone(text[i], number, block.offset + view.places[i])


def _not_run_on(lone: Sequence[_Lone]) -> list[_Lone]:
    """Those that no partner in the next paragraphs answers."""
    open_: dict[str, list[_Lone]] = defaultdict(list)
    left: list[_Lone] = []
    for each in lone:
        if each.mark in _OPENS:
            open_[each.mark].append(each)
            continue
        openers = open_[_CLOSES[each.mark][0]]
        if openers and 0 < each.block - openers[-1].block <= _REACH:
            openers.pop()
        else:
            left.append(each)
    return sorted([*left, *chain.from_iterable(open_.values())], key=lambda each: each.offset)


def _is_furniture(draft: Draft, block: Block) -> bool:
    """Whether a block is a scrap of a web page (【字号：, 》》点击进入) above or below the report."""
    if block.kind is not BlockKind.PARAGRAPH or len(block.text) >= _SCRAP or re.search(r"[，。、；]", block.text):
        return False
    first = min((section.offset for section in draft.document.sections), default=0)
    return block.offset < first or "。" not in draft.document.text[block.end :]


def _finding(draft: Draft, lone: _Lone) -> Finding:
    opens = lone.mark in _OPENS
    pair = _OPENS[lone.mark] if opens else _CLOSES[lone.mark]
    name, missing = _NAMES.get(pair, "括号"), pair[1] if opens else pair[0]
    around = draft.document.text[max(0, lone.offset - 6) : lone.offset + 10].replace("\n", " ")
    return pointed(
        draft,
        RULE,
        (
            f"{name}不配对：“…{around}…”中的「{lone.mark}」没有与它配对的「{missing}」。请补上或删去。",
            f"{lone.mark} has no {missing} to go with it, in “…{around}…”. Add what is missing or take it out.",
        ),
        [(lone.offset, lone.offset + 1)],
    )


def _straight(draft: Draft, block: Block) -> Iterator[Finding]:
    """Straight quotes, of which a paragraph must hold an even number."""
    places = [found.start() for found in re.finditer("(?<![\\d'])\"", block.text)]
    if len(places) % 2:
        at = block.offset + places[-1]
        yield pointed(
            draft,
            RULE,
            (
                '这一段的直引号 " 个数为单数，有一个没有配对。请补上或删去。',
                'A straight quote " in this paragraph has no partner.',
            ),
            [(at, at + 1)],
        )


RULE = Rule(
    code="DN602", name=("引号括号配对", "Quotes and brackets in pairs"), severity=Severity.WARNING, check=check, page=__doc__
)
