"""The columns of the project pool: which are shown, what each holds, as on screen and in a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from duheng.site.pages.frame import language
from duheng.site.queries import pool, watching, wording
from duheng.site.records.models import PoolStanding

UNITS: Mapping[str, tuple[str, int, int]] = {"yi": ("亿元", 10**10, 2), "wan": ("万元", 10**6, 0)}  # fen in it, digits shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, what a sheet has in it, whether it is money, and whether it is shown unless another choice is made."""

    key: str
    label: str | Promise
    cell: Callable[[Any], object]
    money: bool = False
    number: bool = False
    usual: bool = True

    @property
    def end(self) -> bool:
        """Whether it stands to the right."""
        return self.money or self.number


def _field(name: str) -> Callable[[Any], object]:
    return lambda row: getattr(row, name)


def _of_project(name: str) -> Callable[[Any], object]:
    return lambda row: getattr(row.project, name)


def _yes_no(value: bool | None) -> str:
    pair = {True: ("是", "yes"), False: ("否", "no")}.get(value, ("", "")) if value is not None else ("", "")
    return pair[language() != "zh"]


def _share(row: Any) -> Decimal | None:
    return None if row.share is None else Decimal(f"{row.share * 100:.1f}")


def why(row: Any, *, rule: str, numbers: bool) -> str:
    """Why the light of a row shows what it does; without the chance itself for whom it is not shown as a number."""
    told = watching.said(rule, row.colour, (row.reason_zh or "", row.reason_en or ""), numbers=numbers)
    return told[0 if language() == "zh" else 1]


COLUMNS: tuple[Column, ...] = (
    Column(key="name", label=_("Project"), cell=_of_project("name")),
    Column(key="code", label=_("Code"), cell=_of_project("code"), usual=False),
    Column(key="stage", label=_("Stage"), cell=lambda row: wording.of(wording.STAGES, row.stage, language=language())),
    Column(key="light", label=_("Signal"), cell=lambda row: wording.of(watching.COLOURS, row.colour, language=language())),
    Column(key="why", label=_("Why"), cell=_field("why"), usual=False),
    Column(
        key="onset",
        label=_("New or continued"),
        cell=lambda row: wording.of(pool.ONSETS, row.onset, language=language()),
        usual=False,
    ),
    Column(key="group", label=_("Group"), cell=_of_project("group"), usual=False),
    Column(key="sector", label=_("Sector"), cell=_of_project("sector"), usual=False),
    Column(key="place", label=_("Place"), cell=_of_project("place"), usual=False),
    Column(key="office", label=_("Responsible office"), cell=_of_project("office")),
    Column(key="total", label=_("Total investment"), cell=_of_project("total"), money=True),
    Column(key="planned", label=_("Planned this year"), cell=_field("planned"), money=True),
    Column(key="works", label=_("Done so far"), cell=_field("works"), money=True),
    Column(key="share", label=_("Share done"), cell=_share, number=True),
    Column(key="counted", label=_("Counted by statistics"), cell=_field("counted"), money=True, usual=False),
    Column(key="paid", label=_("Paid"), cell=_field("paid"), money=True),
    Column(key="library", label=_("In the statistical library"), cell=lambda row: _yes_no(row.in_library), usual=False),
    Column(key="problems", label=_("Open problems"), cell=_field("problems"), number=True),
)
BY_KEY = {column.key: column for column in COLUMNS}


def chosen(query: QueryDict) -> list[Column]:
    """The columns that an address asks for with `col`, in their usual order; the name always stands."""
    asked = {key for key in query.getlist("col") if key in BY_KEY}
    if not asked:
        return [column for column in COLUMNS if column.usual]
    return [column for column in COLUMNS if column.key in asked | {"name"}]


def with_code(columns: Sequence[Column]) -> list[Column]:
    """The columns with the code after the name, by which a sheet is matched with another list."""
    return [columns[0], BY_KEY["code"], *(column for column in columns[1:] if column.key != "code")]


def unit(query: QueryDict) -> str:
    """The unit that an address asks for: 亿元 unless it says 万元."""
    return "wan" if query.get("money") == "wan" else "yi"


def heads(columns: Sequence[Column], money: str) -> list[str]:
    """The heads of a sheet, with the unit where there is one."""
    name = wording.unit_words(UNITS[money][0], language=language())
    marks = {True: f"（{name}）" if language() == "zh" else f", {name}", False: ""}
    return [f"{column.label}{'（%）' if column.key == 'share' else marks[column.money]}" for column in columns]


def cells(row: PoolStanding, columns: Sequence[Column], money: str, *, rule: str, numbers: bool) -> list[object]:
    """A row of a sheet: money as an exact number in the unit asked for, the reason as far as the reader may see it."""
    size = UNITS[money][1]
    reason = why(row, rule=rule, numbers=numbers)
    found = [reason if column.key == "why" else column.cell(row) for column in columns]
    return [
        Decimal(value) / size if column.money and isinstance(value, int) else value
        for column, value in zip(columns, found, strict=True)
    ]


def digits(columns: Sequence[Column], money: str) -> dict[int, int]:
    """How many digits each column of money or shares shows, by its place."""
    shown = {place: UNITS[money][2] for place, column in enumerate(columns) if column.money}
    return shown | {place: 1 for place, column in enumerate(columns) if column.key == "share"}


def amount(fen: int | None, money: str) -> str:
    """Money as a table shows it: in 亿元 with two digits, in 万元 with none; thousands parted."""
    if fen is None:
        return ""
    _name, size, digits = UNITS[money]
    scaled = round(fen * 10**digits / size) if abs(fen) < 1 << 52 else fen * 10**digits // size
    return f"{scaled / 10**digits:,.{digits}f}".replace("-", "−")


def percent(share: float | None) -> str:
    """A share in percent with one digit; nothing where there is none."""
    return "" if share is None else f"{share * 100:.1f}%"


def in_words(fen: int) -> str:
    """Money with its unit: in 亿元 with two digits, below a hundredth of one in 万元; in English multiplied out."""
    name, size, digits = UNITS["yi" if abs(fen) >= UNITS["yi"][1] // 100 or not fen else "wan"]
    value = (Decimal(fen) / size).quantize(Decimal(1).scaleb(-digits))
    return wording.quantity(value, name, language=language()).replace("-", "−")
