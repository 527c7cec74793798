"""Lists of projects on the site: told by their content, explained, undone, and the pairs they raise decided."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.site.cast import EDITOR, VIEWER
from tests.site.test_pool_lists import FIRST
from tests.site.test_pool_merging import DISPATCH, PLAN
from tests.unit.collect.projects.lists import ANNUAL, ANNUAL_MERGES, book

from duheng.site.records.models import Figure, Load, PoolPair, PoolProject

FIGURES = "indicator,area,period,measure,value,unit\ngdp.level,,2024,level,480.9,亿元\n"


@pytest.fixture
def send(sign_in, finished):
    """Uploads a file as the editor does, and lets the worker do its job."""
    client = sign_in()

    def sent(data: bytes | str, name: str = "清单.csv", **told: str):
        raw = data.encode() if isinstance(data, str) else data
        answer = client.post("/figures/loads", {"file": SimpleUploadedFile(name, raw), **told})
        finished(answer)
        return client

    return sent


@pytest.fixture
def finished(django_capture_on_commit_callbacks):
    """The job that an answer leads to, done by the worker."""
    from duheng.site.jobs.imports import work

    def done(answer) -> None:
        assert answer.status_code == 302, answer.content.decode()[:400]
        with django_capture_on_commit_callbacks(execute=True):
            work(answer["Location"].strip("/").split("/")[-1])

    return done


@pytest.mark.django_db
def test_an_upload_is_told_by_what_it_holds_and_shows_its_groups_beside_its_totals(send):
    client = send(book(ANNUAL, ANNUAL_MERGES), "年度计划.xlsx", known="2025-02-10")
    load = Load.objects.get()
    assert (load.kind, load.state, load.new) == ("projects", "done", 5)
    shown = client.get(f"/figures/loads/{load.pk}").content.decode()
    assert "滨江大道北延" in shown
    assert "17.05" in shown
    assert "中央预算内" in shown
    send(FIGURES, "数据.csv")
    assert Load.objects.filter(kind="file").count() == 1
    assert Figure.objects.count() == 1


@pytest.mark.django_db
def test_what_it_holds_can_be_chosen_against_its_content(send):
    send(FIRST, kind="figures")
    assert not Load.objects.filter(kind="projects").exists()


@pytest.mark.django_db
def test_a_list_that_cannot_be_understood_waits_for_an_answer_which_is_remembered(send, finished):
    text = "项目名称,业主,总投资,计划投资\n甲路,城投,5,1\n"
    client = send(text)
    load = Load.objects.get()
    page = f"/figures/loads/{load.pk}"
    asked = client.get(page).content.decode()
    assert load.state == "asked"
    assert "没有单位" in asked
    assert "哪一年" in asked
    wrong = client.post(f"{page}/answer", {"s0-unit": "万件"})
    assert wrong.status_code == 422
    finished(client.post(f"{page}/answer", {"s0-unit": "亿元", "s0-year": "2025", "s0-c1-role": "office"}))
    load.refresh_from_db()
    assert (load.state, load.new) == ("done", 1)
    project = PoolProject.objects.get()
    assert (project.total, project.office, project.owner) == (5 * 10**10, "城投", "")
    send(text.replace("甲路", "乙路"), "下月.csv")
    assert PoolProject.objects.get(name="乙路").total == 5 * 10**10


@pytest.mark.django_db
def test_a_month_that_may_be_its_own_is_taken_as_it_is_answered(send, finished):
    text = "项目名称,业主,2025年计划投资（万元）,8月完成投资（万元）\n甲路,城投,500,20\n"
    client = send(text)
    load = Load.objects.get()
    finished(client.post(f"/figures/loads/{load.pk}/answer", {"s0-year": "2025"}))
    load.refresh_from_db()
    assert load.state == "asked"  # nothing was said of the month
    finished(client.post(f"/figures/loads/{load.pk}/answer", {"s0-c3-role": "works"}))
    load.refresh_from_db()
    assert load.state == "done"
    assert [(month.month, month.works) for month in PoolProject.objects.get().months.all()] == [(8, 20 * 10**6)]


@pytest.mark.django_db
def test_money_in_another_currency_says_so_wherever_it_shows(send, sign_in):
    send("Project,Owner,Total investment (USD million),2026 planned (USD million)\nBridge,City,120.5,20\n", known="2026-01-10")
    project = PoolProject.objects.get()
    assert (project.currency, project.total) == ("USD", 1205 * 10**7)
    client = sign_in(EDITOR, "en")
    assert "amounts in USD, not in yuan" in client.get(f"/projects/pool/{project.pk}").content.decode()
    table = client.get("/projects/pool").content.decode()
    assert "the amounts of 1 project are not in yuan" in table
    assert "USD; " in table


@pytest.mark.django_db
def test_an_error_keeps_it_out_and_a_list_is_undone_on_its_page(send):
    client = send(FIRST.replace("100000,30000", "-5,30000"))
    load = Load.objects.get()
    shown = client.get(f"/figures/loads/{load.pk}").content.decode()
    assert (load.state, "-5 为负" in shown) == ("refused", True)
    send(FIRST, "改好.csv")
    good = Load.objects.get(state="done")
    client.post(f"/figures/loads/{good.pk}/undo", {"reason": "重报"})
    assert not PoolProject.objects.exists()
    assert Load.objects.get(pk=good.pk).state == "undone"
    assert "撤销，所载内容不再计入" in client.get(f"/figures/loads/{good.pk}").content.decode()


@pytest.mark.django_db
def test_pairs_are_merged_and_kept_apart_on_their_page_and_undone(send, sign_in):
    client = send(PLAN, "计划.csv", known="2026-01-20")
    send(DISPATCH, "调度.csv", known="2026-04-05")
    pair = PoolPair.objects.get(right__name="岚江大道北延")
    shown = client.get("/projects/pool/same").content.decode()
    assert "岚江大道北延伸段工程" in shown
    assert "总投资相同" in shown
    told = client.post(f"/projects/pool/same/{pair.pk}", {"decision": "same", "back": "/projects/pool/same"}, follow=True)
    assert "认定为同一项目" in told.content.decode()
    pair.refresh_from_db()
    assert pair.state == "same"
    assert f'id="pair-{pair.pk}"' not in told.content.decode()
    (decision,) = [message.tags.split()[0].removeprefix("undo-") for message in told.context["messages"]]
    client.post(f"/decisions/{decision}/undo", {"back": "/projects/pool/same"})
    pair.refresh_from_db()
    assert pair.state == "open"
    assert PoolProject.objects.filter(name="岚江大道北延").exists()
    other = PoolPair.objects.get(right__name="柳溪水厂二期")
    client.post(f"/projects/pool/same/{other.pk}", {"decision": "apart", "back": "/projects/pool/same"})
    other.refresh_from_db()
    assert other.state == "apart"
    english = sign_in(EDITOR, "en").get("/projects/pool/same").content.decode()
    assert "the same total investment" in english
    assert f'id="pair-{other.pk}"' not in english


@pytest.mark.django_db
def test_a_viewer_sees_the_pairs_and_no_buttons(send, sign_in):
    send(PLAN, "计划.csv", known="2026-01-20")
    send(DISPATCH, "调度.csv", known="2026-04-05")
    client = sign_in(VIEWER)
    shown = client.get("/projects/pool/same").content.decode()
    assert "岚江大道北延" in shown
    assert 'name="decision"' not in shown
    pair = PoolPair.objects.filter(right__isnull=False).first()
    assert client.post(f"/projects/pool/same/{pair.pk}", {"decision": "same"}).status_code == 403
    pair.refresh_from_db()
    assert pair.state == "open"
    assert client.post("/figures/loads", {"file": SimpleUploadedFile("a.csv", FIRST.encode())}).status_code == 403
