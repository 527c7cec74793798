"""In a browser: the page of a project of the pool, by keyboard alone, on a phone, and with nothing in anybody's way."""

import pytest
from playwright.sync_api import expect
from tests.browser.test_walk import axe, browser, opened, site, violations  # noqa: F401 -- fixtures

pytestmark = pytest.mark.long


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_page_with_all_its_forms_open_is_in_nobodys_way(browser, site, axe, language, theme):  # noqa: F811
    page = opened(browser, site, language=language, theme=theme)
    found = []
    for address in ("/projects/pool/1", "/projects/pool/12?money=wan", "/projects/pool/38?year=2025"):
        page.goto(f"{site}{address}")
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        found += violations(page, axe)
    assert found == []
    assert page.problems == []


@pytest.mark.parametrize("width", [390, 768])
def test_it_is_no_wider_than_a_narrow_screen(browser, site, width):  # noqa: F811
    page = opened(browser, site, width=width)
    for number in (1, 12, 38):
        page.goto(f"{site}/projects/pool/{number}")
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), number


def test_a_month_is_reported_by_keyboard_alone_a_doubt_confirmed_and_taken_back(browser, site):  # noqa: F811
    page = opened(browser, site)
    page.goto(f"{site}/projects/pool/1")
    done = page.locator("#months tbody tr")
    before = done.count()
    page.locator("#months summary", has_text="填报月度进展").focus()
    page.keyboard.press("Enter")
    page.get_by_label("形象进度（万元）").focus()
    page.keyboard.type("1")
    page.keyboard.press("Enter")  # far less than the month before
    expect(page.locator("#months .wrong")).to_contain_text("累计数不应减少")
    expect(page.get_by_label("形象进度（万元）")).to_have_value("1")
    page.get_by_label("确认无误").focus()
    page.keyboard.press("Space")
    page.get_by_label("形象进度（万元）").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已保存")
    assert page.url.endswith("#months")
    assert done.count() == before + 1
    last = page.locator("#months").get_by_role("button", name="撤回")
    last.last.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已撤回")
    assert done.count() == before
    assert page.problems == ["Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"]


def test_it_works_without_scripts(browser, site):  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "django_language", "value": "zh-hans", "url": site}])
    page = context.new_page()
    page.goto(f"{site}/projects/pool/1")
    expect(page.locator("svg.chart")).to_be_visible()
    page.locator("#problems summary").click()
    page.locator("#problem-problem").fill("临时用电未批")
    page.locator("#problem-whose").fill("区供电公司")
    page.locator("#problem-due").fill("2099-01-31")
    page.locator("#problems button", has_text="保存").click()
    expect(page.locator("#problems")).to_contain_text("临时用电未批")
    page.locator("#problems button", has_text="今天已解决").first.click()
    expect(page.locator("#problems")).to_contain_text("已解决")
