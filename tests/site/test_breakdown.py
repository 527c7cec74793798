"""The target breakdown is loaded again as it was exported: nothing changes; what is filled in on it does."""

import io

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.site.cast import AT, EDITOR

from duheng.plan import division
from duheng.site.actions import owners as actions
from duheng.site.actions.owners import Assignment
from duheng.site.pages import breakdown
from duheng.site.queries import division as queries
from duheng.site.queries import owners
from duheng.site.records.models import Event, Ownership
from duheng.site.records.ownership import ITEMS

OFFICES = st.lists(
    st.sampled_from(
        ["区统计局", "区发展改革委", "区文联", "=cmd()", "各镇街", "区政府办（外办、侨办）", "-减号局", "@邮政局", "+加号办"]
    ),
    max_size=3,
    unique=True,
)
WORDS = st.text(st.sampled_from("张李王某一2年底前=+-@、；（） \n"), max_size=12)


def state(plan):
    return {
        (noun, pk): (owner.lead, owner.support, owner.leader, owner.deadline)
        for noun in ITEMS
        for pk, owner in owners.of(noun, list(owners.items(plan, noun)), plan=plan).items()
    }


def loaded(plan, duties):
    """Every sure row of a sheet, as ticked by default."""
    seen = queries.preview(plan, duties)
    assert all(line.sure for line in seen.lines), [line.name for line in seen.lines if not line.sure]
    given = []
    for line in seen.lines:
        noun, _, pk = line.choices[0].token.partition(":")
        duty = line.duty
        given.append(
            Assignment(noun=noun, pk=int(pk), lead=duty.lead, support=duty.support, leader=duty.leader, deadline=duty.deadline)
        )
    return actions.load(by=EDITOR, at=AT, plan_id=plan.pk, name="目标分解表.xlsx", given=given)


@settings(
    max_examples=3,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), language=st.sampled_from(["zh", "en"]))
def test_an_exported_sheet_loaded_again_changes_nothing(plan, data, language):
    for noun in ITEMS:
        for row in data.draw(st.lists(st.sampled_from(list(owners.items(plan, noun))), max_size=4)):
            lead, support = data.draw(OFFICES), data.draw(OFFICES)
            one = Assignment(
                noun=noun,
                pk=row.pk,
                lead=tuple(lead),
                support=tuple(support),
                leader=data.draw(WORDS),
                deadline=data.draw(WORDS),
            )
            actions.assign(by=EDITOR, at=AT, given=one)
    before, events = state(plan), Event.objects.count()
    content = breakdown.workbook_in(plan.pk, as_of=AT.date(), spoken=language)
    assert loaded(plan, division.of_file(data=content, name="目标分解表.xlsx")) is None
    assert (state(plan), Event.objects.count()) == (before, events)


def test_the_same_sheet_pasted_as_text_changes_nothing_either(plan):
    actions.assign(by=EDITOR, at=AT, given=Assignment(noun="task", pk=plan.tasks.first().pk, lead=("区文联",), deadline="年底"))
    page = load_workbook(io.BytesIO(breakdown.workbook_in(plan.pk, as_of=AT.date(), spoken="zh"))).active
    text = "\n".join("\t".join(str(cell or "").replace("\n", " ") for cell in row) for row in page.iter_rows(values_only=True))
    before = state(plan)
    assert loaded(plan, division.of_text(text)) is None
    assert state(plan) == before


def test_every_item_of_the_plan_is_in_the_sheet(plan):
    duties = division.of_file(data=breakdown.workbook_in(plan.pk, as_of=AT.date(), spoken="zh"), name="目标分解表.xlsx")
    count = plan.indicators.count() + plan.projects.count() + plan.tasks.count()
    assert len(duties) == count
    assert {duty.kind for duty in duties} == {"indicator", "project", "task"}


def test_a_suggestion_is_not_taken_for_an_answer_when_the_sheet_comes_back(plan):
    assert (
        loaded(plan, division.of_file(data=breakdown.workbook_in(plan.pk, as_of=AT.date(), spoken="zh"), name="目标分解表.xlsx"))
        is None
    )
    assert not Ownership.objects.exists()


def test_what_is_filled_in_on_the_sheet_comes_back(plan):
    book = load_workbook(io.BytesIO(breakdown.workbook_in(plan.pk, as_of=AT.date(), spoken="zh")))
    row = next(row for row in book.active.iter_rows(min_row=4) if row[1].value == plan.projects.first().name)
    row[6].value, row[8].value = "区交通局", "张某"
    buffer = io.BytesIO()
    book.save(buffer)
    load = loaded(plan, division.of_file(data=buffer.getvalue(), name="目标分解表.xlsx"))
    assert [(change["noun"], change["pk"]) for change in load.changes] == [("project", plan.projects.first().pk)]
    owner = owners.of("project", [plan.projects.first()], plan=plan)[plan.projects.first().pk]
    assert ([one.name for one in owner.lead], owner.leader) == (["区交通局"], "张某")
