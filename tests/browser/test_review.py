"""In a browser: the review list by keyboard, by mouse over many, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_walk import axe, browser, opened, violations  # noqa: F401  the same browser and checker
from tests.browser.test_walk import site as site

pytestmark = pytest.mark.long


def here(page: Page) -> str:
    return page.evaluate("document.activeElement.closest('[data-case]')?.id || ''")


def waiting(page: Page) -> int:
    return int(page.locator("#pip-review").text_content())


def test_the_list_is_walked_decided_and_undone_by_keyboard(browser, site, axe):  # noqa: F811
    page = opened(browser, site)
    page.goto(f"{site}/review?kind=same_project")
    cases = page.locator("[data-case]")
    ids = [f"r{case.get_attribute('data-case')}" for case in cases.all()]
    before = waiting(page)
    page.keyboard.press("j")
    assert here(page) == ids[0]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    assert here(page) == ids[0]
    top = page.evaluate("window.scrollY")
    page.keyboard.press("a")
    expect(page.locator(f"#{ids[0]}")).to_contain_text("同一项目")
    expect(page.locator("#toast")).to_contain_text("已合并")
    expect(page.locator("#pip-review")).to_have_text(str(before - 1))
    page.wait_for_function(f"document.activeElement.id === '{ids[1]}'")
    assert abs(page.evaluate("window.scrollY") - top) < 450  # nearest, not to the top
    found = violations(page, axe)
    page.keyboard.press("u")
    expect(page.locator(f"#{ids[0]}")).to_contain_text("可能是同一个项目")
    expect(page.locator("#pip-review")).to_have_text(str(before))
    page.locator(f"#{ids[2]}").focus()
    page.keyboard.press("d")
    expect(page.locator(f"#{ids[2]}")).to_contain_text("不同项目")
    page.wait_for_function(f"document.activeElement.id === '{ids[3]}'")
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.type") == "radio"
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    found += violations(page, axe)
    page.keyboard.press("Escape")
    page.locator(f"#{ids[2]}").focus()
    page.keyboard.press("u")
    expect(page.locator("#pip-review")).to_have_text(str(before))
    assert found == []
    assert page.problems == []


def test_a_range_is_selected_settled_and_undone_as_one(browser, site):  # noqa: F811
    page = opened(browser, site)
    page.goto(f"{site}/review")
    before = waiting(page)
    boxes = page.locator(".case-pick input")
    boxes.nth(3).click()
    boxes.nth(6).click(modifiers=["Shift"])
    expect(page.locator("[data-picked]")).to_have_text("已选 4")
    page.get_by_role("button", name="不处理（视为不同项目）").click()
    expect(page.locator("#toast")).to_contain_text("已处理 4 条")
    expect(page.locator("#pip-review")).to_have_text(str(before - 4))
    expect(page.locator("[data-picked]")).to_have_text("未选择")
    page.locator("[data-undo]").click()
    expect(page.locator("#pip-review")).to_have_text(str(before))
    expect(page.locator(".case.open")).to_have_count(before)
    assert page.problems == []


def test_an_indicator_is_found_in_the_catalog_and_a_target_typed_again_in_place(browser, site, axe):  # noqa: F811
    page = opened(browser, site)
    page.goto(f"{site}/review?kind=indicator_name")
    page.keyboard.press("j")
    page.keyboard.press("c")
    box = page.get_by_role("searchbox", name="按任一名称查找目录指标")
    expect(box).to_be_focused()
    box.fill("GDP")
    expect(page.locator(".found-codes")).to_contain_text("gdp.growth")
    found = violations(page, axe)
    page.goto(f"{site}/review?kind=target")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.get_by_label("目标类型").select_option("range")
    page.get_by_label("数值").fill("30")
    page.get_by_role("button", name="保存更正").click()
    expect(page.locator(".case-edit [role=alert]")).to_contain_text("两个数")
    found += violations(page, axe)
    page.get_by_label("上限或力争值").fill("40")
    page.get_by_role("button", name="保存更正").click()
    expect(page.locator(".case.corrected")).to_contain_text("30—40户")
    page.keyboard.press("u")
    expect(page.locator(".case.open")).to_have_count(1)
    assert found == []
    assert page.problems == []


def test_it_all_works_without_javascript(browser, site):  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "django_language", "value": "zh-hans", "url": site}])
    page = context.new_page()
    page.goto(f"{site}/review?kind=same_project")
    page.locator(".case-pick input").first.check()
    page.get_by_role("button", name="采纳（同一项目则合并）").click()
    expect(page.locator(".notice")).to_contain_text("已处理 1 条")
    page.locator(".notice").get_by_role("button", name="撤销").click()
    expect(page.locator(".notice")).to_contain_text("已撤销")
    page.goto(f"{site}/review?kind=actual")
    page.get_by_role("link", name="更正").click()
    page.get_by_role("spinbutton", name="上年结果").fill("3.4")
    page.get_by_role("button", name="保存更正").click()
    expect(page.locator(".notice")).to_contain_text("已更正")
    page.locator(".notice").get_by_role("button", name="撤销").click()
    expect(page.locator(".notice")).to_contain_text("已撤销")
