"""Every change is an action with who and when, and leaves one line of history."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.site.cast import ADMINISTRATOR, AT, EDITOR

from duheng import plan as library
from duheng.errors import WorkspaceError
from duheng.site.access import Role
from duheng.site.actions import people
from duheng.site.actions import plan as actions
from duheng.site.queries import living_plan
from duheng.site.records.models import Event, Indicator, Mention, Project, ReviewItem, TargetVersion


def test_a_new_target_is_a_version_and_the_old_one_stays(plan, indicator):
    old = library.to_dict(living_plan.load(plan))["indicators"][0]["target"]
    target = library.parse_target("7%以上", unit="%", polarity=library.Polarity.HIGHER)
    actions.retarget(by=EDITOR, at=AT, indicator_id=indicator.pk, target=target, reason="区政府常务会议")
    now = library.to_dict(living_plan.load(plan))["indicators"][0]["target"]
    assert (now["kind"], now["value"], now["text"]) == ("at_least", 7, "7%以上")
    assert now["sentences"] == old["sentences"]
    assert indicator.targets.count() == 2
    event = Event.objects.filter(kind="indicator.target").get()
    assert (event.by, event.at, event.reason, event.before["text"]) == ("周编", AT, "区政府常务会议", old["text"])


def test_correcting_a_result_shows_in_the_plan(plan, indicator):
    changes = {"actual_value": Decimal("6.20"), "actual_unit": "%", "actual_period": "2025"}
    actions.describe_indicator(by=EDITOR, at=AT, indicator_id=indicator.pk, changes=changes, reason="核实")
    assert library.to_dict(living_plan.load(plan))["indicators"][0]["actual"]["value"] == 6.2
    assert Indicator.objects.get(pk=indicator.pk).actual_value == Decimal("6.20")


def test_a_correction_that_changes_nothing_leaves_no_line(indicator):
    before = Event.objects.count()
    actions.describe_indicator(by=EDITOR, at=AT, indicator_id=indicator.pk, changes={"nature": indicator.nature}, reason="x")
    assert Event.objects.count() == before


def test_merging_projects_keeps_every_name_and_sentence(plan):
    kept, other = plan.projects.all()[:2]
    sentences = Mention.objects.filter(project__in=[kept, other]).count()
    before = Event.objects.count()
    actions.merge_projects(by=EDITOR, at=AT, keep_id=kept.pk, other_ids=[other.pk], reason="同一项目")
    kept.refresh_from_db()
    assert other.name in kept.aliases
    assert kept.mentions.count() == sentences
    assert not Project.objects.filter(pk=other.pk).exists()
    assert Event.objects.count() == before + 1


def test_people_are_added_changed_and_never_left_without_an_administrator(db):
    people.add(by=ADMINISTRATOR, at=AT, name="王新", role=Role.VIEWER, password="long-enough")
    people.change(by=ADMINISTRATOR, at=AT, name="王新", role=Role.EDITOR)
    people.set_password(by=ADMINISTRATOR, at=AT, name="王新", password="another-one")
    kinds = list(Event.objects.filter(name="王新").order_by("id").values_list("kind", flat=True))
    assert kinds == ["person.add", "person.change", "person.password"]
    for refused in (
        lambda: people.add(by=ADMINISTRATOR, at=AT, name="王新", role=Role.VIEWER, password="long-enough"),
        lambda: people.add(by=ADMINISTRATOR, at=AT, name="短", role=Role.VIEWER, password="short"),
        lambda: people.change(by=ADMINISTRATOR, at=AT, name="没有", role=Role.VIEWER),
        lambda: people.change(by=ADMINISTRATOR, at=AT, name=ADMINISTRATOR.name, active=False),
    ):
        with pytest.raises(WorkspaceError):
            refused()


def test_what_must_hold_is_held_by_the_database(plan, indicator):
    wrong = [
        lambda: Indicator.objects.filter(pk=indicator.pk).update(nature="vague"),
        lambda: TargetVersion.objects.filter(indicator=indicator).update(kind="wish"),
        lambda: Mention.objects.create(document=plan.sources.get().document, offset=1, end=2, sentence="x"),
        lambda: ReviewItem.objects.create(plan=plan, position=901, kind="x", item="x", state="accepted"),
    ]
    for write in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_the_forms_do_what_the_actions_do(plan, indicator, sign_in):
    client = sign_in(EDITOR)
    answer = client.post(reverse("indicator-target", args=[indicator.pk]), {"text": "6%左右", "note": "全口径", "reason": "复核"})
    assert answer.status_code == 302
    newest = indicator.targets.latest("number")
    assert (newest.kind, newest.note, newest.by) == ("around", "全口径", "周编")
    client.post(
        reverse("indicator-facts", args=[indicator.pk]),
        {
            "code": "gdp.growth",
            "nature": "binding",
            "actual_value": "6.1",
            "actual_unit": "%",
            "actual_period": "2025",
            "reason": "x",
        },
    )
    indicator.refresh_from_db()
    assert (indicator.nature, indicator.actual_value) == ("binding", Decimal("6.1"))
    project = plan.projects.first()
    client.post(
        reverse("project-facts", args=[project.pk]),
        {"name": project.name, "aliases": "甲\n乙\n甲", "stage": "completed", "aim": "", "group": "", "reason": "x"},
    )
    project.refresh_from_db()
    assert (project.aliases, project.stage, project.aim) == (["甲", "乙"], "completed", None)


@pytest.mark.parametrize(
    ("page", "data", "field"),
    [
        ("indicator-target", {"text": "天气晴朗", "reason": "x"}, "天气晴朗"),
        ("indicator-target", {"text": "6%", "reason": ""}, "6%"),
        ("indicator-facts", {"code": "no.such", "nature": "binding", "reason": "x"}, "no.such"),
    ],
)
def test_a_form_that_cannot_be_taken_loses_nothing(indicator, sign_in, page, data, field):
    answer = sign_in(EDITOR).post(reverse(page, args=[indicator.pk]), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{field}"' in text
    assert 'role="alert"' in text


def test_history_shows_who_what_and_the_difference(indicator, sign_in):
    target = library.parse_target("7%以上", unit="%", polarity=library.Polarity.HIGHER)
    actions.retarget(by=EDITOR, at=AT, indicator_id=indicator.pk, target=target, reason="区政府常务会议")
    for address in ("/history", reverse("indicator", args=[indicator.pk])):
        text = sign_in().get(address).content.decode()
        assert "修改目标" in text
        assert "7%以上" in text
        assert "区政府常务会议" in text
