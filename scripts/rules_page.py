"""Writes docs/rules.md from the rules themselves: `.venv/bin/python scripts/rules_page.py`. A rule's docstring is its part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from duheng import audit
from duheng.audit import Comparison, Rule

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"

_HEAD = """# Rules of the audit · 审核规则

Made from the rules' own docstrings by `scripts/rules_page.py`; a rule is one file of `src/duheng/audit/`. 本页由规则源码生成。

An *error* is wrong by the document's own words, a *warning* very likely so, a *note* worth a look. What looks wrong and is not
(rounding, comparable-price growth) is *explained*, and shown with `--explain`. `--select` and `--ignore` take codes or their
beginnings; a finding that was looked at is accepted with `duheng audit --accept CODE@OFFSET --why … --by … FILE`. A rule that
computes nothing has no tolerance. Political and sensitive-word proofreading is not part of it.

错误：按文件自身文字即可判定；警告：很可能有误；提示：值得一看。审核不做政治性、敏感词校对。
"""
_KINDS = {
    "DA": ("算术", "Arithmetic"),
    "DT": ("文与表", "Text and table"),
    "DR": ("引用与体例", "References and form"),
    "DU": ("单位与量级", "Units and magnitude"),
    "DS": ("时间与阶段", "Time and stage"),
    "DN": ("名称", "Names"),
    "DP": ("计划常理", "Plan sense"),
    "DC": ("文件之间", "Between documents"),
}
_SEVERITIES = {"error": "error 错误", "warning": "warning 警告", "note": "note 提示"}
_LABELS = {
    "Tests": "Tests 检查",
    "Fails": "Fails 不通过",
    "Passes": "Passes 通过",
    "Tolerance": "Tolerance 容差",
    "May be wrong": "May be wrong 可能误报",
}
_LABEL = re.compile(rf"^({'|'.join(_LABELS)}):\s*", re.MULTILINE)


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_parts()]).rstrip() + "\n"


def _parts() -> Iterator[str]:
    for kind, rules in groupby(audit.all_rules(), key=lambda rule: rule.code[:2]):
        zh, en = _KINDS.get(kind, ("其他", "Others"))
        yield f"## {kind} {zh} · {en}\n"
        for rule in rules:
            yield _rule(rule)


def _rule(rule: Rule | Comparison) -> str:
    head = f"### {rule.code} {rule.name[0]} · {rule.name[1]}\n\n{_SEVERITIES[rule.severity.value]}{_beside(rule)}\n"
    return f"{head}\n{_body(rule.page)}\n"


def _beside(rule: Rule | Comparison) -> str:
    return f" · `--{rule.beside.value}`" if isinstance(rule, Comparison) else ""


def _body(docstring: str) -> str:
    """The docstring below its title, each labelled part an item of a list."""
    text = docstring.partition("\n")[2].strip()
    pieces = _LABEL.split(text)
    before = " ".join(pieces[0].split())
    items = [f"- **{_LABELS[label]}**: {' '.join(said.split())}" for label, said in zip(pieces[1::2], pieces[2::2], strict=True)]
    return "\n".join(filter(None, [before and f"{before}\n", *items]))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"docs/rules.md: {len(audit.all_rules())} rules")
