"""Who may do what: every address that writes refuses those whose role does not permit it."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.site.cast import AT, EDITOR, VIEWER

from duheng import sample
from duheng.errors import NotAllowed
from duheng.site import access
from duheng.site.access import RULES, By, Role
from duheng.site.actions import appraising, grading
from duheng.site.records.models import (
    Appeal,
    Decision,
    Event,
    Firm,
    Load,
    OwnersLoad,
    PoolPair,
    PoolProject,
    Remembered,
)
from duheng.site.urls import urlpatterns

FREE = {"sign-in", "sign-out", "look"}  # they write nothing that history would tell
OFFICE = "statistics"
JOB = "00000000-0000-4000-8000-000000000000"
PARTS = {
    "IntConverter": 1,
    "UUIDConverter": JOB,
    "PathConverter": OFFICE,
    "StringConverter": "x",
    "SlugConverter": "x",
}  # of an address, by kind


def writing(plan) -> dict[str, tuple[str, dict]]:
    """Every address that writes, with what it needs."""
    indicator, project = plan.indicators.first().pk, plan.projects.first().pk
    item = plan.review.first().pk
    document = plan.sources.get().document
    finding = document.findings.filter(explanation_zh="").first().pk
    decision = Decision.objects.create(plan=plan, kind="accept", name="x", at=AT, by=EDITOR.name).pk
    known, _new = Remembered.objects.get_or_create(key="k", kind="name", year=2025, left="x", by=EDITOR.name, at=AT)
    others = list(plan.projects.values_list("pk", flat=True)[1:3])
    return {
        "indicator-target": (reverse("indicator-target", args=[indicator]), {"text": "7%以上", "reason": "x"}),
        "indicator-facts": (reverse("indicator-facts", args=[indicator]), {"nature": "binding", "reason": "x"}),
        "project-facts": (reverse("project-facts", args=[project]), {"name": "新名", "stage": "started", "reason": "x"}),
        "review-item": (reverse("review-item", args=[item]), {"decision": "dismiss"}),
        "review-many": (reverse("review-many"), {"decision": "dismiss", "item": [item]}),
        "undo": (reverse("undo", args=[decision]), {}),
        "forget": (reverse("forget", args=[known.pk]), {}),
        "projects-merge": (reverse("projects-merge"), {"project": others, "name": "x"}),
        "project-split": (reverse("project-split", args=[project]), {"name": "新项目"}),
        "audit-again": (reverse("audit-again", args=[document.pk]), {}),
        "finding": (reverse("finding", args=[finding]), {"decision": "accept", "reason": "x"}),
        "import": (reverse("import"), {}),
        "import-cancel": (reverse("import-cancel", args=[JOB]), {}),
        "withdraw": (reverse("withdraw", args=[plan.pk]), {}),
        "plan-join": (reverse("plan-join", args=[plan.pk, plan.pk]), {}),
        "owner": (reverse("owner", args=["indicator", indicator]), {"lead": "统计局"}),
        "owners-accept": (reverse("owners-accept"), {"item": "all"}),
        "division-apply": (reverse("division-apply"), {"duties": ""}),
        "division-undo": (reverse("division-undo", args=[_load(plan).pk]), {}),
        "figure-new": (reverse("figure-new"), {"value": "1", "reason": "x"}),
        "loads": (reverse("loads"), {}),
        "load-answer": (reverse("load-answer", args=[_figures().pk]), {}),
        "load-undo": (reverse("load-undo", args=[_figures().pk]), {}),
        "watch-refresh": (reverse("watch-refresh"), {}),
        "pool-same-decide": (reverse("pool-same-decide", args=[_pair().pk]), {"decision": "same"}),
        "pool-refresh": (reverse("pool-refresh"), {}),
        "pool-move": (reverse("pool-move", args=[_pooled().pk]), {"stage": "started", "on": "2026-01-05", "paper": "x"}),
        "appraise-sheets": (reverse("appraise-sheets"), {"kind": "items"}),
        "appraise-undo": (reverse("appraise-undo", args=[_firm().appraisal_id]), {"reason": "x"}),
        "appraise-confirm": (reverse("appraise-confirm", args=[indicator]), {"year": plan.year, "said": "met", "reason": "x"}),
        "land-publish": (reverse("land-publish", args=[_firm().appraisal_id]), {"on": "2026-01-05"}),
        "land-exempt": (reverse("land-exempt", args=[_firm().pk]), {"kind": "", "reason": "x"}),
        "land-appeal": (reverse("land-appeal", args=[_firm().pk]), {"text": "x"}),
        "land-settle": (reverse("land-settle", args=[_appeal().pk]), {"state": "rejected", "answer": "x"}),
        "people-change": (reverse("people-change"), {"what": "role", "name": EDITOR.name, "role": "viewer"}),
    }


def _load(plan):
    """A sheet that was loaded: by hand, since only the address matters here."""
    return OwnersLoad.objects.get_or_create(plan=plan, name="分工.csv", defaults={"changes": [], "at": AT, "by": EDITOR.name})[0]


def _pooled():
    """A project of the pool."""
    return PoolProject.objects.get_or_create(code="P1", defaults={"name": "项目", "position": 0})[0]


def _pair():
    """Two projects of the pool that may be one."""
    other = PoolProject.objects.get_or_create(code="P2", defaults={"name": "同一项目", "position": 1})[0]
    return PoolPair.objects.get_or_create(left=_pooled(), right=other, defaults={"at": AT})[0]


def _firm():
    """An enterprise of the sample, graded."""
    if not Firm.objects.exists():
        path = sample.enterprises_path()
        file = appraising.Handed(name=path.name, data=path.read_bytes())
        sheet = appraising.Sheet(kind="land", title="企业", files=(file,), given={"rules": "huangyan-2022"})
        grading.take_land(by=EDITOR, at=AT, sheet=sheet)
    return Firm.objects.first()


def _appeal():
    """An appeal that waits."""
    told = {"text": "x", "filed": AT.date(), "due": AT.date(), "at": AT, "by": EDITOR.name}
    return Appeal.objects.get_or_create(firm=_firm(), state="filed", defaults=told)[0]


def _figures():
    """A file of figures that was loaded."""
    return Load.objects.get_or_create(name="月度.csv", defaults={"state": "done", "at": AT, "by": EDITOR.name})[0]


def test_every_address_that_takes_a_post_is_known_here(plan, sign_in):
    client = sign_in()
    known = {*writing(plan), *FREE}
    for pattern in (each for each in urlpatterns if each.name not in known):
        name, arguments = pattern.name, [PARTS[type(kind).__name__] for kind in pattern.pattern.converters.values()]
        before = Event.objects.count()
        b"".join(client.post(reverse(name, args=arguments), {"decision": "accepted", "text": "7%", "reason": "x"}))
        assert Event.objects.count() == before, name


def test_a_viewer_is_refused_everywhere_and_nothing_changes(plan, sign_in):
    client, addresses = sign_in(VIEWER), writing(plan)
    before = Event.objects.count()
    for name, (address, data) in addresses.items():
        if name != "import-cancel":
            answer = client.post(address, data)
            assert answer.status_code == 403, name
            assert "查看" in answer.content.decode()
    assert Event.objects.count() == before


def test_an_editor_may_not_manage_people_or_withdraw(plan, sign_in):
    client = sign_in(EDITOR)
    for name in ("withdraw", "people-change"):
        address, data = writing(plan)[name]
        assert client.post(address, data).status_code == 403, name
    assert client.get("/people").status_code == 403


def test_nobody_writes_unsigned(plan):
    addresses = writing(plan)
    before = Event.objects.count()
    for name, (address, data) in addresses.items():
        assert Client().post(address, data).headers["Location"].startswith("/sign-in"), name
    assert Event.objects.count() == before


def test_what_a_role_cannot_use_is_not_shown(plan, indicator, sign_in):
    seen = sign_in(VIEWER).get(reverse("indicator", args=[indicator.pk])).content.decode()
    assert "修改目标" not in seen
    assert reverse("import") not in seen
    assert "修改目标" in sign_in(EDITOR).get(reverse("indicator", args=[indicator.pk])).content.decode()


def test_a_form_from_elsewhere_is_refused(plan):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/look", {"theme": "dark"}).status_code == 403


@pytest.mark.parametrize("action", RULES)
def test_each_role_may_what_the_ones_before_it_may(action):
    allowed = [access.may(role, action) for role in Role]
    assert allowed == sorted(allowed)
    assert allowed[-1]
    assert not access.may(None, action)


def test_a_refusal_says_what_is_refused_in_both_languages():
    with pytest.raises(NotAllowed) as refused:
        access.require(By(name="郑看", role=Role.VIEWER), "plan.edit")
    assert "修改计划" in refused.value.message("zh")
    assert "change the plan" in refused.value.message("en")
