"""The page of one project of the pool: where it stands and why, its money by month, what holds it up, in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.urls import reverse
from tests.site import pool_world
from tests.site.cast import AT, EDITOR, VIEWER

from duheng.allocate import Move, Step
from duheng.plan.pool import Gate, MonthReport, Onset, YearPlan
from duheng.site.actions import applying, pool_life, pool_standing, undoing, watching
from duheng.site.records.models import (
    FundPool,
    Mention,
    PoolDelay,
    PoolGate,
    PoolLightChange,
    PoolMilestone,
    PoolMonth,
    PoolProject,
    PoolYear,
    Project,
)

YI = pool_world.YI
FACT = {"at": AT, "by": "周编"}


@pytest.fixture
def pool(plan):
    """Six projects; the bridge with everything that a page can show, the school late."""
    made = pool_world.pool()
    bridge, school = made["东湖大桥工程"], made["南坪小学新建"]
    for month, works, counted, paid in [(3, 0.9, 0.5, 0.4), (6, 2.0, 1.4, 2.3), (6, 2.2, 1.4, 2.3)]:
        PoolMonth.objects.create(
            project=bridge, year=2026, month=month, works=round(works * YI), counted=round(counted * YI), paid=round(paid * YI),
            known=date(2026, month + 1, 5), words=f"{month}月底主墩施工", **FACT,
        )  # fmt: skip
    PoolMilestone.objects.create(project=bridge, name="主墩完成", planned=date(2026, 6, 30), actual=date(2026, 7, 12), **FACT)
    PoolMilestone.objects.create(project=bridge, name="合龙", planned=date(2026, 10, 1), **FACT)
    PoolGate.objects.create(
        project=bridge, kind="permit", due=date(2025, 5, 1), met=date(2025, 5, 20), paper="施工许可〔2025〕3号", **FACT
    )
    PoolYear.objects.create(
        project=bridge, year=2026, planned=4 * YI, onset="continued", sources={"special_bond": 3 * YI, "own_budget": YI}, **FACT
    )
    PoolDelay.objects.create(project=school, reason="land", words="用地批复未到", since=date(2026, 7, 1), **FACT)
    pool_standing.changed(at=AT, as_of=pool_world.AS_OF, keys=[project.pk for project in made.values()])
    return made


def page(client, project, query=""):
    answer = client.get(reverse("pool-project", args=[project.pk]) + query)
    assert answer.status_code == 200
    return answer


def text(client, project, query=""):
    return page(client, project, query).content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("by", [VIEWER, EDITOR])
def test_every_project_has_a_page_in_both_languages_for_every_role(pool, sign_in, language, by):
    client = sign_in(by, language)
    for project in pool.values():
        assert project.name in text(client, project)


def test_a_sentence_on_top_says_where_it_stands_and_why(pool, sign_in):
    said = text(sign_in(), pool["东湖大桥工程"])
    assert "2026年计划投资4亿元，至9月末完成投资3.9亿元（97.5%），超前时间进度22.5个百分点。" in said
    assert "超前时间进度22.5个百分点；按银川2025规则为绿灯。" in said
    english = text(sign_in(VIEWER, "en"), pool["东湖大桥工程"])
    assert "by the end of September 390 million yuan were done (97.5 %), 22.5 points ahead of time progress" in english


def test_what_asks_to_be_looked_at_is_said_first(pool, sign_in):
    said = text(sign_in(), pool["南坪小学新建"])
    assert "2个问题待解决，其中1个逾期" in said
    assert "开工后6个月未纳统" in said
    assert "至9月形象进度1,000万元，入统0万元：1,000万元未入统" in said
    assert "用地批复未到" in said


def test_months_stand_with_all_three_amounts_and_what_was_told_before(pool, sign_in):
    context = page(sign_in(), pool["东湖大桥工程"]).context
    june = context["shown"].months[5]
    assert (june.works, june.counted, june.paid) == (2.2 * YI, 1.4 * YI, 2.3 * YI)
    (earlier,) = june.earlier
    assert (earlier.works, earlier.known, earlier.by) == (2 * YI, date(2026, 7, 5), "周编")
    assert context["shown"].months[2].planned == YI  # a quarter of four
    assert context["shown"].months[9].middle >= context["shown"].now.progress.done


def test_milestones_are_late_by_days_and_gates_have_their_paper(pool, sign_in):
    said = text(sign_in(), pool["东湖大桥工程"])
    assert "推迟12天" in said
    assert "逾期19天未完成" in said  # 1 to 20 October
    assert "施工许可〔2025〕3号" in said


def test_funds_stand_by_year_and_source(pool, sign_in):
    (funding,) = page(sign_in(), pool["东湖大桥工程"]).context["facts"].funding
    assert (funding.planned, funding.told, len(funding.sources)) == (4 * YI, 4 * YI, 2)


def test_every_rule_set_has_its_light_and_the_chance_is_a_number_for_some_only(pool, sign_in):
    bridge = pool["东湖大桥工程"]
    assert {light.rule for light in page(sign_in(), bridge).context["lights"]} >= {"yinchuan_2025", "wuhan", "chance"}
    shown = page(sign_in(EDITOR), bridge).context["standing"].chance
    assert 0 < shown < 1
    assert f"完成概率约{round(shown * 100)}%" in text(sign_in(EDITOR), bridge)
    hidden = text(sign_in(VIEWER), bridge)
    assert "完成概率约" not in hidden
    assert f"{round(shown * 100)}%" not in hidden
    assert "按完成概率为绿灯" in hidden


def test_a_light_that_turned_is_listed_with_its_reason(pool, sign_in):
    bridge = pool["东湖大桥工程"]
    PoolMonth.objects.create(project=bridge, year=2026, month=9, works=YI, known=date(2026, 10, 25), **FACT)
    pool_standing.changed(at=AT, as_of=date(2026, 10, 31), keys=[bridge.pk])
    context = page(sign_in(), bridge).context
    (change,) = [each for each in context["turned"] if each.rule == "yinchuan_2025"]
    assert (change.before, change.after) == ("green", "red")
    assert "落后时间进度50.0个百分点" in change.reason_zh


def test_what_reports_say_of_it_stands_on_its_page(pool, plan, sign_in):
    project = Project.objects.filter(plan=plan).first()
    Project.objects.filter(pk=project.pk).update(pooled=pool["东湖大桥工程"])
    said = text(sign_in(), pool["东湖大桥工程"])
    assert reverse("project", args=[project.pk]) in said
    assert Mention.objects.exists()


def test_another_year_can_be_asked_for_and_nonsense_is_this_one(pool, sign_in):
    bridge = pool["东湖大桥工程"]
    PoolYear.objects.create(project=bridge, year=2025, planned=3 * YI, **FACT)
    assert page(sign_in(), bridge, "?year=2025").context["shown"].year == 2025
    assert page(sign_in(), bridge, "?year=1999").context["shown"].year == 2026
    assert page(sign_in(), bridge, "?year=x&money=y").context["money"] == "yi"
    assert page(sign_in(), bridge, "?money=wan").context["money_unit"] == "万元"


def test_a_merged_project_leads_to_what_it_is_part_of_and_an_undone_one_is_gone(pool, sign_in):
    bridge, school = pool["东湖大桥工程"], pool["南坪小学新建"]
    PoolProject.every.filter(pk=school.pk).update(merged_into=bridge)
    client = sign_in()
    assert client.get(reverse("pool-project", args=[school.pk])).url == reverse("pool-project", args=[bridge.pk])
    PoolProject.every.filter(pk=bridge.pk).update(withdrawn=True)
    assert client.get(reverse("pool-project", args=[bridge.pk])).status_code == 404
    assert client.get(reverse("pool-project", args=[999999])).status_code == 404


def test_what_is_told_of_a_project_moves_its_light_at_once(pool, sign_in):
    bridge = pool["东湖大桥工程"]
    at = datetime(2026, 10, 31, 9, tzinfo=UTC)
    before = bridge.standings.get(year=2026).share
    pool_life.enter_month(by=EDITOR, at=at, project_id=bridge.pk, report=MonthReport(year=2026, month=9, works=YI))
    now = bridge.standings.get(year=2026)
    assert (before, now.share) == (0.975, 0.25)
    assert now.lights.get(rule="yinchuan_2025").colour == "red"
    pool_life.take_back(by=EDITOR, at=at, noun="month", entry_id=bridge.months.order_by("-id").first().pk)
    assert bridge.standings.get(year=2026).share == 0.975


def test_many_things_told_together_are_worked_out_once_at_the_end(pool):
    bridge = pool["东湖大桥工程"]
    at = datetime(2026, 10, 31, 9, tzinfo=UTC)
    with pool_standing.gathered(at=at, as_of=date(2026, 10, 31)):
        for works in (YI, 2 * YI):
            pool_life.enter_month(by=EDITOR, at=at, project_id=bridge.pk, report=MonthReport(year=2026, month=9, works=works))
        assert bridge.standings.get(year=2026).share == 0.975
    assert bridge.standings.get(year=2026).share == 0.5


def test_history_tells_money_and_codes_in_words(pool, sign_in):
    bridge = pool["东湖大桥工程"]
    at = datetime(2026, 10, 31, 9, tzinfo=UTC)
    plan = YearPlan(year=2026, planned=5 * YI, onset=Onset.CONTINUED, sources={"special_bond": 3 * YI})
    pool_life.plan_year(by=EDITOR, at=at, project_id=bridge.pk, plan=plan, reason="市级下达")
    pool_life.meet_gate(by=EDITOR, at=at, project_id=bridge.pk, gate=Gate(kind="land", met=date(2026, 1, 5)))
    pool_life.give_delay(by=EDITOR, at=at, project_id=bridge.pk, reason="weather", words="汛期")
    told = {
        line.what: {change.field: change.after for change in line.changes} for line in page(sign_in(), bridge).context["history"]
    }
    assert told["修改年度计划"]["计划"] == "5亿元"
    assert told["登记前期手续"]["前置条件"] == "用地"
    assert told["登记滞后原因"]["滞后原因"] == "天气灾害"
    english = {line.what: line.changes for line in page(sign_in(EDITOR, "en"), bridge).context["history"]}
    assert "500 million yuan" in [change.after for change in english["changed the plan for a year"]]


def test_a_year_without_money_has_no_curve_and_still_a_page(pool, sign_in):
    park = pool["滨江公园提升"]
    PoolMonth.objects.create(project=park, year=2026, month=3, works=0, known=date(2026, 4, 5), **FACT)
    pool_standing.changed(at=AT, as_of=pool_world.AS_OF, keys=[park.pk])
    assert page(sign_in(), park, "?year=2026").context["chart"] is None


def test_the_next_batch_is_one_click_away_for_those_who_may_move(pool, sign_in):
    bridge, plant = pool["东湖大桥工程"], pool["西山水厂扩建"]
    assert f"{reverse('pool-move', args=[plant.pk])}?to=under_construction" in text(sign_in(EDITOR), plant)
    assert reverse("pool-move", args=[bridge.pk]) not in text(sign_in(VIEWER), bridge)
    assert reverse("pool-move", args=[pool["北碚产业园一期"].pk]) not in text(sign_in(EDITOR), pool["北碚产业园一期"])


def test_special_bonds_that_are_spent_too_slowly_give_the_light_of_their_window(pool, sign_in):
    bridge = pool["东湖大桥工程"]
    fund = FundPool.objects.create(code="SB", name="专项债券", kind="special_bond")
    at = datetime(2026, 9, 1, 9, tzinfo=UTC)
    steps = [(Step.APPLIED, 1), (Step.REVIEWED, 1), (Step.ALLOTTED, 1), (Step.ARRIVED, 1)]
    moves = tuple(
        Move(step=step, on=date(2026, 6, number), amount=amount * YI) for number, (step, amount) in enumerate(steps, start=1)
    )
    asked = applying.Asked(project=bridge.pk, pool=fund.pk, year=2026, moves=moves)
    pk, _made = applying.apply(by=EDITOR, at=at, asked=asked)

    def light():
        return bridge.standings.get(year=2026).lights.get(rule="tianjin_2022")

    assert (light().colour, light().criterion) == ("red", "tianjin_2022.bonds")  # half of the window, nothing spent
    spent = Move(step=Step.SPENT, on=date(2026, 8, 30), amount=YI * 45 // 100)
    made = applying.move_on(by=EDITOR, at=at, application_id=pk, move=spent)
    assert light().colour == "yellow"
    assert "低" in light().reason_zh
    undoing.undo(by=EDITOR, at=at, decision_id=made.pk)
    assert light().colour == "red"
    assert reverse("application", args=[pk]) in text(sign_in(), bridge)


def test_projects_that_turned_stand_on_the_watch_page(pool, plan, sign_in):
    bridge = pool["东湖大桥工程"]
    watching.refresh(by=EDITOR, at=AT, plan_id=plan.pk, as_of=date(2026, 10, 31))
    rule = settings.WORKSPACE.project_rule
    turn = {
        "rule": rule,
        "before": "green",
        "after": "red",
        "reason_zh": "落后时间进度31.0个百分点",
        "reason_en": "31.0 points behind",
        "at": AT,
    }
    PoolLightChange.objects.create(project=bridge, as_of=date(2026, 10, 20), **turn)
    PoolLightChange.objects.create(project=pool["南坪小学新建"], as_of=date(2026, 8, 1), **turn)  # long ago
    said = sign_in(EDITOR).get(reverse("watch"))
    assert [each.project for each in said.context["project_turns"]] == [bridge]
    assert reverse("pool-project", args=[bridge.pk]) in said.content.decode()
    assert "落后时间进度31.0个百分点" in sign_in(VIEWER).get(reverse("watch")).content.decode()
