"""A sheet of applications on the site: in whole or not at all, repeatable, undone at once, and its own export is such a sheet."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.site.cast import EDITOR, VIEWER
from tests.site.money_world import WAN
from tests.site.test_fund_pages import text

from duheng.site.records.models import Event, FundApplication, FundStep

HEAD = "项目名称,资金池,年度,申报金额（万元）,申报日期,下达金额（万元）,下达日期\n"
GOOD = (
    HEAD + "乙片区污水管网,OWN,2026,900,2026-01-05,800,2026-03-01\n丁粮库,中央预算内,2027,1200,2026-05-01,,\n合计,,,2100,,800,\n"
)


@pytest.fixture
def upload(sign_in):
    client = sign_in(EDITOR, "en")

    def sent(content: str | bytes, name: str = "申报表.csv", **more):
        raw = content.encode() if isinstance(content, str) else content
        told = {"file": SimpleUploadedFile(name, raw), "known": "2026-06-30", "year": "2026", "unit": "万元", **more}
        return client.post(reverse("applications-import"), told, follow=True)

    sent.client = client
    return sent


def test_a_sheet_is_taken_in_and_the_same_again_changes_nothing(projects, pools, upload):
    assert "2 applications are new or moved on" in text(upload(GOOD))
    assert FundStep.objects.count() == 3
    lines = Event.objects.count()
    assert "2 were known already" in text(upload(GOOD))
    assert (FundStep.objects.count(), Event.objects.count()) == (3, lines)


def test_a_later_sheet_moves_applications_on_and_is_undone_to_what_was(projects, pools, upload):
    upload(GOOD)
    further = GOOD.replace("2026-05-01,,", "2026-05-01,1000,2026-06-01")
    answer = upload(further)
    assert "1 application is new or moved on" in text(answer)
    undo = re.search(r'action="(/decisions/\d+/undo)"', text(answer))
    upload.client.post(undo[1], {"back": reverse("applications")})
    assert FundStep.objects.count() == 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD.replace("丁粮库", "没有的项目"), "the pool has no project “没有的项目”"),
        (GOOD.replace("中央预算内", "彩票公益金"), "no pool of money “彩票公益金”"),
        (GOOD.replace("1200", "-5"), "negative"),
        (GOOD + "丁粮库,中央预算内,2027,1,2026-05-01,,\n", "repeats"),
        (GOOD.replace("800,2026-03-01", "950,2026-03-01"), "more than the 900万元 applied"),
        (GOOD.replace("2026-03-01", "2025-03-01"), "before the last step"),
        ("名称,数\n甲,5\n", "no head was found"),
    ],
)
def test_with_one_thing_wrong_nothing_is_taken_and_it_is_told(projects, pools, upload, wrong, said):
    answer = upload(wrong)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not FundApplication.objects.exists()


@pytest.mark.parametrize(("content", "name"), [(b"\x89PNG", "x.png"), (b"PK\x03\x04broken", "x.xlsx"), (b"", "x.csv")])
def test_a_file_that_is_no_sheet_is_told_without_a_fault(projects, pools, upload, content, name):
    answer = upload(content, name)
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)


def test_a_pool_chosen_on_the_page_holds_where_rows_name_none(projects, pools, upload):
    upload("项目名称,申请专项债券额度（亿元）\n甲路改造,0.5\n", pool=str(pools["BOND"]))
    row = FundApplication.objects.get()
    assert (row.pool.code, row.year, row.steps.get().amount) == ("BOND", 2026, 5_000 * WAN)


def test_more_than_the_project_costs_is_taken_in_and_warned_of(projects, pools, upload):
    answer = upload("项目名称,资金池,申报金额（亿元）\n丁粮库,OWN,900\n")
    assert "more is asked for than the whole project costs" in text(answer)
    assert FundApplication.objects.count() == 1


@pytest.mark.parametrize("unit", ["wan", "yi"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_exported_table_loaded_again_changes_nothing(asked, upload, sign_in, unit, language):
    exported = sign_in(EDITOR, language).get(reverse("applications-export") + f"?money={unit}").content
    steps = list(FundStep.objects.values_list("step", "amount"))
    answer = upload(exported, "导出.xlsx")
    assert "2 were known already" in text(answer)
    assert list(FundStep.objects.values_list("step", "amount")) == steps


def test_who_may_only_look_loads_nothing(projects, pools, sign_in):
    client = sign_in(VIEWER)
    assert client.get(reverse("applications-import")).status_code == 403
    told = {"file": SimpleUploadedFile("a.csv", GOOD.encode())}
    assert client.post(reverse("applications-import"), told).status_code == 403
