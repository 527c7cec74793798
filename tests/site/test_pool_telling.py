"""The forms of a project's page: what each stores, what it refuses and says at the field, who may use it."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.site import pool_world
from tests.site.cast import EDITOR, VIEWER

from duheng.site.records.models import Event, PoolMonth, PoolProblem, PoolYear

YI = pool_world.YI
WAN = 10**6


@pytest.fixture
def bridge(plan):
    return pool_world.pool()["东湖大桥工程"]


def tell(client, project, what, query="?year=2026", **told):
    return client.post(reverse("pool-tell", args=[project.pk, what]) + query, told)


def errors(answer, what):
    assert answer.status_code == 422
    return answer.context["forms"][what].errors


def test_a_month_is_entered_in_wan_and_comes_back_to_its_card(bridge, sign_in):
    answer = tell(
        sign_in(EDITOR), bridge, "month", month="10", works="39,500.5", counted="36000", in_library="yes", words="合龙完成"
    )
    assert answer.url == f"{reverse('pool-project', args=[bridge.pk])}?year=2026#months"
    row = PoolMonth.objects.get(project=bridge, month=10)
    assert (row.works, row.counted, row.paid, row.in_library) == (39_500_500_000, 36_000 * WAN, None, True)
    assert (row.known, row.by, row.words) == (timezone.localdate(), "周编", "合龙完成")
    assert bridge.standings.get(year=2026).month == 10
    assert Event.objects.filter(kind="pool.month").count() == 1


@pytest.mark.parametrize(
    ("told", "field", "said"),
    [
        ({"works": "很多"}, "works", "不是金额"),
        ({"works": "-5"}, "works", "不能为负"),
        ({"works": "5e30"}, "works", "大得不合常理"),
        ({"works": "nan"}, "works", "不是金额"),
        ({"month": "13", "works": "5"}, "month", "13"),
        ({"works": "40000", "known": "2026-02-30"}, "known", "不是日期"),
        ({"works": "40000", "known": "2999-01-01"}, "known", "还没有到"),
        ({}, "__all__", "没有填写内容"),
        ({"works": "20000"}, "works", "累计数不应减少"),  # 39,000万元 in September
        ({"works": "395000000"}, "works", "单位是否有误"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_nothing_is_stored(bridge, sign_in, told, field, said):
    before = PoolMonth.objects.count()
    answer = tell(sign_in(EDITOR), bridge, "month", **({"month": "10"} | told))
    assert said in str(errors(answer, "month")[field])
    assert PoolMonth.objects.count() == before
    page = answer.content.decode()
    assert told.get("works", "") in page  # nothing entered is lost


def test_a_doubt_may_be_confirmed(bridge, sign_in):
    client = sign_in(EDITOR)
    doubted = tell(client, bridge, "month", month="10", works="20000")
    assert 'name="sure"' in doubted.content.decode()
    assert 'name="sure"' not in tell(client, bridge, "month", month="10", works="x").content.decode()
    assert tell(client, bridge, "month", month="10", works="20000", sure="on").status_code == 302
    assert PoolMonth.objects.get(project=bridge, month=10).works == 20000 * WAN


@pytest.mark.parametrize("what", ["month", "milestone", "gate", "problem", "delay", "year", "facts", "bank", "paper", "public"])
def test_a_viewer_sees_no_form_and_may_tell_nothing(bridge, sign_in, what):
    client = sign_in(VIEWER)
    assert f"/tell/{what}" not in client.get(reverse("pool-project", args=[bridge.pk])).content.decode()
    assert tell(client, bridge, what, month="10", works="1").status_code == 403
    assert f"/tell/{what}" in sign_in(EDITOR).get(reverse("pool-project", args=[bridge.pk])).content.decode()


def test_a_milestone_and_a_gate_need_a_day(bridge, sign_in):
    client = sign_in(EDITOR)
    assert "planned" in errors(tell(client, bridge, "milestone", name="合龙"), "milestone")
    assert tell(client, bridge, "milestone", name="合龙", planned="2026-11-30").status_code == 302
    assert tell(client, bridge, "milestone", name="合龙", actual="2026-11-20").status_code == 302
    step = bridge.milestones.order_by("-id").first()
    assert (step.planned, step.actual) == (date(2026, 11, 30), date(2026, 11, 20))
    assert "due" in errors(tell(client, bridge, "gate", kind="land"), "gate")
    assert "kind" in errors(tell(client, bridge, "gate", kind="magic", met="2026-01-01"), "gate")
    assert tell(client, bridge, "gate", kind="land", met="2026-01-01", paper="渝地〔2026〕1号").status_code == 302
    assert bridge.gates.get(kind="land").met == date(2026, 1, 1)


def test_a_problem_is_raised_settled_and_opened_again(bridge, sign_in):
    client = sign_in(EDITOR)
    today = timezone.localdate()
    wrong = tell(client, bridge, "problem", problem="缺砂石", whose="区交通局", due=str(today - timedelta(days=1)))
    assert "due" in errors(wrong, "problem")
    assert tell(client, bridge, "problem", problem="缺砂石", whose="区交通局", due=str(today)).status_code == 302
    problem = PoolProblem.objects.get(what="缺砂石")
    where = reverse("pool-settle", args=[bridge.pk, problem.pk])
    assert sign_in(VIEWER).post(where).status_code == 403
    sign_in(EDITOR).post(where)
    problem.refresh_from_db()
    assert problem.settled == today
    client.post(where)
    problem.refresh_from_db()
    assert problem.settled is None
    other = reverse("pool-settle", args=[bridge.pk + 1, problem.pk])
    assert sign_in(EDITOR).post(other).status_code == 404


def test_a_year_is_planned_by_source_and_month(bridge, sign_in):
    client = sign_in(EDITOR)
    months = " ".join(str(n * 4000) for n in range(1, 13))
    told = {
        "planned": "48000",
        "onset": "continued",
        "sources": "专项债券 30000\n区财政：1,000.5\n彩票公益金 500",
        "monthly": months,
    }
    assert tell(client, bridge, "year", **told).status_code == 302
    row = PoolYear.objects.filter(project=bridge, year=2026).order_by("-id").first()
    assert row.sources == {"special_bond": 30000 * WAN, "own_budget": 1_000_500_000, "彩票公益金": 500 * WAN}
    assert (row.planned, row.monthly[0], row.monthly[11]) == (48000 * WAN, 4000 * WAN, 48000 * WAN)
    page = client.get(reverse("pool-project", args=[bridge.pk]) + "?year=2026").content.decode()
    assert "地方政府专项债券 30000" in page  # as it may be corrected


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"planned": "100", "sources": "专项债券"}, "sources"),
        ({"planned": "100", "sources": "专项债券 50\n区财政 60"}, "sources"),
        ({"planned": "100", "monthly": "1 2 3"}, "monthly"),
        ({"planned": "100", "monthly": "10 20 30 40 50 60 70 80 90 85 95 100"}, "monthly"),
        ({"planned": "100", "monthly": "1 2 3 4 5 6 7 8 9 10 11 12"}, "monthly"),
        ({"planned": "x"}, "planned"),
    ],
)
def test_a_plan_that_does_not_add_up_is_refused(bridge, sign_in, told, field):
    assert field in errors(tell(sign_in(EDITOR), bridge, "year", **told), "year")


def test_what_a_project_is_can_be_corrected_with_a_reason(bridge, sign_in):
    client = sign_in(EDITOR)
    form = client.get(reverse("pool-project", args=[bridge.pk])).context["forms"]["facts"]
    same = {name: form.initial.get(name) or "" for name in form.fields}
    assert "__all__" in errors(tell(client, bridge, "facts", **same | {"reason": "试"}), "facts")
    assert "reason" in errors(tell(client, bridge, "facts", **same | {"owner": "某公司"}), "facts")
    assert tell(client, bridge, "facts", **same | {"owner": "某公司", "total": "130000", "reason": "概算调整"}).status_code == 302
    bridge.refresh_from_db()
    assert (bridge.owner, bridge.total, bridge.name) == ("某公司", 13 * YI, "东湖大桥工程")
    wrong = same | {"begins": "2026-05-01", "ends": "2026-04-01", "reason": "试"}
    assert "ends" in errors(tell(client, bridge, "facts", **wrong), "facts")


def test_a_document_is_attached_opened_and_taken_back(bridge, sign_in):
    client = sign_in(EDITOR)
    file = SimpleUploadedFile("../批复.pdf", b"%PDF-1.4 approval")
    assert tell(client, bridge, "paper", file=file).status_code == 302
    paper = bridge.papers.get()
    got = client.get(reverse("pool-paper", args=[bridge.pk, paper.pk]))
    assert b"".join(got.streaming_content) == b"%PDF-1.4 approval"
    assert "attachment" in got["Content-Disposition"]
    assert "file" in errors(tell(client, bridge, "paper", file=SimpleUploadedFile("a.pdf", b"")), "paper")
    where = reverse("pool-take-back", args=[bridge.pk, "paper", paper.pk])
    assert sign_in(VIEWER).post(where).status_code == 403
    sign_in(EDITOR).post(where)
    assert client.get(reverse("pool-paper", args=[bridge.pk, paper.pk])).status_code == 404


def test_banks_delays_and_who_may_see_it(bridge, sign_in):
    client = sign_in(EDITOR)
    assert tell(client, bridge, "bank", bank="city", since="2026-01-01").status_code == 302
    again = tell(client, bridge, "bank", bank="city", since="2026-02-01")
    assert "已在这个项目库中" in str(errors(again, "bank"))
    assert tell(client, bridge, "delay", reason="weather", words="汛期停工").status_code == 302
    assert tell(client, bridge, "public", public="on").status_code == 302
    bridge.refresh_from_db()
    assert bridge.public
    page = client.get(reverse("pool-project", args=[bridge.pk])).content.decode()
    assert "市级重点项目库" in page
    assert "天气灾害" in page


def test_what_nobody_offers_is_not_found(bridge, sign_in):
    client = sign_in(EDITOR)
    assert tell(client, bridge, "magic").status_code == 404
    assert client.post(reverse("pool-take-back", args=[bridge.pk, "magic", 1])).status_code == 404
    assert client.get(reverse("pool-tell", args=[bridge.pk, "month"])).status_code == 405
