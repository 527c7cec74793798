"""Lists of projects into the pool: all or nothing, once, told again by later lists, and back out exactly."""

from datetime import date

import pytest
from tests.site.cast import AT, EDITOR, VIEWER

from duheng.errors import NotAllowed
from duheng.site.actions import collecting, intake, pool
from duheng.site.records.models import Event, Load, PoolMonth, PoolProject, PoolTold, PoolYear

FIRST = """某区2024年重点项目清单,,,,,,,,,,
单位：万元,,,,,,,,,,
序号,项目名称,项目法人,建设性质,建设起止年限,总投资,2024年计划投资,其中：中央预算内,专项债券,责任单位,形象进度
,合计,,,,350000,71000,,,,
一,产业升级类（2个）,,,,150000,41000,,,,
1,甲厂房,甲公司,新开工,2024-2026,100000,30000,,1000,经信局,主体施工
2,乙厂房,乙公司,续建,2023.3—2024年底,50000,11000,500,,经信局,65%
二,城市建设类（1个）,,,,200000,30000,,,,
3,丙大道,丙公司,前期,45352,200000,30000,,,住建局,
"""
SECOND = """某区2024年1-8月重点项目调度表（单位：亿元）,,,,
序号,项目名称,总投资,完成投资,入统投资
1,甲厂房,10.5,1.2,1.1
2,丁学校,3,0.4,
"""


def take(text: str, *, known: str = "2024-02-01", by=EDITOR, name: str = "清单.csv", **more) -> collecting.Taken:
    request = pool.Request(known=date.fromisoformat(known), **more)
    return pool.take_list(by=by, at=AT, sent=intake.Sent(name=name, data=text.encode()), request=request)


@pytest.mark.django_db
def test_a_list_makes_projects_with_their_year_and_the_same_file_changes_nothing():
    taken = take(FIRST)
    assert (taken.new, taken.revised, taken.unchanged, taken.refused, taken.asks) == (3, 0, 0, False, False)
    project = PoolProject.objects.get(name="乙厂房")
    assert (project.total, project.owner, project.group, project.stage) == (
        50_000_000_000,
        "乙公司",
        "产业升级类",
        "under_construction",
    )
    year = PoolYear.objects.get(project=project)
    assert (year.year, year.planned, year.onset, year.sources) == (
        2024,
        11_000_000_000,
        "continued",
        {"central_budget": 500_000_000},
    )
    assert take(FIRST).again == taken.load
    assert (PoolProject.objects.count(), Load.objects.count()) == (3, 1)
    event = Event.objects.get(kind="projects.load")
    assert (event.by, event.at, event.after) == ("周编", AT, {"new": 3, "revised": 0})


@pytest.mark.django_db
def test_a_later_list_tells_more_and_undoing_it_brings_back_what_was():
    take(FIRST)
    before = _all()
    taken = take(SECOND, known="2024-09-05", name="调度.csv")
    assert (taken.new, taken.revised) == (1, 1)
    project = PoolProject.objects.get(name="甲厂房")
    month = PoolMonth.objects.get(project=project, month=8)
    assert (project.total, month.works, month.counted, month.paid) == (105_000_000_000, 12_000_000_000, 11_000_000_000, None)
    pool.undo(by=EDITOR, at=AT, load_id=taken.load)
    assert _all() == before
    assert take(SECOND, known="2024-09-05", name="调度.csv").new == 1


@pytest.mark.django_db
def test_an_earlier_list_taken_back_leaves_what_the_later_one_told():
    first = take(FIRST)
    take(SECOND, known="2024-09-05", name="调度.csv")
    pool.undo(by=EDITOR, at=AT, load_id=first.load)
    found = {project.name: (project.total, project.owner) for project in PoolProject.objects.all()}
    assert found == {"甲厂房": (105_000_000_000, ""), "丁学校": (30_000_000_000, "")}


@pytest.mark.django_db
def test_an_older_list_that_comes_in_late_fills_gaps_and_overrides_nothing():
    take(SECOND, known="2024-09-05", name="八月.csv")
    taken = take(FIRST, known="2024-02-01")
    assert (taken.new, taken.revised) == (2, 1)
    project = PoolProject.objects.get(name="甲厂房")
    assert (project.total, project.owner) == (105_000_000_000, "甲公司")  # the newer list's total, the older one's owner
    heads = "单位：万元,,\n项目名称,总投资,2024年计划投资\n"
    newer, older = f"{heads}甲厂房,105000,40000\n", f"{heads}甲厂房,90000,20000\n"
    take(newer, known="2024-06-01", name="六月.csv")
    assert take(older, known="2024-01-01", name="一月.csv").unchanged == 1
    project.refresh_from_db()
    assert project.total == 105_000_000_000
    assert PoolYear.objects.filter(project=project, withdrawn=False).last().planned == 40_000_000_000


@pytest.mark.django_db
def test_one_wrong_row_keeps_the_whole_list_out():
    taken = take(FIRST.replace("100000,30000", "-5,30000"))
    assert taken.refused
    assert (PoolProject.every.count(), PoolTold.objects.count(), Load.objects.get().state) == (0, 0, "refused")


@pytest.mark.django_db
def test_what_does_not_go_with_what_was_told_before_is_warned_of():
    take(FIRST)
    take(SECOND, known="2024-09-05", name="八月.csv")
    later = SECOND.replace("1-8月", "1-9月").replace("1,甲厂房,10.5,1.2,1.1", "1,甲厂房,100000,1.1,1.3")
    taken = take(later, known="2024-10-08", name="九月.csv")
    assert [(doubt.rule, doubt.severity.value, doubt.place) for doubt in taken.doubts] == [
        ("slip", "warning", "九月!3"),
        ("falls", "warning", "九月!3"),
    ]
    assert "8月" in taken.doubts[1].message[0]
    assert not taken.refused


@pytest.mark.django_db
def test_an_amount_a_thousand_times_what_stands_is_warned_of_and_above_the_total_keeps_the_list_out():
    take(FIRST)  # 甲厂房: 10 亿元 in all, 3 of them in 2024; 丁学校 has neither here
    month = "2024年1-8月调度表（单位：万元）,\n项目名称,完成投资,入统投资\n"
    slipped = take(f"{month}甲厂房,180000000,9000\n", known="2024-09-05", name="八月.csv")
    assert (slipped.refused, [(each.rule, each.place) for each in slipped.doubts]) == (True, [("absurd", "八月!3")])
    assert "总投资的1,800倍" in slipped.doubts[0].message[0]
    take(f"{month}戊路,80,9\n", known="2024-09-05", name="八月二.csv")
    again = take(f"{month}戊路,800000,9\n", known="2024-09-06", name="八月三.csv")
    assert (again.refused, [each.rule for each in again.doubts]) == (False, ["slip"])


@pytest.mark.django_db
def test_a_code_that_comes_under_another_name_is_the_same_project_and_is_told():
    heads = "项目名称,项目代码,总投资（万元）,建设性质\n"
    take(f"{heads}甲路,2411-500199-04-01-123456,900,续建\n", name="一.csv")
    taken = take(f"{heads}甲大道,2411-500199-04-01-123456,900,续建\n", name="二.csv")
    assert [doubt.rule for doubt in taken.doubts] == ["renamed"]
    project = PoolProject.objects.get()
    assert (project.name, project.aliases) == ("甲大道", ["甲路"])


@pytest.mark.django_db
def test_a_viewer_may_not():
    with pytest.raises(NotAllowed):
        take(FIRST, by=VIEWER)


def _all() -> list[dict]:
    return sorted(
        PoolProject.objects.values(
            "code", "name", "aliases", "owner", "total", "stage", "stage_since", "group", "begins", "ends"
        ),
        key=lambda row: row["code"],
    )
