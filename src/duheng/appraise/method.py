"""The method of a composite in words, made of its specification itself: what a method page shows, and nobody has to write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from duheng.appraise.choices import Choices, choices
from duheng.appraise.spec import Aggregation, CompositeSpec, Imputation, Normalisation, Treatment

Both = tuple[str, str]
"""The same in Chinese and in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodPart:
    """One part of a method page: a title, sentences and, where it has one, a table; everything in Chinese and English."""

    title: Both
    says: tuple[Both, ...] = ()
    heads: tuple[Both, ...] = ()
    rows: tuple[tuple[Both, ...], ...] = ()

    def plain(self) -> dict[str, Any]:
        """The part as plain data."""
        return asdict(self)


def method(spec: CompositeSpec) -> tuple[MethodPart, ...]:
    """The method, step by step, in the order in which the score is worked out."""
    return (
        MethodPart(title=("评价体系", "What is scored"), says=_intro(spec), heads=_TREE_HEADS, rows=tuple(_tree(spec))),
        MethodPart(title=("分项指标", "Indicators"), heads=_COMPONENT_HEADS, rows=tuple(_components(spec))),
        MethodPart(title=("计算步骤", "Step by step"), says=tuple(_steps(spec))),
        MethodPart(title=("名次的把握", "How sure the ranks are"), says=tuple(_unsure(spec))),
    )


_TREE_HEADS = (("汇总层", "aggregate"), ("由……组成（权重）", "made of (weight)"), ("方法", "how"))
_COMPONENT_HEADS = (
    ("代码", "code"), ("指标", "indicator"), ("单位", "unit"), ("方向", "better"), ("权重", "weight"), ("除以", "divided by"),
    ("上下限或目标", "goalposts or target"), ("属于", "part of"),
)  # fmt: skip


def _intro(spec: CompositeSpec) -> tuple[Both, ...]:
    count, above = len(spec.components), len(spec.aggregates)
    says: list[Both] = [
        (f"{spec.zh}：{count} 项分项指标，{above} 个汇总层。", f"{spec.en}: {count} indicators in {above} aggregates.")
    ]
    if spec.source:
        says.append((f"依据：{spec.source}", f"Source: {spec.source}"))
    if spec.simulated:
        says.append(("数据为模拟数据。", "The data are simulated."))
    return tuple(says)


def _tree(spec: CompositeSpec) -> Iterator[tuple[Both, ...]]:
    names = {each.code: (each.zh, each.en) for each in spec.every}
    for level in reversed(spec.levels):
        for each in level:
            parts = spec.parts[each.code]
            total = sum(spec.weight_of(part) for part in parts)
            shares = [(names[part], f"{spec.weight_of(part) / total:.4g}") for part in parts]
            made_of = (
                "、".join(f"{name[0]}（{share}）" for name, share in shares),
                ", ".join(f"{name[1]} ({share})" for name, share in shares),
            )
            yield (names[each.code], made_of, _way(each.aggregation))


def _components(spec: CompositeSpec) -> Iterator[tuple[Both, ...]]:
    names = {each.code: (each.zh, each.en) for each in spec.aggregates}
    for each in spec.components:
        better = ("越高越好", "higher") if each.direction > 0 else ("越低越好", "lower")
        ends = (
            f"{each.goalposts[0]:g}–{each.goalposts[1]:g}"
            if each.goalposts
            else ""
            if each.target is None
            else f"{each.target:g}"
        )
        log = ("（取对数）", " (logarithm)") if each.transform == "log" else ("", "")
        yield (
            _same(each.code),
            (each.zh + log[0], each.en + log[1]),
            _same(each.unit),
            better,
            _same(f"{each.weight:g}"),
            _same(each.denominator),
            _same(ends),
            names[each.parent],
        )


def _same(text: str) -> Both:
    return text, text


def _steps(spec: CompositeSpec) -> Iterator[Both]:
    if any(each.denominator for each in spec.components):
        yield ("标明“除以”的指标先除以该列。", "Indicators with a divisor are divided by that column first.")
    least = spec.availability
    if least.unit:
        yield (
            f"数据不足 {least.unit:.0%} 的单位不参评。",
            f"Units with less than {least.unit:.0%} of the data do not take part.",
        )
    yield _imputation(spec.imputation)
    yield _treatment(spec.treatment)
    yield _scale(spec.normalisation)
    if least.aggregate:
        yield (
            f"汇总层的下级数据不足 {least.aggregate:.0%} 时，该层不计分；否则缺项的权重由其余各项分担。",
            f"An aggregate with less than {least.aggregate:.0%} of its parts has no score; otherwise the others take over a missing "
            "part's weight.",
        )
    at_zh, at_en = ("", "") if spec.digits is None else (f"保留 {spec.digits} 位小数的", f", compared at {spec.digits} decimals")
    yield f"名次按{at_zh}得分从高到低，得分相同名次并列。", f"The highest score is first{at_en}; level scores share a rank."


_IMPUTATIONS = {
    "none": ("缺值不插补。", "Missing values stay missing."),
    "mean": ("缺值取全体均值。", "A missing value becomes the mean of all units."),
    "median": ("缺值取全体中位数。", "A missing value becomes the median of all units."),
    "group_mean": ("缺值取同组（{0}）均值。", "A missing value becomes the mean of its group ({0})."),
    "group_median": ("缺值取同组（{0}）中位数。", "A missing value becomes the median of its group ({0})."),
    "zero": ("缺值按 0 计。", "A missing value counts as 0."),
    "lowest": ("缺值取全体最低值。", "A missing value becomes the lowest of all units."),
    "highest": ("缺值取全体最高值。", "A missing value becomes the highest of all units."),
}
_SCALES = {
    "min_max": ("极差归一化：得分 = （值 − 最小值）÷（最大值 − 最小值），换算到 {low:g}–{high:g}。",
                "Min-max: (value − lowest) ÷ (highest − lowest), on a scale from {low:g} to {high:g}."),
    "z_score": ("标准分：（值 − 均值）÷ 标准差，换算为均值 {mean:g}、标准差 {spread:g}。",
                "Z-scores: (value − mean) ÷ standard deviation, with mean {mean:g} and standard deviation {spread:g}."),
    "rank": ("按位次：优于几个单位，再加一。", "Ranks: how many units it is better than, plus one."),
    "percentile": ("按百分位，换算到 {low:g}–{high:g}。", "Percentiles, on a scale from {low:g} to {high:g}."),
    "target": ("距目标的完成程度：（值 − 最差值）÷（目标 − 最差值），达到目标即为 {high:g}。",
               "Distance to target: (value − worst) ÷ (target − worst); a target that is reached is {high:g}."),
    "goalposts": ("固定上下限：（值 − 下限）÷（上限 − 下限），超出上下限按上下限计，换算到 {low:g}–{high:g}。",
                  "Goalposts: (value − low) ÷ (high − low), and no further than the posts, on a scale from {low:g} to {high:g}."),
    "highest": ("与最优值之比，最优为 {high:g}。", "Share of the best value, which is {high:g}."),
}  # fmt: skip
_WAYS = {
    "arithmetic": ("算术加权平均", "weighted arithmetic mean"),
    "geometric": ("几何加权平均", "weighted geometric mean"),
    "harmonic": ("调和加权平均", "weighted harmonic mean"),
    "median": ("中位数", "median"),
    "lowest": ("取最低", "the lowest"),
}


def _imputation(how: Imputation) -> Both:
    zh, en = _IMPUTATIONS[how.method]
    return zh.format(how.group), en.format(how.group)


def _treatment(how: Treatment | None) -> Both:
    if how is None:
        return "不处理异常值。", "Outliers are left as they are."
    then = ("，仍不满足的改取对数", "; where that does not do, a logarithm is taken") if how.then else ("", "")
    limits_zh = f"偏度绝对值大于 {how.skewness:g} 且峰度大于 {how.kurtosis:g} 的指标"
    return (
        f"{limits_zh}，从最极端的值起逐个收缩到次极端值，至多 {how.points} 个{then[0]}。",
        f"Where |skewness| is above {how.skewness:g} and kurtosis above {how.kurtosis:g}, the most extreme values are set to the next "
        f"less extreme one by one, at most {how.points}{then[1]}.",
    )


def _scale(how: Normalisation) -> Both:
    numbers = {"low": how.low, "high": how.high, "mean": how.mean, "spread": how.spread}
    zh, en = _SCALES[how.method]
    return zh.format(**numbers), en.format(**numbers)


def _way(how: Aggregation) -> Both:
    zh, en = _WAYS[how.method]
    floor = "" if how.floor is None else f"{how.floor:g}"
    return (f"{zh}（低于 {floor} 按 {floor} 计）", f"{en} (below {floor} counts as {floor})") if floor else (zh, en)


def _unsure(spec: CompositeSpec) -> Iterator[Both]:
    yield (
        "以上选择都可以有别的做法。每次抽样随机改变下列各项，重新计算全部名次，得到每个单位名次的 5%—95% 区间；"
        "区间重叠的单位不宜分出高下。",
        "Each of these might have been chosen otherwise. Every draw changes what follows at random and works all ranks out again; a "
        "unit's band holds 90 % of its ranks, and units whose bands overlap should not be told apart.",
    )
    yield from _alternatives(choices(spec, missing=True))


def _alternatives(options: Choices) -> Iterator[Both]:
    if options.weights:
        yield f"各项权重各自上下浮动 {options.weights:.0%}。", f"Each weight moves up or down by {options.weights:.0%}."
    lists: tuple[tuple[Both, list[Both]], ...] = (
        (("插补", "Imputation"), [_imputation(each) for each in options.imputations]),
        (("异常值", "Outliers"), [_treatment(each) for each in options.treatments]),
        (("归一化", "Normalisation"), [_scale(each) for each in options.normalisations]),
        (("汇总", "Aggregation"), [_way(each) if each else ("如上", "as above") for each in options.aggregations]),
    )
    for (zh, en), found in lists:
        if len(found) > 1:
            said = [(each[0].rstrip("。"), each[1].rstrip(".")) for each in found]
            yield f"{zh}：{'／'.join(each[0] for each in said)}。", f"{en}: {' / '.join(each[1] for each in said)}."
    if options.leave_out:
        yield "每次可去掉一项指标。", "One indicator may be left out."
