"""In a browser: money by keyboard alone, and a scenario from the question to its answer, pinned and compared."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.test_walk import axe, browser, opened, site, violations

pytestmark = pytest.mark.long
__all__ = ["axe", "browser", "site"]
_LONG = 90_000  # ms for a scenario with its explanations


def test_a_step_of_an_application_is_recorded_by_keyboard_and_undone(browser, site, axe):
    page = opened(browser, site)
    page.goto(f"{site}/")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url(re.compile(r"/funds$"))
    page.goto(f"{site}/funds/applications?step=allotted")
    page.locator("#rows tbody th a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/funds/applications/\d+"))
    rows = page.get_by_role("region", name="各环节").locator("tbody tr")
    before = rows.count()
    page.locator("#n-amount").focus()
    page.keyboard.type("999999")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").first).to_contain_text("多于“下达”")
    assert violations(page, axe) == []
    page.locator("#n-amount").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("1200")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(before + 1)
    undo = page.get_by_role("button", name="撤销", exact=True).first
    undo.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_role("region", name="各环节").locator("tbody tr")).to_have_count(before)
    assert [told for told in page.problems if "422" not in told] == []  # the refusal is answered with 422


def test_a_scenario_is_asked_answered_explained_pinned_and_compared(browser, site, axe):
    page = opened(browser, site)
    page.goto(f"{site}/funds/studio")
    page.get_by_label("最多求解秒数").fill("5")
    page.get_by_role("button", name="测算").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/funds/studio/\d+"))
    first = page.url
    expect(page.get_by_role("heading", name="纳入的项目", exact=True)).to_be_visible(timeout=_LONG)
    expect(page.get_by_text("最省的办法").first).to_be_visible(timeout=_LONG)
    expect(page.locator("[aria-live=polite] progress")).to_have_count(0, timeout=_LONG)
    assert violations(page, axe) == []
    chosen = page.get_by_role("region", name="纳入的项目", exact=True).locator("tbody th a").first.inner_text()
    page.locator("#n-pin").fill(chosen)
    page.locator("#n-kind").select_option("out")
    page.get_by_role("button", name="指定并重新测算").click()
    page.wait_for_url(lambda address: re.search(r"/funds/studio/\d+$", address) is not None and address != first)
    shown = page.locator("#scenario")
    expect(
        shown.get_by_role("heading", name="纳入的项目", exact=True).or_(shown.get_by_role("heading", name="不能同时满足的要求"))
    ).to_be_visible(timeout=_LONG)
    second = page.url.rsplit("/", 1)[1]
    page.goto(f"{first}/compare?with={second}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("→")
    assert violations(page, axe) == []
    assert page.problems == []


@pytest.mark.parametrize("width", [390, 768])
def test_a_scenario_fits_a_narrow_screen(browser, site, width):
    page = opened(browser, site, width=width)
    page.goto(f"{site}/funds/studio")
    page.get_by_role("region", name="方案").locator("tbody th a").last.click()
    page.wait_for_url(re.compile(r"/funds/studio/\d+"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
