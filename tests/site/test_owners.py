"""Who answers for what: suggested, accepted, edited, loaded from a sheet, taken back, exported."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.site.cast import AT, EDITOR, VIEWER

from duheng.errors import NotAllowed
from duheng.site.actions import owners as actions
from duheng.site.actions.owners import Assignment
from duheng.site.queries import events, owners
from duheng.site.records.models import Event, Office, Ownership, OwnersLoad, Project

pytestmark = pytest.mark.django_db


def held(noun, row):
    return owners.of(noun, [row], plan=row.plan)[row.pk]


def assigned(row, noun="indicator", **given):
    names = {key: tuple(value.split()) if key in ("lead", "support") else value for key, value in given.items()}
    return actions.assign(by=EDITOR, at=AT, given=Assignment(noun=noun, pk=row.pk, **names))


@pytest.fixture
def suggested(plan):
    """An indicator for which the catalog knows the usual office."""
    return next(row for row in plan.indicators.exclude(code=None) if held("indicator", row).suggested)


def sheet_of(plan) -> str:
    first, second = plan.indicators.all()[:2]
    task, project = plan.tasks.first(), plan.projects.first()
    return (
        "序号\t目标任务\t计量单位\t牵头单位\t配合单位\t分管领导\t完成时限\n"
        f"1\t{first.name}\t{first.unit}\t区统计局\t区发展改革委、区财政局\t张某\t2026年12月\n"
        f"2\t{second.name}\t{second.unit}\t\t\t\t\n"
        f"3\t{task.title}\t\t区文联\t\t\t\n"
        f"4\t{project.name}\t\t区住建委\t区交通局\t李某\t三季度\n"
        "5\t举办一届从未听说过的运动会\t\t区体育局\t\t\t\n"
    )


def preview(client, text, **more):
    return client.post("/division", {"pasted": text, **more})


def applied(client, answer, **more):
    lines = answer.context["seen"].lines
    data = {f"take-{line.index}": "1" for line in lines if line.taken}
    data |= {f"item-{line.index}": line.choices[0].token for line in lines if line.choices}
    return client.post("/division/apply", {"duties": answer.context["duties"], **data, **more}, follow=True)


def test_a_suggestion_is_no_answer_until_it_is_accepted(suggested):
    before = held("indicator", suggested)
    assert before.lead == ()
    assert owners.SUGGESTED in before.keys
    assert not Ownership.objects.exists()
    assert actions.accept(by=EDITOR, at=AT, plan_id=suggested.plan_id, only=("indicator", suggested.pk)) == 1
    after = held("indicator", suggested)
    assert (after.lead, after.suggested, after.origin, after.by) == (before.suggested, (), "catalog", EDITOR.name)
    assert Event.objects.filter(kind="owner.accept", noun="indicator", noun_id=suggested.pk).count() == 1


def test_all_suggestions_are_accepted_in_one_event_and_what_is_named_stays(plan, suggested):
    assigned(suggested, lead="区文联")
    count = actions.accept(by=EDITOR, at=AT, plan_id=plan.pk)
    assert count == Ownership.objects.filter(origin="catalog").count() > 3
    assert held("indicator", suggested).lead[0].name == "区文联"
    assert Event.objects.filter(kind="owners.accept").get().after == {"accepted": count}
    assert actions.accept(by=EDITOR, at=AT, plan_id=plan.pk) == 0


def test_an_office_unknown_to_the_catalog_keeps_its_printed_name(indicator):
    assert assigned(indicator, lead="区文联", support="区统计局 区卫健委", leader="张某", deadline="年底前")
    owner = held("indicator", indicator)
    assert [one.name for one in (*owner.lead, *owner.support)] == ["区文联", "区统计局", "区卫健委"]
    assert [one.english for one in (*owner.lead, *owner.support)] == ["", "Bureau of Statistics", "Health Commission"]
    assert Office.objects.get(name="区文联").code is None
    assert Office.objects.filter(code__in=("statistics", "health")).count() == 2  # one that was suggested is not made twice


def test_the_same_again_changes_nothing(indicator):
    assert assigned(indicator, lead="区统计局")
    assert not assigned(indicator, lead="统计局")
    assert Event.objects.filter(kind="owner.change").count() == 1


def test_history_tells_from_whom_to_whom(indicator):
    assigned(indicator, lead="区统计局")
    assigned(indicator, lead="区财政局", leader="张某")
    line = events.lines(language="zh", role=EDITOR.role, noun="indicator", noun_id=indicator.pk)[0]
    assert line.what == "确定牵头单位"
    assert {(one.field, one.before, one.after) for one in line.changes} == {
        ("牵头单位", "区统计局", "区财政局"),
        ("分管领导", "", "张某"),
    }


def test_nobody_may_be_named_again(indicator):
    assigned(indicator, lead="区统计局")
    assigned(indicator)
    assert not Ownership.objects.exists()


def test_a_viewer_may_not(indicator):
    with pytest.raises(NotAllowed):
        actions.assign(by=VIEWER, at=AT, given=Assignment(noun="indicator", pk=indicator.pk, lead=("统计局",)))


def test_a_sheet_is_shown_first_and_stores_nothing(plan, sign_in):
    answer = preview(sign_in(), sheet_of(plan))
    states = [line.state for line in answer.context["seen"].lines]
    assert states == ["new", "unsure", "new", "new", "unknown"]  # the second row's offices may be those of the cell above
    assert not Ownership.objects.exists()
    assert not OwnersLoad.objects.exists()


def test_a_sheet_is_loaded_in_one_event_and_taken_back(plan, sign_in):
    client = sign_in()
    first = plan.indicators.first()
    assigned(first, lead="区财政局")
    before = {row.pk: held("indicator", row) for row in plan.indicators.all()}
    applied(client, preview(client, sheet_of(plan)))
    owner = held("indicator", first)
    assert ([one.key for one in owner.lead], owner.leader, owner.deadline) == (["statistics"], "张某", "2026年12月")
    assert (owner.origin, owner.source) == ("sheet", "粘贴的分工表")
    assert held("project", plan.projects.first()).deadline == "三季度"
    assert Event.objects.filter(kind="owners.load").get().after == {
        "sheet": "粘贴的分工表",
        "indicators": 1,
        "projects": 1,
        "tasks": 1,
    }
    load = OwnersLoad.objects.get()
    assert actions.undo(by=EDITOR, at=AT, load_id=load.pk) == (3, 0)
    assert {row.pk: held("indicator", row) for row in plan.indicators.all()} == before
    assert not Ownership.objects.filter(indicator=None).exists()
    assert actions.undo(by=EDITOR, at=AT, load_id=load.pk) == (0, 0)


def test_taking_back_leaves_what_was_changed_since(plan, sign_in):
    client = sign_in()
    applied(client, preview(client, sheet_of(plan)))
    assigned(plan.indicators.first(), lead="区商务局")
    assert actions.undo(by=EDITOR, at=AT, load_id=OwnersLoad.objects.get().pk) == (2, 1)
    assert held("indicator", plan.indicators.first()).lead[0].name == "区商务局"


def test_the_same_sheet_again_changes_nothing(plan, sign_in):
    client = sign_in()
    applied(client, preview(client, sheet_of(plan)))
    again = preview(client, sheet_of(plan))
    assert [line.state for line in again.context["seen"].lines if line.duty.lead and not line.duty.carried][:3] == [
        "unchanged"
    ] * 3
    before = Event.objects.count()
    assert "没有变化" in applied(client, again).content.decode()
    assert Event.objects.count() == before


def test_a_row_may_be_given_to_another_item(plan, sign_in):
    client = sign_in()
    other = plan.tasks.last()
    answer = preview(client, sheet_of(plan))
    label = dict(answer.context["seen"].items)[f"task:{other.pk}"]
    applied(client, answer, **{"other-4": label})
    assert held("task", other).lead[0].key == "sport"


def test_what_is_not_in_the_plan_is_refused_with_the_rest_and_nothing_is_stored(plan, sign_in):
    client = sign_in()
    answer = applied(client, preview(client, sheet_of(plan)), **{"other-4": "没有这一项"})
    assert answer.status_code == 422
    assert "计划中没有这个名称的事项" in answer.content.decode()
    assert "没有这一项" in answer.content.decode()
    assert not Ownership.objects.exists()


def test_a_forged_preview_is_refused(plan, sign_in):
    answer = sign_in().post("/division/apply", {"duties": "eyJ4IjoxfQ:forged:forged"}, follow=True)
    assert "预览已失效" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "   ", "一句话", "甲\t乙\n1\t2", "\0\0\t\t", "任务\t牵头单位", "🙂\t🙂\n" * 50])
def test_what_is_no_sheet_is_refused_with_the_remedy(plan, sign_in, text):
    answer = preview(sign_in(), text)
    assert answer.status_code == 422
    assert "表头" in answer.content.decode()


def test_a_file_of_another_kind_is_refused_plainly(plan, sign_in):
    file = io.BytesIO(b"\x89PNG\r\n\x1a\n0000")
    file.name = "图.png"
    answer = sign_in().post("/division", {"sheet": file})
    assert answer.status_code == 422
    assert "图.png" in answer.content.decode()


def test_a_csv_in_the_encoding_of_excel_is_read(plan, sign_in):
    file = io.BytesIO(sheet_of(plan).replace("\t", ",").encode("gb18030"))
    file.name = "分工.csv"
    lines = sign_in().post("/division", {"sheet": file}).context["seen"].lines
    assert lines[0].duty.lead == ("区统计局",)


def test_a_formula_in_a_sheet_stays_a_text(plan, sign_in):
    client = sign_in()
    name = plan.projects.first().name
    answer = preview(client, f"项目名称\t牵头单位\n{name}\t=cmd|' 'C calc'!A0\n")
    applied(client, answer)
    cells = [cell for row in load_workbook(io.BytesIO(client.get("/breakdown.xlsx").content)).active for cell in row]
    (cell,) = [cell for cell in cells if str(cell.value).startswith("=cmd")]
    assert (cell.data_type, bool(cell.quotePrefix)) == ("s", True)


def test_tables_are_narrowed_to_an_office_and_exported_so(plan, indicator, sign_in):
    assigned(indicator, lead="区文联")
    client = sign_in()
    key = held("indicator", indicator).lead[0].key
    shown = client.get("/plan", {"office": key}).context["rows"]
    assert [row.pk for row in shown] == [indicator.pk]
    page = load_workbook(io.BytesIO(client.get("/plan.xlsx", {"office": key}).content)).active
    head = [cell.value for cell in page[1]]
    assert page.cell(row=2, column=head.index("牵头单位") + 1).value == "区文联"
    for address in ("/projects", "/tasks"):
        assert client.get(address, {"office": key}).context.get("shown", 0) == 0
        assert "没有" in client.get(address, {"office": key}).content.decode()
    assert all(owners.NOBODY in row.owner.keys for row in client.get("/plan?office=none").context["rows"])


def test_an_office_s_page_says_what_it_owes(plan, indicator, sign_in):
    assigned(indicator, lead="区文联", support="区财政局")
    assigned(plan.projects.first(), "project", lead="区文联")
    page = sign_in().get(reverse("office", args=["=文联"]))
    assert (page.context["leads"], page.context["supports"]) == (2, 0)
    assert indicator.name in page.content.decode()
    assert sign_in().get(reverse("office", args=["finance"])).context["supports"] == 1
    assert sign_in().get("/offices/no-such-office").status_code == 404


def test_the_list_counts_what_each_office_leads(plan, indicator, sign_in):
    assigned(indicator, lead="区文联")
    page = sign_in().get("/offices")
    (mine,) = [total for total in page.context["totals"] if total.office.key == "=文联"]
    assert (mine.lead["indicator"], mine.all) == (1, 1)
    assert page.context["nobody"] == sum(nobody for nobody, _ in owners.unowned(plan).values())


def test_a_merged_project_keeps_the_owner_of_the_other_and_gives_it_back(plan):
    from duheng.site.actions.plan import merge_projects
    from duheng.site.actions.undoing import undo

    kept, other = plan.projects.all()[:2]
    assigned(other, "project", lead="区文联")
    decision = merge_projects(by=EDITOR, at=AT, keep_id=kept.pk, other_ids=[other.pk], reason="x")
    assert held("project", Project.objects.get(pk=kept.pk)).lead[0].name == "区文联"
    undo(by=EDITOR, at=AT, decision_id=decision.pk)
    assert held("project", Project.objects.get(pk=kept.pk)).lead == ()
    assert held("project", Project.objects.get(pk=other.pk)).lead[0].name == "区文联"


def test_the_breakdown_is_a_sheet_to_be_printed(plan, sign_in):
    page = load_workbook(io.BytesIO(sign_in().get("/breakdown.xlsx").content)).active
    assert str(page["A1"].value).endswith("年目标分解表")
    assert str(page["A2"].value).startswith("截至 ")
    assert [cell.value for cell in page[3]][:3] == ["序号", "指标、项目或任务", "单位"]
    assert page.freeze_panes == "C4"
    assert page.print_title_rows == "$3:$3"
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    assert any(str(area).startswith("A4:") for area in page.merged_cells.ranges)


def test_the_breakdown_of_one_office_holds_what_it_owes(plan, indicator, sign_in):
    assigned(indicator, lead="区文联")
    page = load_workbook(io.BytesIO(sign_in().get("/breakdown.xlsx", {"office": "=文联"}).content)).active
    assert [row[1].value for row in page.iter_rows(min_row=5) if row[1].value] == [indicator.name]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_of_owners_answer_in_both_languages(plan, indicator, sign_in, language):
    assigned(indicator, lead="区文联", support="区财政局", leader="张某", deadline="年底")
    client = sign_in(language=language)
    for address in (
        "/offices",
        "/offices/finance",
        "/division",
        f"/plan/{indicator.pk}",
        f"/projects/{plan.projects.first().pk}",
        "/tasks",
    ):
        assert client.get(address).status_code == 200
    assert preview(client, sheet_of(plan)).status_code == 200


def test_offices_that_the_report_names_itself_are_kept_with_their_file(tmp_path):
    from docx import Document as Word

    from duheng.site.actions import importing, reading
    from duheng.site.records.models import Plan

    word = Word()
    for line in (
        "关于甲市乙区2026年国民经济和社会发展计划执行情况及2027年计划草案的报告",
        "一、2026年计划执行情况",
        "全年地区生产总值增长5.8%，城镇新增就业1.2万人。",
        "二、2027年主要预期目标",
        "表1 2027年主要预期目标",
    ):
        word.add_paragraph(line)
    table = word.add_table(rows=3, cols=5)
    rows = (
        ("序号", "指标名称", "单位", "2027年目标", "责任单位"),
        ("1", "地区生产总值增速", "%", "6以上", "区发展改革委、区统计局"),
        ("2", "城镇新增就业", "万人", "1以上", "区人力社保局"),
    )
    for place, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.cell(place, column).text = text
    path = tmp_path / "报告.docx"
    word.save(path)
    (made,) = reading.read_reports([reading.Report(path=path, name="报告.docx")], progress=lambda *_: None)
    pk, _ = importing.store(by=EDITOR, at=AT, reading=made)
    plan = Plan.objects.get(pk=pk)
    first = held("indicator", plan.indicators.first())
    assert ([one.name for one in first.lead], first.origin, first.source) == (["区发展改革委"], "report", "报告.docx")
    assert [one.name for one in first.support] == ["区统计局"]


def test_a_task_that_names_its_offices_has_them(tmp_path):
    from docx import Document as Word

    from duheng import sample
    from duheng.site.actions import importing, reading
    from duheng.site.records.models import Plan

    word = Word(str(sample.report_path()))
    (paragraph,) = [each for each in word.paragraphs if each.text.lstrip("1. ").startswith("做强先进制造业集群")]
    paragraph.add_run("（牵头单位：区经信委；配合单位：区财政局）")
    path = tmp_path / "报告.docx"
    word.save(str(path))
    (made,) = reading.read_reports([reading.Report(path=path, name="报告.docx")], progress=lambda *_: None)
    plan = Plan.objects.get(pk=importing.store(by=EDITOR, at=AT, reading=made)[0])
    first, *others = [held("task", task) for task in plan.tasks.all()]
    assert ([one.key for one in first.lead], [one.key for one in first.support], first.origin) == (
        ["industry"],
        ["finance"],
        "report",
    )
    assert not any(owner.lead for owner in others)
