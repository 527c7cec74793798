"""What one rule says of a few sentences, as a report of 2024 with a plan for 2025 would hold them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from duheng import read
from duheng.audit import Finding, Severity, audit

HEAD = "关于甲市乙区2024年国民经济和社会发展计划执行情况及2025年计划草案的报告\n\n"
PAST = "一、2024年国民经济和社会发展计划执行情况\n"
PLAN = "二、2025年国民经济和社会发展主要目标\n"


def findings(rule: str, *lines: str, plan: str = "") -> tuple[Finding, ...]:
    """Every finding of a rule in lines of the part that looks back, and one of the part that plans."""
    text = HEAD + PAST + "\n".join(lines) + "\n" + (PLAN + plan + "\n" if plan else "")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.txt"
        path.write_text(text, "utf-8")
        return audit(read.open_document(path), select=[rule])


def raised(rule: str, *lines: str, plan: str = "") -> list[str]:
    """The Chinese messages of errors and warnings."""
    return [each.message[0] for each in findings(rule, *lines, plan=plan) if each.severity is not Severity.NOTE]


def explained(rule: str, *lines: str, plan: str = "") -> list[str]:
    """The Chinese explanations of what looks wrong and is not."""
    return [each.explanation[0] for each in findings(rule, *lines, plan=plan) if each.explanation]
