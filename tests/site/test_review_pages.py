"""The review page: one item, many, corrections in place, undoing, and what each reader sees."""

import re
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.site import review_world as world
from tests.site.cast import AT, EDITOR, VIEWER

from duheng.site.actions import review
from duheng.site.records.models import Decision, Project, Remembered, ReviewItem

HTMX = {"HTTP_HX_REQUEST": "true"}


def text(answer) -> str:
    return answer.content.decode()


def told(client, address: str = "/review") -> str:
    return text(client.get(address))


def test_a_pair_stands_side_by_side_with_its_sentences_and_reasons(plan, sign_in):
    item = plan.review.filter(kind="same_project").first()
    page = told(sign_in(), "/review?kind=same_project")
    assert page.count('class="side"') >= 2 * plan.review.filter(kind="same_project").count()
    assert "名称都有" in page
    assert all(f'value="{name}" form="f{item.pk}"' in page for name in item.item.split(" / "))


def test_deciding_without_javascript_leads_back_and_offers_to_undo(plan, sign_in):
    client, item = sign_in(EDITOR), plan.review.filter(kind="same_project").first()
    back = "/review?kind=same_project"
    answer = client.post(reverse("review-item", args=[item.pk]), {"decision": "accept", "back": back})
    assert answer.headers["Location"] == back
    made = Decision.objects.get()
    page = told(client, back)
    assert "已合并" in page
    assert reverse("undo", args=[made.pk]) in page
    client.post(reverse("undo", args=[made.pk]), {"back": "/review?state=settled"})
    item.refresh_from_db()
    assert item.state == "open"
    assert "已撤销" in told(client)


def test_nobody_is_led_away_from_the_site(plan, sign_in):
    item = plan.review.first()
    answer = sign_in(EDITOR).post(reverse("review-item", args=[item.pk]), {"decision": "dismiss", "back": "https://elsewhere"})
    assert answer.headers["Location"] == "/review"


def test_the_answer_to_htmx_is_what_changed_and_the_new_count(plan, sign_in):
    asked, follows = world.pair(plan, 0, 1), world.pair(plan, 1, 0)
    other = plan.review.filter(kind="actual").first()
    waiting = plan.review.filter(state="open").count()
    shown = f"{asked.pk},{follows.pk},{other.pk}"
    answer = sign_in(EDITOR).post(
        reverse("review-item", args=[asked.pk]), {"decision": "accept", "shown": shown, "back": "/review"}, **HTMX
    )
    page = text(answer)
    assert re.findall(r'data-case="(\d+)"', page) == [str(asked.pk), str(follows.pk)]
    assert f">{waiting - 2}</span>" in page
    assert f" open={waiting - 2} " in page  # what the filter's numbers become
    assert "data-undo" in page
    assert "<html" not in page


def test_the_second_is_told_what_the_first_decided(plan, sign_in):
    item = plan.review.first()
    review.decide(by=VIEWER.__class__(name="钱编", role=EDITOR.role), at=AT, item_id=item.pk, decision="dismiss")
    client = sign_in(EDITOR)
    client.post(reverse("review-item", args=[item.pk]), {"decision": "accept"})
    assert "已由钱编于" in told(client)
    answer = client.post(reverse("review-item", args=[item.pk]), {"decision": "accept", "shown": str(item.pk)}, **HTMX)
    assert "已由钱编于" in text(answer)
    assert f'id="r{item.pk}"' in text(answer)


def test_a_target_is_typed_again_in_place_and_an_error_loses_nothing(plan, sign_in):
    client, item = sign_in(EDITOR), plan.review.get(kind="target")
    address = reverse("review-item", args=[item.pk])
    assert 'name="value2"' in told(client, address)
    data = {"decision": "correct", "kind": "range", "value": "30", "value2": "20", "unit": "户", "reason": "核对文件"}
    for extra, status in (({}, 422), (HTMX, 200)):
        wrong = client.post(address, data, **extra)
        assert wrong.status_code == status
        assert "上限低于下限" in text(wrong)
        assert 'value="核对文件"' in text(wrong)
    client.post(address, data | {"value2": "40"})
    newest = plan.indicators.get(name=item.item).targets.latest("number")
    assert (newest.kind, newest.text, newest.reason) == ("range", "30—40户", "核对文件")
    assert "30—40户" in told(client, "/review?state=corrected")


@pytest.mark.parametrize(
    ("missing", "words"), [({"value": ""}, "需要填一个数"), ({"value": "x"}, "alert"), ({"kind": "wish"}, "alert")]
)
def test_what_is_missing_is_said_at_the_field(plan, sign_in, missing, words):
    item = plan.review.get(kind="target")
    data = {"decision": "correct", "kind": "at_least", "value": "30", "unit": "户"} | missing
    answer = sign_in(EDITOR).post(reverse("review-item", args=[item.pk]), data)
    assert answer.status_code == 422
    assert words in text(answer)


def test_last_years_result_and_a_stage_are_corrected_in_place(plan, sign_in):
    client, item = sign_in(EDITOR), plan.review.get(kind="actual")
    data = {"decision": "correct", "actual_value": "3.05", "actual_unit": "%", "actual_period": "2025"}
    client.post(reverse("review-item", args=[item.pk]), data)
    row = plan.indicators.get(name=item.item)
    assert (str(row.actual_value), row.actual_text, row.actual_period) == ("3.05", "3.05%", "2025")
    project = world.project(plan, 2)
    stage = world.item(plan, kind="stage", name=project.name, refers=[project.code])
    client.post(reverse("review-item", args=[stage.pk]), {"decision": "correct", "stage": "reserve", "aim": "started"})
    project.refresh_from_db()
    assert (project.stage, project.aim) == ("reserve", "started")


def test_an_indicator_is_bound_by_a_search_over_all_names(plan, sign_in):
    client, item = sign_in(EDITOR), plan.review.get(kind="indicator_name")
    address = reverse("review-item", args=[item.pk])
    found = text(client.get(address, {"find": "GDP"}, **HTMX))
    assert 'value="gdp.growth"' in found
    assert "没有" in text(client.get(address, {"find": ""}, **HTMX))
    assert 'value="gdp.growth"' in told(client, f"{address}?find=GDP")
    client.post(address, {"decision": "correct", "code": "no.such"})
    assert plan.indicators.get(name=item.item).code is None
    client.post(address, {"decision": "correct", "code": "gdp.growth"})
    assert plan.indicators.get(name=item.item).code == "gdp.growth"


def test_a_kind_without_an_editor_is_corrected_by_saying_where(plan, sign_in):
    client, item = sign_in(EDITOR), world.item(plan, kind="annex", name="附表2")
    address = reverse("review-item", args=[item.pk])
    assert client.post(address, {"decision": "correct", "reason": ""}).status_code == 422
    client.post(address, {"decision": "correct", "reason": "已在附表中改"})
    item.refresh_from_db()
    assert (item.state, item.note) == ("corrected", "已在附表中改")


def test_many_are_settled_at_once_and_undone_at_once(plan, sign_in):
    client = sign_in(EDITOR)
    chosen = list(plan.review.filter(kind="same_project").values_list("pk", flat=True)[:3])
    client.post(reverse("review-many"), {"decision": "dismiss", "item": chosen})
    assert plan.review.filter(state="dismissed").count() == 3
    assert "已处理 3 条" in told(client)
    client.post(reverse("undo", args=[Decision.objects.get().pk]))
    assert not plan.review.exclude(state="open").exists()
    client.post(reverse("review-many"), {"decision": "dismiss", "all": "1", "filter": "kind=same_project"})
    assert set(plan.review.exclude(state="open").values_list("kind", flat=True)) == {"same_project"}
    assert not plan.review.filter(kind="same_project", state="open").exists()
    client.post(reverse("review-many"), {"decision": "dismiss"})
    assert Decision.objects.count() == 2


def test_the_list_is_narrowed_ordered_and_says_how_far_it_is(plan, sign_in):
    client, document = sign_in(), plan.sources.get().document
    review.decide(by=EDITOR, at=AT, item_id=plan.review.get(kind="actual").pk, decision="accept")
    assert told(client, "/review?kind=target").count('data-case="') == 1
    assert told(client, "/review?state=settled").count('data-case="') == 1
    every = plan.review.count()
    assert told(client, "/review?state=all&sort=kind").count('data-case="') == every
    assert told(client, f"/review?state=all&document={document.pk}").count('data-case="') == every
    assert told(client, "/review?state=all&document=99999").count('data-case="') == 0
    assert told(client, f"/review?q={plan.review.get(kind='target').item}").count('data-case="') == 1
    assert f"已处理 1／{every}" in told(client)
    assert "没有符合条件" in told(client, "/review?q=没有这样的字")
    assert "<html" not in text(client.get("/review?kind=target", **HTMX))


def test_when_all_is_settled_it_says_so(plan, sign_in):
    ids = list(plan.review.values_list("pk", flat=True))
    review.decide_many(by=EDITOR, at=AT, item_ids=ids, decision="dismiss")
    assert "没有待处理的事项" in told(sign_in())


def test_a_viewer_sees_everything_and_decides_nothing(plan, sign_in):
    page = told(sign_in(VIEWER))
    assert "data-case" in page
    assert "data-key=" not in page
    assert "case-pick" not in page


def test_history_can_undo(plan, sign_in):
    client, item = sign_in(EDITOR), plan.review.get(kind="actual")
    made = review.decide(by=EDITOR, at=AT, item_id=item.pk, decision="accept")
    assert reverse("undo", args=[made.pk]) in told(client, "/history")
    client.post(reverse("undo", args=[made.pk]), {"back": "/history"})
    page = told(client, "/history")
    assert reverse("undo", args=[made.pk]) not in page
    assert "撤销" in page


def test_what_is_remembered_is_listed_found_and_forgotten(plan, sign_in):
    client, item = sign_in(EDITOR), plan.review.filter(kind="same_project").first()
    assert "还没有记住的决定" in told(client, "/remembered")
    review.decide(by=EDITOR, at=AT, item_id=item.pk, decision="dismiss")
    page = told(client, "/remembered")
    assert "周编" in page
    assert "不同项目" in page
    assert "没有符合条件" in told(client, "/remembered?kind=name")
    row = Remembered.objects.get()
    client.post(reverse("forget", args=[row.pk]), {"back": "/remembered"})
    assert not Remembered.objects.exists()
    client.post(reverse("forget", args=[row.pk]), {"back": "/remembered"})
    assert "已经删除" in told(client, "/remembered")


def test_projects_are_picked_put_side_by_side_and_merged_under_the_name_chosen(plan, sign_in):
    client = sign_in(EDITOR)
    one, two = plan.projects.all()[:2]
    assert f'name="project" value="{one.pk}"' in told(client, "/projects")
    address = f"{reverse('projects-merge')}?project={one.pk}&project={two.pk}"
    assert told(client, address).count('class="side"') == 2
    data = {"project": [one.pk, two.pk], "name": "另一名", "reason": "x"}
    assert client.post(reverse("projects-merge"), data).status_code == 422
    client.post(reverse("projects-merge"), data | {"name": two.name})
    assert Project.every.get(pk=one.pk).merged_into == two
    assert client.get(reverse("project", args=[one.pk])).headers["Location"] == reverse("project", args=[two.pk])
    assert client.post(reverse("projects-merge"), data | {"name": two.name}).status_code == 422
    assert "两个以上项目" in told(client, reverse("projects-merge"))


def test_a_project_is_split_on_its_own_page(plan, sign_in):
    client = sign_in(EDITOR)
    project = next(row for row in plan.projects.all() if row.aliases and row.mentions.count() > 1)
    alias = project.aliases[0]
    address = reverse("project-split", args=[project.pk])
    client.post(address, {"names": [alias], "stage": "reserve", "back": "/projects"})
    assert Project.objects.get(name=alias).stage == "reserve"
    client.post(address, {"names": [], "name": "", "back": "/projects"})
    assert "至少要留一个名称" in told(client, "/projects")


def test_two_thousand_items_take_the_same_queries_as_a_few_and_little_time(plan, sign_in):
    client = sign_in(EDITOR)
    client.get("/review")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/review")
    start, codes = plan.review.count(), list(plan.projects.values_list("code", flat=True))
    rows = [
        ReviewItem(
            plan=plan,
            position=start + 100 + i,
            kind="same_project" if i % 2 else "actual",
            item=f"甲{i} / 乙{i}",
            reason_zh="甲",
            reason_en="a",
            refers_to=[codes[i % len(codes)], codes[(i + 1) % len(codes)]],
        )
        for i in range(2000)
    ]
    ReviewItem.objects.bulk_create(rows)
    began = time.process_time()
    with CaptureQueriesContext(connection) as many:
        page = told(client)
    took = time.process_time() - began
    assert page.count('data-case="') == 50
    assert len(many) == len(few)
    assert took < 0.5
