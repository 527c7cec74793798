"""One project under two names: proposed with its reasons, merged or kept apart by a person, and parted again exactly."""

from datetime import date

import pytest
from tests.site.cast import AT, EDITOR, VIEWER

from duheng.errors import AlreadyDecided, NotAllowed
from duheng.site.actions import intake, pool, pool_merging, undoing
from duheng.site.records.models import Decision, PoolMonth, PoolPair, PoolProject, PoolYear, Project

PLAN = """单位：万元,,,,,,
序号,项目名称,项目法人,建设地点,总投资,2026年计划投资,责任单位
1,岚江大道北延伸段工程,澄岚城投,桂塘镇,73500,42800,区交通局
2,恒澜智能液压件扩能项目,恒澜公司,松台街道,42000,27000,区经信委
3,柳溪水厂提标改造,水务公司,柳溪镇,9000,3000,区水利局
"""
DISPATCH = """2026年1-3月项目调度表（单位：万元）,,,,
序号,项目名称,业主,总投资,完成投资
1,岚江大道北延,澄岚城投,73500,9000
2,柳溪水厂二期,水务公司,9000,800
"""


def take(text: str, known: str, name: str) -> int:
    sent = intake.Sent(name=name, data=text.encode())
    taken = pool.take_list(by=EDITOR, at=AT, sent=sent, request=pool.Request(known=date.fromisoformat(known)))
    assert not taken.refused
    assert taken.load
    return taken.load


def everything() -> list[dict]:
    shown = ("code", "name", "aliases", "owner", "office", "place", "total", "stage", "withdrawn", "merged_into__code")
    return list(PoolProject.every.order_by("code").values(*shown)) + list(
        PoolMonth.objects.order_by("id").values("project__code", "works", "withdrawn")
    )


@pytest.fixture
def pair(db) -> PoolPair:
    take(PLAN, "2026-01-20", "计划.csv")
    take(DISPATCH, "2026-04-05", "调度.csv")
    return PoolPair.objects.get(right__isnull=False, right__name="岚江大道北延")


def test_another_name_is_proposed_with_its_reasons_and_never_merged_silently(pair):
    assert PoolProject.objects.count() == 5
    assert (pair.left.name, pair.state) == ("岚江大道北延伸段工程", "open")
    told = [reason for likely, reason, _ in pair.reasons if likely]
    assert "项目法人都是澄岚城投" in told
    assert "总投资相同" in told
    assert len(told) >= 3


def test_projects_of_one_owner_and_one_amount_are_proposed_under_names_that_differ(pair):
    other = PoolPair.objects.get(right__name="柳溪水厂二期")
    assert other.left.name == "柳溪水厂提标改造"
    assert PoolPair.objects.filter(right__isnull=False).count() == 2


def test_merging_brings_all_that_was_told_together_and_is_undone_exactly(pair):
    before = everything()
    made = pool_merging.same(by=EDITOR, at=AT, pair_id=pair.pk)
    kept = PoolProject.objects.get(name="岚江大道北延伸段工程")
    assert kept.aliases == ["岚江大道北延"]
    assert (kept.office, kept.place, kept.total) == ("区交通局", "桂塘镇", 73500 * 10**6)
    assert PoolMonth.objects.get(project=kept).works == 9000 * 10**6
    assert PoolYear.objects.get(project=kept).planned == 42800 * 10**6
    assert not PoolProject.objects.filter(name="岚江大道北延").exists()
    with pytest.raises(AlreadyDecided):
        pool_merging.apart(by=EDITOR, at=AT, pair_id=pair.pk)
    undoing.undo(by=EDITOR, at=AT, decision_id=made.pk)
    assert everything() == before
    assert PoolPair.objects.get(pk=pair.pk).state == "open"


def test_the_other_may_be_kept_and_a_later_list_knows_both_names(pair):
    pool_merging.same(by=EDITOR, at=AT, pair_id=pair.pk, keep_id=pair.right_id)
    kept = PoolProject.objects.get(pk=pair.right_id)
    assert (kept.name, kept.aliases, kept.office) == ("岚江大道北延", ["岚江大道北延伸段工程"], "区交通局")
    later = DISPATCH.replace("1-3月", "1-4月").replace("岚江大道北延,", "岚江大道北延伸段工程,").replace("9000\n2", "12000\n2")
    load = take(later, "2026-05-05", "调度4.csv")
    assert PoolMonth.objects.get(project=kept, month=4).works == 12000 * 10**6
    pool.undo(by=EDITOR, at=AT, load_id=load)
    assert not PoolMonth.objects.filter(project=kept, month=4, withdrawn=False).exists()


def test_kept_apart_is_not_asked_again(pair):
    pool_merging.apart(by=EDITOR, at=AT, pair_id=pair.pk, reason="不同标段")
    take(DISPATCH.replace("1-3月", "1-5月"), "2026-06-05", "调度5.csv")
    assert [each.state for each in PoolPair.objects.filter(left=pair.left, right=pair.right)] == ["apart"]
    assert Decision.objects.get(kind="dismiss").undone_at is None


def test_a_viewer_may_not_decide(pair):
    with pytest.raises(NotAllowed):
        pool_merging.same(by=VIEWER, at=AT, pair_id=pair.pk)


def test_projects_that_the_plan_names_are_linked_where_the_name_is_the_same_and_else_asked(plan, pair):
    linked = {project.name: project.pooled.name for project in Project.objects.filter(pooled__isnull=False)}
    assert linked["恒澜智能液压件扩能项目"] == "恒澜智能液压件扩能项目"
    assert linked["岚江大道北延伸段工程"] == "岚江大道北延伸段工程"
    first = PoolProject.objects.get(name="恒澜智能液压件扩能项目").load_id
    pool.undo(by=EDITOR, at=AT, load_id=first)
    assert not Project.objects.filter(name="恒澜智能液压件扩能项目", pooled__isnull=False).exists()
