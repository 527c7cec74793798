"""In a browser: projects are moved between the four batches by keyboard alone, by dragging, and without scripts; the table narrows."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.test_walk import axe, browser, opened, site, violations  # noqa: F401 -- fixtures

pytestmark = pytest.mark.long


def batch(page, name):
    return page.locator("section.batch", has=page.get_by_role("heading", name=re.compile(f"^{name}")))


def fill(page):
    """The form that asks for a day and a paper, by keyboard: the stage is chosen already, the day is today."""
    expect(page.get_by_label("转入", exact=True)).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    while not page.get_by_label("依据文件").evaluate("each => each === document.activeElement"):
        page.keyboard.press("Tab")  # a day has three parts
    page.keyboard.type("竣工验收备案〔2026〕9号")
    page.keyboard.press("Enter")


def confirm(page):
    """What is not met yet is ticked with the space bar, and the form sent again."""
    gates = page.locator("fieldset input[type=checkbox]")
    expect(gates.first).to_be_visible()
    for gate in gates.all():
        gate.focus()
        page.keyboard.press("Space")
    page.keyboard.press("Enter")


def test_a_project_is_moved_by_keyboard_alone(browser, site, axe):  # noqa: F811
    page = opened(browser, site)
    page.goto(f"{site}/projects/pool/board")
    card = batch(page, "在建").locator(".project-card").first
    name = card.locator("h3").inner_text()
    card.locator("a.move").focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog#asked")).to_be_visible()
    found = violations(page, axe)
    page.keyboard.press("Escape")
    expect(page.locator("dialog#asked")).to_be_hidden()
    expect(card.locator("a.move")).to_be_focused()
    page.keyboard.press("Enter")
    fill(page)
    expect(page.locator("fieldset input[type=checkbox]").first).to_be_visible()  # the form has come back with what is not met
    found += violations(page, axe)
    confirm(page)
    expect(page.get_by_role("status")).to_contain_text(name)
    expect(page).to_have_url(f"{site}/projects/pool/board")
    page.goto(f"{site}/projects/pool?q={name}&stage=completed")
    expect(page.locator("#rows tbody th")).to_contain_text(name)
    assert found == []


def test_a_card_that_is_dragged_to_another_batch_asks_the_same(browser, site):  # noqa: F811
    page = opened(browser, site)
    page.goto(f"{site}/projects/pool/board")
    batch(page, "储备").locator(".project-card").first.drag_to(batch(page, "在建").locator("h2"))
    expect(page.locator("dialog#asked")).to_be_visible()
    expect(page.get_by_label("转入", exact=True)).to_have_value("under_construction")
    page.get_by_role("button", name="取消").click()
    expect(page.locator("dialog#asked")).to_be_hidden()
    assert page.problems == []


def test_it_is_moved_without_scripts_too(browser, site):  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "django_language", "value": "zh-hans", "url": site}])
    page = context.new_page()
    page.goto(f"{site}/projects/pool?stage=under_construction&sort=planned")
    name = page.locator("#rows tbody th a").first.inner_text()
    page.locator("#rows a.move").first.click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_label("依据文件").fill("会议纪要")
    page.get_by_role("button", name="转入").click()
    for gate in page.locator("fieldset input[type=checkbox]").all():
        gate.check()
    page.get_by_role("button", name="转入").click()
    expect(page.get_by_role("status")).to_contain_text(name)
    assert "sort=planned" in page.url


def test_what_is_narrowed_stands_in_the_address_and_the_sheet_follows(browser, site):  # noqa: F811
    page = opened(browser, site)
    page.goto(f"{site}/projects/pool")
    page.keyboard.press("f")
    page.keyboard.type("学")
    expect(page).to_have_url(re.compile(r"q=%E5%AD%A6"))
    assert "q=%E5%AD%A6" in page.get_by_role("link", name="导出 .xlsx").get_attribute("href")
    rows = page.locator("#rows tbody tr").count()
    assert 0 < rows < 20
    page.get_by_text("显示列").click()
    page.get_by_label("行业").last.check()
    expect(page.locator("#rows thead")).to_contain_text("行业")
    assert page.locator("#rows tbody tr").count() == rows
    page.get_by_label("亮灯规则").select_option("wuhan")
    expect(page.locator(".question")).to_contain_text("武汉")
    assert "q=%E5%AD%A6" in page.url
    assert page.problems == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_with_every_fold_open_nothing_stands_in_anyones_way(browser, site, axe, language, theme):  # noqa: F811
    page = opened(browser, site, language=language, theme=theme)
    found = []
    for address in ("/projects/pool", "/projects/pool/board"):
        page.goto(f"{site}{address}")
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        found += violations(page, axe)
    assert found == []
