"""Whatever lists came before, undoing the last one leaves everything as it was: random lists, drawn by hypothesis."""

from datetime import date

import pytest
from django.db import transaction
from django.forms import model_to_dict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.site.cast import AT, EDITOR

from duheng.site.actions import intake, pool
from duheng.site.records import models

NAMES = ("甲路", "乙厂", "丙中学", "丁水库", "戊园区", "甲路改造工程", "乙厂二期")
CODES = ("", "", "2411-500199-04-01-123456", "2411-500199-04-01-654321")
HEADS = "项目名称,项目代码,业主,建设性质,总投资（万元）,2025年计划投资（万元）,专项债券,1-8月完成投资（万元）,资金支付（万元）,形象进度,存在问题,滞后原因,所属项目库\n"
FACTS = (
    *(models.PoolYear, models.PoolMonth, models.PoolStage, models.PoolProblem),
    *(models.PoolDelay, models.PoolBank, models.PoolTold),
)


@st.composite
def rows(draw) -> str:
    """A list of some projects, each with some of what can be told."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    codes = draw(st.permutations([*CODES, "", "", ""]))
    lines = []
    for name, code in zip(names, codes, strict=False):
        total = draw(st.sampled_from(("", "900", "5000")))
        plan = draw(st.sampled_from(("", "100", "300")))
        told = [
            name,
            code,
            draw(st.sampled_from(("", "城投", "水务"))),
            draw(st.sampled_from(("", "续建", "新开工", "前期"))),
            total,
            plan,
        ]
        told += [draw(st.sampled_from(("", "50"))), draw(st.sampled_from(("", "60", "80"))), draw(st.sampled_from(("", "40")))]
        told += [
            draw(st.sampled_from(("", "主体施工"))),
            draw(st.sampled_from(("", "用地未批"))),
            draw(st.sampled_from(("", "资金不足"))),
        ]
        lines.append(",".join([*told, draw(st.sampled_from(("", "市级")))]))
    return HEADS + "\n".join(lines) + "\n"


def everything() -> list[object]:
    """All that stands of the pool, by what it says."""
    projects = [model_to_dict(row, exclude=["load"]) for row in models.PoolProject.objects.order_by("id")]
    facts = [
        sorted(
            str(sorted(model_to_dict(row, exclude=["id", "load"]).items()))
            for row in table.objects.filter(withdrawn=False, project__withdrawn=False)
        )
        for table in FACTS
    ]
    pairs = sorted(
        (pair.left.code, pair.right.code if pair.right else "", str(pair.reasons)) for pair in models.PoolPair.objects.all()
    )
    linked = sorted(models.Project.objects.filter(pooled__isnull=False).values_list("name", "pooled__code"))
    return [projects, facts, pairs, linked]


def take(text: str, place: int) -> int | None:
    sent = intake.Sent(name=f"2025年清单{place}.csv", data=text.encode())
    request = pool.Request(known=date(2025, 1 + place, 10))
    taken = pool.take_list(by=EDITOR, at=AT, sent=sent, request=request)
    assert (taken.refused, taken.asks) == (False, False)
    assert taken.new + taken.revised + taken.unchanged == text.count("\n") - 1
    return taken.load


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=st.lists(rows(), min_size=1, max_size=3, unique=True))
def test_undoing_the_last_list_leaves_everything_as_it_was(db, lists: list[str]):
    with transaction.atomic():
        states, loads = [everything()], []
        for place, text in enumerate(lists):
            loads.append(take(text, place))
            states.append(everything())
        for load, before in reversed(list(zip(loads, states[:-1], strict=True))):
            assert load is not None
            pool.undo(by=EDITOR, at=AT, load_id=load)
            assert everything() == before
        transaction.set_rollback(True)
