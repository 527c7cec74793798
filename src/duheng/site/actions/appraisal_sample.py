"""The sample district's sheets to be appraised, with two appeals, so that the demonstration shows all of it; every number is invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from duheng import sample
from duheng.site.access import By
from duheng.site.actions import appraising, grading, scoring
from duheng.site.actions.appraising import Handed, Sheet
from duheng.site.queries import appraisal, land
from duheng.site.records.models import Appraisal

_YEAR, _RULES = 2025, "huangyan-2022"


def take_in(*, by: By, at: datetime) -> None:
    """Take the sample's sheets in; where one of a kind is there already, taken back or not, it is left as it is."""
    if not _there("items"):
        appraising.take_items(by=by, at=at, sheet=_sheet("items", "八张报表（模拟）", sample.graded_items_path()))
    if not _there("midterm"):
        appraising.take_midterm(by=by, at=at, sheet=_sheet("midterm", "“十四五”规划中期评估（模拟）", sample.long_targets_path()))
    if not _there("score"):
        spec = sample.composite_path()
        scoring.take_score(by=by, at=at, sheet=_sheet("score", "", spec, spec.with_name("districts.csv")))
    if not _there("land"):
        title = f"{_YEAR}年企业亩均效益评价（模拟）"
        sheet = _sheet("land", title, sample.enterprises_path(), year=_YEAR, rules=_RULES)
        _appeal(grading.take_land(by=by, at=at, sheet=sheet), by=by, at=at)


def _there(kind: str) -> bool:
    return bool(appraisal.sheets(kind))


def _appeal(made: Appraisal, *, by: By, at: datetime) -> None:
    """The grades were published five days ago; one enterprise has its answer, one waits."""
    today = at.date()
    published = today - timedelta(days=5)
    grading.publish(by=by, at=at, appraisal_id=made.pk, on=published)
    below_top = list(made.firms.filter(rank__isnull=False, size="above").order_by("rank"))
    first, second = below_top[len(below_top) // 3], below_top[-2]
    about = "用地面积应扣除已出租的厂房用地（示例）"
    asks = _less_land(made, first.code)
    filed = grading.file_appeal(by=by, at=at, firm_id=first.pk, text=about, asks=asks, on=_on(published, 1))
    grading.answer_appeal(by=by, at=at, appeal_id=filed.pk, state="upheld", answer="经核对租赁合同，申诉成立（示例）")
    grading.file_appeal(
        by=by,
        at=at,
        firm_id=second.pk,
        text="用地面积多计了公共道路，申请复核（示例）",
        asks=_less_land(made, second.code),
        on=_on(published, 3),
    )


def _on(day: date, after: int) -> date:
    return day + timedelta(days=after)


def _less_land(made: Appraisal, code: str) -> dict[str, str]:
    found = land.scores(made).enterprises
    return {"land_mu": f"{found.values['land_mu'][found.codes.index(code)] * 0.9:.2f}"}


def _sheet(kind: str, title: str, *paths: Path, **given: object) -> Sheet:
    files = tuple(Handed(name=path.name, data=path.read_bytes()) for path in paths)
    return Sheet(kind=kind, title=title, files=files, given=given, simulated=True)
