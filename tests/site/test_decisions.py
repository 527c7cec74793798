"""Every decision on a review item can be taken back exactly, or it is said why not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.site import review_world as world
from tests.site.cast import ADMINISTRATOR, AT, EDITOR

from duheng.errors import AlreadyDecided, CannotUndo, DecisionError
from duheng.plan import AtLeast
from duheng.site.actions import editing, review, undoing
from duheng.site.actions import plan as actions
from duheng.site.actions.correction import Correction
from duheng.site.records.models import Decision, Event, Mention, Project, Remembered, ReviewItem

LATER = AT + timedelta(hours=1)


def undo(decision: Decision) -> None:
    undoing.undo(by=ADMINISTRATOR, at=LATER, decision_id=decision.pk)


@pytest.mark.parametrize(("decision", "state"), [("accept", "accepted"), ("dismiss", "dismissed")])
def test_a_decision_is_kept_with_who_and_when_and_leaves_one_line_and_is_undone_to_what_was(plan, decision, state):
    item = world.item(plan, kind="actual", name="某指标")
    before, lines = world.state(), Event.objects.count()
    made = review.decide(by=EDITOR, at=AT, item_id=item.pk, decision=decision)
    item.refresh_from_db()
    assert (item.state, item.decided_by, item.decided_at, item.decision) == (state, "周编", AT, made)
    assert Event.objects.count() == lines + 1
    undo(made)
    assert world.state() == before
    assert Event.objects.filter(kind="review.undo", by=ADMINISTRATOR.name, noun_id=str(item.pk)).count() == 1


def test_what_changed_a_project_or_an_indicator_is_in_its_own_history(plan):
    asked = world.pair(plan, 0, 1)
    kept, _other = plan.projects.all()[:2]
    made = review.decide(by=EDITOR, at=AT, item_id=asked.pk, decision="accept")
    undo(made)
    kinds = Event.objects.filter(noun="project", noun_id=str(kept.pk)).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["review.accepted", "review.undo"]


def test_the_second_to_decide_is_told_what_the_first_decided(plan):
    item = world.item(plan, kind="actual", name="某指标")
    review.decide(by=EDITOR, at=AT, item_id=item.pk, decision="dismiss")
    for late in (
        lambda: review.decide(by=ADMINISTRATOR, at=AT, item_id=item.pk, decision="accept"),
        lambda: review.correct(by=ADMINISTRATOR, at=AT, item_id=item.pk, correction=Correction()),
    ):
        with pytest.raises(AlreadyDecided) as told:
            late()
        assert "周编" in told.value.message("zh")
        assert "不处理" in told.value.message("zh")
        assert "dismissed" in told.value.message("en")


def test_accepting_that_two_are_one_merges_them_and_answers_what_follows(plan):
    asked, follows = world.pair(plan, 0, 1), world.pair(plan, 1, 0)
    kept, other = plan.projects.all()[:2]
    before = world.state()
    made = review.decide(by=EDITOR, at=AT, item_id=asked.pk, decision="accept", choice=other.name)
    follows.refresh_from_db()
    assert (follows.state, follows.note) == ("accepted", "follows")
    assert not Project.objects.filter(pk=kept.pk).exists()
    other.refresh_from_db()
    assert kept.name in other.aliases
    undo(made)
    assert world.state() == before


def test_a_name_that_is_no_project_of_its_own_becomes_another_name(plan):
    project = world.project(plan, 0)
    asked = world.item(plan, kind="same_project", name=f"{project.name} / 旧厂片区", refers=[project.code])
    before = world.state()
    made = review.decide(by=EDITOR, at=AT, item_id=asked.pk, decision="accept")
    project.refresh_from_db()
    assert "旧厂片区" in project.aliases
    undo(made)
    assert world.state() == before


def test_accepting_a_code_binds_it_and_an_unknown_one_is_refused(plan):
    indicator, asked = world.unnamed(plan)
    before = world.state()
    with pytest.raises(DecisionError):
        review.decide(by=EDITOR, at=AT, item_id=asked.pk, decision="accept", choice="no.such")
    assert world.state() == before
    made = review.decide(by=EDITOR, at=AT, item_id=asked.pk, decision="accept", choice="gdp.growth")
    indicator.refresh_from_db()
    assert indicator.code == "gdp.growth"
    undo(made)
    assert world.state() == before


def test_a_target_typed_again_is_a_version_and_is_undone_only_while_it_is_the_last(plan, indicator):
    asked = world.item(plan, kind="target", name=indicator.name)
    before = world.state()
    seven = AtLeast(value=Decimal(7), unit="%", text="7%以上")
    made = review.correct(by=EDITOR, at=AT, item_id=asked.pk, correction=Correction(target=seven))
    assert indicator.targets.latest("number").text == "7%以上"
    again = actions.retarget(by=EDITOR, at=AT, indicator_id=indicator.pk, target=seven, reason="x")
    with pytest.raises(CannotUndo) as refused:
        undo(made)
    assert indicator.name in refused.value.message("zh")
    assert refused.value.facts["later"] == again.pk
    undo(again)
    undo(made)
    assert world.state() == before


def test_a_goal_that_could_not_be_read_becomes_an_indicator(plan):
    asked = world.item(plan, kind="target", name="一个新目标")
    before = world.state()
    target = AtLeast(value=Decimal(3), unit="个", text="3个以上")
    made = review.correct(by=EDITOR, at=AT, item_id=asked.pk, correction=Correction(target=target))
    row = plan.indicators.get(name="一个新目标")
    assert (row.unit, row.targets.get().text, row.mentions.count()) == ("个", "3个以上", 1)
    undo(made)
    assert world.state() == before


@pytest.mark.parametrize(("kind", "changes"), [("actual", {"actual_value": Decimal("6.20")}), ("stage", {"stage": "reserve"})])
def test_a_correction_changes_the_item_itself_and_is_undone(plan, indicator, kind, changes):
    project = world.project(plan, 3)
    asked = world.item(
        plan,
        kind=kind,
        name=project.name if kind == "stage" else indicator.name,
        refers=[project.code] if kind == "stage" else [],
    )
    before = world.state()
    made = review.correct(by=EDITOR, at=AT, item_id=asked.pk, correction=Correction(changes=changes))
    row = project if kind == "stage" else indicator
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in changes} == changes
    undo(made)
    assert world.state() == before


def test_a_correction_cannot_be_undone_over_a_later_one(plan, indicator):
    asked = world.item(plan, kind="actual", name=indicator.name)
    made = review.correct(by=EDITOR, at=AT, item_id=asked.pk, correction=Correction(changes={"actual_value": Decimal(6)}))
    actions.describe_indicator(
        by=ADMINISTRATOR, at=LATER, indicator_id=indicator.pk, changes={"actual_value": Decimal(5)}, reason="核实"
    )
    with pytest.raises(CannotUndo) as refused:
        undo(made)
    assert "吴管" in refused.value.message("zh")


def test_an_unmerged_project_is_what_it_was_though_the_other_was_edited_since(plan):
    kept, other = plan.projects.all()[:2]
    before = {row["id"]: row for row in world.state()["project"]}
    sentences = Mention.objects.filter(project=other).count()
    made = actions.merge_projects(by=EDITOR, at=AT, keep_id=kept.pk, other_ids=[other.pk], reason="同一项目")
    assert Project.every.get(pk=other.pk).merged_into == kept
    kept.refresh_from_db()
    actions.describe_project(
        by=EDITOR,
        at=AT,
        project_id=kept.pk,
        changes={"stage": "reserve", "group": "新分组", "aliases": [*kept.aliases, "又一名"]},
        reason="x",
    )
    undo(made)
    now = {row["id"]: row for row in world.state()["project"]}
    assert now[other.pk] == before[other.pk]
    assert other.mentions.count() == sentences
    assert now[kept.pk] == before[kept.pk] | {
        "stage": "reserve",
        "group": "新分组",
        "aliases": [*before[kept.pk]["aliases"], "又一名"],
    }


def test_a_merging_that_was_merged_further_says_what_to_undo_first(plan):
    a, b, c = plan.projects.all()[:3]
    first = actions.merge_projects(by=EDITOR, at=AT, keep_id=b.pk, other_ids=[a.pk], reason="x")
    second = actions.merge_projects(by=EDITOR, at=AT, keep_id=c.pk, other_ids=[b.pk], reason="x")
    with pytest.raises(CannotUndo) as refused:
        undo(first)
    assert refused.value.facts["later"] == second.pk
    with pytest.raises(DecisionError):
        actions.merge_projects(by=EDITOR, at=AT, keep_id=a.pk, other_ids=[b.pk], reason="x")


def test_a_split_moves_whole_sentences_and_something_stays(plan):
    kept, other = plan.projects.all()[:2]
    actions.merge_projects(by=EDITOR, at=AT, keep_id=kept.pk, other_ids=[other.pk], reason="x")
    kept.refresh_from_db()
    before = world.state()
    mentions = list(kept.mentions.values_list("pk", flat=True))
    part = editing.Part(name=other.name, names=(other.name,), mentions=tuple(mentions[-1:]), stage="started")
    made, pk = actions.split_project(by=EDITOR, at=AT, project_id=kept.pk, part=part, reason="两个项目")
    new = Project.objects.get(pk=pk)
    assert (new.name, new.stage, list(new.mentions.values_list("pk", flat=True))) == (other.name, "started", mentions[-1:])
    kept.refresh_from_db()
    assert other.name not in kept.aliases
    undo(made)
    assert world.state() == before
    kept.refresh_from_db()
    for wrong in (
        editing.Part(name="", names=(other.name,)),
        editing.Part(name="新", names=(kept.name, *kept.aliases)),
        editing.Part(name="新", mentions=tuple(mentions)),
    ):
        with pytest.raises(DecisionError):
            actions.split_project(by=EDITOR, at=AT, project_id=kept.pk, part=wrong, reason="x")
    assert world.state() == before


def test_many_are_one_decision_with_one_line_that_lists_them_and_one_undo(plan):
    items = [world.item(plan, kind="actual", name=f"指标{i}", reason=f"理由{i}") for i in range(5)]
    items += [world.pair(plan, 0, 1), world.pair(plan, 1, 2)]
    review.decide(by=ADMINISTRATOR, at=AT, item_id=items[0].pk, decision="dismiss")
    before, lines = world.state(), Event.objects.count()
    made, late = review.decide_many(by=EDITOR, at=AT, item_ids=[item.pk for item in items], decision="accept")
    assert [item.pk for item in late] == [items[0].pk]
    assert Event.objects.count() == lines + 1
    assert Event.objects.first().after["items"] == [item.item for item in items[1:]]
    assert ReviewItem.objects.filter(decision=made, state="accepted").count() == 6
    assert Project.every.filter(merged_into__isnull=False).count() == 2
    undo(made)
    assert world.state() == before
    assert review.decide_many(by=EDITOR, at=AT, item_ids=[items[0].pk], decision="accept")[0] is None


def test_an_undone_decision_cannot_be_undone_again(plan):
    made = review.decide(by=EDITOR, at=AT, item_id=world.item(plan, kind="unit", name="x").pk, decision="accept")
    undo(made)
    with pytest.raises(CannotUndo) as refused:
        undo(made)
    assert ADMINISTRATOR.name in refused.value.message("zh")


def test_forgetting_is_undone_too(plan):
    review.decide(by=EDITOR, at=AT, item_id=world.pair(plan, 0, 1).pk, decision="dismiss")
    before = world.state()["remembered"]
    row = Remembered.objects.get()
    made = review.forget(by=EDITOR, at=AT, remembered_id=row.pk)
    assert not Remembered.objects.exists()
    undo(made)
    assert world.state()["remembered"] == before


def test_what_must_hold_of_decisions_is_held_by_the_database(plan):
    kept = world.project(plan, 0)
    wrong = [
        lambda: Decision.objects.create(plan=plan, kind="wish", name="x", at=AT, by="x"),
        lambda: Decision.objects.create(plan=plan, kind="accept", name="x", at=AT, by="x", undone_at=AT),
        lambda: Project.objects.filter(pk=kept.pk).update(merged_into=kept),
        lambda: Remembered.objects.create(kind="whim", key="k", year=2025, left="x", by="x", at=AT),
        lambda: [Remembered.objects.create(kind="name", key="k", year=2025, left="x", by="x", at=AT) for _ in range(2)],
    ]
    for write in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "edit", "target", "actual", "dismiss", "pair", "bulk"]), st.integers(0, 5)),
    min_size=1,
    max_size=8,
)


def step(plan, what: str, number: int) -> Decision | None:
    """One decision at random; None where it is refused or changes nothing."""
    standing = list(plan.projects.all()[:6])
    one, two = standing[number % len(standing)], standing[(number + 1) % len(standing)]
    indicator = plan.indicators.all()[number]
    open_items = list(plan.review.filter(state="open")[:6])
    item = open_items[number % len(open_items)] if open_items else None
    try:
        if what == "merge":
            return actions.merge_projects(by=EDITOR, at=AT, keep_id=one.pk, other_ids=[two.pk], reason="x", name=two.name)
        if what == "split":
            names = tuple(one.aliases[:1])
            return actions.split_project(
                by=EDITOR, at=AT, project_id=one.pk, part=editing.Part(name=f"分{number}", names=names), reason="x"
            )[0]
        if what == "edit":
            stage = ["reserve", "started", "completed"][number % 3]
            changes = {"stage": stage, "aliases": [*one.aliases, f"别名{number}"], "name": f"改{number}{one.name}"[:90]}
            return actions.describe_project(by=EDITOR, at=AT, project_id=one.pk, changes=changes, reason="x")
        if what == "target":
            target = AtLeast(value=Decimal(number), unit="%", text=f"{number}%以上")
            return actions.retarget(by=EDITOR, at=AT, indicator_id=indicator.pk, target=target, reason="x")
        if what == "actual":
            changes = {"actual_value": Decimal(number)}
            return actions.describe_indicator(by=EDITOR, at=AT, indicator_id=indicator.pk, changes=changes, reason="x")
        if what == "bulk":
            return review.decide_many(by=EDITOR, at=AT, item_ids=[each.pk for each in open_items[:3]], decision="accept")[0]
        if item is None:
            return None
        decision = "accept" if what == "pair" else "dismiss"
        return review.decide(by=EDITOR, at=AT, item_id=item.pk, decision=decision)
    except DecisionError:
        return None


def undone_in_any_order(plan, steps, order) -> None:
    """Make these decisions, undo them in an order in which that is allowed, and see that nothing is left of them."""
    with transaction.atomic():
        before = world.state()
        made = [decision for what, number in steps if (decision := step(plan, what, number))]
        while made:
            order.shuffle(made)
            left = []
            for decision in made:
                try:
                    undo(decision)
                except CannotUndo:
                    left.append(decision)
            assert len(left) < len(made)  # there is always one that nothing depends on
            made = left
        assert world.state() == before
        transaction.set_rollback(True)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, order=st.randoms(use_true_random=False))
def test_whatever_was_decided_undoing_it_all_gives_what_was(plan, steps, order):
    undone_in_any_order(plan, steps, order)


@pytest.mark.long
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, order=st.randoms(use_true_random=False))
def test_whatever_was_decided_undoing_it_all_gives_what_was_many_times_over(plan, steps, order):
    undone_in_any_order(plan, steps, order)
