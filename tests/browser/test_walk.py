"""In a browser: a report is uploaded, and one walks from the overview to an indicator and to its sentence."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[2]
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
REPORT = """关于甲市乙区2026年国民经济和社会发展计划执行情况及2027年计划草案的报告

一、2026年计划执行情况
全年地区生产总值增长5.8%，城镇新增就业1.2万人。

二、2027年主要预期目标
2027年主要预期目标：地区生产总值增长6%以上，城镇新增就业1万人以上。
"""
WRONG = f"""{REPORT.replace("1.2万人", "1.3万人")}各项指标见表2。
表1 2027年主要指标
"""
PAGES = [
    "/",
    "/plan",
    "/plan/1",
    "/plan/1?vintage=first",
    "/plan/25",
    "/watch",
    "/watch/monthly",
    "/appraise",
    "/appraise?year=2026",
    "/appraise/areas?rule=eight_reports",
    "/appraise/offices?rule=four_marks",
    "/appraise/items",
    "/appraise/midterm",
    "/appraise/scores",
    "/appraise/scores/3/method",
    "/appraise/scores/3/units/YC01",
    "/appraise/land",
    "/appraise/land?rules=prefecture&turned=yes",
    "/appraise/land/firms/1",
    "/appraise/land/firms/24",
    "/appraise/land/4/appeals",
    "/appraise/sheets",
    "/figures",
    "/figures/1",
    "/figures/1?show=first",
    "/figures/new",
    "/figures/revisions",
    "/figures/loads",
    "/figures/loads/1",
    "/figures/loads/3",
    "/projects/pool/same",
    "/projects",
    "/projects/1",
    "/projects/pool",
    "/projects/pool?rule=wuhan&col=light&col=why&col=group&col=sector&col=place&col=office&col=total&col=planned&col=library",
    "/projects/pool?q=没有这个",
    "/projects/pool/board",
    "/projects/pool/summary",
    "/projects/pool/1/move?to=completed",
    "/opportunities",
    "/funds",
    "/funds?year=2027&money=yi",
    "/funds/new",
    "/funds/3",
    "/funds/gap",
    "/funds/gap?state=short&sort=-gap",
    "/funds/applications",
    "/funds/applications/1",
    "/funds/applications/new",
    "/funds/applications/import",
    "/funds/eligibility",
    "/funds/eligibility?year=2027&pool=3&fitness=later",
    "/funds/projects/3",
    "/funds/studio",
    "/tasks",
    "/tasks/1",
    "/documents",
    "/documents/1",
    "/documents/1/audit",
    "/documents/1/audit?state=explained",
    "/offices",
    "/offices/statistics",
    "/division",
    "/search?q=工业",
    "/review",
    "/review?state=all",
    "/remembered",
    "/history",
    "/import",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The demo, served."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DUHENG", "DJANGO"))}
    command = [sys.executable, "-m", "duheng.cli.main", "demo", "--dir", str(tmp_path_factory.mktemp("demo")), "--port", "8700"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment) as process:
        yield process.stdout.readline().strip()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield made
        made.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """The accessibility checker, which is fetched with the front end for tests only."""
    source = ROOT / "node_modules/axe-core/axe.min.js"
    if not source.exists():
        pytest.skip("lacking: axe-core (make setup)")
    return source.read_text("utf-8")


def opened(browser: Browser, site: str, *, language: str = "zh-hans", theme: str = "light", width: int = 1280) -> Page:
    """A page that fails the test on any error in its console and on any request to another host."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, bypass_csp=True)
    context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    page = context.new_page()
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((site, "data:")) else page.problems.append(request.url))
    return page


def upload(page: Page, site: str, report: Path, text: str) -> None:
    report.write_text(text, "utf-8")
    page.goto(f"{site}/")
    page.get_by_role("link", name="导入报告").first.click()
    page.get_by_label("报告文件").set_input_files(report)
    page.get_by_role("button", name="导入").click()


def violations(page: Page, axe: str) -> list[tuple[str, ...]]:
    page.evaluate(axe)
    answer = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        (page.url, wrong["id"], node["html"][:160], node["failureSummary"][:200])
        for wrong in answer["violations"]
        if wrong["impact"] in ("serious", "critical")
        for node in wrong["nodes"][:3]
    ]


def test_upload_overview_indicator_sentence(browser, site, tmp_path):
    page = opened(browser, site)
    upload(page, site, tmp_path / "另一份报告.txt", REPORT)
    page.get_by_role("button", name="查看总览").click(timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text("2027年计划")
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="计划").click()
    page.get_by_role("searchbox", name="搜索", exact=True).fill("地区生产总值")
    expect(page.locator("#rows tbody tr").first).to_contain_text("地区生产总值")
    page.locator("#rows tbody th a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("地区生产总值")
    page.locator(".quote .source").last.click()
    page.wait_for_url(re.compile(r"/documents/\d+#c\d+"))
    marked = page.locator(":target")
    expect(marked).to_be_in_viewport()
    card = page.locator(":target + .claim-card")
    expect(card).to_be_visible()
    card.get_by_role("link", name=re.compile("地区生产总值")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("地区生产总值")
    assert page.problems == []


def test_a_finding_is_one_click_from_its_sentence_and_back_and_is_accepted_with_a_reason(browser, site, axe, tmp_path):
    page = opened(browser, site)
    upload(page, site, tmp_path / "有误的报告.txt", WRONG)
    told = page.locator(".telling li", has_text="表2")
    expect(told).to_be_visible(timeout=30_000)
    found = violations(page, axe)
    told.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/documents/\d+#[cf]\d+"))
    expect(page.locator(":target")).to_be_in_viewport()
    card = page.locator(":target + .mark-wrap > .claim-card")
    expect(card).to_contain_text("表2")
    found += violations(page, axe)
    card.get_by_role("link", name="审核").click()
    page.wait_for_url(re.compile(r"/documents/\d+/audit#n\d+"))
    finding = page.locator(".finding:target")
    expect(finding).to_be_in_viewport()
    finding.get_by_text("核实无误，接受").click()
    finding.get_by_label("理由").fill("表2另附")
    found += violations(page, axe)
    finding.get_by_role("button", name="接受").click()
    expect(page.locator(".finding.accepted")).to_contain_text("表2另附")
    page.get_by_label("状态").select_option("open")
    expect(page.locator("#rows")).not_to_contain_text("表2另附")
    assert "state=open" in page.url
    assert found == []
    assert page.problems == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_nothing_stands_in_anyone_s_way(browser, site, axe, language, theme):
    page = opened(browser, site, language=language, theme=theme)
    found = []
    for address in PAGES:
        page.goto(f"{site}{address}")
        found += violations(page, axe)
    assert found == []
    assert page.problems == []


@pytest.mark.parametrize("width", [390, 768])
def test_no_page_is_wider_than_a_narrow_screen(browser, site, width):
    page = opened(browser, site, width=width)
    for address in PAGES:
        page.goto(f"{site}{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_every_page_works_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "django_language", "value": "zh-hans", "url": site}])
    page = context.new_page()
    page.goto(f"{site}/plan")
    page.get_by_label("上年结果").select_option("yes")
    page.get_by_role("button", name="筛选").click()
    assert "start=yes" in page.url
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="Overview", exact=True)).to_be_visible()
    assert "start=yes" in page.url


@pytest.mark.parametrize(("key", "box"), [("/", "搜索全部"), ("f", "搜索")])
def test_a_key_leads_to_the_search_of_all_or_of_the_page(browser, site, key, box):
    page = opened(browser, site)
    page.goto(f"{site}/plan")
    page.keyboard.press(key)
    expect(page.get_by_role("searchbox", name=box, exact=True)).to_be_focused()
