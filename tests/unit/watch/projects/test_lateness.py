"""What is late about a project, what stands still, and how its three amounts lie apart."""

from datetime import date

from duheng.plan.plan import Stage
from duheng.plan.pool import Gate, Milestone, MonthReport, Onset, PoolProject, Problem, StageChange, YearPlan
from duheng.watch.projects import Apart, differences, library_late, milestones, missed_start, planned_start, stalled

WAN = 1_000_000
STARTED = StageChange(stage=Stage.STARTED, on=date(2025, 1, 20))
PLAN = (YearPlan(year=2025, planned=1000 * WAN, onset=Onset.NEW),)


def works(*told):
    return tuple(MonthReport(year=2025, month=month, works=amount * WAN) for month, amount in told)


def test_the_planned_start_is_the_gates_then_a_milestones_then_its_own():
    gate, step = Gate(kind="start_date", due=date(2025, 4, 1)), Milestone(name="主体开工", planned=date(2025, 5, 1))
    told = {"code": "P1", "name": "新桥", "begins": date(2025, 6, 1), "years": PLAN}
    assert planned_start(PoolProject(gates=(gate,), milestones=(step,), **told), year=2025) == date(2025, 4, 1)
    assert planned_start(PoolProject(milestones=(step,), **told), year=2025) == date(2025, 5, 1)
    assert planned_start(PoolProject(**told), year=2025) == date(2025, 6, 1)
    assert planned_start(PoolProject(**told | {"begins": date(2025, 1, 1)}), year=2025) == date(2025, 12, 31)
    continued = (YearPlan(year=2025, planned=WAN, onset=Onset.CONTINUED),)
    assert planned_start(PoolProject(**told | {"years": continued}), year=2025) is None


def test_a_start_that_came_is_not_missed():
    gate = Gate(kind="start_date", due=date(2025, 1, 1))
    each = PoolProject(code="P1", name="新桥", gates=(gate,), stages=(STARTED,))
    assert missed_start(each, year=2025, as_of=date(2025, 1, 19)).months == 1
    assert missed_start(each, year=2025, as_of=date(2025, 1, 20)) is None


def test_out_of_the_library_is_counted_in_whole_months_and_only_where_somebody_says_so():
    told = MonthReport(year=2025, month=3, in_library=False)
    each = PoolProject(code="P1", name="新桥", stages=(STARTED,), months=(told,))
    assert library_late(each, as_of=date(2025, 4, 19)) == 2
    assert library_late(each, as_of=date(2025, 4, 20)) == 3
    assert library_late(PoolProject(code="P1", name="新桥", stages=(STARTED,)), as_of=date(2025, 4, 20)) is None
    inside = (told, MonthReport(year=2025, month=4, in_library=True))
    assert library_late(PoolProject(code="P1", name="新桥", stages=(STARTED,), months=inside), as_of=date(2025, 4, 30)) is None


def test_milestones_are_late_by_days():
    told = [
        Milestone(name="基础完成", planned=date(2025, 3, 31), actual=date(2025, 4, 10)),
        Milestone(name="封顶", planned=date(2025, 5, 1)),
        Milestone(name="验收", planned=date(2025, 9, 1)),
        Milestone(name="交付", planned=date(2025, 6, 30), actual=date(2025, 5, 31)),
        Milestone(name="其他"),
    ]
    assert [each.late for each in milestones(told, as_of=date(2025, 6, 10))] == [10, 40, None, -30, None]


def test_three_months_without_anything_new_are_a_standstill_with_its_reasons():
    each = PoolProject(
        code="P1",
        name="新桥",
        stages=(STARTED,),
        years=PLAN,
        months=works((1, 50), (2, 120), (3, 120), (4, 120), (5, 120)),
        milestones=(Milestone(name="封顶", planned=date(2025, 4, 1)),),
        problems=(Problem(what="征地未完成"), Problem(what="已解决", settled=date(2025, 3, 1))),
    )
    assert stalled(each, year=2025, as_of=date(2025, 5, 27), months=3) is None
    found = stalled(each, year=2025, as_of=date(2025, 5, 31), months=3)
    assert (found.since, found.months) == (date(2025, 2, 28), 3)
    told = [zh for zh, _ in found.reasons]
    assert told == ["2025年2月以后没有新增投资", "“封顶”逾期60天", "未解决的问题：征地未完成"]


def test_a_step_or_a_stage_is_movement_and_a_finished_project_does_not_stand_still():
    quiet = {"code": "P1", "name": "新桥", "years": PLAN, "months": works((1, 50))}
    day = date(2025, 6, 30)
    assert stalled(PoolProject(stages=(STARTED,), **quiet), year=2025, as_of=day, months=3)
    step = Milestone(name="封顶", actual=date(2025, 5, 2))
    assert stalled(PoolProject(stages=(STARTED,), milestones=(step,), **quiet), year=2025, as_of=day, months=3) is None
    done = (STARTED, StageChange(stage=Stage.COMPLETED, on=date(2025, 2, 1)))
    assert stalled(PoolProject(stages=done, **quiet), year=2025, as_of=day, months=3) is None
    assert stalled(PoolProject(stages=(STARTED,), **quiet | {"years": ()}), year=2025, as_of=day, months=3) is None


def test_the_three_amounts_are_told_apart_in_words():
    told = MonthReport(year=2025, month=6, works=500 * WAN, counted=300 * WAN, paid=620 * WAN)
    found = differences(PoolProject(code="P1", name="新桥", months=(told,)), year=2025, as_of=date(2025, 6, 30))
    assert [(each.kind, each.by) for each in found] == [(Apart.NOT_COUNTED, 200 * WAN), (Apart.PAID_AHEAD, 120 * WAN)]
    assert found[0].words[0] == "至6月形象进度500万元，入统300万元：200万元未入统"


def test_what_is_counted_above_works_and_what_is_unpaid():
    told = MonthReport(year=2025, month=6, works=500 * WAN, counted=501 * WAN, paid=200 * WAN)
    each = PoolProject(code="P1", name="新桥", months=(told,))
    (near,) = differences(each, year=2025, as_of=date(2025, 6, 30))  # one in five hundred is the same
    assert (near.kind, near.by) == (Apart.UNPAID, 300 * WAN)
    over = MonthReport(year=2025, month=6, works=500 * WAN, counted=520 * WAN)
    (found,) = differences(PoolProject(code="P1", name="新桥", months=(over,)), year=2025, as_of=date(2025, 6, 30))
    assert (found.kind, found.by) == (Apart.OVERCOUNTED, 20 * WAN)


def test_amounts_are_held_against_each_other_in_one_month_only():
    told = (MonthReport(year=2025, month=5, works=500 * WAN, paid=500 * WAN), MonthReport(year=2025, month=6, works=900 * WAN))
    assert differences(PoolProject(code="P1", name="新桥", months=told), year=2025, as_of=date(2025, 6, 30)) == []
