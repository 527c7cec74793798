"""A workspace's own files over the shipped catalog: what they add, what they override, and how a mistake is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from duheng import catalog
from duheng.errors import CatalogError

TEAHOUSES = """
indicators:
  - {code: local.teahouses, zh: 茶馆数量, en: Teahouses, unit: 家, measure: level, polarity: higher, frequency: year,
     lag: 30, owner: 商务局, theme: services, aliases: [茶馆]}
"""


def overlay(folder: Path, text: str | bytes, name: str = "indicators.yml") -> Path:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_an_overlay_adds_an_indicator(tmp_path: Path) -> None:
    found = catalog.load("indicators", overlay=overlay(tmp_path, TEAHOUSES))
    assert found["local.teahouses"].aliases == ("茶馆",)
    assert len(found) == len(catalog.load("indicators")) + 1
    assert "local.teahouses" not in catalog.load("indicators")


def test_an_overlay_overrides_only_the_fields_it_gives_and_adds_aliases(tmp_path: Path) -> None:
    text = "indicators:\n  - {code: gdp.growth, owner: 发改委, aliases: [本地经济增速, GDP增速]}\n"
    shipped, found = (catalog.load("indicators", overlay=folder)["gdp.growth"] for folder in (None, overlay(tmp_path, text)))
    assert (found.owner, found.zh, found.lag) == ("发改委", shipped.zh, shipped.lag)
    assert found.aliases == (*shipped.aliases, "本地经济增速")


def test_an_overlay_may_bring_its_own_unit_office_and_theme(tmp_path: Path) -> None:
    overlay(tmp_path, "units:\n  - {code: 缸, en: vat, scale: '1', dimension: count}\n", "units.yml")
    overlay(tmp_path, "offices:\n  - {code: tea, zh: 茶业局, en: Tea Office}\n", "offices.yml")
    overlay(tmp_path, "themes:\n  - {code: tea, zh: 茶, en: Tea}\n", "themes.yml")
    text = TEAHOUSES.replace("unit: 家", "unit: 万缸/亩").replace("商务局", "茶业局").replace("theme: services", "theme: tea")
    assert catalog.load("indicators", overlay=overlay(tmp_path, text))["local.teahouses"].unit == "万缸/亩"


def test_an_edited_overlay_is_read_again(tmp_path: Path) -> None:
    assert catalog.load("indicators", overlay=overlay(tmp_path, TEAHOUSES))["local.teahouses"].lag == 30
    overlay(tmp_path, TEAHOUSES.replace("lag: 30", "lag: 300"))
    assert catalog.load("indicators", overlay=tmp_path)["local.teahouses"].lag == 300


def test_dated_versions_of_an_entry_are_chosen_by_the_date(tmp_path: Path) -> None:
    text = """
offices:
  - {code: farming, zh: 农业局, en: Bureau of Agriculture, to: "2018-12-31"}
  - {code: farming, zh: 农业农村处, en: Bureau of Agriculture and Rural Affairs, from: "2019-01-01"}
"""
    overlay(tmp_path, text, "offices.yml")
    assert catalog.load("offices", on=date(2018, 6, 1), overlay=tmp_path)["farming"].zh == "农业局"
    assert catalog.load("offices", on=date(2019, 1, 1), overlay=tmp_path)["farming"].zh == "农业农村处"
    assert catalog.load("offices", overlay=tmp_path)["farming"].zh == "农业农村处"


def test_an_entry_out_of_force_is_not_loaded(tmp_path: Path) -> None:
    overlay(tmp_path, TEAHOUSES.replace("lag: 30", 'lag: 30, from: "2026-01-01"'))
    assert "local.teahouses" not in catalog.load("indicators", on=date(2025, 12, 31), overlay=tmp_path)


WRONG = [
    (TEAHOUSES.replace("lag: 30", "lag: 30, colour: red"), "local.teahouses, colour", "没有这个字段"),
    (TEAHOUSES.replace("lag: 30, ", ""), "local.teahouses, lag: it is missing", "缺少此字段"),
    (TEAHOUSES.replace("lag: 30", "lag: soon"), "whole number of days", "不是整数天数"),
    (
        TEAHOUSES.replace("higher", "better"),
        "“better” is unknown; use one of higher, lower, neutral",
        "可用：higher、lower、neutral",
    ),
    (TEAHOUSES.replace("local.teahouses", "茶馆"), "is not a code", "不是合法代码"),
    (TEAHOUSES.replace("unit: 家", "unit: 缸"), "“缸” is not declared; add it to units.yml", "未声明，请在 units.yml 中添加"),
    (TEAHOUSES.replace("unit: 家", "unit: 元/"), "“元/” is not declared", "未声明"),
    (TEAHOUSES.replace("商务局", "茶业局"), "“茶业局” is not declared; add it to offices.yml", "offices.yml"),
    (TEAHOUSES.replace("services", "tea"), "add it to themes.yml", "themes.yml"),
    (TEAHOUSES.replace("lag: 30", "lag: 30, formula: gdp.level / tea.pots"), "“tea.pots” is not declared", "未声明"),
    (TEAHOUSES.replace("lag: 30", "lag: 30, from: 2025.1.1"), "is not a date; write it as 2025-01-31", "不是日期"),
    (TEAHOUSES.replace("lag: 30", "lag: 30, from: 2025-02-30"), "not a day of the calendar", "这一天不存在"),
    (TEAHOUSES.replace("lag: 30", "lag: 30, from: 2025-02-03, to: 2025-01-01"), "from is after to", "from 晚于 to"),
    (TEAHOUSES.replace("lag: 30", "lag: 30, fall: perhaps"), "use one of true, false", "可用：true、false"),
    (TEAHOUSES.replace("[茶馆]", "茶馆"), "it must be a list", "应为列表"),
    (TEAHOUSES.replace("[茶馆]", "[[茶馆]]"), "it must be text", "应为非空文字"),
    (TEAHOUSES.replace("zh: 茶馆数量", "zh: ''"), "it must be text and not empty", "应为非空文字"),
    (TEAHOUSES.replace("code: local.teahouses, ", ""), "entry 1: it has no code", "第 1 条没有 code"),
    (TEAHOUSES + TEAHOUSES.split("\n", 2)[2], "the code is given twice", "代码重复"),
    (TEAHOUSES.replace("lag: 30", "lag: 30, lag: 31"), "“lag” is given twice", "“lag”重复"),
    ("indicators: {gdp.growth: {}}", "must be a list", "应当是条目列表"),
    ("rows: []", "“rows” is not a section", "不是本文件的部分"),
    ("- 1\n- 2", "one mapping", "一个映射"),
    ("indicators: []\n---\nindicators: []", "one mapping", "一个映射"),
    ("", "the file is empty", "文件是空的"),
    ("indicators: [\n", "is not YAML", "不符合 YAML 格式"),
    ("indicators: \x01", "is not YAML", "不符合 YAML 格式"),
    ("indicators: &a [1]\nversion: *a", "anchors are not used", "请勿使用锚点"),
    ("? [a]\n: 1", "must be a word", "字段名应是一个词"),
    ("indicators: " + "[" * 900, "nested too deeply", "嵌套过深"),
    (TEAHOUSES.encode("gb18030"), "is not UTF-8", "不是 UTF-8"),
    (b"# " + b"x" * 5_000_001, "larger than 5 MB", "超过 5 MB"),
]


@pytest.mark.parametrize(("text", "en", "zh"), WRONG, ids=[en for _, en, _ in WRONG])
def test_a_mistake_is_told_plainly_in_both_languages(tmp_path: Path, text: str | bytes, en: str, zh: str) -> None:
    with pytest.raises(CatalogError) as caught:
        catalog.load("indicators", overlay=overlay(tmp_path, text))
    assert en in caught.value.message("en")
    assert zh in caught.value.message("zh")
    assert all("indicators.yml" in caught.value.message(language) for language in ("en", "zh"))
    assert all(
        answer.endswith(end) for answer, end in ((caught.value.message("en"), "retry."), (caught.value.message("zh"), "再试。"))
    )


@pytest.mark.parametrize(("scale", "en", "zh"), [("many", "is not a number", "不是数"), ("0", "is not above 0", "应大于 0")])
def test_a_unit_needs_a_scale(tmp_path: Path, scale: str, en: str, zh: str) -> None:
    overlay(tmp_path, f"units:\n  - {{code: 缸, en: vat, scale: '{scale}', dimension: count}}\n", "units.yml")
    with pytest.raises(CatalogError) as caught:
        catalog.load("units", overlay=tmp_path)
    assert en in caught.value.message("en")
    assert zh in caught.value.message("zh")


def test_a_missing_folder_an_unknown_file_and_an_unknown_kind_are_told(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="this folder does not exist"):
        catalog.load("indicators", overlay=tmp_path / "nowhere")
    with pytest.raises(CatalogError, match="no such kind of catalog; use one of indicators, units"):
        catalog.load("colours")  # type: ignore[call-overload]
    with pytest.raises(
        CatalogError,
        match=r"indicator\.yml: an overlay holds only checks\.yml, festivals\.yml, funds\.yml, grades\.yml, indicators\.yml",
    ):
        catalog.load("units", overlay=overlay(tmp_path, "", "indicator.yml"))


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "themes.yml").mkdir()
    with pytest.raises(CatalogError, match=r"themes\.yml: the file cannot be read"):
        catalog.load("themes", overlay=tmp_path)
