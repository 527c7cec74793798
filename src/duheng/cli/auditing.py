"""Running an audit for the command: files opened under names of their own, compared as asked, what was accepted set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NoReturn

from duheng import audit
from duheng import pattern as re
from duheng.audit import Beside, Draft, Finding, accepted
from duheng.cli.findings.audited import Audited
from duheng.cli.ledger import living_plan
from duheng.cli.opening import open_shown
from duheng.errors import AuditError

_ASKED = re.compile(r"(?P<rule>[A-Z]{2}\d{3})(?:@(?P<offset>\d{1,9}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rules are asked for, by their codes or the beginnings of these."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The files that lie on the desk: those to audit, and those beside them."""

    files: Sequence[Path]
    against: Sequence[Path] = field(default=())
    since: Path | None = None
    together: bool = False
    plan: Path | None = None  # a workspace

    def __post_init__(self) -> None:
        if self.together and len(self.files) < 2:
            refuse(self.files[0], "--together compares at least two files.", "--together 至少要两个文件。")
        if self.since and len(self.files) > 1:
            refuse(self.since, "--since compares one file with its older draft.", "--since 只比较一份报告和它的旧稿。")


def codes(options: Sequence[str]) -> list[str]:
    """The codes in options that may each hold several: "DA,DT201". Raises `AuditError` for one that no rule begins with."""
    asked = [code.strip().upper() for option in options for code in option.split(",") if code.strip()]
    known = [rule.code for rule in audit.all_rules()]
    for code in asked:
        if not any(each.startswith(code) for each in known):
            kinds = ", ".join(sorted({each[:2] for each in known}))
            refuse(Path(code), f"no rule begins like this; there are {kinds}.", f"没有这样的规则；规则类别有：{kinds}。")
    return asked


def audit_files(desk: Desk, choice: Choice) -> list[Audited]:
    """Each file with its findings; what was accepted beside it is explained."""
    drafts = _opened([*desk.files, *desk.against, *([desk.since] if desk.since else [])])
    own, earlier = drafts[: len(desk.files)], drafts[len(desk.files) :][: len(desk.against)]
    older = drafts[len(desk.files) + len(desk.against) :]
    others = {draft.document.name: draft.document for draft in drafts}
    found = {draft.document.name: list(audit.audit(draft, select=choice.select, ignore=choice.ignore)) for draft in own}
    for finding, home in _compared(own, earlier, older, desk, choice):
        found[home].append(finding)
    for draft in own if desk.plan else ():
        ledger = [Draft.of_plan(living_plan(desk.plan), name=str(desk.plan))]
        held = audit.compare(draft, ledger, beside=Beside.LEDGER, select=choice.select, ignore=choice.ignore)
        found[draft.document.name].extend(held)
    reports = [
        Audited(path=path, document=draft.document, findings=_sorted(found[draft.document.name]), others=others)
        for path, draft in zip(desk.files, own, strict=True)
    ]
    return [_settled(report) for report in reports]


def accept_findings(reports: Sequence[Audited], asked: Sequence[str], *, why: str, by: str, on: date) -> Path:
    """Record that findings (DA101@1872), or whole rules (DA101), of a report are accepted; the file they are kept in."""
    report = reports[0]
    if len(reports) > 1:
        refuse(report.path, "accept findings of one report at a time.", "一次只能接受一份报告的发现。")
    if not why.strip() or not by.strip():
        refuse(report.path, "say --why it is accepted and --by whom.", "请用 --why 写明理由，--by 写明由谁接受。")
    file = accepted.file_of(report.path)
    new = [each for code in asked for each in _acceptances(report, code, why=why.strip(), by=by.strip(), on=on)]
    accepted.save(file, [*accepted.load(file), *new])
    return file


def refuse(file: Path, reason: str, reason_zh: str) -> NoReturn:
    """Say what cannot be done, and what to do instead."""
    raise AuditError(file=file.name, reason=reason, reason_zh=reason_zh)


def _opened(paths: Sequence[Path]) -> list[Draft]:
    """The drafts of files; where two have the same name they go by their paths."""
    names = [path.name for path in paths]
    shown = [str(path) if names.count(path.name) > 1 else path.name for path in paths]
    shown = [f"{name} ({i})" if name in shown[:i] else name for i, name in enumerate(shown)]
    return [Draft.of(open_shown(path, name=name)) for path, name in zip(paths, shown, strict=True)]


def _compared(
    own: Sequence[Draft], earlier: Sequence[Draft], older: Sequence[Draft], desk: Desk, choice: Choice
) -> Iterator[tuple[Finding, str]]:
    """Findings between documents, each with the name of the report it is listed under."""
    rounds = [(draft, others, beside) for draft in own for others, beside in ((earlier, Beside.AGAINST), (older, Beside.SINCE))]
    if desk.together:
        rounds.append((own[0], own[1:], Beside.TOGETHER))
    names = {draft.document.name for draft in own}
    for draft, others, beside in rounds:
        if others:
            for finding in audit.compare(draft, others, beside=beside, select=choice.select, ignore=choice.ignore):
                first = finding.spots[0].document
                yield finding, first if first in names else draft.document.name


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """In the order of the text, what stands in another document last."""
    return tuple(sorted(findings, key=lambda f: (bool(f.spots[0].document), f.offset, f.severity.rank, f.rule)))


def _settled(report: Audited) -> Audited:
    known = accepted.load(accepted.file_of(report.path))
    return replace(report, findings=accepted.settled(report.findings, known, report.words)) if known else report


def _acceptances(report: Audited, asked: str, *, why: str, by: str, on: date) -> Iterator[accepted.Acceptance]:
    match = _ASKED.fullmatch(asked.strip())
    if match is None:
        refuse(report.path, f"“{asked}” is no finding; write DA101@1872.", f"“{asked}”不是一处发现；应写作 DA101@1872。")
    rule, offset = match["rule"].upper(), match["offset"]
    of_rule = [finding for finding in report.findings if finding.rule == rule and finding.counts]
    if offset is None:
        if not of_rule:
            refuse(report.path, f"{rule} has found nothing here.", f"{rule} 在此没有发现。")
        yield accepted.Acceptance(rule=rule, why=why, by=by, date=on)
        return
    found = [finding for finding in of_rule if any(spot.offset == int(offset) for spot in finding.spots)]
    if not found:
        places = ", ".join(f"{rule}@{finding.offset}" for finding in of_rule) or "–"
        refuse(report.path, f"there is no finding {asked}; there are: {places}.", f"没有 {asked}；现有：{places}。")
    for finding in found:
        yield accepted.acceptance(finding, report.words, why=why, by=by, on=on)
