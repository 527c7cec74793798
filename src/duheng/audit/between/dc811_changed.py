"""DC811 A number that changed between drafts · 两稿之间改动的数

Tests: the numbers of each sentence and each row against the same sentence in the older draft, given with `--since`.

Fails: 旧稿：地区生产总值526.4亿元。 新稿：地区生产总值562.4亿元。
Passes: a sentence that only moved, or whose words changed around the same numbers.
Tolerance: none; the number as printed, with its unit.
May be wrong: where a sentence was rewritten so far that it is paired with another. It is a note: every change is worth a look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from duheng.audit.comparison import Beside, Comparison
from duheng.audit.draft import Draft
from duheng.audit.finding import Finding, Severity
from duheng.audit.revision import revision, spot


def check(draft: Draft, others: Sequence[Draft]) -> Iterator[Finding]:
    """A finding for each number that is not what it was."""
    for old in others:
        for change in revision(draft.document, old.document):
            if change.new and change.old:
                yield Finding(
                    rule=RULE.code,
                    severity=RULE.severity,
                    message=(
                        f"数字改动：{change.old.text} → {change.new.text}。",
                        f"The number changed: {change.old.text} → {change.new.text}.",
                    ),
                    spots=(spot(change.new), spot(change.old, document=old.document.name)),
                    sentence=change.new.sentence,
                    expected=(change.old.text, change.old.text),
                    found=(change.new.text, change.new.text),
                )


RULE = Comparison(
    code="DC811",
    name=("两稿之间改动的数", "A number that changed between drafts"),
    severity=Severity.NOTE,
    beside=Beside.SINCE,
    check=check,
    page=__doc__,
)
