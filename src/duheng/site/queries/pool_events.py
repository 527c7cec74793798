"""What history says of projects of the pool: the names of what is told of them, money in words, codes of the catalog in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from duheng.plan.pool import Approval, Onset
from duheng.site.queries import pool_words, wording
from duheng.watch.projects import money_en, money_zh

FIELDS: Mapping[str, tuple[str, str]] = {
    "planned": ("计划", "planned"),
    "actual": ("实际完成", "done on"),
    "due": ("时限", "due"),
    "met": ("落实", "met on"),
    "paper": ("依据文件", "paper"),
    "despite": ("未落实仍推进", "moved on without"),
    "public": ("公开", "public"),
    "month": ("月份", "month"),
    "works": ("形象进度", "works done"),
    "counted": ("入统", "counted by statistics"),
    "paid": ("资金支付", "paid"),
    "in_library": ("纳统", "in the statistical library"),
    "words": ("说明", "in words"),
    "what": ("问题", "problem"),
    "whose": ("责任单位", "whose to settle"),
    "raised": ("提出", "raised"),
    "settled": ("解决", "settled"),
    "delay": ("滞后原因", "reason for delay"),
    "bank": ("项目库", "bank"),
    "until": ("至", "until"),
    "onset": ("新建续建", "new or continued"),
    "sources": ("资金来源", "out of what money"),
    "monthly": ("月度计划", "plan of the months"),
    "before": ("上年底累计", "invested before the year"),
    "kind": ("前置条件", "gate"),
    "total": ("总投资", "total investment"),
    "approval": ("审批类型", "kind of approval"),
    "approval_code": ("审批平台代码", "approval platform's code"),
    "nature": ("建设性质", "nature of works"),
    "sector": ("行业", "sector"),
    "place": ("地点", "place"),
    "owner": ("项目法人", "owner"),
    "office": ("责任单位", "responsible office"),
    "content": ("建设内容", "what is built"),
    "begins": ("开工", "start"),
    "ends": ("竣工", "end"),
    "file": ("文件", "file"),
    "told": ("项目信息", "what was told"),
    "milestone": ("节点", "milestone"),
    "gate": ("前置条件", "gate"),
    "problem": ("问题", "problem"),
    "year": ("年度计划", "plan of the year"),
}
APPROVALS: Mapping[str, tuple[str, str]] = {
    Approval.EXAMINED.value: ("审批", "examined and approved"),
    Approval.AUTHORISED.value: ("核准", "authorised"),
    Approval.FILED.value: ("备案", "filed"),
}
ONSETS: Mapping[str, tuple[str, str]] = {
    Onset.NEW.value: ("新开工", "new"),
    Onset.CONTINUED.value: ("续建", "continued"),
    Onset.PRELIMINARY.value: ("前期", "preliminary"),
}
_MONEY = ("works", "counted", "paid", "planned", "before", "total")


def shown(name: str, value: Any, *, language: str) -> str | None:
    """A value of a project's history in words; None where it is shown as any other."""
    between = "、" if language == "zh" else ", "
    if isinstance(value, int) and not isinstance(value, bool) and name in _MONEY:
        return _money(value, language)
    if name == "sources" and isinstance(value, Mapping):
        kinds = pool_words.words().sources
        return between.join(f"{_word(kinds, kind, language)} {_money(amount, language)}" for kind, amount in value.items())
    if name == "monthly" and isinstance(value, list):
        return between.join(_money(amount, language) for amount in value)
    if name == "despite" and isinstance(value, list):
        return between.join(_word(pool_words.gates(), kind, language) for kind in value)
    if isinstance(value, str):
        return _of_code(name, value, language)
    return None


def _of_code(name: str, value: str, language: str) -> str | None:
    words = {"onset": ONSETS, "approval": APPROVALS}.get(name)
    if words is not None:
        return wording.of(words, value, language=language)
    entries: Mapping[str, Mapping[str, Any]] = {
        "kind": pool_words.gates(),
        "delay": pool_words.words().delays,
        "bank": pool_words.words().banks,
    }
    return _word(entries[name], value, language) if name in entries else None


def _word(entries: Mapping[str, Any], code: str, language: str) -> str:
    entry = entries.get(code)
    return code if entry is None else str(entry.zh if language == "zh" else entry.en)


def _money(fen: int, language: str) -> str:
    return money_zh(fen) if language == "zh" else money_en(fen)
