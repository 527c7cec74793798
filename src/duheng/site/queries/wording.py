"""Targets, units, natures and stages in words, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from duheng.plan.target import InStepWith, Target
from duheng.site.queries import known

NATURES: Mapping[str, tuple[str, str]] = {
    "binding": ("约束性", "binding"),
    "expected": ("预期性", "expected"),
    "unstated": ("未注明", "not stated"),
}
STAGES: Mapping[str, tuple[str, str]] = {
    "reserve": ("储备", "in reserve"),
    "started": ("开工", "started"),
    "under_construction": ("在建", "under construction"),
    "completed": ("完工", "completed"),
    "unknown": ("未说明", "not said"),
}
KINDS: Mapping[str, tuple[str, str]] = {
    "at_least": ("不低于", "at least"),
    "at_most": ("不高于", "at most"),
    "exactly": ("等于", "exactly"),
    "around": ("左右", "around"),
    "range": ("区间", "range"),
    "positive": ("正增长", "positive growth"),
    "in_step_with": ("同步", "in step with"),
    "assigned": ("上级下达", "as assigned"),
    "floor_with_stretch": ("保底力争", "floor and stretch"),
}
OUTCOMES: Mapping[str, tuple[str, str]] = {
    "met": ("完成", "met"),
    "basically_met": ("基本完成", "basically met"),
    "missed": ("未完成", "missed"),
    "not_yet_known": ("未定", "open"),
}
MEASURES: Mapping[str, tuple[str, str]] = {
    "level": ("水平", "level"),
    "growth": ("增速", "growth"),
    "share": ("占比", "share"),
    "rank": ("位次", "rank"),
    "change": ("变动", "change"),
    "completion": ("完成率", "completion"),
    "multiple": ("倍数", "multiple"),
}
ROLES: Mapping[str, tuple[str, str]] = {"actual": ("实际", "actual"), "target": ("目标", "target")}
COMPARATORS: Mapping[str, str] = {"=": "", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "≈": "≈ ", "range": ""}
STATEMENTS: Mapping[str, tuple[str, str]] = {
    "indicators_total": ("指标", "indicators"),
    "indicators_met": ("完成的指标", "indicators met"),
    "indicators_missed": ("未完成的指标", "indicators missed"),
    "completion_rate": ("指标完成率", "share of indicators met"),
    "binding_total": ("约束性指标", "binding indicators"),
    "binding_met": ("完成的约束性指标", "binding indicators met"),
    "expected_total": ("预期性指标", "expected indicators"),
    "expected_met": ("完成的预期性指标", "expected indicators met"),
    "expected_completion_rate": ("预期性指标完成率", "share of expected indicators met"),
    "projects_planned": ("计划实施的项目", "projects planned"),
    "projects_new": ("新开工项目", "new projects"),
    "projects_continued": ("续建项目", "continued projects"),
    "projects_advanced": ("推进建设的项目", "projects advanced"),
    "projects_key": ("重点项目", "key projects"),
    "projects_on_schedule": ("按计划推进的重点项目", "key projects on schedule"),
    "investment_total": ("总投资", "total investment"),
    "investment_year": ("年度计划投资", "investment planned for the year"),
}
_DASH = {"zh": "—", "en": "–"}
_SIGNS = ("", "%", "‰")
_REFERENCES: Mapping[str, str] = {
    "上年水平": "last year's level",
    "经济增长": "economic growth",
    "经济": "economic growth",
    "GDP增长": "GDP growth",
    "地区生产总值增长": "GDP growth",
    "居民收入增长": "growth of household income",
}


def of(words: Mapping[str, tuple[str, str]], key: str | None, *, language: str) -> str:
    """The word for `key`, or `key` itself where there is none."""
    pair = words.get(key or "")
    return pair[0 if language == "zh" else 1] if pair else (key or "")


def number(value: Decimal | None) -> str:
    """A number as people write it: printed digits kept, no exponent."""
    return "" if value is None else format(value, "f")


def quantity(value: Decimal | None, unit: str, *, language: str, value2: Decimal | None = None) -> str:
    """A number with its unit; in English 万 and 亿 are multiplied out: 1.18万人 is 11,800 people.

    >>> quantity(Decimal("562.4"), "亿元", language="en")
    '56.24 billion yuan'
    """
    if value is None:
        return ""
    if language == "zh" or unit in _SIGNS:
        ends = [number(end) for end in (value, value2) if end is not None]
        return f"{unit}—".join(ends) + unit if language == "zh" and unit == "%" else _DASH[language].join(ends) + unit
    scale, rest = _prefix(unit)
    ends = [_english(end * scale, scaled=scale > 1) for end in (value, value2) if end is not None]
    return f"{'–'.join(ends)} {unit_words(rest, language=language)}".rstrip()


def unit_words(unit: str, *, language: str) -> str:
    """A unit's name; in English by the catalog: 万元 is "10,000 yuan"."""
    if language == "zh" or not unit or unit in _SIGNS:
        return unit
    return "/".join(_unit_part(part, singular=place > 0) for place, part in enumerate(unit.split("/")))


@lru_cache(maxsize=256)
def _unit_part(unit: str, *, singular: bool) -> str:
    entry = known.units().get(unit)
    if entry:
        return entry.en if singular else entry.plural or entry.en
    scale, rest = _prefix(unit)
    return f"{_english(scale, scaled=True)} {_unit_part(rest, singular=singular)}" if scale > 1 else unit


@lru_cache(maxsize=256)
def _prefix(unit: str) -> tuple[Decimal, str]:
    """万 and 亿 in front of a unit as a factor, and the unit without them."""
    if unit not in known.units():
        for name, entry in known.prefixes().items():
            if unit.startswith(name) and len(unit) > len(name):
                return entry.scale, unit.removeprefix(name)
    return Decimal(1), unit


def _english(value: Decimal, *, scaled: bool) -> str:
    """A number with its thousands parted; of a scaled one no digit is lost and none is added."""
    for size, name in ((Decimal(10**9), " billion"), (Decimal(10**6), " million")):
        if scaled and abs(value) >= size:
            return f"{(value / size).normalize():,f}{name}"
    return f"{value.normalize() if scaled else value:,f}"


def target(aim: Target, *, unit: str, language: str) -> str:
    """What is aimed at, in words."""
    say = _zh if language == "zh" else _en
    words = say(aim, aim.unit or unit)
    if aim.note:
        words += f"（{aim.note}）" if language == "zh" else f" ({aim.note})"
    return words


def _zh(aim: Target, unit: str) -> str:
    def shown(value: Decimal | None) -> str:
        return quantity(value, unit, language="zh")

    exclusive = getattr(aim, "exclusive", False)
    if aim.kind == "in_step_with" or aim.kind == "assigned":
        return _printed_in_words(aim) or "完成上级下达任务"
    forms = {
        "at_least": f"超过{shown(aim.value)}" if exclusive else f"{shown(aim.value)}以上",
        "at_most": f"低于{shown(aim.value)}" if exclusive else f"{shown(aim.value)}以内",
        "exactly": shown(aim.value),
        "around": f"{shown(aim.value)}左右",
        "range": quantity(aim.value, unit, language="zh", value2=aim.value2),
        "positive": "正增长",
        "floor_with_stretch": f"{shown(aim.value)}，力争{shown(aim.value2)}",
    }
    return forms.get(aim.kind, aim.text)


def _en(aim: Target, unit: str) -> str:
    def shown(value: Decimal | None) -> str:
        return quantity(value, unit, language="en")

    exclusive = getattr(aim, "exclusive", False)
    if isinstance(aim, InStepWith):
        others = " and ".join(_REFERENCES.get(other.text, other.text) for other in aim.references)
        return f"{'above' if exclusive else 'in step with'} {others}"
    forms = {
        "at_least": f"{'above' if exclusive else 'at least'} {shown(aim.value)}",
        "at_most": f"{'below' if exclusive else 'at most'} {shown(aim.value)}",
        "exactly": shown(aim.value),
        "around": f"around {shown(aim.value)}",
        "range": quantity(aim.value, unit, language="en", value2=aim.value2),
        "positive": "positive growth",
        "assigned": "as assigned by the superior",
        "floor_with_stretch": f"{shown(aim.value)}, striving for {shown(aim.value2)}",
    }
    return forms.get(aim.kind, aim.text)


def symbol(aim: Target) -> str:
    """The target as a column of a table shows it, unit left to the header: "≥ 6", "5–5.5"."""
    exclusive = getattr(aim, "exclusive", False)
    value, value2 = number(aim.value), number(aim.value2)
    forms = {
        "at_least": f"{'>' if exclusive else '≥'} {value}",
        "at_most": f"{'<' if exclusive else '≤'} {value}",
        "exactly": f"= {value}",
        "around": f"≈ {value}",
        "range": f"{value}–{value2}",
        "positive": "> 0",
        "floor_with_stretch": f"≥ {value} → {value2}",
    }
    return forms.get(aim.kind, "")


def _printed_in_words(aim: Target) -> str:
    return aim.text if any("一" <= character <= "鿿" for character in aim.text) else ""
