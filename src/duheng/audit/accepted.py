"""Findings that somebody has looked at and accepted: a small file beside the report, with who, why and when.

An acceptance holds for the rule, the sentence and the words pointed to, wherever they stand: edits elsewhere do not touch it, and
any change in the sentence takes it back. One without a sentence holds for the rule in the whole report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from duheng import pattern as re
from duheng.audit.finding import Finding, Spot
from duheng.errors import AuditError

_LIMIT = 1_000_000  # bytes; an acceptance takes some three hundred
_HEAD = "# 已核实并接受的审核发现，由 duheng audit --accept 写入。 Findings that were looked at and accepted.\n"
_KEYS = {"rule", "sentence", "marked", "why", "by", "date"}
_RULE = re.compile(r"[A-Z]{2}\d{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A finding, or with no `sentence` a whole rule, that is accepted: by whom, why, and on which day."""

    rule: str
    why: str
    by: str
    date: date
    sentence: str = ""
    marked: tuple[str, ...] = ()

    def covers(self, finding: Finding, marked: tuple[str, ...]) -> bool:
        """Whether it was given for this finding, which points to the words `marked`."""
        if finding.rule != self.rule:
            return False
        return not self.sentence or (self.sentence, self.marked) == (_plain(finding.sentence), marked)


Words = Callable[[Spot], str]  # the words at a place


def acceptance(finding: Finding, words: Words, *, why: str, by: str, on: date) -> Acceptance:
    """The acceptance of one finding."""
    return Acceptance(
        rule=finding.rule, sentence=_plain(finding.sentence), marked=_marked(finding, words), why=why, by=by, date=on
    )


def settled(findings: Iterable[Finding], acceptances: Sequence[Acceptance], words: Words) -> tuple[Finding, ...]:
    """The findings, those that are accepted explained by it."""
    return tuple(_settled(finding, acceptances, words) for finding in findings)


def file_of(report: Path) -> Path:
    """Where what was accepted about a report is kept."""
    return report.with_name(f"{report.name}.duheng.yml")


def load(file: Path) -> tuple[Acceptance, ...]:
    """The acceptances in a file; none where there is no file. Raises `AuditError` for one that makes no sense."""
    try:
        if not file.exists():
            return ()
        data = file.read_bytes()
        if len(data) > _LIMIT:
            _refuse(file, "it is far too large.", "文件过大。")
    except OSError:
        _refuse(file, "it cannot be read. Check its permissions.", "无法读取，请检查权限。")
    rows = _parsed(data, file)
    if rows is None:
        return ()
    if not isinstance(rows, list):
        _refuse(file, "it must be a list of acceptances.", "应为一组接受记录。")
    return tuple(_acceptance(row, number, file) for number, row in enumerate(rows, 1))


def _parsed(data: bytes, file: Path) -> object:
    """What YAML holds; it is loaded only here and in `save`, since most reports have nothing accepted."""
    import yaml

    try:
        return yaml.load(data.decode("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe)
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        line = getattr(getattr(wrong, "problem_mark", None), "line", None)
        where = ("", "") if line is None else (f" (line {line + 1})", f"（第 {line + 1} 行）")
        _refuse(file, f"it is not valid YAML{where[0]}.", f"不是有效的 YAML 文件{where[1]}。")


def save(file: Path, acceptances: Sequence[Acceptance]) -> None:
    """Write the file anew, whole or not at all; of two for the same finding the later holds."""
    import yaml

    last = {(each.rule, each.sentence, each.marked): each for each in acceptances}
    rows = [{key: value for key, value in _row(each).items() if value} for each in last.values()]
    text = _HEAD + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=10**6)
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        _refuse(file, "it cannot be written. Check the folder's permissions.", "无法写入，请检查文件夹权限。")


def _settled(finding: Finding, acceptances: Sequence[Acceptance], words: Words) -> Finding:
    if not finding.counts:
        return finding
    marked = _marked(finding, words)
    found = next((each for each in acceptances if each.covers(finding, marked)), None)
    if found is None:
        return finding
    zh = f"已接受：{found.why}（{found.by}，{found.date.isoformat()}）"
    return replace(finding, explanation=(zh, f"Accepted: {found.why} ({found.by}, {found.date.isoformat()})"))


def _marked(finding: Finding, words: Words) -> tuple[str, ...]:
    return tuple(_plain(words(spot)) for spot in finding.spots)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _row(each: Acceptance) -> dict[str, Any]:
    row = {"rule": each.rule, "sentence": each.sentence, "marked": list(each.marked)}
    return row | {"why": each.why, "by": each.by, "date": each.date}


def _acceptance(row: object, number: int, file: Path) -> Acceptance:
    if not isinstance(row, dict) or not set(row) <= _KEYS:
        known = ", ".join(sorted(_KEYS))
        _refuse(file, f"entry {number} may only have: {known}.", f"第 {number} 条只能包含：{known}。")
    rule, day, marked = row.get("rule"), row.get("date"), row.get("marked", [])
    texts = {key: row.get(key, "") for key in ("sentence", "why", "by")}
    if not isinstance(rule, str) or not _RULE.fullmatch(rule):
        _refuse(file, f"entry {number} names no rule such as DA101.", f"第 {number} 条没有规则代码（如 DA101）。")
    if not isinstance(day, date) or not texts["why"] or not texts["by"]:
        _refuse(
            file,
            f"entry {number} must say why, by and date (2026-01-31).",
            f"第 {number} 条须写明 why、by 和 date（2026-01-31）。",
        )
    if not all(isinstance(text, str) for text in texts.values()) or not _all_texts(marked):
        _refuse(file, f"entry {number}: texts must be in quotes.", f"第 {number} 条：文字须加引号。")
    return Acceptance(rule=rule, date=day, marked=tuple(marked), **texts)


def _all_texts(marked: object) -> bool:
    return isinstance(marked, list) and all(isinstance(each, str) for each in marked)


def _refuse(file: Path, reason: str, reason_zh: str) -> NoReturn:
    advice = "Correct the file, or delete it and accept again.", "请改正，或删除该文件后重新接受。"
    raise AuditError(file=file.name, reason=f"{reason} {advice[0]}", reason_zh=f"{reason_zh}{advice[1]}")
