"""Projects out of a sheet whose columns are understood: every row told, and every group held to what it prints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import accumulate
from typing import Any

from duheng import pattern as re
from duheng.collect.doubt import Doubts
from duheng.collect.number import is_missing, number
from duheng.collect.projects.amounts import Amount, MoneyUnit, amount, money_unit
from duheng.collect.projects.columns import OF_A_MONTH, by_role
from duheng.collect.projects.controls import Gathered, Held
from duheng.collect.projects.days import Span, span
from duheng.collect.projects.head import ProjectWords
from duheng.collect.projects.mapping import ListMapping
from duheng.collect.projects.rows import Groups, RowKind, RowKinds
from duheng.collect.projects.table import Table
from duheng.collect.projects.value import Control, ListColumn, ListedProject, ListedSheet
from duheng.collect.projects.words import approval, flag, headed, onset, stage
from duheng.plan.plan import Stage
from duheng.plan.pool import MonthReport, Onset, Problem, YearPlan
from duheng.read.sheet import address

_PLATFORM = re.compile(
    r"2\d{3}-\d{6}-\d\d-\d\d-\d{6}"
)  # the national approval platform's codes: 2017-… once, 2401-… (year and month) since
_NONE = re.compile(r"无|暂无|没有|无问题|none|n/a|[/\\—–-]+", re.IGNORECASE)
_TEXTS = ("code", "approval_code", "sector", "place", "owner", "office", "content")
_WRONG = {
    "quantity": (
        "“{}”不是金额，是数量。金额列只填金额，数量请写入建设内容。",
        "“{}” is a quantity, no amount. Put quantities into the content.",
    ),
    "range": ("“{}”是一个范围，请填一个数。", "“{}” is a range; give one number."),
    "text": ("“{}”不是数字。没有金额请留空。", "“{}” is no number. Leave the cell empty where there is no amount."),
    "large": ("“{}”太大，请核对单位。", "“{}” is too large; check the unit."),
}
_LENGTHS: Mapping[str, int] = {
    "name": 255, "code": 40, "approval_code": 60, "sector": 80, "place": 120, "owner": 160, "office": 160, "group": 160, "nature": 40
}  # fmt: skip


class ListReading:
    """One understood sheet on its way to projects; `doubts` and `controls` fill while its rows are read."""

    def __init__(self, table: Table, sheet: ListedSheet, said: ListMapping, words: ProjectWords, *, known: date) -> None:
        self.doubts = Doubts(place=lambda row: f"{table.name}!{row + 1}")
        self.controls: list[Control] = []
        self._table, self._sheet, self._said, self._words, self._known = table, sheet, said, words, known
        self._columns = [column for column in sheet.columns if not column.skip]
        self._roles = by_role(self._columns)
        self._units = {column.place: unit for column in self._money() if (unit := money_unit(column.unit))}
        self._onsets = self._are_onsets()
        self._own = self._own_amounts()

    def projects(self) -> list[ListedProject]:
        """The projects of the sheet."""
        groups, gathered, printed = Groups(), [], []
        for row in RowKinds(self._table, self._columns, self._words).rows():
            if row.kind is RowKind.GROUP:
                groups.enter(row)
                printed.append((groups.path, row))
            elif row.kind in (RowKind.TOTAL, RowKind.SUBTOTAL):
                printed.append(("" if row.kind is RowKind.TOTAL else groups.path, row))
            elif row.kind is RowKind.PROJECT:
                gathered.append(self._gather(row.at, groups.path))
            elif row.kind is RowKind.CONTINUED and gathered:
                self._continue(gathered[-1], row.at)
            elif row.kind is RowKind.NAMELESS:
                self.doubts.error(
                    "name",
                    row.at,
                    "没有项目名称。请补上名称，或删去此行。",
                    "It has no project name. Give it one, or remove the row.",
                )
        held = Held(self._table, self._columns, self._units, gathered, self.doubts)
        self.controls += [control for group, row in printed for control in held.controls(group, row)]
        return [self._project(each) for each in gathered]

    def _money(self) -> list[ListColumn]:
        return [column for column in self._columns if self._words.holds(column.role) == "money"]

    def _gather(self, at: int, group: str) -> Gathered:
        found = Gathered(at=at, group=group)
        for column in self._columns:
            text = self._table.text(at, column.place)
            if not text:
                continue
            if column.place not in self._units:
                found.texts[column.place] = text
            elif self._table.own(at, column.place):
                read = self._amount(at, column, text)
                if read.value is not None:
                    found.money[column.place] = read
                elif read.wrong:
                    found.dropped.add(column.place)
            elif not is_missing(text):
                zh = f"{column.letter} 列的金额是与上面项目合并的单元格，未计入本项目。"
                en = f"Column {column.letter}: the amount is in a cell merged with the project above; it was not counted here."
                self.doubts.warning("merged", at, zh, en, value=text[:40])
        return found

    def _continue(self, project: Gathered, at: int) -> None:
        """More of the project above: words are joined, parts of an amount added."""
        for column in self._columns:
            text = self._table.text(at, column.place)
            if not text or not self._table.own(at, column.place):
                continue
            if column.place not in self._units:
                before = project.texts.get(column.place, "")
                project.texts[column.place] = text if not before else before if text in before else f"{before}；{text}"
                continue
            read = self._amount(at, column, text)
            if read.value is None:
                continue
            before_amount = project.money.get(column.place)
            if before_amount is not None and before_amount.value is not None:
                zh = f"{column.letter} 列：此行续写上一项目，其金额 {text} 已并入。"
                en = f"Column {column.letter}: the row continues the project above; its {text} was added."
                self.doubts.warning("continued", at, zh, en, value=text[:40])
                read = Amount(value=before_amount.value + read.value, slack=before_amount.slack + read.slack)
            project.money[column.place] = read

    def _amount(self, at: int, column: ListColumn, text: str) -> Amount:
        unit: MoneyUnit = self._units[column.place]
        found = amount(text, unit)
        place = address(at, column.place)
        if found.wrong:
            zh, en = (each.format(text[:30]) for each in _WRONG[found.wrong])
            self.doubts.error("amount", at, f"{place}（{column.head}）：{zh}", f"{place} ({column.head}): {en}", value=text[:40])
            return Amount(wrong=found.wrong)
        if found.value is not None and found.value < 0:
            self._negative(at, column, text)
            return Amount(wrong="negative")
        return found

    def _negative(self, at: int, column: ListColumn, text: str) -> None:
        place = address(at, column.place)
        if self._said.negative == "leave":
            zh = f"{place}（{column.head}）：金额 {text} 为负，按映射约定未计入。"
            en = f"{place} ({column.head}): {text} is below zero; left out, as the mapping says."
            self.doubts.warning("negative", at, zh, en, value=text[:40])
            return
        zh = f"{place}（{column.head}）：金额 {text} 为负。请改正，或在映射中写明 negative: leave。"
        en = f"{place} ({column.head}): {text} is below zero. Correct it, or say negative: leave in the mapping."
        self.doubts.error("negative", at, zh, en, value=text[:40])

    def _are_onsets(self) -> bool:
        """Whether the column of natures says new or continued, not what is built."""
        for column in self._roles.get("nature", ()):
            texts = {self._table.text(row, column.place) for row in self._table.rows}
            if any(onset(text) in (Onset.CONTINUED, Onset.PRELIMINARY) for text in texts):
                return True
        return False

    # -- one project ------------------------------------------------------------------------------------------------------------

    def _project(self, row: Gathered) -> ListedProject:
        text = {role: row.texts.get(columns[0].place, "") for role, columns in self._roles.items() if role}
        begins, ends = self._time(row, text)
        nature = text.get("nature", "")
        told_onset = onset(nature) if self._onsets else None
        headed_by = headed(row.group) or headed(self._table.name)
        plan = headed_by in ("新开工", "计划开工", "拟开工", "续建", "结转", "前期")
        told_onset = told_onset or (onset(headed_by) if headed_by and plan else None)
        told_stage = stage(text.get("stage", "") or ("" if plan else headed_by))
        kept = {name: self._cut(row.at, name, text.get(name, "")) for name in _TEXTS}
        kept |= self._codes(row, kept)
        return ListedProject(
            **kept,
            name=self._cut(row.at, "name", text["name"].replace("\n", "")),
            place_in_file=f"{self._table.name}!{row.at + 1}",
            row=row.at,
            approval=approval(text.get("approval", "")),
            nature="" if told_onset else self._cut(row.at, "nature", nature),
            group=self._cut(row.at, "group", row.group or text.get("group", "")),
            total=self._whole(row, "total"),
            sources=self._parts(row, ("total", "source"), None),
            begins=begins,
            ends=ends,
            stage=told_stage or _STAGES.get(told_onset),
            stage_told=told_stage is not None,
            latitude=self._degrees(row, "latitude", 90),
            longitude=self._degrees(row, "longitude", 180),
            years=tuple(self._years(row, told_onset)),
            months=tuple(self._months(row, text)),
            problem=self._problem(text),
            delay=(self._words.delay(text["delay"]), text["delay"]) if _says(text.get("delay", "")) else None,
            banks=tuple(
                dict.fromkeys(self._words.bank(each) for each in re.split(r"[、,，;；/]", text.get("bank", "")) if _says(each))
            ),
            also=self._also(row),
        )

    def _cut(self, at: int, name: str, text: str) -> str:
        limit = _LENGTHS.get(name, 100_000)
        if len(text) > limit:
            zh = f"{self._words.columns[name].zh}超过 {limit} 个字，已截断。"
            en = f"The {self._words.columns[name].en} has more than {limit} characters and was cut."
            self.doubts.warning("long", at, zh, en, value=text[:40])
        return text[:limit]

    def _codes(self, row: Gathered, kept: Mapping[str, str]) -> dict[str, str]:
        """A project's codes; one of the platform's form is the platform's, whatever its column is called."""
        code, approved = kept["code"], kept["approval_code"]
        if self._said.code:
            places = [
                column.place for name in self._said.code for column in self._sheet.columns if name in (column.head, column.letter)
            ]
            code = "-".join(filter(None, (self._table.text(row.at, place) for place in places)))[: _LENGTHS["code"]]
        if _PLATFORM.fullmatch(code) and not approved:
            code, approved = "", code
        return {"code": "" if is_missing(code) else code, "approval_code": "" if is_missing(approved) else approved}

    def _time(self, row: Gathered, text: Mapping[str, str]) -> tuple[date | None, date | None]:
        whole = self._span(row.at, "span", text.get("span", ""))
        begins = self._span(row.at, "begins", text.get("begins", ""))
        ends = self._span(row.at, "ends", text.get("ends", ""))
        if whole and whole.first == whole.last:  # one day says when it begins, not that it ends with it
            whole = Span(first=whole.first, last=None)
            if not ends:
                zh = f"起止年限只有一个日期（{whole.first}），按开工时间载入。如有竣工时间，请补上后重新载入。"
                en = f"The years of construction are one day ({whole.first}), taken for the start. Add the completion if it is known."
                self.doubts.warning("one_day", row.at, zh, en, value=str(whole.first))
        first = begins.first if begins else whole.first if whole else None
        last = ends.last if ends else whole.last if whole else None
        if first and last and last < first:
            zh = f"竣工（{last}）早于开工（{first}）。请改正时间。"
            en = f"It ends ({last}) before it begins ({first}). Correct the dates."
            self.doubts.error("order", row.at, zh, en, value=f"{first}/{last}")
        return first, last

    def _span(self, at: int, role: str, text: str) -> Span | None:
        if not _says(text):
            return None
        found = span(text)
        if found is None and re.search(r"\d", text) and number(text) is None:
            name = self._words.columns[role]
            self.doubts.warning(
                "date",
                at,
                f"{name.zh}“{text[:30]}”看不懂，未载入。",
                f"{name.en}: “{text[:30]}” cannot be read; left out.",
                value=text[:40],
            )
        return found

    def _whole(self, row: Gathered, role: str) -> int | None:
        return next(
            (row.money[each.place].value for each in self._roles.get(role, ()) if not each.source and each.place in row.money),
            None,
        )

    def _parts(self, row: Gathered, roles: tuple[str, ...], year: int | None) -> dict[str, int]:
        return {
            column.source: value
            for role in roles
            for column in self._roles.get(role, ())
            if column.source and (role == "total" or column.year == year)
            if column.place in row.money and (value := row.money[column.place].value)
        }

    def _years(self, row: Gathered, told: Onset | None) -> list[YearPlan]:
        found: dict[int, dict[str, Any]] = {}
        for role in ("planned", "before"):
            for column in self._roles.get(role, ()):
                if column.year is not None and column.place in row.money and not column.source and column.month is None:
                    found.setdefault(column.year, {})[role] = row.money[column.place].value
        if (before := self._before(row)) is not None and self._sheet.year:
            found.setdefault(self._sheet.year, {}).setdefault("before", before)
        planned = [(column.year, column) for column in self._roles.get("planned", ()) if column.year and column.month is None]
        whole = {year for year, column in planned if not column.source}
        years = {year for year, column in planned if column.source and column.place in row.money}
        for year in sorted({*found, *years}):
            sources = self._parts(row, ("planned", "source"), year)
            found.setdefault(year, {})["sources"] = sources
            if monthly := self._monthly(row, year, found[year].get("planned")):
                found[year]["monthly"] = monthly
            if sources and year not in whole:
                found[year]["planned"] = sum(sources.values())
        if told and self._sheet.year:
            found.setdefault(self._sheet.year, {})["onset"] = told
        return [YearPlan(year=year, **facts) for year, facts in sorted(found.items())]

    def _before(self, row: Gathered) -> int | None:
        """What was done before the year: all since the works began, less this year's to date."""
        ever = next((row.money[column.place].value for column in self._roles.get("ever", ()) if column.place in row.money), None)
        works = [column for column in self._months_of("works") if column.year == self._sheet.year and column.place in row.money]
        year = row.money[works[-1].place].value if works else None
        return ever - year if ever is not None and year is not None and ever >= year and "works" not in self._own else None

    def _months_of(self, role: str) -> list[ListColumn]:
        columns = [column for column in self._roles.get(role, ()) if column.year and column.month and not column.source]
        return sorted(columns, key=lambda column: (column.year or 0, column.month or 0))

    def _own_amounts(self) -> set[str]:
        """The kinds of amounts whose months are each month's own: several, none said to be to date, and falling somewhere."""
        found = set()
        for role in OF_A_MONTH:
            columns = [column for column in self._months_of(role) if not column.to_date]
            if len(columns) < 2 or len({column.year for column in columns}) > 1:
                continue
            for row in self._table.rows:
                printed = [read.value for column in columns if (read := number(self._table.text(row, column.place)))]
                if printed != sorted(printed):
                    found.add(role)
                    name = self._words.columns[role]
                    zh, en = (
                        f"{name.zh}各月为当月数，已逐月累加。",
                        f"{name.en}: the months are each month's own; they were added up.",
                    )
                    self.doubts.warning("months", self._table.rows[0] - 1, zh, en)
                    break
        return found

    def _monthly(self, row: Gathered, year: int, planned: int | None) -> tuple[int, ...] | None:
        """The project's own plan by month, cumulative: as printed where it never falls and ends with the year's, else added up."""
        columns = {
            column.month: column.place for column in self._roles.get("planned", ()) if column.year == year and column.month
        }
        amounts = [row.money[columns[month]].value or 0 for month in range(1, 13) if columns.get(month) in row.money]
        if len(amounts) < 12:
            return None
        sums = list(accumulate(amounts))
        printed = amounts == sorted(amounts) and (planned is None or abs(amounts[-1] - planned) <= abs(sums[-1] - planned))
        return tuple(amounts if printed else sums)

    def _months(self, row: Gathered, text: Mapping[str, str]) -> list[MonthReport]:
        found: dict[tuple[int, int], dict[str, Any]] = {}
        for role in OF_A_MONTH:
            so_far: dict[int, int] = {}
            for column in self._months_of(role):
                if column.year and column.month and column.place in row.money:
                    value = row.money[column.place].value or 0
                    so_far[column.year] = value + (so_far.get(column.year, 0) if role in self._own else 0)
                    found.setdefault((column.year, column.month), {})[role] = so_far[column.year]
        words = text.get("progress", "")
        library = flag(text.get("in_library", ""))
        if _says(words) or library is not None:
            latest = max(found, default=(self._sheet.year or self._known.year, self._sheet.month or self._known.month))
            found.setdefault(latest, {}).update(words=words if _says(words) else "", in_library=library)
        return [MonthReport(year=year, month=month, known=self._known, **facts) for (year, month), facts in sorted(found.items())]

    def _problem(self, text: Mapping[str, str]) -> Problem | None:
        if not _says(text.get("problem", "")):
            return None
        due = span(text.get("problem_due", ""))
        return Problem(what=text["problem"], whose=text.get("problem_whose", "")[:160], due=due.last if due else None)

    def _degrees(self, row: Gathered, role: str, most: int) -> float | None:
        for column in self._roles.get(role, ()):
            found = number(row.texts.get(column.place, ""))
            if found is not None and abs(found.value) <= most:
                return found.value
        return None

    def _also(self, row: Gathered) -> dict[str, str]:
        """What stands in the columns that mean nothing here, and in those whose meaning has no place of its own."""
        kept = [column for role in ("", "applied", "ever") for column in self._roles.get(role, ())]
        times = [column for role in ("span", "begins", "ends") for column in self._roles.get(role, ())]
        kept += [column for column in times if span(row.texts.get(column.place, "")) is None]
        return {
            column.head: text
            for column in kept
            if column.head and (text := self._table.text(row.at, column.place)) and not is_missing(text)
        }


_STAGES: Mapping[Onset | None, Stage] = {
    Onset.CONTINUED: Stage.UNDER_CONSTRUCTION,
    Onset.PRELIMINARY: Stage.RESERVE,
    Onset.NEW: Stage.RESERVE,
}


def _says(text: str) -> bool:
    return bool(text.strip()) and not _NONE.fullmatch(text.strip())
