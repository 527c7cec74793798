"""The truth about the sample report: it points to the report as it stands, and covers it."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from duheng.read import BlockKind, open_document
from duheng.sample import report_path, truth
from duheng.sample.locate import located, offset

KINDS = {
    *("level", "count", "growth_rate", "share", "rank", "completion_rate", "change", "duration"),
    *("list_count", "ratio_per_unit", "multiple", "criterion", "assigned_target"),
}


@pytest.fixture(scope="module")
def document():
    return open_document(report_path())


def test_every_offset_gives_back_its_span(document):
    for claim in truth("claims"):
        assert document.text[claim["offset"] : claim["offset"] + len(claim["span"])] == claim["span"], claim["id"]


def test_the_stored_offsets_are_those_found_anew(document):
    assert located(truth("claims"), document.text) == truth("claims")


def test_a_label_whose_sentence_or_span_is_gone_is_an_error():
    label = {"id": "S1", "sentence": "增长5%。", "span": "5%", "occurrence": 1}
    assert offset(label, "全年增长5%。") == 4
    with pytest.raises(ValueError, match="0 times"):
        offset(label, "全年增长6%。")
    with pytest.raises(ValueError, match="fewer than 2"):
        offset({**label, "occurrence": 2}, "全年增长5%。")


def test_there_are_enough_claims_of_every_kind():
    claims = truth("claims")
    assert len(claims) >= 220
    assert len({claim["id"] for claim in claims}) == len(claims)
    assert {claim["kind"] for claim in claims} == KINDS
    assert {"=", ">=", ">", "<=", "≈", "range", "余(>)", "近"} <= {claim["comparator"] for claim in claims}


def test_no_number_is_labelled_twice():
    spans = sorted((claim["offset"], claim["offset"] + len(claim["span"])) for claim in truth("claims"))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_no_decimal_per_cent_or_counted_thing_is_left_unlabelled(document):
    covered = {place for claim in truth("claims") for place in range(claim["offset"], claim["offset"] + len(claim["span"]))}
    measured = re.finditer(r"(?<!PM)\d+\.\d+|\d+(?=%|个(?!以)|户|家|亿|万|项|天|件)", document.text)
    assert [document.text[m.start() - 5 : m.end() + 5] for m in measured if m.start() not in covered] == []


def test_parts_belong_to_a_whole_of_the_same_unit():
    by_id = {claim["id"]: claim for claim in truth("claims")}
    for claim in by_id.values():
        if claim["parent"]:
            whole = by_id[claim["parent"]]
            assert (claim["unit"], claim["period"]) == (whole["unit"], whole["period"]), claim["id"]
            assert claim["value"] <= whole["value"], claim["id"]


def test_the_plan_has_thirty_rows_as_the_table_prints_them(document):
    rows = document.tables[0].rows[1:-1]
    for indicator, cells in zip(truth("plan")["indicators"], rows, strict=True):
        nature = {"binding": "约束性", "expected": "预期性"}[indicator["nature"]]
        printed = [str(indicator["row"]), indicator["name"], indicator["unit"], nature, indicator["target"]["text"]]
        assert [cell.text for cell in cells] == printed


def test_every_target_form_occurs_in_the_plan():
    kinds = {indicator["target"]["kind"] for indicator in truth("plan")["indicators"]}
    assert kinds == {"at_least", "at_most", "around", "range", "positive", "in_step_with", "assigned", "floor_with_stretch"}


def test_last_years_results_are_claims_of_the_text():
    stated = {(claim["span"], claim["value"], claim["unit"]) for claim in truth("claims") if not claim["is_target"]}
    for indicator in truth("plan")["indicators"]:
        if actual := indicator["actual"]:
            assert (actual["text"], actual["value"], actual["unit"]) in stated, indicator["name"]


def test_every_project_name_stands_in_the_report_and_belongs_to_one_project(document):
    names = Counter(name for project in truth("plan")["projects"] for name in [project["name"], *project["aliases"]])
    assert max(names.values()) == 1
    assert [name for name in names if name not in document.text] == []


def test_every_item_of_a_box_is_a_known_project(document):
    known = {name for project in truth("plan")["projects"] for name in [project["name"], *project["aliases"]]}
    lists = [block.text for block in document.blocks if block.kind is BlockKind.BOX and "；" in block.text]
    items = [item for text in lists for item in text.split("：", 1)[1].rstrip("。").split("；")]
    assert len(items) >= 75
    assert set(items) <= known
    assert sum(bool(project["aliases"]) for project in truth("plan")["projects"]) >= 12


def test_the_tasks_are_the_numbered_items_of_part_three(document):
    start = document.text.index("三、2026年重点任务")
    items = [section.title for section in document.sections if section.level == 3 and section.offset > start]
    assert [f"{task['number']}.{task['title']}" for task in truth("plan")["tasks"]] == items
    assert len(items) == 15


def test_every_corruption_can_be_made_in_one_place(document):
    mutants = truth("mutants")
    assert len(mutants) == 20
    for mutant in mutants:
        assert document.text.count(mutant["find"]) == 1, mutant["id"]
        assert mutant["find"] != mutant["replace"]
        assert mutant["why"]
