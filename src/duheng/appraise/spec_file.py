"""A specification of a composite as a file: YAML with every choice, and the indicators in it or in a table of their own.

    title: {zh: 高质量发展综合评价, en: Quality of development}
    data: [districts.csv]                      # paths from this file; or {file: …, columns: {Den_GDP: gdp}}
    unit: {code: code, name: name}
    indicators:
      - {code: rd, zh: 研发强度, en: R&D intensity, parent: innovation, weight: 2}
    aggregates:
      - {code: innovation, zh: 创新, en: Innovation, parent: score}
      - {code: score, zh: 总分, en: Score}
    normalisation: {method: min_max, low: 0, high: 100}
    aggregation: arithmetic

Instead of a list, `indicators` may name a table with the columns of COINr's iMeta (Level, iCode, iName, Direction, Weight,
Denominator, Parent, Type), which then holds the aggregates too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

from duheng.appraise.data_table import DataTable
from duheng.appraise.spec import (
    AGGREGATIONS,
    IMPUTATIONS,
    NORMALISATIONS,
    Aggregate,
    Aggregation,
    Availability,
    Component,
    CompositeSpec,
    Imputation,
    Normalisation,
    Treatment,
    Variation,
)
from duheng.appraise.unit_table import Source, UnitTable
from duheng.catalog.file import refuse
from duheng.catalog.written import parse

_TOP = (
    "title", "source", "simulated", "data", "unit", "indicators", "aggregates", "imputation", "treatment", "normalisation",
    "aggregation", "availability", "weights_sum", "digits", "uncertainty",
)  # fmt: skip
_COMPONENT = (
    "code", "zh", "en", "parent", "direction", "weight", "denominator", "unit", "target", "goalposts", "transform", "treated", "column",
)  # fmt: skip
_AGGREGATE = ("code", "zh", "en", "parent", "weight", "aggregation", "floor")
_DIRECTIONS = {"higher": 1, "lower": -1, "1": 1, "-1": -1, "1.0": 1, "-1.0": -1}
_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeFile:
    """A specification with the files that hold its data."""

    spec: CompositeSpec
    sources: tuple[Source, ...]
    code: str
    name: str

    @classmethod
    def open(cls, path: Path) -> CompositeFile:
        """The specification in a file. Raises `CatalogError` or `AppraiseError`, which names the place and the remedy."""
        return _Reader(path).file()

    def units(self) -> UnitTable:
        """The data, from the files that the specification names."""
        return UnitTable.load(self.sources, self.spec, code=self.code, name=self.name)


class _Reader:
    """One file of a specification; every message says where in it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._said = parse(path)
        self._known(self._said, _TOP, "")

    def file(self) -> CompositeFile:
        unit = self._map(self._said.get("unit", {}), ("code", "name"), "unit")
        components, aggregates = self._parts()
        return CompositeFile(
            spec=self._spec(components, self._by_level(aggregates, components)),
            sources=self._sources(),
            code=str(unit.get("code", "code")),
            name=str(unit.get("name", "")),
        )

    def _spec(self, components: tuple[Component, ...], aggregates: tuple[Aggregate, ...]) -> CompositeSpec:
        said = self._said
        title = said.get("title", self._path.stem)
        names = title if isinstance(title, dict) else {"zh": title, "en": title}
        available = self._map(said.get("availability", {}), ("unit", "aggregate"), "availability")
        return CompositeSpec(
            zh=str(names.get("zh") or names.get("en")),
            en=str(names.get("en") or names.get("zh")),
            components=components,
            aggregates=aggregates,
            imputation=self._imputation(said.get("imputation", "none"), "imputation"),
            treatment=self._treatment(said.get("treatment", "none"), "treatment"),
            normalisation=self._normalisation(said.get("normalisation", "min_max"), "normalisation"),
            availability=Availability(
                **{name: self._number(value, f"availability, {name}") for name, value in available.items()}
            ),
            variation=self._variation(),
            digits=int(self._number(said["digits"], "digits")) if "digits" in said else None,
            weights_sum=self._number(said["weights_sum"], "weights_sum") if "weights_sum" in said else None,
            source=str(said.get("source", "")),
            simulated=self._flag(said.get("simulated", "false"), "simulated"),
            name=self._path.name,
        )

    def _sources(self) -> tuple[Source, ...]:
        data = self._said.get("data")
        given = data if isinstance(data, list) else [data] if data else []
        if not given:
            self._wrong(
                "data",
                "it names no file; give the table of units, as in data: [units.csv].",
                "没有给出数据文件，如 data: [units.csv]。",
            )
        found = []
        for place, each in enumerate(given, start=1):
            row = self._map({"file": each} if isinstance(each, str) else each, ("file", "columns"), f"data, {place}")
            columns = row.get("columns", {})
            found.append(
                Source(path=self._path.parent / str(row.get("file", "")), columns=columns if isinstance(columns, dict) else {})
            )
        return tuple(found)

    def _parts(self) -> tuple[tuple[Component, ...], tuple[Aggregate, ...]]:
        given = self._said.get("indicators")
        if isinstance(given, str):
            listed, above = _from_table(DataTable.open(self._path.parent / given))
        else:
            listed, above = self._list(given, "indicators"), []
        above = [*above, *(self._list(self._said["aggregates"], "aggregates") if "aggregates" in self._said else [])]
        if not listed or not above:
            self._wrong("indicators", "there must be indicators and aggregates; list them.", "应列出 indicators 和 aggregates。")
        return tuple(self._component(row) for row in listed), tuple(self._aggregate(row) for row in above)

    def _component(self, row: _Row) -> Component:
        where = f"indicators, {row.get('code', '?')}"
        self._known(row, _COMPONENT, where)
        code = str(row.get("code") or self._wrong(where, "it has no code; give it one.", "没有 code，请补上。"))
        direction = _DIRECTIONS.get(str(row.get("direction", "higher")))
        if direction is None:
            self._wrong(
                where,
                f"direction “{row['direction']}” is unknown; use higher or lower.",
                f"direction“{row['direction']}”未知，可用 higher、lower。",
            )
        posts = row.get("goalposts")
        if posts is not None and (not isinstance(posts, list) or len(posts) != 2):
            self._wrong(where, "goalposts are two numbers, as in [20, 85].", "goalposts 应为两个数，如 [20, 85]。")
        return Component(
            code=code,
            zh=str(row.get("zh") or row.get("en") or code),
            en=str(row.get("en") or row.get("zh") or code),
            parent=str(row.get("parent", "")),
            direction=direction,
            weight=self._number(row.get("weight", "1"), f"{where}, weight"),
            denominator=str(row.get("denominator", "")),
            unit=str(row.get("unit", "")),
            target=self._number(row["target"], f"{where}, target") if row.get("target") else None,
            goalposts=(self._number(posts[0], where), self._number(posts[1], where)) if posts else None,
            transform=self._one_of(row.get("transform", ""), ("", "log"), f"{where}, transform"),
            treated=self._flag(row.get("treated", "true"), f"{where}, treated"),
            column=str(row.get("column", "")),
        )

    def _aggregate(self, row: _Row) -> Aggregate:
        where = f"aggregates, {row.get('code', '?')}"
        self._known(row, _AGGREGATE, where)
        code = str(row.get("code") or self._wrong(where, "it has no code; give it one.", "没有 code，请补上。"))
        own = {"method": row.get("aggregation", ""), **({"floor": row["floor"]} if "floor" in row else {})}
        return Aggregate(
            code=code,
            zh=str(row.get("zh") or row.get("en") or code),
            en=str(row.get("en") or row.get("zh") or code),
            parent=str(row.get("parent", "")),
            weight=self._number(row.get("weight", "1"), f"{where}, weight"),
            aggregation=self._aggregation(own, where) if own["method"] else _UNSAID,
        )

    def _by_level(self, aggregates: tuple[Aggregate, ...], components: tuple[Component, ...]) -> tuple[Aggregate, ...]:
        """Aggregates that do not say how they are made, made as the specification says for all, or for their level."""
        said = self._said.get("aggregation", "arithmetic")
        ways = [self._aggregation(each, "aggregation") for each in (said if isinstance(said, list) else [said])]
        bare = CompositeSpec(zh="", en="", name=self._path.name, components=components, aggregates=aggregates)
        heights = {each.code: level for level, row in enumerate(bare.levels) for each in row}
        return tuple(
            replace(each, aggregation=ways[min(heights[each.code], len(ways) - 1)]) if each.aggregation is _UNSAID else each
            for each in aggregates
        )

    def _imputation(self, said: object, where: str) -> Imputation:
        row = self._map({"method": said} if isinstance(said, str) else said, ("method", "group"), where)
        method = self._one_of(row.get("method", "none"), IMPUTATIONS, where)
        if method.startswith("group") and not row.get("group"):
            self._wrong(where, "it names no group; give the column that names it.", "没有写明 group（分组所在的列）。")
        return Imputation(method=method, group=str(row.get("group", "")))

    def _treatment(self, said: object, where: str) -> Treatment | None:
        if said == "none":
            return None
        row = self._map({} if said == "winsorise" else said, ("points", "skewness", "kurtosis", "then"), where)
        plain = Treatment()
        return Treatment(
            points=int(self._number(row.get("points", str(plain.points)), f"{where}, points")),
            skewness=self._number(row.get("skewness", str(plain.skewness)), f"{where}, skewness"),
            kurtosis=self._number(row.get("kurtosis", str(plain.kurtosis)), f"{where}, kurtosis"),
            then=self._one_of(row.get("then", ""), ("", "log"), f"{where}, then"),
        )

    def _normalisation(self, said: object, where: str) -> Normalisation:
        row = self._map({"method": said} if isinstance(said, str) else said, ("method", "low", "high", "mean", "spread"), where)
        method = self._one_of(row.get("method", "min_max"), NORMALISATIONS, where)
        numbers = {name: self._number(value, f"{where}, {name}") for name, value in row.items() if name != "method"}
        return Normalisation(method=method, **numbers)

    def _aggregation(self, said: object, where: str) -> Aggregation:
        row = self._map({"method": said} if isinstance(said, str) else said, ("method", "floor"), where)
        floor = self._number(row["floor"], f"{where}, floor") if "floor" in row else None
        return Aggregation(method=self._one_of(row.get("method", "arithmetic"), AGGREGATIONS, where), floor=floor)

    def _variation(self) -> Variation:
        known = ("weights", "leave_out", "imputation", "treatment", "normalisation", "aggregation")
        row = self._map(self._said.get("uncertainty", {}), known, "uncertainty")
        what = "uncertainty"
        return Variation(
            weights=self._number(row.get("weights", "0.25"), f"{what}, weights"),
            leave_out=self._flag(row.get("leave_out", "true"), f"{what}, leave_out"),
            given=bool({"imputation", "treatment", "normalisation", "aggregation"} & set(row)),
            imputations=tuple(self._imputation(each, f"{what}, imputation") for each in _listed(row, "imputation")),
            treatments=tuple(self._treatment(each, f"{what}, treatment") for each in _listed(row, "treatment")),
            normalisations=tuple(self._normalisation(each, f"{what}, normalisation") for each in _listed(row, "normalisation")),
            aggregations=tuple(self._aggregation(each, f"{what}, aggregation") for each in _listed(row, "aggregation")),
        )

    def _list(self, said: object, where: str) -> list[_Row]:
        if not isinstance(said, list) or not all(isinstance(each, dict) for each in said):
            self._wrong(where, "it must be a list of entries, each with its code.", "应为条目列表，每条有 code。")
        return said

    def _map(self, said: object, known: Sequence[str], where: str) -> dict[str, Any]:
        if not isinstance(said, dict):
            self._wrong(
                where, f"“{said}” must be a mapping with {', '.join(known)}.", f"“{said}”应写成含 {'、'.join(known)} 的映射。"
            )
        self._known(said, known, where)
        return said

    def _known(self, said: _Row, known: Sequence[str], where: str) -> None:
        for name in said:
            if name not in known:
                self._wrong(
                    where, f"there is no “{name}”; use one of {', '.join(known)}.", f"没有“{name}”，可用：{'、'.join(known)}。"
                )

    def _number(self, said: object, where: str) -> float:
        try:
            value = float(str(said))
        except ValueError:
            value = float("nan")
        if value != value or value in (float("inf"), float("-inf")):
            self._wrong(where, f"“{said}” is not a number.", f"“{said}”不是数。")
        return value

    def _one_of(self, said: object, known: Sequence[str], where: str) -> str:
        if said not in known:
            shown = [each for each in known if each]
            self._wrong(
                where, f"“{said}” is unknown; use one of {', '.join(shown)}.", f"“{said}”未知，可用：{'、'.join(shown)}。"
            )
        return str(said)

    def _flag(self, said: object, where: str) -> bool:
        return self._one_of(said, ("true", "false"), where) == "true"

    def _wrong(self, where: str, en: str, zh: str) -> NoReturn:
        place_en, place_zh = (f"{where}: ", f"{where}：") if where else ("", "")
        refuse(self._path, f"{place_en}{en}", f"{place_zh}{zh}")


_UNSAID = Aggregation(method="")


def _listed(row: _Row, name: str) -> list[Any]:
    said = row.get(name, [])
    return said if isinstance(said, list) else [said]


_HEADS: Mapping[str, tuple[str, ...]] = {
    "code": ("iCode", "IndCode", "code", "代码"),
    "en": ("iName", "IndName", "en", "name"),
    "zh": ("zh", "名称", "指标"),
    "direction": ("Direction", "direction", "方向"),
    "weight": ("Weight", "IndWeight", "weight", "权重"),
    "denominator": ("Denominator", "denominator", "分母"),
    "unit": ("Unit", "IndUnit", "unit", "单位"),
    "target": ("Target", "target", "目标值"),
    "parent": ("Parent", "parent", "上级"),
}
_KINDS = ("Indicator", "Aggregate")


def _from_table(table: DataTable) -> tuple[list[_Row], list[_Row]]:
    """Components and aggregates from a table of them, as COINr's iMeta has it."""
    heads = {name: next((head for head in names if head in table.heads), "") for name, names in _HEADS.items()}
    table.texts(heads["code"] or "iCode")
    table.texts(heads["parent"] or "Parent")
    kinds = table.texts("Type") if "Type" in table.heads else ["Indicator"] * len(table)
    rows: dict[str, list[_Row]] = {kind: [] for kind in _KINDS}
    columns = {name: table.texts(head) for name, head in heads.items() if head}
    for place, kind in enumerate(kinds):
        row = {name: column[place] for name, column in columns.items() if column[place] not in ("", "NA")}
        if kind in rows:
            wanted = _COMPONENT if kind == "Indicator" else _AGGREGATE
            rows[kind].append({name: value for name, value in row.items() if name in wanted})
    return rows["Indicator"], rows["Aggregate"]
