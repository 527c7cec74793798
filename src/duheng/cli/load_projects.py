"""`duheng load --projects`: lists of projects from files into the pool, with what was new, changed and doubted."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from duheng.cli.language import say
from duheng.cli.load_told import outcome


class ProjectLoader:
    """A workspace made ready once, and lists of projects taken into it one after the other."""

    def __init__(self, folder: Path | None, mapping: Path | None, known: str, *, trial: bool) -> None:
        from duheng import read
        from duheng.collect import projects as lists
        from duheng.site import settings
        from duheng.site import workspace as workspaces

        settings.prepare(workspaces.find(folder))
        from duheng.site.queries import pool_words

        day = ""
        self._said: tuple[lists.ListMapping, ...] = ()
        if mapping:
            day, self._said = lists.read_list_mapping(read.text_of(mapping), name=mapping.name, words=pool_words.words())
        self._known, self._trial = known or day, trial

    def load(self, file: Path, *, day: date) -> dict[str, Any]:
        """One list taken in, and what came of it as plain values; `day` where nothing says since when it is known."""
        from duheng import collect
        from duheng.site.access import By, Role
        from duheng.site.actions import intake, pool

        request = pool.Request(known=day, said=self._said, trial=self._trial)
        sent = intake.Sent(name=file.name, data=collect.content(file))
        by = By(name=getpass.getuser(), role=Role.ADMINISTRATOR)
        taken = pool.take_list(by=by, at=datetime.now(UTC), sent=sent, request=request)
        stored = bool(taken.load) and not taken.refused and not taken.asks
        return {"file": file.name, "refused": taken.refused, **asdict(taken), "stored": stored}

    @property
    def known(self) -> str:
        """The day that an option or the mapping gives."""
        return self._known


def project_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """The outcome of one list: counts, what its columns were taken for, what must be said, what was doubted."""
    counts = say(
        "{file}：新增项目 {new} 个，有变化 {revised} 个，不变 {unchanged} 个。",
        "{file}: {new} new projects, {revised} changed, {unchanged} unchanged.",
    )
    return outcome(told, counts=counts, sheet=_sheet)


def _sheet(sheet: Mapping[str, Any], side: int) -> Iterator[str]:
    """What a sheet's columns were taken for, and what a person must say first."""
    head = say("工作表", "sheet")
    currency = f"  {sheet['currency']}" if sheet["currency"] != "CNY" else ""
    yield f"  {head} {sheet['sheet']}  {sheet['year'] or ''}{currency}"
    names = _names(side)
    for column in sheet["columns"]:
        told = [names.get(column["role"], column["role"]), names.get(f"fund.{column['source']}", ""), str(column["year"] or "")]
        told += [say(f"{column['month']}月", f"month {column['month']}") if column["month"] else "", column["unit"]]
        meaning = " ".join(filter(None, told)) if column["role"] else say("按原样保留", "kept as printed")
        meaning = say("不载入", "left out") if column["skip"] else meaning
        sure = f"  {column['confidence']:.0%}" if column["role"] and column["confidence"] < 1 else ""
        why = f"  {column['why'][side]}" if column["why"][side] else ""
        yield f"    {column['letter']} {column['head'] or '—'} → {meaning}{sure}{why}"
    for ask in sheet["asks"]:
        yield f"  ? {ask[side]}"


def _names(side: int) -> Mapping[str, str]:
    from duheng.catalog import load

    names = {code: (entry.zh, entry.en)[side] for code, entry in load("project_columns").items()}
    return names | {f"fund.{code}": (entry.zh, entry.en)[side] for code, entry in load("fund_sources").items()}
