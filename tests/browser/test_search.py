"""In a browser: the search box by keyboard alone, from a key to the sentence."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.test_walk import axe, browser, opened, site, violations

pytestmark = pytest.mark.long
__all__ = ["axe", "browser", "site"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_slash_finds_and_arrows_choose(browser, site, axe, language):
    page = opened(browser, site, language=language)
    page.goto(f"{site}/projects")
    page.keyboard.press("/")
    box = page.locator("[data-find]")
    expect(box).to_be_focused()
    page.keyboard.type("dqsczz")
    first = page.locator("#found a").first
    expect(first).to_be_visible()
    assert violations(page, axe) == []
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/plan/\d+"))
    assert page.problems == []


def test_escape_closes_what_was_found_and_enter_shows_everything(browser, site):
    page = opened(browser, site)
    page.goto(f"{site}/")
    page.keyboard.press("/")
    page.keyboard.type("工业")
    expect(page.locator("#found a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#found a")).to_have_count(0)
    expect(page.locator("[data-find]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q="))
    page.locator("#sentence a").first.click()
    page.wait_for_url(re.compile(r"/documents/\d+#t\d+"))
    expect(page.locator(".sentence:target")).to_be_in_viewport()
    assert page.problems == []


def test_keys_lead_to_the_rooms_and_are_listed(browser, site):
    page = opened(browser, site)
    page.goto(f"{site}/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url(re.compile(r"/plan$"))
    page.keyboard.press("f")
    expect(page.locator("[data-filter]")).to_be_focused()
    page.keyboard.type("g/?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.problems == []


def test_a_division_of_tasks_is_loaded_and_taken_back(browser, site, axe):
    page = opened(browser, site)
    page.goto(f"{site}/division")
    page.get_by_label("从 Excel 粘贴").fill("目标任务\t牵头单位\t配合单位\n地区生产总值增速\t区统计局\t区财政局\n")
    page.get_by_role("button", name="查看对应关系").click()
    assert violations(page, axe) == []
    page.get_by_role("button", name="导入勾选的行").click()
    page.get_by_role("button", name="撤回").first.click()
    expect(page.get_by_role("status")).to_contain_text("恢复")
    for address in ("/offices", "/offices/statistics", "/search?q=工业"):
        page.goto(f"{site}{address}")
        assert violations(page, axe) == []
    assert page.problems == []
