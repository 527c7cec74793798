"""Lights of projects: the published rules on worked examples, what else they look at, the worst that wins, and no flicker."""

from dataclasses import replace
from datetime import date

import pytest

from duheng import catalog
from duheng.plan.plan import Stage
from duheng.plan.pool import Delay, Gate, MonthReport, PoolProject, StageChange, YearPlan
from duheng.watch import Colour
from duheng.watch.projects import MAIN, BondMoney, Last, ProjectRules, standings

YI = 10_000_000_000  # fen
RULES = ProjectRules(
    lights=catalog.load("light_rules"), criteria=catalog.load("light_criteria"), rates=catalog.load("base_rates")
)
STARTED = StageChange(stage=Stage.STARTED, on=date(2024, 6, 1))


def project(month=6, done=0.5, *, plan=None, **more):
    """A project of 1 亿元 this year that has done a share of it by the end of a month."""
    told = {"stages": (STARTED,), "total": 10 * YI} | more
    year = YearPlan(year=2025, planned=YI, monthly=plan)
    return PoolProject(
        code="P1",
        name="滨河路改造",
        years=(year,),
        months=(MonthReport(year=2025, month=month, works=round(done * YI)),),
        **told,
    )


def lights(each, as_of, last=None, bonds=()):
    (found,) = standings([each], year=2025, as_of=as_of, rules=RULES, seed=1, last=last, bonds={"P1": bonds})
    return found.lights


def monthly(month, share):
    """A plan of the months that wants a share of the year by the end of one of them."""
    return tuple(
        round((share * m / month if m <= month else share + (1 - share) * (m - month) / (12 - month)) * YI) for m in range(1, 13)
    )


@pytest.mark.parametrize(
    ("time", "done", "yinchuan", "wuhan"),
    [
        (0.20, 0.11, Colour.GREEN, Colour.RED),  # nine points behind, 55 % of the plan
        (0.95, 0.64, Colour.RED, Colour.YELLOW),  # 31 points behind, 67 % of the plan
        (0.50, 0.40, Colour.YELLOW, Colour.GREEN),  # ten points: included
        (0.60, 0.30, Colour.YELLOW, Colour.RED),  # thirty points: included
        (0.50, 0.50, Colour.GREEN, Colour.GREEN),
    ],
)
def test_rule_sets_disagree_as_they_are_published(time, done, yinchuan, wuhan):
    found = lights(project(6, done, plan=monthly(6, time)), date(2025, 6, 30))
    assert (found["yinchuan_2025"].colour, found["wuhan"].colour) == (yinchuan, wuhan)


def test_a_light_tells_its_numbers_and_its_rule():
    found = lights(project(6, 0.20), date(2025, 6, 30))["yinchuan_2025"]
    assert found.criterion == MAIN
    assert found.reason == (
        "落后时间进度30.0个百分点；按银川2025规则为黄灯。",
        "30.0 points behind time progress: yellow by Yinchuan 2025.",
    )


@pytest.mark.parametrize(
    ("as_of", "colour", "months"),
    [
        (date(2025, 3, 15), Colour.NONE, None),  # its day has not passed
        (date(2025, 3, 16), Colour.YELLOW, 1),
        (date(2025, 4, 29), Colour.YELLOW, 1),
        (date(2025, 4, 30), Colour.YELLOW, 2),
        (date(2025, 5, 31), Colour.RED, 3),
    ],
)
def test_a_planned_start_missed_without_reason(as_of, colour, months):
    each = PoolProject(
        code="P1", name="新桥", gates=(Gate(kind="start_date", due=date(2025, 3, 15)),), years=(YearPlan(year=2025),)
    )
    found = lights(each, as_of)["yinchuan_2025"]
    assert found.colour == colour
    if months:
        assert found.criterion == "yinchuan_2025.start"
        assert f"已{months}个月" in found.reason[0]


def test_a_reason_for_the_delay_takes_the_light_away():
    each = PoolProject(
        code="P1",
        name="新桥",
        gates=(Gate(kind="start_date", due=date(2025, 3, 15)),),
        delays=(Delay(reason="land", words="征地未完成", since=date(2025, 3, 1)),),
    )
    assert lights(each, date(2025, 5, 31))["yinchuan_2025"].colour == Colour.NONE


@pytest.mark.parametrize(
    ("started", "colour"),
    [
        (date(2025, 6, 15), Colour.GREEN),  # not a month yet
        (date(2025, 5, 30), Colour.YELLOW),
        (date(2025, 4, 30), Colour.YELLOW),  # two months: not more than two
        (date(2025, 3, 30), Colour.RED),
    ],
)
def test_into_the_library_one_month_late_is_yellow_more_than_two_red(started, colour):
    each = project(6, 0.5, stages=(StageChange(stage=Stage.STARTED, on=started),))
    each = replace(each, months=(replace(each.months[0], in_library=False),))
    assert lights(each, date(2025, 6, 30))["yinchuan_2025"].colour == colour
    small = replace(each, total=YI // 100)  # 100万元: below the threshold
    assert lights(small, date(2025, 6, 30))["yinchuan_2025"].colour == Colour.GREEN


def test_funds_below_what_is_required_are_red():
    each = project(6, 0.5)
    each = replace(each, years=(replace(each.years[0], sources={"own": YI // 10}),))
    found = lights(each, date(2025, 6, 30))["yinchuan_2025"]
    assert (found.colour, found.criterion) == (Colour.RED, "yinchuan_2025.funds")
    assert "10%" in found.reason[0]
    assert found.each[MAIN].colour == Colour.GREEN


@pytest.mark.parametrize(
    ("spent", "colour"),
    [(0.50, Colour.GREEN), (0.49, Colour.YELLOW), (0.36, Colour.YELLOW), (0.34, Colour.RED)],
)
def test_special_bonds_are_to_be_spent_within_their_window(spent, colour):
    """184 days from 1 March to 1 September: half of them have passed on 1 June (92); 70 % of a half is 35 %."""
    bonds = [BondMoney(amount=YI, arrived=date(2025, 3, 1), spent=round(spent * YI))]
    found = lights(project(6, 0.5), date(2025, 6, 1), bonds=bonds)["tianjin_2022"]
    assert (found.colour, found.criterion) == (colour, "tianjin_2022.bonds")


def test_a_light_that_gets_better_must_pass_its_number():
    nine = project(6, 0.405)  # 9.5 points behind
    assert lights(nine, date(2025, 6, 30))["yinchuan_2025"].colour == Colour.GREEN
    was = {("P1", "yinchuan_2025"): Last(colour=Colour.YELLOW)}
    assert lights(nine, date(2025, 6, 30), last=was)["yinchuan_2025"].colour == Colour.YELLOW
    other = {("P1", "yinchuan_2025"): Last(colour=Colour.YELLOW, criterion="yinchuan_2025.library")}
    assert lights(nine, date(2025, 6, 30), last=other)["yinchuan_2025"].colour == Colour.GREEN


def test_what_is_completed_is_green():
    each = project(6, 0.1, stages=(STARTED, StageChange(stage=Stage.COMPLETED, on=date(2025, 6, 20))))
    found = lights(each, date(2025, 6, 30))
    assert found["yinchuan_2025"].colour == Colour.GREEN
    assert "完工" in found["yinchuan_2025"].reason[0]
    assert found["tianjin_2022"].colour == found["chance"].colour == Colour.NONE  # these look at something else
    assert "以结算为准" in found["chance"].reason[0]


def test_without_a_plan_of_money_or_a_report_there_is_no_light():
    each = project(6, 0.5)
    bare, unreported = replace(each, years=()), replace(each, months=())
    assert "没有2025年投资计划" in lights(bare, date(2025, 6, 30))["wuhan"].reason[0]
    found = lights(unreported, date(2025, 6, 30))["wuhan"]
    assert found.colour == Colour.NONE
    assert "还没有月度数据" in found.reason[0]


def test_an_office_may_make_what_is_slightly_behind_yellow(tmp_path):
    (tmp_path / "lights.yml").write_text(
        'version: "1"\ndate: "2026-01-01"\nsource: 本办\nlight_rules:\n  - {code: yinchuan_2025, behind: yellow}\n',
        encoding="utf-8",
    )
    rules = ProjectRules(lights=catalog.load("light_rules", overlay=tmp_path))
    (found,) = standings([project(6, 0.45)], year=2025, as_of=date(2025, 6, 30), rules=rules, seed=1)
    assert found.lights["yinchuan_2025"].colour == Colour.YELLOW
