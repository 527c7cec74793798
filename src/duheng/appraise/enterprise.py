"""Enterprises with their land, taxes, output, energy, emissions and staff, as a sheet has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from duheng import pattern as re
from duheng.appraise.data_table import DataTable, plain_head
from duheng.appraise.land_rules import SIZES, LandRules
from duheng.appraise.unit_table import Numbers
from duheng.catalog import LandCircumstanceEntry
from duheng.errors import AppraiseError

HEADS: Mapping[str, tuple[str, ...]] = {
    "code": ("代码", "企业代码", "统一社会信用代码", "编号"),
    "name": ("名称", "企业名称", "企业"),
    "scale": ("规模", "企业规模", "规上规下"),
    "land_mu": ("用地面积", "实际用地面积", "用地", "占地面积"),
    "land_own": ("自有用地",),
    "land_leased_in": ("租入用地", "承租用地"),
    "land_leased_out": ("租出用地", "出租用地"),
    "tax": ("税收", "评价税收", "实缴税金", "税收实际贡献"),
    "value_added": ("增加值", "工业增加值"),
    "revenue": ("营业收入", "主营业务收入", "销售收入"),
    "output": ("产值", "工业总产值", "总产值"),
    "investment": ("投资", "累计投资", "固定资产投资"),
    "energy_tce": ("综合能耗", "能耗", "综合能源消费量"),
    "emissions_t": ("排放量", "主要污染物排放量", "污染物排放量"),
    "staff": ("职工人数", "年平均职工人数", "从业人员平均人数", "职工"),
    "rd": ("研发经费", "R&D经费", "R&D经费支出", "研发费用"),
    "power_wan_kwh": ("用电量", "用电"),
    "exempt": ("不定等级", "豁免", "免评类别"),
    "adjustments": ("调整事项", "加减分事项", "特殊情形"),
    "bonus": ("加分",),
    "penalty": ("减分", "扣分"),
    "last_grade": ("上年等级", "上年等次", "上年类别"),
    "industry": ("行业", "所属行业"),
}
"""The columns of an enterprises' table by their names, and the Chinese heads they may have (units in brackets are left aside)."""

WORDS = ("code", "name", "scale", "exempt", "adjustments", "last_grade", "industry")
"""The columns that hold words; all others hold numbers."""

_KNOWN: Mapping[str, str] = {name.casefold(): column for column, names in HEADS.items() for name in (column, *names)}
_ABOVE = ("above", "规上", "规模以上", "规上企业")
_BELOW = ("below", "规下", "规模以下", "规下企业")
_NOTHING = ("", "-", "否", "no", "无")
_BETWEEN = re.compile(r"[、，,；;\n]")
_LONGEST = 40  # characters of a cell in a message
_SHOWN = 5  # places told in one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprises:
    """Enterprises as columns: `above` says who is above scale, `values` holds the numbers by column, NaN where there are none.

    `exempt` is the circumstance for which an enterprise takes part without a grade, empty for others; `adjusted` those that change
    its points or grade. `table` and `heads` tell where a cell stands.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    above: NDArray[np.bool_]
    values: Mapping[str, Numbers]
    exempt: tuple[str, ...]
    adjusted: tuple[tuple[str, ...], ...]
    last_grades: tuple[str, ...]
    industries: tuple[str, ...]
    table: DataTable
    heads: Mapping[str, str]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.codes)

    def of_size(self, size: str) -> NDArray[np.bool_]:
        """Who is above or below scale."""
        return self.above if size == SIZES[0] else ~self.above

    def refuse(self, rows: Sequence[int], column: str, en: str, zh: str) -> None:
        """Say of a column what is wrong in these rows, and what to do."""
        head = self.heads.get(column, column)
        shown = [self.table.lines[row] for row in rows[:_SHOWN]]
        codes = [self.codes[row] for row in rows[:_SHOWN]]
        more = len(rows) - len(shown)
        lines_en = ", ".join(f"{line} ({code})" for line, code in zip(shown, codes, strict=True)) + (
            f" and {more} more" if more else ""
        )
        lines_zh = "、".join(f"{line}（{code}）" for line, code in zip(shown, codes, strict=True)) + (
            f"等 {len(rows)} " if more else ""
        )
        raise AppraiseError(
            reason=f"{self.table.name}, column “{head}”, row {lines_en}: {en}",
            reason_zh=f"{self.table.name} “{head}”列第 {lines_zh}行：{zh}",
        )

    @classmethod
    def open(cls, path: Path, rules: LandRules, *, ignore: Sequence[str] = ()) -> Enterprises:
        """The enterprises of a file; `ignore` names heads that mean nothing here.

        Raises `AppraiseError`, which names file, row and column: two enterprises of one code, words where a number belongs, land that
        is not above 0, a head that nobody knows, a column that the rules need and that is not there.
        """
        return cls.of(DataTable.open(path, is_head=_is_head), rules, ignore=ignore)

    @classmethod
    def of(cls, table: DataTable, rules: LandRules, *, ignore: Sequence[str] = ()) -> Enterprises:
        """The enterprises of a table."""
        heads = _heads(table, ignore)
        _check_columns(table, heads, rules, ("code", "scale"))
        codes = table.unique(heads["code"])
        if not codes:
            raise AppraiseError(
                reason=f"{table.name} holds no enterprise: there is nothing below the head line. Check that the right file was chosen.",
                reason_zh=f"{table.name} 中没有企业：表头以下没有数据。请确认选对了文件。",
            )
        words = {column: table.texts(heads[column]) if column in heads else [""] * len(table) for column in WORDS}
        above = np.array([_is_above(table, row, heads["scale"], word) for row, word in enumerate(words["scale"])], dtype=bool)
        sizes = [size for size, some in zip(SIZES, (above.any(), (~above).any()), strict=True) if some]
        _check_columns(table, heads, rules, [column for size in sizes for column in rules.needs(size)])
        numbers = {column: np.array(table.numbers(head)) for column, head in heads.items() if column not in WORDS}
        found = cls(
            codes=tuple(codes),
            names=tuple(words["name"]) if "name" in heads else tuple(codes),
            above=above,
            values={**numbers, "land_mu": _land(numbers, len(codes))},
            exempt=tuple(_exempt(table, row, heads, word, rules) for row, word in enumerate(words["exempt"])),
            adjusted=tuple(_adjusted(table, row, heads, word, rules) for row, word in enumerate(words["adjustments"])),
            last_grades=tuple(words["last_grade"]),
            industries=tuple(words["industry"]),
            table=table,
            heads=heads,
        )
        _check_land(found)
        return found


def _heads(table: DataTable, ignore: Sequence[str]) -> dict[str, str]:
    """The head of each column that the table has. Raises `AppraiseError` for one that nobody knows, or two of one column."""
    found: dict[str, str] = {}
    for head in table.heads:
        plain = plain_head(head)
        column = _KNOWN.get(plain)
        if head in ignore or not head:
            continue
        if column is None:
            near = get_close_matches(plain, _KNOWN, 1)
            guess_en, guess_zh = (f" (did you mean “{near[0]}”?)", f"（是不是“{near[0]}”？）") if near else ("", "")
            say_en = f"{table.name}: the column “{head}” is unknown{guess_en}."
            raise AppraiseError(
                reason=f"{say_en} Rename it, remove it, or leave it out by --ignore “{head}”.",
                reason_zh=f"{table.name}：不认识“{head}”列{guess_zh}。请改名、删去，或用 --ignore “{head}”忽略。",
            )
        if column in found:
            raise AppraiseError(
                reason=f"{table.name}: “{found[column]}” and “{head}” are one and the same column. Keep one of them.",
                reason_zh=f"{table.name}：“{found[column]}”与“{head}”是同一列。请只留一列。",
            )
        found[column] = head
    return found


def _is_head(cells: Sequence[str]) -> bool:
    return {"code", "scale"} <= {_KNOWN.get(plain_head(cell)) for cell in cells}


def _check_columns(table: DataTable, heads: Mapping[str, str], rules: LandRules, wanted: Sequence[str]) -> None:
    missing = [column for column in dict.fromkeys(wanted) if column not in heads]
    if "land_mu" in missing and "land_own" in heads:
        missing.remove("land_mu")
    if missing:
        zh = "、".join(f"{column}（{HEADS[column][0]}）" if column in HEADS else column for column in missing)
        raise AppraiseError(
            reason=f"{table.name}: the rules {rules.entry.en} need the columns {', '.join(missing)}. Add them.",
            reason_zh=f"{table.name}：{rules.entry.zh}规则需要 {zh} 列，请补上。",
        )


def _is_above(table: DataTable, row: int, head: str, word: str) -> bool:
    if word.casefold() in _ABOVE:
        return True
    if word.casefold() in _BELOW:
        return False
    told = word[:_LONGEST]
    return table.refuse(
        row, head, f"“{told}” is neither above nor below. Write above or below.", f"“{told}”应为 above（规上）或 below（规下）。"
    )


def _exempt(table: DataTable, row: int, heads: Mapping[str, str], word: str, rules: LandRules) -> str:
    """The circumstance for which an enterprise takes part without a grade."""
    if word.strip().casefold() in _NOTHING:
        return ""
    return _circumstance(word, rules.exemptions) or _refuse_word(table, row, heads["exempt"], word, rules.exemptions)


def _adjusted(table: DataTable, row: int, heads: Mapping[str, str], words: str, rules: LandRules) -> tuple[str, ...]:
    """The circumstances that change an enterprise's points or grade, each once; rules that know none do not look."""
    if not rules.adjustments:
        return ()
    said = [word.strip() for word in _BETWEEN.split(words) if word.strip().casefold() not in _NOTHING]
    known = rules.adjustments
    found = [_circumstance(word, known) or _refuse_word(table, row, heads["adjustments"], word, known) for word in said]
    return tuple(dict.fromkeys(found))


def _circumstance(word: str, known: Mapping[str, LandCircumstanceEntry]) -> str:
    """The code of a circumstance by its code, its name or one of its words; empty where there is none."""
    plain = word.strip().casefold()
    for code, entry in known.items():
        if plain in {code, entry.zh.casefold(), entry.en.casefold(), *(each.casefold() for each in entry.words)}:
            return code
    return ""


def _refuse_word(table: DataTable, row: int, head: str, word: str, known: Mapping[str, LandCircumstanceEntry]) -> NoReturn:
    en, zh = ", ".join(known), "、".join(each.zh for each in known.values())
    table.refuse(
        row,
        head,
        f"“{word[:_LONGEST]}” is nothing that these rules have a word on; use one of {en or 'none'}, or leave the cell empty.",
        f"“{word[:_LONGEST]}”不在本规则所列情形中，可用：{zh or '无'}；不适用请留空。",
    )


def _land(numbers: Mapping[str, Numbers], count: int) -> Numbers:
    """Land used: as given, else own and leased in less leased out."""
    given = numbers.get("land_mu", np.full(count, np.nan))
    if "land_own" not in numbers:
        return given
    own, leased_in, leased_out = (
        np.nan_to_num(numbers.get(f"land_{how}", np.zeros(count))) for how in ("own", "leased_in", "leased_out")
    )
    return np.where(np.isnan(given), own + leased_in - leased_out, given)


def _check_land(found: Enterprises) -> None:
    wrong = np.flatnonzero(~(found.values["land_mu"] > 0)).tolist()
    if wrong:
        found.refuse(
            wrong,
            "land_mu" if "land_mu" in found.heads else "land_own",
            "the land used (own and leased in, less leased out) must be above 0 mu. Correct it.",
            "用地面积（自有加租入减租出）应大于 0 亩。请改正。",
        )
