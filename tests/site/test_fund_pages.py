"""Pages of money: in both languages, for each role, step by step."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from tests.site.cast import AT, EDITOR, VIEWER
from tests.site.money_world import AS_OF, WAN

from duheng.site.actions import pool_standing
from duheng.site.records.models import Event, FundApplication, FundFacts, FundPool, FundStep

PAGES = ("funds", "gap", "applications", "eligibility")
SHEETS = ("funds-export", "gap-export", "applications-export", "eligibility-export")
POOL = {"code": "NEW", "name": "社会资本", "kind": "private", "unit": "万元", "y2026": "1,250.5", "likelihood": "60"}


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("by", [EDITOR, VIEWER])
def test_every_page_opens_in_both_languages_for_each_role(asked, projects, pools, sign_in, by, language):
    client = sign_in(by, language)
    addresses = [reverse(name) for name in PAGES]
    addresses += [reverse("fund", args=[pools["BOND"]]), reverse("application", args=[asked["A"]])]
    addresses += [reverse("project-money", args=[projects[code]]) for code in "ABCD"]
    for address in addresses:
        for query in ("", "?year=2026", "?year=2027&money=yi"):
            response = client.get(address + query)
            assert response.status_code == 200, address
            assert "{{" not in text(response)
            offers = 'href="/funds/new"' in text(response)
            assert not (offers and by is VIEWER)


def test_empty_pages_teach(db, sign_in):
    client = sign_in()
    assert "先添加一个" in text(client.get(reverse("funds")))
    assert "请先导入项目清单" in text(client.get(reverse("gap")))
    assert "申报不等于下达" in text(client.get(reverse("applications")))
    assert "还没有资金池" in text(client.get(reverse("eligibility")))


def test_the_funds_page_says_it_in_a_sentence_and_tells_a_pool_that_nobody_may_use(asked, sign_in):
    page = text(sign_in(EDITOR, "en").get(reverse("funds") + "?year=2026&money=wan"))
    assert re.search(
        r"<strong>13,000</strong> [^<]+ available, <strong>5,000</strong> granted, <strong>8,000</strong> free", page
    )
    assert "may be used by no project" in page


def test_the_gap_page_says_it_in_a_sentence_and_its_parts_add_up(asked, sign_in):
    page = text(sign_in(EDITOR, "en").get(reverse("gap") + "?year=2026&money=wan"))
    assert "<strong>3</strong> projects are short of <strong>9,100</strong>" in page  # 5300 + 1800 + 2000
    assert "Arrears: <strong>2,300</strong>" in page


def test_the_unit_is_the_readers_choice_and_is_kept(asked, sign_in):
    client = sign_in(EDITOR, "en")
    client.post(reverse("look"), {"money": "yi", "next": reverse("gap")})
    assert "are short of <strong>0.91</strong>" in text(client.get(reverse("gap") + "?year=2026"))


def sheet_of(response):
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


def test_the_gap_sheet_is_what_is_on_screen_exact_and_with_its_total(asked, sign_in):
    sheet = sheet_of(sign_in(EDITOR, "zh-hans").get(reverse("gap-export") + "?year=2026&money=wan"))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=5)]
    assert [row[0] for row in rows] == ["A", "B", "C", None] or [row[0] for row in rows] == ["A", "B", "C", ""]
    gaps = [row[-1] for row in rows]
    assert gaps == [5_300, 1_800, 2_000, 9_100]
    assert sum(gaps[:3]) == gaps[3]
    narrowed = sheet_of(sign_in().get(reverse("gap-export") + "?year=2026&sector=交通"))
    assert narrowed["A2"].value == "A"
    assert narrowed["B3"].value == "合计"


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_opens_for_whoever_may_look(asked, sign_in, name):
    sheet = sheet_of(sign_in(VIEWER).get(reverse(name)))
    assert sheet.max_row > 2


def test_a_pool_is_made_by_the_form_exact_to_the_fen_and_undone_from_the_message(db, sign_in):
    client = sign_in()
    answer = client.post(reverse("fund-new"), POOL, follow=True)
    row = FundPool.objects.get()
    assert (row.likelihood, row.amounts.get(year=2026).amount) == (60, 1_250_500_000)
    undo = re.search(r'action="(/decisions/\d+/undo)"', text(answer))
    client.post(undo[1], {"back": reverse("funds")})
    assert not FundPool.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"y2026": "-5"}, "零或正数"),
        ({"y2026": "many"}, "不是金额"),
        ({"y2026": "0.0000001"}, "分以下"),
        ({"y2026": "999999999999999", "unit": "亿元"}, "过大"),
        ({"opens": "2026-05-01", "closes": "2026-04-01"}, "早于"),
        ({"likelihood": "130"}, "100"),
        ({"name": ""}, "必填|填写|必须"),
    ],
)
def test_a_wrong_pool_is_told_beside_its_field_and_nothing_is_lost(db, sign_in, wrong, said):
    answer = sign_in().post(reverse("fund-new"), POOL | wrong)
    assert answer.status_code == 422
    assert re.search(said, text(answer))
    assert 'value="NEW"' in text(answer)
    assert not FundPool.objects.exists()


def test_amounts_off_by_ten_thousand_are_warned_of_and_kept(db, sign_in):
    client = sign_in(EDITOR, "en")
    client.post(reverse("fund-new"), POOL | {"y2026": "8000", "y2027": "0.8", "y2028": "9000"})
    assert FundPool.objects.count() == 1
    assert "the amount of 2027 is about ten thousand times" in text(client.get(reverse("funds")))


def test_an_application_goes_its_way_by_forms(projects, pools, sign_in):
    client = sign_in()
    asked = {
        "project": "B", "pool": pools["OWN"], "year": "2026", "step": "applied", "amount": "1500", "unit": "万元",
        "on": "2026-01-10", "paper": "申报表",
    }  # fmt: skip
    client.post(reverse("application-new"), asked)
    row = FundApplication.objects.get()
    step = reverse("application-step", args=[row.pk])
    grown = client.post(step, {"step": "reviewed", "amount": "1600", "unit": "万元", "on": "2026-02-01"})
    assert grown.status_code == 422
    assert "1,600万元多于“申报”的1,500万元" in text(grown)
    for name, amount, day in (
        ("reviewed", "1400", "2026-02-01"),
        ("allotted", "0.13", "2026-03-01"),
        ("arrived", "1000", "2026-04-01"),
    ):
        unit = "亿元" if "." in amount else "万元"
        assert client.post(step, {"step": name, "amount": amount, "unit": unit, "on": day}).status_code == 302
    assert list(row.steps.values_list("step", "amount")) == [
        ("applied", 1_500 * WAN), ("reviewed", 1_400 * WAN), ("allotted", 1_300 * WAN), ("arrived", 1_000 * WAN),
    ]  # fmt: skip
    client.post(reverse("application-back", args=[row.pk]), {"reason": "重复登记"})
    assert row.steps.count() == 3
    assert Event.objects.filter(noun="fundapplication", noun_id=str(row.pk)).count() == 5


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"project": "没有的项目"}, "没有这个编码或名称"),
        ({"amount": ""}, "必填|填写|必须"),
        ({"amount": "0"}, "大于零"),
        ({"amount": "-5"}, "不小于|零或|不能为负|负"),
        ({"on": "昨天"}, "日期"),
        ({"year": "26"}, "2000"),
    ],
)
def test_a_wrong_application_is_told_beside_its_field(projects, pools, sign_in, wrong, said):
    asked = {
        "project": "B",
        "pool": pools["OWN"],
        "year": "2026",
        "step": "applied",
        "amount": "15",
        "unit": "万元",
        "on": "2026-01-10",
    }
    answer = sign_in().post(reverse("application-new"), asked | wrong)
    assert answer.status_code == 422
    assert re.search(said, text(answer))
    assert not FundApplication.objects.exists()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"amount": "99999999"}, ["has in 2026: 4,000", "costs in all: 9,000", "thousand times other applications"]),
        ({"project": "A", "amount": "4001"}, ["has in 2026: 4,000"]),
        ({"project": "C", "pool": "BOND", "amount": "100"}, ["may not pay the project", "official buildings"]),
        ({"project": "B", "amount": "900", "year": "2027"}, []),
    ],
)
def test_an_application_that_cannot_well_be_is_asked_about_at_its_field_and_stored_when_confirmed(
    asked, pools, sign_in, told, said
):
    given = {"project": "B", "pool": "OWN", "year": "2026", "step": "applied", "amount": "15", "unit": "万元", "on": "2026-01-10"}
    given |= told
    given["pool"] = pools[given["pool"]]
    client, before = sign_in(EDITOR, "en"), FundApplication.objects.count()
    answer = client.post(reverse("application-new"), given)
    if said:
        assert answer.status_code == 422
        assert FundApplication.objects.count() == before
        assert 'name="sure"' in text(answer)
        for words in said:
            assert words in text(answer)
        answer = client.post(reverse("application-new"), given | {"sure": "yes"})
    assert answer.status_code == 302
    assert FundApplication.objects.count() == before + 1


def test_reasons_stand_with_what_would_help_and_the_presets_are_told(projects, pools, sign_in):
    page = text(sign_in(EDITOR, "en").get(reverse("project-money", args=[projects["C"]])))
    assert "its name or content says “办公楼”, which is on the negative list (official buildings)" in page
    assert "set the rule aside by a paper" in page
    assert "preset, not verified" in page


def test_a_rule_is_set_aside_on_the_page_only_with_a_paper(projects, pools, sign_in):
    client = sign_in()
    address = reverse("project-waive", args=[projects["C"]])
    assert client.post(address, {"rule": "special_bond.offices", "paper": " "}).status_code == 422
    assert not FundFacts.objects.exists()
    client.post(address, {"rule": "special_bond.offices", "paper": "区府函〔2026〕3号"})
    assert FundFacts.objects.get().waived == {"special_bond.offices": "区府函〔2026〕3号"}
    client.post(address, {"rule": "special_bond.offices", "again": "yes"})
    assert FundFacts.objects.get().waived == {}


def test_funding_facts_are_changed_on_the_page_and_a_circle_is_told(projects, pools, sign_in):
    client = sign_in()
    client.post(
        reverse("project-funding", args=[projects["A"]]), {"priority": "9", "cover": "1.15", "revenue": "yes", "requires": "B"}
    )
    row = FundFacts.objects.get()
    assert (row.priority, row.cover, row.revenue, row.requires) == (9, 1150, True, ["B"])
    answer = client.post(reverse("project-funding", args=[projects["B"]]), {"requires": "A"})
    assert answer.status_code == 422
    assert "成环" in text(answer)


def test_the_matrix_is_narrowed_to_how_projects_stand_at_one_pool(projects, pools, sign_in):
    page = text(sign_in().get(reverse("eligibility") + f"?pool={pools['OWN']}&fitness=eligible&year=2026"))
    assert "甲路改造" in page
    assert "丙镇办公楼" not in page


def test_who_may_only_look_is_refused_every_change(asked, projects, pools, sign_in):
    client = sign_in(VIEWER)
    lines = Event.objects.count()
    for address in (
        reverse("fund-new"),
        reverse("fund-change", args=[pools["OWN"]]),
        reverse("fund-remove", args=[pools["OWN"]]),
        reverse("application-new"),
        reverse("application-step", args=[asked["A"]]),
        reverse("application-back", args=[asked["A"]]),
        reverse("project-funding", args=[projects["A"]]),
        reverse("project-waive", args=[projects["A"]]),
    ):
        told = {"reason": "x", "rule": "special_bond.offices", "paper": "x", **POOL}
        assert client.post(address, told).status_code == 403, address
    assert Event.objects.count() == lines
    assert FundStep.objects.count() == 4


def test_the_countdown_counts_to_the_day(asked, sign_in, monkeypatch):
    from django.utils import timezone

    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 9, 1))
    page = text(sign_in(EDITOR, "en").get(reverse("funds") + "?year=2026"))
    assert "29 days left" in page  # applications to the bonds close on 30 September
    assert "30 days left" in page  # arrived on 1 April, to be spent within six months


def test_a_past_year_without_recorded_payments_is_no_gap_and_says_so(projects, pools, sign_in):
    from duheng.site.records.models import PoolMonth, PoolYear

    for code, planned in (("A", 1_000), ("B", 700)):
        PoolYear.objects.create(project_id=projects[code], year=2025, planned=planned * WAN, at=AT, by=EDITOR.name)
    pool_standing.refresh(by=EDITOR, at=AT, as_of=AS_OF)
    client = sign_in(EDITOR, "en")
    page = text(client.get(reverse("gap") + "?year=2025"))
    assert "no payments recorded" in page  # B
    assert "1 project has no payments recorded and is left out of the sums" in page
    total = next(
        one for one in re.findall(r"<tfoot>.*?</tfoot>", client.get(reverse("gap") + "?year=2025").content.decode(), re.DOTALL)
    )
    assert re.findall(r'data-name="Gap">(-?[\d,]+)', total) == ["500"]  # A: 1000 planned, 500 paid
    assert PoolMonth.objects.filter(project_id=projects["B"]).count() == 0
    assert "no payments recorded" in text(client.get(reverse("project-money", args=[projects["B"]])))


def test_history_says_the_kind_of_a_pool_in_words(pools, sign_in):
    page = text(sign_in(EDITOR, "en").get(reverse("fund", args=[pools["CENTRAL"]])))
    assert re.search(r"kind of fund.{0,60}central budget investment", re.sub(r"<[^>]+>", "", page))
    assert not re.search(r"kind of fund.{0,60}central_budget", re.sub(r"<[^>]+>", "", page))


def test_what_ends_when_stands_under_its_name_in_the_narrow_column(asked, pools, sign_in):
    page = sign_in(EDITOR, "en").get(reverse("fund", args=[pools["BOND"]])).content.decode()
    ends = page[page.index("What ends when") :]
    assert ends[: ends.index("</section>")].count('<ul class="list stacked">') == 1
