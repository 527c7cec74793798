"""DC813 A number that is gone from this draft · 新稿删去的数

Tests: the numbers of each sentence and each row of the older draft, given with `--since`, against this one.

Fails: 旧稿：改造老旧小区12个、惠及居民3000户。 新稿：改造老旧小区12个。
Passes: a sentence that only moved, or was joined with another.
Tolerance: none; a number counts as kept when it stands behind the same words elsewhere.
May be wrong: where a sentence was rewritten so far that it is paired with none. It is a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duheng.audit.comparison import Beside, Comparison
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.revision import revision, spot


def check(draft: Draft, others: Sequence[Draft]) -> Iterator[Finding]:
    """A finding for each number that only the older draft has."""
    for old in others:
        for change in revision(draft.document, old.document):
            if change.old and not change.new:
                yield Finding(
                    rule=RULE.code,
                    severity=RULE.severity,
                    message=(
                        f"删去数字：《{old.document.name}》中的{change.old.text}，新稿没有。",
                        f"A number is gone: {change.old.text} of “{old.document.name}”.",
                    ),
                    spots=(spot(change.old, document=old.document.name),),
                    sentence=change.old.sentence,
                )


RULE = Comparison(
    code="DC813",
    name=("新稿删去的数", "A number that is gone from this draft"),
    severity=Severity.NOTE,
    beside=Beside.SINCE,
    check=check,
    page=__doc__,
)
