"""Money by actions: pools, applications step by step, what funds ask of projects; each with its line of history, each undone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.site.cast import AT, EDITOR, VIEWER
from tests.site.money_world import AS_OF, WAN, move

from duheng.allocate import Fitness, Step
from duheng.errors import CannotUndo, DecisionError, FundRefused, NotAllowed, StepRefused
from duheng.site.actions import applying, funds, undoing
from duheng.site.queries import eligible, events, gaps
from duheng.site.queries import funds as told
from duheng.site.records.models import (
    Decision,
    Event,
    FundAmount,
    FundApplication,
    FundFacts,
    FundPool,
    FundStep,
    PoolBank,
    PoolProject,
)

LATER = datetime(2026, 7, 1, tzinfo=UTC)
FACTS = funds.PoolFacts(code="NEW", name="社会资本", kind="private", amounts={2026: 5 * WAN, 2027: 7 * WAN})


def test_a_pool_is_made_changed_and_undone_to_what_it_was(db):
    pk, made = funds.put_pool(by=EDITOR, at=AT, facts=FACTS)
    changed = replace(FACTS, name="民间资本", amounts={2026: 6 * WAN, 2028: WAN}, closes=date(2026, 9, 1))
    _, second = funds.put_pool(by=EDITOR, at=LATER, facts=changed, pool_id=pk)
    assert dict(FundAmount.objects.values_list("year", "amount")) == {2026: 6 * WAN, 2028: WAN}
    with pytest.raises(CannotUndo):
        undoing.undo(by=EDITOR, at=LATER, decision_id=made.pk)
    undoing.undo(by=EDITOR, at=LATER, decision_id=second.pk)
    row = FundPool.objects.get()
    assert (row.name, row.closes, dict(row.amounts.values_list("year", "amount"))) == ("社会资本", None, dict(FACTS.amounts))
    undoing.undo(by=EDITOR, at=LATER, decision_id=made.pk)
    assert not FundPool.objects.exists()
    assert not FundAmount.objects.exists()


def test_the_same_pool_again_changes_nothing_and_leaves_no_line(db):
    pk, _ = funds.put_pool(by=EDITOR, at=AT, facts=FACTS)
    lines = Event.objects.count()
    assert funds.put_pool(by=EDITOR, at=AT, facts=FACTS, pool_id=pk) == (pk, None)
    assert Event.objects.count() == lines


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": "BOND"}, "taken"),
        ({"amounts": {2026: -1}}, "negative"),
        ({"amounts": {2026: 10**18}}, "check its unit"),
        ({"amounts": {26: 1}}, "not a year"),
        ({"kind": "lottery"}, "catalog"),
        ({"name": " "}, "a code and a name"),
        ({"opens": date(2026, 5, 1), "closes": date(2026, 4, 1)}, "before they open"),
    ],
)
def test_a_pool_that_cannot_be_is_refused(pools, wrong, said):
    before = FundPool.objects.count()
    with pytest.raises(FundRefused, match=said):
        funds.put_pool(by=EDITOR, at=AT, facts=replace(FACTS, **wrong))
    assert FundPool.objects.count() == before


def test_a_pool_with_applications_stays(asked, pools):
    with pytest.raises(FundRefused, match="applied"):
        funds.remove_pool(by=EDITOR, at=AT, pool_id=pools["BOND"])
    made = funds.remove_pool(by=EDITOR, at=AT, pool_id=pools["OWN"])
    assert not FundPool.objects.filter(code="OWN").exists()
    undoing.undo(by=EDITOR, at=AT, decision_id=made.pk)
    assert FundPool.objects.get(code="OWN").amounts.count() == 2


def test_who_may_only_look_changes_nothing(asked, pools, projects):
    before = Event.objects.count()
    for act in (
        lambda: funds.put_pool(by=VIEWER, at=AT, facts=FACTS),
        lambda: funds.remove_pool(by=VIEWER, at=AT, pool_id=pools["OWN"]),
        lambda: funds.put_facts(by=VIEWER, at=AT, project_id=projects["A"], facts=funds.ProjectFacts(priority=1)),
        lambda: funds.waive(by=VIEWER, at=AT, project_id=projects["A"], rule="special_bond.cover", paper="x"),
        lambda: applying.move_on(by=VIEWER, at=AT, application_id=asked["B"], move=move(Step.REVIEWED, 3, 1)),
        lambda: applying.take_back(by=VIEWER, at=AT, application_id=asked["B"], reason="x"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Event.objects.count() == before


def test_an_application_moves_on_with_one_line_each_and_back_again(asked):
    step = applying.move_on(by=EDITOR, at=LATER, application_id=asked["B"], move=move(Step.REVIEWED, 5, 1_200))
    value = told.applied(FundApplication.objects.get(pk=asked["B"])).value
    assert (value.step, value.pending) == (Step.REVIEWED, 1_200 * WAN)
    line = events.lines(role=EDITOR.role, language="zh", noun="fundapplication", noun_id=asked["B"])[0]
    assert {change.field: (change.before, change.after) for change in line.changes}["环节"] == ("申报", "审核")
    undoing.undo(by=EDITOR, at=LATER, decision_id=step.pk)
    assert told.applied(FundApplication.objects.get(pk=asked["B"])).value.step is Step.APPLIED


def test_a_step_that_later_ones_build_on_is_not_undone_under_them(asked):
    first = applying.move_on(by=EDITOR, at=LATER, application_id=asked["B"], move=move(Step.REVIEWED, 5, 1_200))
    applying.move_on(by=EDITOR, at=LATER, application_id=asked["B"], move=move(Step.ALLOTTED, 6, 1_000))
    with pytest.raises(CannotUndo, match="builds on it"):
        undoing.undo(by=EDITOR, at=LATER, decision_id=first.pk)
    assert FundStep.objects.filter(application=asked["B"]).count() == 3


def test_a_step_taken_back_does_not_return_behind_one_taken_since(asked):
    applying.move_on(by=EDITOR, at=LATER, application_id=asked["B"], move=move(Step.REVIEWED, 5, 1_200))
    back = applying.take_back(by=EDITOR, at=LATER, application_id=asked["B"], reason="有误")
    applying.move_on(by=EDITOR, at=LATER, application_id=asked["B"], move=move(Step.ALLOTTED, 6, 1_000))
    with pytest.raises(CannotUndo, match="builds on it"):
        undoing.undo(by=EDITOR, at=LATER, decision_id=back.pk)


def test_an_amount_that_grows_in_silence_is_refused_and_nothing_is_kept(asked):
    with pytest.raises(StepRefused, match="more than"):
        applying.move_on(by=EDITOR, at=LATER, application_id=asked["B"], move=move(Step.REVIEWED, 5, 1_600))
    assert FundStep.objects.filter(application=asked["B"]).count() == 1
    applying.move_on(by=EDITOR, at=LATER, application_id=asked["B"], move=move(Step.REVIEWED, 5, 1_600, words="增列二期"))
    assert FundStep.objects.filter(application=asked["B"]).count() == 2


def test_the_last_step_is_taken_back_with_a_reason_and_the_only_one_takes_the_application_along(asked):
    with pytest.raises(DecisionError, match="say why"):
        applying.take_back(by=EDITOR, at=LATER, application_id=asked["A"], reason="")
    applying.take_back(by=EDITOR, at=LATER, application_id=asked["A"], reason="登记有误")
    assert told.applied(FundApplication.objects.get(pk=asked["A"])).value.step is Step.ALLOTTED
    gone = applying.take_back(by=EDITOR, at=LATER, application_id=asked["B"], reason="撤回申报")
    assert not FundApplication.objects.filter(pk=asked["B"]).exists()
    undoing.undo(by=EDITOR, at=LATER, decision_id=gone.pk)
    assert FundApplication.objects.get(pk=asked["B"]).steps.count() == 1


def test_a_sheet_twice_changes_nothing_the_second_time_and_moves_on_what_has_moved(asked, pools, projects):
    given = applying.Asked(project=projects["D"], pool=pools["CENTRAL"], year=2027, moves=(move(Step.APPLIED, 1, 900),))
    first = applying.load(by=EDITOR, at=LATER, name="申报表.xlsx", asked=[given])
    again = applying.load(by=EDITOR, at=LATER, name="申报表.xlsx", asked=[given])
    assert (first[:2], again) == ((1, 0), (0, 1, None))
    further = replace(given, moves=(*given.moves, move(Step.ALLOTTED, 6, 800)))
    assert applying.load(by=EDITOR, at=LATER, name="申报表.xlsx", asked=[further])[:2] == (1, 0)
    assert FundStep.objects.filter(application__project=projects["D"]).count() == 2
    undoing.undo(by=EDITOR, at=LATER, decision_id=Decision.objects.latest("pk").pk)
    assert FundStep.objects.filter(application__project=projects["D"]).count() == 1


def test_a_sheet_with_one_wrong_row_brings_nothing(pools, projects):
    good = applying.Asked(project=projects["A"], pool=pools["OWN"], year=2026, moves=(move(Step.APPLIED, 1, 900),))
    wrong = replace(good, project=projects["B"], moves=(move(Step.APPLIED, 1, 900), move(Step.ALLOTTED, 2, 1_000)))
    with pytest.raises(StepRefused):
        applying.load(by=EDITOR, at=LATER, name="申报表.xlsx", asked=[good, wrong])
    assert not FundApplication.objects.exists()


def test_what_funds_ask_of_a_project_is_kept_told_and_undone(projects):
    made = funds.put_facts(
        by=EDITOR,
        at=AT,
        project_id=projects["B"],
        facts=funds.ProjectFacts(priority=8, cover=1150, revenue=True, requires=("A",)),
    )
    line = events.lines(role=EDITOR.role, language="en", noun="poolproject", noun_id=projects["B"])[0]
    assert {change.field: change.after for change in line.changes} == {
        "priority": "8",
        "debt-service cover": "1.15",
        "earns revenue": "yes",
        "requires": "A",
    }
    undoing.undo(by=EDITOR, at=AT, decision_id=made.pk)
    assert not FundFacts.objects.exists()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"requires": ("X",)}, "no project X"),
        ({"requires": ("A",)}, "names itself"),
        ({"requires": ("B",), "excludes": ("B",)}, "both"),
        ({"requires": ("B",)}, "A → B → C → A|B → C → A → B|C → A → B → C"),
        ({"earliest": 2028, "latest": 2027}, "latest start"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(projects, facts, said):
    funds.put_facts(by=EDITOR, at=AT, project_id=projects["B"], facts=funds.ProjectFacts(requires=("C",)))
    funds.put_facts(by=EDITOR, at=AT, project_id=projects["C"], facts=funds.ProjectFacts(requires=("A",)))
    with pytest.raises(FundRefused, match=said):
        funds.put_facts(by=EDITOR, at=AT, project_id=projects["A"], facts=funds.ProjectFacts(**facts))
    assert not FundFacts.objects.filter(project=projects["A"]).exists()


def verdicts(pools):
    found = eligible.judged(PoolProject.objects.all(), told.pools(), year=2026, as_of=AS_OF)
    return {one.code: {cell.fund: cell for cell in one.cells} for one in found}


def test_eligibility_is_gathered_from_the_records(projects, pools):
    before = verdicts(pools)
    assert before["B"]["BOND"].verdict is Fitness.UNKNOWN  # nobody said what it earns
    assert before["B"]["CENTRAL"].verdict is Fitness.LATER  # not in the national library
    assert before["C"]["BOND"].verdict is Fitness.INELIGIBLE  # an office building
    assert before["B"]["OWN"].verdict is Fitness.ELIGIBLE
    funds.put_facts(by=EDITOR, at=AT, project_id=projects["B"], facts=funds.ProjectFacts(cover=1100, revenue=True))
    PoolBank.objects.create(project_id=projects["B"], bank="国家重大建设项目库", since=date(2025, 9, 1), at=AT, by="x")
    after = verdicts(pools)
    assert after["B"]["BOND"].verdict is Fitness.ELIGIBLE
    assert after["B"]["CENTRAL"].verdict is Fitness.ELIGIBLE


def test_a_rule_is_set_aside_by_a_paper_and_holds_again_without(projects, pools):
    funds.put_facts(by=EDITOR, at=AT, project_id=projects["C"], facts=funds.ProjectFacts(cover=1300, revenue=True))
    against = {each.rule.code for each in verdicts(pools)["C"]["BOND"].obstacles}
    assert "special_bond.offices" in against
    funds.waive(by=EDITOR, at=AT, project_id=projects["C"], rule="special_bond.offices", paper="区府函〔2026〕3号")
    assert {each.code for each in verdicts(pools)["C"]["BOND"].waived} == {"special_bond.offices"}
    funds.waive(by=EDITOR, at=AT, project_id=projects["C"], rule="special_bond.offices", paper="")
    assert {each.rule.code for each in verdicts(pools)["C"]["BOND"].obstacles} == against
    with pytest.raises(FundRefused, match="no such rule"):
        funds.waive(by=EDITOR, at=AT, project_id=projects["C"], rule="nothing", paper="x")


def test_a_pool_on_which_nobody_may_draw_is_found(projects, pools):
    found = eligible.unused(told.pools(), year=2026, as_of=AS_OF)
    assert [one.value.code for one in found] == ["BOND", "CENTRAL"]


def test_the_gap_table_of_the_world_by_hand(asked):
    found = {row.known.code: row.line.sum for row in gaps.rows(2026, as_of=AS_OF)}
    # A: 10000 planned and 300 owed; paid 4000; of 5000 allotted 1000 are not spent. B: 3000, applied for 1500 at 80 %.
    assert {code: one.gap // WAN for code, one in found.items()} == {"A": 10_300 - 4_000 - 1_000, "B": 3_000 - 1_200, "C": 2_000}
    assert found["A"].arrears // WAN == 300 + 6_000 - 4_000


def test_money_of_a_project_that_was_merged_is_money_of_what_it_is_part_of(asked, projects):
    PoolProject.objects.filter(pk=projects["B"]).update(merged_into=projects["D"])
    assert {each.value.project for each in told.applications()} == {"A", "D"}
