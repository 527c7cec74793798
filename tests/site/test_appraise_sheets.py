"""Sheets to be appraised on the site: taken in whole or refused, taken back, graded, appealed against, and shown."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.site.cast import ADMINISTRATOR, EDITOR, VIEWER

from duheng import appraise, sample
from duheng.appraise.completion_midterm import LongKind, LongTarget, Midterm, MidtermClass
from duheng.errors import AppraiseError, CatalogError, DuhengError, NotAllowed
from duheng.site.actions import appraisal_sample, appraising, grading, scoring
from duheng.site.actions.appraising import Handed, Sheet
from duheng.site.pages import appraise_midterm
from duheng.site.queries import appraisal, events, land
from duheng.site.records.models import Appeal, Appraisal, Event, Firm

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PUBLISHED = date(2026, 3, 2)


def sheet(kind, *paths, data=None, name="x.csv", **given):
    files = tuple(Handed(name=path.name, data=path.read_bytes()) for path in paths)
    files = files or (Handed(name=name, data=data.encode() if isinstance(data, str) else data),)
    return Sheet(kind=kind, title="表", files=files, given=given)


@pytest.fixture
def graded(db):
    """The sample's enterprises graded under the rules of Huangyan 2022."""
    return grading.take_land(by=EDITOR, at=AT, sheet=sheet("land", sample.enterprises_path(), rules="huangyan-2022", year=2025))


@pytest.fixture
def published(graded):
    """Their grades made known."""
    return grading.publish(by=EDITOR, at=AT, appraisal_id=graded.pk, on=PUBLISHED)


@pytest.fixture
def everything(plan):
    """All sheets of the sample."""
    appraisal_sample.take_in(by=ADMINISTRATOR, at=AT)
    return {made.kind: made for made in Appraisal.objects.all()}


PLACES = (
    "appraise-items", "appraise-items-export", "appraise-midterm", "appraise-midterm-xlsx", "appraise-midterm-docx", "appraise-scores",
    "appraise-sheets", "land",
)  # fmt: skip


def addresses(everything):
    score, firms = everything["score"], everything["land"]
    told = [reverse(name) for name in PLACES]
    told += [reverse(name, args=[score.pk]) for name in ("appraise-score", "appraise-score-export", "appraise-method")]
    told += [reverse("appraise-unit", args=[score.pk, "YC01"]), reverse("land-appeals", args=[firms.pk])]
    told += [reverse("land-export", args=[firms.pk])]
    return told + [reverse("land-firm", args=[firm.pk]) for firm in firms.firms.filter(position__in=(0, 6, 21, 45))]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("by", [VIEWER, EDITOR])
def test_every_page_answers_everybody(everything, sign_in, language, by):
    client = sign_in(by, language)
    for address in addresses(everything):
        assert client.get(address).status_code == 200, address


def test_a_viewer_sees_no_form_and_may_do_nothing(everything, sign_in):
    client, firm = sign_in(VIEWER), Firm.objects.first()
    assert "multipart" not in client.get(reverse("appraise-sheets")).content.decode()
    assert "textarea" not in client.get(reverse("land-firm", args=[firm.pk])).content.decode()
    appeal = Appeal.objects.filter(state="filed").first()
    for address in (
        reverse("appraise-sheets"), reverse("appraise-undo", args=[everything["land"].pk]), reverse("land-publish", args=[everything["land"].pk]),
        reverse("land-exempt", args=[firm.pk]), reverse("land-appeal", args=[firm.pk]), reverse("land-settle", args=[appeal.pk]),
    ):  # fmt: skip
        assert client.post(address, {"on": "2026-03-02", "state": "upheld", "answer": "x"}).status_code == 403, address
    with pytest.raises(NotAllowed):
        appraising.undo(by=VIEWER, at=AT, appraisal_id=everything["land"].pk, reason="")


@pytest.mark.parametrize("name", ["appraise-items", "appraise-midterm", "appraise-scores", "land"])
def test_before_anything_came_in_the_page_teaches(plan, sign_in, name):
    assert "载入评价表" in sign_in().get(reverse(name)).content.decode()
    assert "请联系编辑人员载入" in sign_in(VIEWER).get(reverse(name)).content.decode()


def test_the_sample_has_thirty_seven_items_at_grade_a(everything, sign_in):
    page = sign_in().get(reverse("appraise-items")).content.decode()
    assert "58项中<strong>37</strong>项为A等" in page
    assert "模拟数据" in page
    rows = list(csv.DictReader(io.StringIO(sample.graded_items_path().read_text("utf-8"))))
    assert sum(row["时期"] == "2026-Q3" and row["等次"] == "A" for row in rows) == 37


def test_items_narrow_and_the_export_is_what_is_on_screen(everything, sign_in):
    found = appraisal.items()
    wanted = [line for line in found.lines if line.item.report == "生态" and line.letter == "A"]
    asked = {"report": "生态", "grade": "A"}
    book = openpyxl.load_workbook(io.BytesIO(sign_in().get(reverse("appraise-items-export"), asked).content)).active
    told = [row[1] for row in book.iter_rows(min_row=2, values_only=True) if row[1]]
    assert told == [line.item.item for line in wanted]


def test_a_later_sheet_says_the_same_item_anew_and_taking_it_back_brings_the_earlier_one(db):
    heads = "报表,事项,时期,等次\n"
    appraising.take_items(by=EDITOR, at=AT, sheet=sheet("items", data=heads + "经济,外贸,2026-Q1,B\n"))
    later = appraising.take_items(
        by=EDITOR, at=AT + timedelta(days=1), sheet=sheet("items", data=heads + "经济,外贸,2026-Q1,A\n")
    )
    assert appraisal.items().best == ("A", 1)
    appraising.undo(by=EDITOR, at=AT, appraisal_id=later.pk, reason="录错")
    assert appraisal.items().best == ("A", 0)
    assert Appraisal.objects.get(pk=later.pk).result["items"]


def test_the_same_sheet_twice_changes_nothing(graded):
    again = grading.take_land(by=EDITOR, at=AT, sheet=sheet("land", sample.enterprises_path(), rules="huangyan_2022", year=2025))
    assert again.pk == graded.pk
    assert Firm.objects.count() == 60


def test_grades_on_the_site_are_those_of_the_library(graded):
    rules = appraise.land_rules("huangyan-2022")
    scores = appraise.land(appraise.Enterprises.open(sample.enterprises_path(), rules), rules)
    rows = list(graded.firms.all())
    assert [row.grade for row in rows] == list(scores.grade)
    assert [row.score for row in rows] == scores.score.tolist()
    assert [row.rank or 0 for row in rows] == scores.rank.tolist()


def test_a_score_sheet_on_the_page_recomputes_by_hand(graded, sign_in):
    row = graded.firms.get(code="CL010")
    told = land.sheet_of(graded, "CL010")
    total = sum(line.numerator / line.denominator / line.baseline * line.weight for line in told.lines)
    assert total == pytest.approx(row.score)
    page = sign_in().get(reverse("land-firm", args=[row.pk])).content.decode()
    assert f"{row.score:.4f}" in page
    assert "24.097" in page


def test_another_rule_set_marks_what_would_differ(graded, sign_in):
    other = land.what_if(graded, "prefecture")
    page = sign_in().get(reverse("land"), {"rules": "prefecture"}).content.decode()
    assert other.moved > 0
    assert f"<strong>{other.moved}</strong>家企业的等级会不同" in page
    only = sign_in().get(reverse("land"), {"rules": "prefecture", "turned": "yes"}).content.decode()
    assert only.count('class="differs"') == min(other.moved, 50)
    assert land.what_if(graded, "nonsense") is None


def test_enterprises_narrow_by_size_grade_and_words(graded, sign_in):
    client = sign_in()
    page = client.get(reverse("land"), {"size": "below", "grade": "A"}).content.decode()
    count = graded.firms.filter(size="below", grade="A", rank__isnull=False).count()
    assert f"60家企业中的{count}家" in page
    assert "CL010" in client.get(reverse("land"), {"q": "CL010"}).content.decode()
    assert "没有符合条件的企业" in client.get(reverse("land"), {"q": "没有这家"}).content.decode()
    assert client.get(reverse("land"), {"sort": "nonsense", "page": "99", "sheet": "x"}).status_code == 200


BAD = {
    "two of one code": ("code,name,scale,land_mu,tax,power_wan_kwh\n1,a,below,5,1,1\n1,b,below,5,1,1\n", "1"),
    "no land": ("code,name,scale,land_mu,tax,power_wan_kwh\n1,a,below,0,1,1\n", "land_mu"),
    "a word for a number": ("code,name,scale,land_mu,tax,power_wan_kwh\n1,a,below,5,很多,1\n", "很多"),
    "a column lacking": ("code,name,scale,land_mu\n1,a,below,5\n", "tax"),
    "an unknown size": ("code,name,scale,land_mu,tax,power_wan_kwh\n1,a,中等,5,1,1\n", "中等"),
    "nothing": ("", "0"),
}


@pytest.mark.parametrize("case", BAD)
def test_an_enterprises_sheet_that_is_wrong_is_refused_as_a_whole(plan, sign_in, case):
    text, told = BAD[case]
    file = SimpleUploadedFile("bad.csv", text.encode())
    answer = sign_in().post(
        reverse("appraise-sheets"), {"kind": "land", "rules": "huangyan_2022", "files": file, "title": "坏表"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert told in page
    assert 'value="坏表"' in page
    assert not Appraisal.objects.exists()
    assert not Firm.objects.exists()


def test_every_wrong_row_of_graded_items_is_told(plan, sign_in):
    text = "报表,事项,时期,等次,得分\n经济,外贸,2026-Q1,A,\n经济,,2026-Q1,A,\n经济,内贸,2026-Q1,,八十\n"
    answer = sign_in().post(reverse("appraise-sheets"), {"kind": "items", "files": SimpleUploadedFile("x.csv", text.encode())})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第 3 行" in page
    assert "第 4 行" in page
    assert not Appraisal.objects.exists()


@pytest.mark.parametrize("kind", ["items", "midterm", "score", "land", "nonsense"])
@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe", b"PK\x03\x04broken", "随便写点什么".encode()])
def test_what_is_no_sheet_at_all_is_told_and_never_a_fault(plan, sign_in, kind, data):
    file = SimpleUploadedFile("x.xlsx", data)
    answer = sign_in().post(reverse("appraise-sheets"), {"kind": kind, "rules": "huangyan_2022", "files": file})
    assert answer.status_code == 422
    assert not Appraisal.objects.exists()


def test_sheets_go_in_through_the_page_and_back_out(plan, sign_in):
    client = sign_in()
    spec, table = sample.composite_path(), sample.composite_path().with_name("districts.csv")
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in (spec, table)]
    assert client.post(reverse("appraise-sheets"), {"kind": "score", "files": files}).status_code == 302
    made = Appraisal.objects.get()
    assert made.simulated
    assert "云川市" in client.get(reverse("appraise-scores")).content.decode()
    client.post(reverse("appraise-undo", args=[made.pk]), {"reason": "换新数据"})
    assert Appraisal.objects.get().state == "undone"
    assert client.get(reverse("appraise-score", args=[made.pk])).status_code == 404
    assert Event.objects.filter(kind="appraise.undo", reason="换新数据").exists()


def test_a_specification_reaches_for_no_file_that_was_not_handed_over(db, tmp_path):
    (tmp_path / "secret.csv").write_text("code,x\na,1\n")
    for named in ("../secret.csv", str(tmp_path / "secret.csv"), "other.csv"):
        spec = f"title: x\ndata: [{json.dumps(named)}]\nindicators: [{{code: x, zh: x, en: x, parent: s}}]\naggregates: [{{code: s, zh: s, en: s}}]\n"
        with pytest.raises(AppraiseError, match="not handed over"):
            scoring.take_score(by=EDITOR, at=AT, sheet=sheet("score", data=spec, name="spec.yml"))
        table = f"title: x\ndata: []\nindicators: {json.dumps(named)}\n"
        with pytest.raises(AppraiseError, match="not handed over"):
            scoring.take_score(by=EDITOR, at=AT, sheet=sheet("score", data=table, name="spec.yml"))


@pytest.mark.parametrize("text", ["title: [", "title: x\nnonsense: 1\n", "- a\n- b\n", "x"])
def test_a_specification_that_makes_no_sense_is_told(db, text):
    with pytest.raises(DuhengError):
        scoring.take_score(by=EDITOR, at=AT, sheet=sheet("score", data=text, name="spec.yml"))
    assert issubclass(CatalogError, DuhengError)
    assert not Appraisal.objects.exists()


def test_ranks_stand_with_their_bands_and_the_method_is_the_specifications(everything, sign_in):
    score = everything["score"]
    page = sign_in().get(reverse("appraise-score", args=[score.pk])).content.decode()
    assert 'class="chart bands"' in page
    first = score.result["units"][0]
    assert first["rank_p5"] <= first["rank"] <= first["rank_p95"]
    method = sign_in().get(reverse("appraise-method", args=[score.pk])).content.decode()
    assert "极差归一化" in method
    assert "研发经费投入强度" in method
    assert "uncertainty:" in method


def test_an_appeal_is_filed_in_its_window_and_upheld_corrects_everybody(published):
    row = published.firms.get(code="CL020")
    filed = grading.file_appeal(by=EDITOR, at=AT, firm_id=row.pk, text="用地有误", asks={"land_mu": "20"}, on=PUBLISHED)
    rule = land.appeal_rule()
    assert (filed.due - filed.filed).days == rule.answer_days
    with pytest.raises(AppraiseError, match="waits for its answer"):
        grading.file_appeal(by=EDITOR, at=AT, firm_id=row.pk, text="再来", asks={}, on=PUBLISHED)
    before = dict(published.firms.values_list("code", "rank"))
    grading.answer_appeal(by=EDITOR, at=AT, appeal_id=filed.pk, state="upheld", answer="属实")
    row.refresh_from_db()
    rules = appraise.land_rules("huangyan-2022")
    table = appraise.DataTable.of(sample.enterprises_path().read_bytes(), name="x")
    changed = land.corrected(table, {"CL020": {"land_mu": "20"}})
    scores = appraise.land(appraise.Enterprises.of(changed, rules), rules)
    assert row.score == scores.score[19]
    assert row.changes == {"land_mu": "20"}
    after = dict(published.firms.values_list("code", "rank"))
    assert after["CL020"] < before["CL020"]
    assert any(after[code] == rank + 1 for code, rank in before.items() if rank)
    assert {"appeal.file", "appraise.correct", "appeal.settle"} <= set(Event.objects.values_list("kind", flat=True))
    with pytest.raises(AppraiseError, match="settled already"):
        grading.answer_appeal(by=EDITOR, at=AT, appeal_id=filed.pk, state="rejected", answer="不行")


@pytest.mark.parametrize(
    ("on", "fits"),
    [
        (PUBLISHED - timedelta(days=1), False),
        (PUBLISHED, True),
        (PUBLISHED + timedelta(days=7), True),
        (PUBLISHED + timedelta(days=8), False),
    ],
)
def test_the_window_includes_both_its_ends(published, on, fits):
    row = published.firms.first()
    if fits:
        assert grading.file_appeal(by=EDITOR, at=AT, firm_id=row.pk, text="x", asks={}, on=on).state == "filed"
    else:
        with pytest.raises(AppraiseError, match="from 2026-03-02"):
            grading.file_appeal(by=EDITOR, at=AT, firm_id=row.pk, text="x", asks={}, on=on)


def test_before_publication_nothing_can_be_appealed(graded):
    with pytest.raises(AppraiseError, match="not published"):
        grading.file_appeal(by=EDITOR, at=AT, firm_id=graded.firms.first().pk, text="x", asks={}, on=PUBLISHED)


@pytest.mark.parametrize(("asks", "told"), [({"land_mu": "很多"}, "not a number"), ({"nonsense": "1"}, "no column")])
def test_what_an_appeal_asks_for_must_make_sense(published, asks, told):
    with pytest.raises(AppraiseError, match=told):
        grading.file_appeal(by=EDITOR, at=AT, firm_id=published.firms.first().pk, text="x", asks=asks, on=PUBLISHED)


def test_an_upheld_correction_that_cannot_be_changes_nothing(published):
    row = published.firms.get(code="CL020")
    filed = grading.file_appeal(by=EDITOR, at=AT, firm_id=row.pk, text="x", asks={"land_mu": "0"}, on=PUBLISHED)
    with pytest.raises(AppraiseError):
        grading.answer_appeal(by=EDITOR, at=AT, appeal_id=filed.pk, state="upheld", answer="属实")
    filed.refresh_from_db()
    row.refresh_from_db()
    assert (filed.state, row.changes) == ("filed", {})


def test_a_rejected_appeal_changes_no_grade(published, sign_in):
    row = published.firms.get(code="CL020")
    filed = grading.file_appeal(by=EDITOR, at=AT, firm_id=row.pk, text="x", asks={"land_mu": "1"}, on=PUBLISHED)
    grading.answer_appeal(by=EDITOR, at=AT, appeal_id=filed.pk, state="rejected", answer="无依据")
    row.refresh_from_db()
    assert row.changes == {}
    page = sign_in().get(reverse("land-appeals", args=[published.pk])).content.decode()
    assert "申诉不成立" in page
    assert "无依据" in page


def test_an_exempt_enterprise_takes_part_without_a_grade_and_can_be_graded_again(graded, sign_in):
    row = graded.firms.get(code="CL010")
    grading.exempt(by=EDITOR, at=AT, firm_id=row.pk, kind="start_up", reason="投产不足一年")
    row.refresh_from_db()
    assert (row.rank, row.exempt) == (None, "start_up")
    assert "不定等级" in sign_in().get(reverse("land-firm", args=[row.pk])).content.decode()
    grading.exempt(by=EDITOR, at=AT, firm_id=row.pk, kind="", reason="期满")
    row.refresh_from_db()
    assert row.rank == 4
    with pytest.raises(AppraiseError, match="no exemption"):
        grading.exempt(by=EDITOR, at=AT, firm_id=row.pk, kind="nonsense", reason="x")
    with pytest.raises(AppraiseError, match="reason"):
        grading.exempt(by=EDITOR, at=AT, firm_id=row.pk, kind="start_up", reason=" ")


def test_an_action_that_is_refused_says_so_on_the_page(graded, sign_in):
    row = graded.firms.first()
    answer = sign_in().post(reverse("land-appeal", args=[row.pk]), {"text": "x"})
    assert answer.status_code == 422
    assert "还没有公示" in answer.content.decode()


def test_a_table_without_the_column_gets_it_when_corrected():
    table = appraise.DataTable.of(b"code,tax\na,1\nb,2\n", name="x")
    found = land.corrected(table, {"b": {"exempt": "start_up", "tax": "3"}})
    assert found.heads == ("code", "tax", "exempt")
    assert [list(row) for row in found.rows] == [["a", "1", ""], ["b", "3", "start_up"]]


@pytest.mark.parametrize(
    ("kind", "unit", "said"),
    [
        ("level", "%", ("0.70个百分点", "0.70 points")),
        ("level", "万人", ("0.70万人", "7,000 people")),
        ("average_growth", "%", ("0.70%", "0.70%")),
    ],
)
def test_a_share_must_gain_points_each_year_and_a_growth_percent(kind, unit, said):
    target = LongTarget(
        name="城镇化率", unit=unit, kind=LongKind(kind), base_year=2020, end_year=2025, target=Decimal(70), base=Decimal(66),
        values={2023: Decimal("68.6")},
    )  # fmt: skip
    each = Midterm(target=target, year=2023, result=MidtermClass.IN_LINE, why=("", ""), needed=0.7)
    assert appraise_midterm.needed_words(each) == said


def test_history_tells_appraisals_in_words(everything):
    told = [
        line
        for line in events.lines(language="zh", limit=50, role=EDITOR.role)
        if line.what in ("载入评价表", "登记申诉", "办结申诉", "公示评价结果")
    ]
    assert {line.what for line in told} == {"载入评价表", "登记申诉", "办结申诉", "公示评价结果"}
    assert not [change.field for line in told for change in line.changes if change.field.isascii()]


def test_the_workbook_of_land_holds_every_item_and_no_formula(graded, sign_in):
    book = openpyxl.load_workbook(io.BytesIO(sign_in().get(reverse("land-export", args=[graded.pk])).content))
    assert len(book.worksheets) == 3
    assert book.worksheets[0].max_row >= 61
    assert Path(sample.enterprises_path()).exists()


def test_what_an_appeal_would_change_is_shown_before_it_is_answered(published, sign_in):
    row = published.firms.get(code="CL020")
    grading.file_appeal(by=EDITOR, at=AT, firm_id=row.pk, text="用地有误", asks={"land_mu": "20"}, on=PUBLISHED)
    then = land.supposed(published, "CL020", {"land_mu": "20"})
    page = sign_in().get(reverse("land-appeals", args=[published.pk])).content.decode()
    assert f"如果成立：得分<strong>{then.score:.2f}</strong>" in page
    row.refresh_from_db()
    assert row.changes == {}


def test_numbers_can_be_tried_and_what_cannot_be_is_told(graded, sign_in):
    row, client = graded.firms.get(code="CL020"), sign_in(VIEWER)
    address = reverse("land-firm", args=[row.pk])
    then = land.supposed(graded, "CL020", {"tax": "5000"})
    assert then.score > row.score
    assert f"得分<strong>{then.score:.2f}</strong>" in client.get(address, {"if-tax": "5000"}).content.decode()
    assert "应大于 0" in client.get(address, {"if-land_mu": "-1"}).content.decode()
    assert client.get(address, {"if-tax": "很多"}).status_code == 200


def test_the_rule_sets_method_is_told_by_the_rule_set(graded, sign_in):
    page = sign_in().get(reverse("land-method", args=[graded.pk])).content.decode()
    assert "计算公式" in page
    assert "24.097" in page


def test_a_units_page_tells_where_most_is_to_be_gained(everything, sign_in):
    score = everything["score"]
    lines = score.result["profiles"]["YC08"]
    best = max(lines, key=lambda line: line["gain"])
    page = sign_in().get(reverse("appraise-unit", args=[score.pk, "YC08"])).content.decode()
    told = page.partition("提升空间最大的指标")[2].partition("</table>")[0]
    assert best["name"][0] in told.partition("<tbody><tr>")[2].partition("</tr>")[0]
