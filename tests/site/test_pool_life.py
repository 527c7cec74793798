"""A project's life: each step by whom and when, gates that warn, entries that can be taken back."""

from datetime import date

import pytest
from django.conf import settings
from tests.site.cast import AT, EDITOR, VIEWER
from tests.site.test_pool_lists import FIRST, take

from duheng.errors import CannotUndo, DecisionError, GatesMissing, NotAllowed
from duheng.plan.plan import Stage
from duheng.plan.pool import Gate, Milestone, MonthReport, Onset, Problem, YearPlan
from duheng.site.actions import intake, pool_life
from duheng.site.records.models import Event, PoolMonth, PoolProject, PoolYear

WHO = {"by": EDITOR, "at": AT}


@pytest.fixture
def project(db) -> PoolProject:
    take(FIRST)
    return PoolProject.objects.get(name="丙大道")


def last() -> Event:
    return Event.objects.filter(kind__startswith="pool.").order_by("id").last()


def test_a_gate_that_is_not_met_is_told_and_can_be_passed_knowingly(project):
    with pytest.raises(GatesMissing) as told:
        pool_life.move(**WHO, project_id=project.pk, stage=Stage.STARTED, on=date(2024, 3, 1), paper="开工令")
    missing = set(told.value.facts["gates"])
    assert {"land", "funds", "permit"} <= missing
    assert "start_date" not in missing  # its list gives the start
    assert "用地" in told.value.message("zh")
    project.refresh_from_db()
    assert project.stage == "reserve"
    for kind in sorted(missing - {"permit"}):
        pool_life.meet_gate(**WHO, project_id=project.pk, gate=Gate(kind=kind, met=date(2024, 2, 1), paper="批复"))
    with pytest.raises(GatesMissing) as told:
        pool_life.move(**WHO, project_id=project.pk, stage=Stage.STARTED, on=date(2024, 3, 1))
    assert told.value.facts["gates"] == ("permit",)
    pool_life.move(**WHO, project_id=project.pk, stage=Stage.STARTED, on=date(2024, 3, 1), paper="开工令", despite=["permit"])
    project.refresh_from_db()
    assert (project.stage, project.stage_since) == ("started", date(2024, 3, 1))
    assert (last().by, last().at, last().after["paper"], last().after["despite"]) == (EDITOR.name, AT, "开工令", ["permit"])


def test_only_gates_that_are_asked_for_and_not_met_are_passed(project):
    """Acceptance is not due at a start, and what is met is not passed, whatever was ticked or entered before."""
    for kind in ("permit", "land"):
        pool_life.meet_gate(**WHO, project_id=project.pk, gate=Gate(kind=kind, met=date(2024, 2, 1)))
    every = ["approval", "planning", "land", "environment", "funds", "permit", "start_date", "acceptance"]
    pool_life.move(**WHO, project_id=project.pk, stage=Stage.STARTED, on=date(2024, 3, 1), despite=every)
    assert last().after["despite"] == ["approval", "environment", "funds", "planning"]
    pool_life.move(**WHO, project_id=project.pk, stage=Stage.RESERVE, on=date(2024, 1, 1), despite=every)
    assert "despite" not in last().after
    pool_life.move(**WHO, project_id=project.pk, stage=Stage.COMPLETED, on=date(2024, 6, 1), despite=every)
    assert last().after["despite"] == ["acceptance"]


def test_a_move_that_is_taken_back_leaves_the_stage_before_it(project):
    gates = ["approval", "planning", "land", "environment", "funds", "permit"]
    row = pool_life.move(**WHO, project_id=project.pk, stage=Stage.STARTED, on=date(2024, 3, 1), despite=gates)
    pool_life.take_back(**WHO, noun="stage", entry_id=row.pk, reason="误报")
    project.refresh_from_db()
    assert (project.stage, project.stage_since) == ("reserve", date(2024, 2, 1))
    assert (last().kind, last().reason) == ("pool.takeback", "误报")


def test_what_came_with_a_list_is_not_taken_back_alone(project):
    with pytest.raises(CannotUndo):
        pool_life.take_back(**WHO, noun="year", entry_id=project.years.get().pk)


def test_a_month_that_is_entered_again_keeps_what_it_does_not_say_and_the_earlier_stands_after_it_is_taken_back(project):
    first = MonthReport(year=2024, month=5, works=500, counted=400, words="路基")
    pool_life.enter_month(**WHO, project_id=project.pk, report=first)
    again = pool_life.enter_month(**WHO, project_id=project.pk, report=MonthReport(year=2024, month=5, works=600, paid=100))
    assert (again.works, again.counted, again.paid, again.words) == (600, 400, 100, "路基")
    assert again.carried == ["counted", "words"]
    pool_life.take_back(**WHO, noun="month", entry_id=again.pk)
    stands = PoolMonth.objects.filter(project=project, withdrawn=False).last()
    assert (stands.works, stands.counted, stands.paid) == (500, 400, None)


def test_a_carried_value_is_carried_anew_when_the_row_it_came_from_is_taken_back(project):
    first = pool_life.enter_month(**WHO, project_id=project.pk, report=MonthReport(year=2024, month=5, counted=400))
    pool_life.enter_month(**WHO, project_id=project.pk, report=MonthReport(year=2024, month=5, works=600))
    pool_life.take_back(**WHO, noun="month", entry_id=first.pk)
    stands = PoolMonth.objects.get(project=project, withdrawn=False)
    assert (stands.works, stands.counted, stands.carried) == (600, None, [])


def test_a_plan_of_a_year_and_its_part_by_source(project):
    plan = YearPlan(year=2025, planned=900, onset=Onset.CONTINUED, sources={"bank_loan": 900}, before=100)
    pool_life.plan_year(**WHO, project_id=project.pk, plan=plan, reason="年中调整")
    row = PoolYear.objects.get(project=project, year=2025)
    assert (row.planned, row.onset, row.sources, row.before) == (900, "continued", {"bank_loan": 900}, 100)
    assert last().reason == "年中调整"
    for wrong in (YearPlan(year=2025, planned=-1), YearPlan(year=2025, sources={"bank_loan": -1})):
        with pytest.raises(DecisionError):
            pool_life.plan_year(**WHO, project_id=project.pk, plan=wrong)
    with pytest.raises(DecisionError):
        pool_life.enter_month(**WHO, project_id=project.pk, report=MonthReport(year=2025, month=13, works=1))


def test_a_problem_is_raised_settled_and_opened_again(project):
    row = pool_life.raise_problem(
        **WHO, project_id=project.pk, problem=Problem(what="管线未迁", whose="城管局", due=date(2024, 9, 1))
    )
    assert row.raised == AT.date()
    pool_life.settle_problem(**WHO, problem_id=row.pk, on=date(2024, 8, 1))
    assert (last().kind, last().after) == ("pool.settle", {"settled": "2024-08-01"})
    assert pool_life.settle_problem(**WHO, problem_id=row.pk, on=None).settled is None
    with pytest.raises(DecisionError):
        pool_life.raise_problem(**WHO, project_id=project.pk, problem=Problem(what=" "))


def test_milestones_delays_and_banks(project):
    pool_life.set_milestone(**WHO, project_id=project.pk, milestone=Milestone(name="主体完工", planned=date(2024, 9, 1)))
    done = pool_life.set_milestone(**WHO, project_id=project.pk, milestone=Milestone(name="主体完工", actual=date(2024, 10, 1)))
    assert (done.planned, done.actual) == (date(2024, 9, 1), date(2024, 10, 1))
    pool_life.give_delay(**WHO, project_id=project.pk, reason="land", words="征地未完")
    with pytest.raises(DecisionError, match="land"):
        pool_life.give_delay(**WHO, project_id=project.pk, reason="bad luck")
    row = pool_life.enter_bank(**WHO, project_id=project.pk, bank="national", since=date(2024, 1, 1))
    with pytest.raises(DecisionError):
        pool_life.enter_bank(**WHO, project_id=project.pk, bank="national", since=date(2024, 2, 1))
    with pytest.raises(DecisionError):
        pool_life.leave_bank(**WHO, bank_id=row.pk, until=date(2023, 1, 1))
    assert pool_life.leave_bank(**WHO, bank_id=row.pk, until=date(2024, 6, 1)).until == date(2024, 6, 1)


def test_what_is_told_by_hand_goes_over_the_list_with_its_reason_and_back(project):
    told = pool_life.describe(**WHO, project_id=project.pk, facts={"owner": "新城公司", "name": "丙大道工程"}, reason="更名")
    project.refresh_from_db()
    assert (project.owner, project.name, project.aliases) == ("新城公司", "丙大道工程", ["丙大道"])
    assert (last().before["owner"], last().reason) == ("丙公司", "更名")
    with pytest.raises(DecisionError):
        pool_life.describe(**WHO, project_id=project.pk, facts={"colour": "red"}, reason="x")
    pool_life.mark_public(**WHO, project_id=project.pk, public=True)
    project.refresh_from_db()
    assert project.public
    pool_life.take_back(**WHO, noun="told", entry_id=told.pk)
    project.refresh_from_db()
    assert (project.owner, project.name, project.aliases, project.public) == ("丙公司", "丙大道", [], True)


def test_a_paper_is_kept_by_its_content(project):
    row = pool_life.attach(**WHO, project_id=project.pk, paper=intake.Sent(name="批复.pdf", data=b"%PDF-1.7 x"))
    assert settings.WORKSPACE.file(row.digest, row.suffix).read_bytes() == b"%PDF-1.7 x"
    with pytest.raises(DecisionError):
        pool_life.attach(**WHO, project_id=project.pk, paper=intake.Sent(name="空.pdf", data=b""))


def test_a_project_that_no_list_has_is_added_and_taken_back(db):
    made = pool_life.add(**WHO, facts={"name": "新谋划项目", "total": 100, "office": "发改委"}, reason="谋划")
    assert (made.code, made.total, made.stage) == ("P-00001", 100, "unknown")
    with pytest.raises(DecisionError):
        pool_life.add(**WHO, facts={"name": " "})
    with pytest.raises(DecisionError):
        pool_life.add(**WHO, facts={"name": "另一个", "code": made.code})
    pool_life.take_back(**WHO, noun="told", entry_id=made.told.get().pk)
    assert not PoolProject.objects.exists()


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("add", {"facts": {"name": "x"}}),
        ("describe", {"facts": {"owner": "x"}, "reason": "x"}),
        ("mark_public", {"public": True}),
        ("move", {"stage": Stage.COMPLETED, "on": date(2024, 1, 1)}),
        ("enter_month", {"report": MonthReport(year=2024, month=1, works=1)}),
        ("raise_problem", {"problem": Problem(what="x")}),
    ],
)
def test_a_viewer_may_do_none_of_it(project, action, told):
    before = Event.objects.count()
    named = {} if action == "add" else {"project_id": project.pk}
    with pytest.raises(NotAllowed):
        getattr(pool_life, action)(by=VIEWER, at=AT, **named, **told)
    assert Event.objects.count() == before
