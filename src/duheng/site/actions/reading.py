"""From files to a plan, outside any transaction and before anything is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from duheng import audit, plan, read
from duheng.catalog import IndicatorEntry
from duheng.errors import YearUnknown
from duheng.plan.plan import Plan
from duheng.read import Claim, Document
from duheng.site.actions import auditing
from duheng.site.queries import known

Progress = Callable[[int, int, str], None]
_NAMED = 200  # characters of a name that a job's row has room for


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A file to import: where it lies, and the name its owner gave it."""

    path: Path
    name: str

    @property
    def suffix(self) -> str:
        """The kind of file, by its name."""
        return Path(self.name).suffix.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A report as read and audited, with the hash and size of its file; no findings where the audit could not be done."""

    name: str
    digest: str
    size: int
    document: Document
    claims: tuple[Claim, ...]
    findings: tuple[audit.Finding, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the reports say: ready to be stored in one go."""

    sources: tuple[Source, ...]
    plan: Plan


def fingerprint(digests: Sequence[str]) -> str:
    """Tells a set of reports, whatever their order and names."""
    return hashlib.sha256("\n".join(sorted(set(digests))).encode()).hexdigest()


def read_reports(
    reports: Sequence[Report], *, progress: Progress, taught: Mapping[str, str] | None = None
) -> tuple[Reading, ...]:
    """Read every report and join those of one place and year, with their annexes, into a plan, earlier years first.

    Raises the first ReadError, having stored nothing.

    `taught` are names that people bound to indicators of the catalog: they are read as its own aliases are.
    """
    steps = len(reports) + 2
    sources: list[Source] = []
    for number, report in enumerate(reports):
        source = _source(report, tell=partial(progress, number, steps))
        if source.digest not in {each.digest for each in sources}:  # the same file under two names is one report
            sources.append(source)
    progress(steps - 2, steps, "plan")
    entries = _entries(taught or {})
    made = [_joined([sources[i] for i in group], entries) for group in plan.by_plan([source.document for source in sources])]
    progress(steps - 1, steps, "store")
    return tuple(made)


def _joined(sources: Sequence[Source], entries: Mapping[str, IndicatorEntry]) -> Reading:
    made = plan.from_reports([each.document for each in sources], [each.claims for each in sources], entries=entries)
    if not made.year:
        raise YearUnknown(name=sources[0].name)
    return Reading(sources=tuple(sources), plan=made)


def _entries(taught: Mapping[str, str]) -> Mapping[str, IndicatorEntry]:
    entries = dict(known.indicators())
    for name, code in taught.items():
        if code in entries:
            entries[code] = replace(entries[code], aliases=(*entries[code].aliases, name))
    return entries


def _source(report: Report, *, tell: Callable[[str], None]) -> Source:
    """Read and audit one report; `tell` is called between the pages of a long one and between the rules, so that it can be stopped."""
    name = report.name[:_NAMED]
    pulse = partial(tell, name)
    pulse()
    content = report.path.read_bytes()
    document = read.open_document(data=content, name=report.name, progress=lambda done, total: tell(f"{name} {done + 1}/{total}"))
    pulse()
    claims = tuple(read.claims(document))
    return Source(
        name=report.name,
        digest=hashlib.sha256(content).hexdigest(),
        size=len(content),
        document=document,
        claims=claims,
        findings=auditing.examine(audit.Draft(document=document, claims=claims), progress=lambda *_: pulse()),
    )
