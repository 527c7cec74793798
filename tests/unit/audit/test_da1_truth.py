"""The arithmetic rules on whole reports: what is right is passed over, what was corrupted is noticed."""

import json

import pytest

from duheng import read, sample
from duheng.audit import Finding, Severity, audit

CLASSES = {"sum", "ratio", "share", "growth", "count"}


def grave(document) -> list[Finding]:
    """Errors and warnings of the arithmetic rules."""
    return [each for each in audit(document, select=["DA"]) if each.severity is not Severity.NOTE]


def noticed(text: str, mutants, folder) -> float:
    """The share of corruptions that change what is found."""

    def said(content: str, undo=lambda told: told) -> set[tuple[str, str]]:
        path = folder / "report.txt"
        path.write_text(content, "utf-8")
        return {(each.rule, undo(each.message[0])) for each in grave(read.open_document(path))}

    clean = said(text)
    found = []
    for mutant in mutants:
        assert text.count(mutant["find"]) == 1
        find, new = mutant["find"], mutant["replace"]
        found.append(bool(said(text.replace(find, new), lambda told, find=find, new=new: told.replace(new, find)) - clean))
    return sum(found) / len(found)


def test_nothing_is_raised_on_the_sample():
    assert grave(read.open_document(sample.report_path())) == []


@pytest.mark.slow
def test_corruptions_of_the_sample_are_noticed(tmp_path):
    text = read.open_document(sample.report_path()).text
    # Corruptions of table cells need the table, which plain text does not keep.
    mutants = [m for m in sample.truth("mutants") if m["rule"] in CLASSES and "\n" not in m["find"]]
    assert noticed(text, mutants, tmp_path) == 1


@pytest.mark.slow
def test_corruptions_of_a_real_report_are_noticed(truth, tmp_path):
    for gold in truth.glob("gold/*/mutants.jsonl"):
        text = (truth / "reports" / f"{gold.parent.name}.txt").read_text("utf-8")
        mutants = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
        assert noticed(text, [m for m in mutants if m["rule"] in CLASSES], tmp_path) >= 0.9


@pytest.mark.slow
def test_a_false_alarm_is_rare_on_real_reports(truth):
    reports = [*truth.glob("reports/*.txt"), *truth.glob("reports/prov*/*")]
    raised = [each for path in reports for each in grave(read.open_document(path))]
    assert len(raised) <= len(reports) / 2
