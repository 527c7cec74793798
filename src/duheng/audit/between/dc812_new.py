"""DC812 A number that is new in this draft · 新稿增加的数

Tests: the numbers of each sentence and each row against the older draft, given with `--since`.

Fails: 旧稿：推进城市更新。 新稿：推进城市更新，改造老旧小区12个。
Passes: a sentence that only moved, or was cut in two.
Tolerance: none; a number counts as known when the same number stood behind the same words.
May be wrong: where a sentence was rewritten so far that it is paired with none. It is a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duheng.audit.comparison import Beside, Comparison
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.revision import revision, spot


def check(draft: Draft, others: Sequence[Draft]) -> Iterator[Finding]:
    """A finding for each number that the older draft did not have."""
    for old in others:
        for change in revision(draft.document, old.document):
            if change.new and not change.old:
                yield Finding(
                    rule=RULE.code,
                    severity=RULE.severity,
                    message=(
                        f"新增数字：{change.new.text}，《{old.document.name}》中没有。",
                        f"A new number: {change.new.text} is not in “{old.document.name}”.",
                    ),
                    spots=(spot(change.new),),
                    sentence=change.new.sentence,
                )


RULE = Comparison(
    code="DC812",
    name=("新稿增加的数", "A number that is new in this draft"),
    severity=Severity.NOTE,
    beside=Beside.SINCE,
    check=check,
    page=__doc__,
)
