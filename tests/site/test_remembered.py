"""What was decided on one report is decided again on the next, visibly, and can be undone and forgotten."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.site.cast import ADMINISTRATOR, AT, EDITOR

from duheng.plan import AtLeast
from duheng.site.actions import editing, importing, reading, review, undoing
from duheng.site.actions import plan as actions
from duheng.site.actions.correction import Correction
from duheng.site.queries import remembered
from duheng.site.records.models import Event, Plan, Project, Remembered

NEXT = AT + timedelta(days=40)


@pytest.fixture
def following(plan, sample_reading):
    """Imports the same report's new draft, and gives its plan."""

    def imported(year: int | None = None) -> Plan:
        source = replace(sample_reading.sources[0], digest=f"{year or 0:064d}")
        made = replace(sample_reading.plan, year=year) if year else sample_reading.plan
        pk, new = importing.store(by=ADMINISTRATOR, at=NEXT, reading=replace(sample_reading, sources=(source,), plan=made))
        assert new
        return Plan.objects.get(pk=pk)

    return imported


def asked(plan: Plan, kind: str):
    return plan.review.filter(kind=kind).first()


def settled(plan: Plan):
    return list(plan.review.filter(recalled=True))


def test_nothing_is_decided_before_anything_was_decided(following):
    assert settled(following()) == []


@pytest.mark.parametrize(("decision", "state"), [("accept", "accepted"), ("dismiss", "dismissed")])
def test_a_pair_is_decided_again_by_whom_and_when_it_was(plan, following, decision, state):
    item = asked(plan, "same_project")
    review.decide(by=EDITOR, at=AT, item_id=item.pk, decision=decision)
    now = following()
    again = now.review.get(kind="same_project", item=item.item)
    assert (again.state, again.decided_by, again.decided_at, again.recalled) == (state, "周编", AT, True)
    assert Project.every.filter(plan=now, merged_into__isnull=False).exists() == (decision == "accept")
    assert Event.objects.filter(kind="plan.import").first().after["recalled"] == 1
    undoing.undo(by=EDITOR, at=NEXT, decision_id=again.decision_id)
    again.refresh_from_db()
    assert (again.state, again.recalled) == ("open", False)
    assert not Project.every.filter(plan=now, merged_into__isnull=False).exists()


def test_what_was_undone_is_not_remembered(plan, following):
    made = review.decide(by=EDITOR, at=AT, item_id=asked(plan, "same_project").pk, decision="accept")
    undoing.undo(by=EDITOR, at=AT, decision_id=made.pk)
    assert settled(following()) == []


def test_what_is_forgotten_is_asked_again(plan, following):
    review.decide(by=EDITOR, at=AT, item_id=asked(plan, "same_project").pk, decision="dismiss")
    review.forget(by=EDITOR, at=AT, remembered_id=Remembered.objects.get().pk)
    assert settled(following()) == []


def test_projects_merged_by_hand_are_merged_again_and_it_is_seen(plan, following):
    kept, other = list(plan.projects.all())[-2:]
    actions.merge_projects(by=EDITOR, at=AT, keep_id=kept.pk, other_ids=[other.pk], reason="同一项目")
    now = following()
    (item,) = settled(now)
    assert (item.kind, item.state, item.decided_by) == ("same_project", "accepted", "周编")
    assert item.mentions.count() == 1
    assert Project.every.get(plan=now, name=other.name).merged_into.name == kept.name
    undoing.undo(by=EDITOR, at=NEXT, decision_id=item.decision_id)
    assert Project.objects.filter(plan=now, name=other.name).exists()


def test_names_that_were_parted_are_parted_again(plan, following):
    project = next(row for row in plan.projects.all() if row.aliases and row.mentions.count() > 1)
    alias = project.aliases[0]
    part = editing.Part(name=alias, names=(alias,), stage=project.stage)
    actions.split_project(by=EDITOR, at=AT, project_id=project.pk, part=part, reason="两个项目")
    now = following()
    (item,) = settled(now)
    assert (item.state, item.item) == ("dismissed", f"{project.name} / {alias}")
    assert Project.objects.filter(plan=now, name=alias).exists()
    undoing.undo(by=EDITOR, at=NEXT, decision_id=item.decision_id)
    assert alias in Project.objects.get(plan=now, name=project.name).aliases


def test_a_name_bound_once_is_read_as_an_alias_and_it_is_seen(plan, following, sample_reading):
    item = asked(plan, "indicator_name")
    review.decide(by=EDITOR, at=AT, item_id=item.pk, decision="accept", choice=item.refers_to[0])
    assert remembered.taught() == {item.item: item.refers_to[0]}
    now = following()
    again = now.review.get(kind="indicator_name")
    assert (again.state, again.recalled) == ("accepted", True)
    assert now.indicators.get(name=item.item).code == item.refers_to[0]


def test_a_taught_name_is_bound_while_reading_and_can_be_undone(plan, following, tmp_path):
    item = asked(plan, "indicator_name")
    review.decide(by=EDITOR, at=AT, item_id=item.pk, decision="accept", choice=item.refers_to[0])
    text = f"关于丙市丁区2027年计划草案的报告\n\n一、主要预期目标\n2027年主要预期目标：地区生产总值增长6%以上，{item.item}达到90%以上。\n"
    report = tmp_path / "报告.txt"
    report.write_text(text, "utf-8")
    (made,) = reading.read_reports(
        [reading.Report(path=report, name="报告.txt")], progress=lambda *_: None, taught=remembered.taught()
    )
    assert item.refers_to[0] in [each.code for each in made.plan.indicators]
    assert not made.plan.review
    pk, _ = importing.store(by=EDITOR, at=NEXT, reading=made)
    (shown,) = settled(Plan.objects.get(pk=pk))
    row = Plan.objects.get(pk=pk).indicators.get(name=item.item)
    assert row.code == item.refers_to[0]
    undoing.undo(by=EDITOR, at=NEXT, decision_id=shown.decision_id)
    row.refresh_from_db()
    assert row.code is None


def test_a_correction_holds_for_new_drafts_of_the_year_only(plan, following):
    item = asked(plan, "target")
    target = AtLeast(value=Decimal(238), unit="户", text="238户以上")
    review.correct(by=EDITOR, at=AT, item_id=item.pk, correction=Correction(target=target))
    (again,) = settled(following())
    assert (again.state, again.item) == ("corrected", item.item)
    assert again.plan.indicators.get(name=item.item).targets.latest("number").text == "238户以上"
    assert settled(following(year=plan.year + 1)) == []


def test_what_cannot_be_decided_again_stays_open(plan, following):
    item = asked(plan, "indicator_name")
    review.decide(by=EDITOR, at=AT, item_id=item.pk, decision="accept", choice=item.refers_to[0])
    Remembered.objects.update(right="gone.from.catalog")
    now = following()
    assert settled(now) == []
    assert asked(now, "indicator_name").state == "open"
