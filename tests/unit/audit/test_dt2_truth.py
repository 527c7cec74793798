"""The rules of text and table, of units and of plan sense on whole reports."""

import json

import pytest

from duheng import read, sample
from duheng.audit import Finding, Severity, audit

RULES = ["DT", "DU", "DP"]
CLASSES = {"repeat", "unit"}


def grave(document) -> list[Finding]:
    """Errors and warnings of these rules."""
    return [each for each in audit(document, select=RULES) if each.severity is not Severity.NOTE]


def plain(text: str):
    return read.open_document(data=text.encode(), name="report.txt")


def noticed(text: str, mutants) -> list[str]:
    """The corruptions that change nothing of what is found."""

    def said(content: str, undo=lambda told: told) -> set[tuple[str, str]]:
        return {(each.rule, undo(each.message[0])) for each in grave(plain(content))}

    clean = said(text)
    unseen = []
    for mutant in mutants:
        assert text.count(mutant["find"]) == 1
        find, new = mutant["find"], mutant["replace"]
        if not said(text.replace(find, new), lambda told, find=find, new=new: told.replace(new, find)) - clean:
            unseen.append(mutant["id"])
    return unseen


def test_nothing_is_raised_on_the_sample():
    assert grave(read.open_document(sample.report_path())) == []


@pytest.mark.slow
def test_corrupted_units_of_the_sample_are_noticed():
    text = read.open_document(sample.report_path()).text
    mutants = [m for m in sample.truth("mutants") if m["rule"] == "unit"]
    assert mutants
    assert noticed(text, mutants) == []


@pytest.mark.slow
def test_corruptions_of_a_real_report_are_noticed(truth):
    for gold in truth.glob("gold/*/mutants.jsonl"):
        text = (truth / "reports" / f"{gold.parent.name}.txt").read_text("utf-8")
        mutants = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
        mine = [m for m in mutants if m["rule"] in CLASSES]
        assert len(noticed(text, mine)) <= len(mine) / 10


@pytest.mark.slow
def test_relations_that_hold_are_not_raised(truth):
    for gold in truth.glob("gold/*/relations_that_hold.jsonl"):
        labels = [json.loads(line) for line in (gold.parent / "claims.jsonl").read_text("utf-8").splitlines() if line.strip()]
        places = {label["id"]: label["offset"] for label in labels}
        found = grave(read.open_document(truth / "reports" / f"{gold.parent.name}.txt"))
        for line in gold.read_text("utf-8").splitlines():
            members = {places[each] for each in json.loads(line)["claims"] if each in places}
            raised = [each.message[0] for each in found if len(members) > 1 and members <= {spot.offset for spot in each.spots}]
            assert raised == []


@pytest.mark.slow
def test_a_false_alarm_is_rare_on_real_reports(truth):
    reports = list(truth.glob("reports/prov*/*"))
    raised = [each for path in reports for each in grave(read.open_document(path))]
    assert len(raised) <= len(reports) / 4
