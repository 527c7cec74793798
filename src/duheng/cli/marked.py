"""A document as one page of HTML, every number marked; what was understood shows on hover, focus or tap, without a script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from duheng.read import Block, BlockKind, Document, Table

_LABELS = {
    "zh": {
        "subject": "主体", "value": "数值", "measure": "口径", "comparator": "界限", "period": "时期", "role": "性质", "indicator": "指标",
        "of": "属于", "actual": "实际", "target": "目标", "numbers": "{n} 个数 · 蓝色为实际，橙色为目标",
        "level": "数值", "growth": "增速", "share": "占比", "rank": "位次", "change": "变动", "completion": "完成率", "multiple": "倍数",
    },
    "en": {
        "subject": "subject", "value": "value", "measure": "measure", "comparator": "bound", "period": "period", "role": "role",
        "indicator": "indicator", "of": "part of", "actual": "actual", "target": "target",
        "numbers": "{n} numbers · blue: actual, orange: target",
    },
}  # fmt: skip

_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1f2328;--line:#d0d7de;--actual:#0b5cad;--target:#a34a00;--card:#1f2328;--card-ink:#fff}
@media(prefers-color-scheme:dark){:root{--paper:#161b22;--ink:#e6edf3;--line:#30363d;--actual:#79b8ff;--target:#ffab70;--card:#e6edf3;--card-ink:#161b22}}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.8 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:46rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-variant-numeric:tabular-nums}
td{border:1px solid var(--line);padding:.25rem .5rem;vertical-align:top}
.box{border:1px solid var(--line);padding:.5rem 1rem;margin:1rem 0}.footnote{font-size:.85em;opacity:.85}
mark{position:relative;background:none;color:var(--actual);border-bottom:1px dotted;cursor:help}
mark.target{color:var(--target)}
mark span{display:none;position:absolute;left:0;top:100%;z-index:1;width:max-content;max-width:min(22rem,80vw);padding:.4rem .7rem;
border-radius:6px;background:var(--card);color:var(--card-ink);font-size:13px;line-height:1.5;white-space:pre-line}
mark:hover span,mark:focus span{display:block}mark:focus{outline:2px solid}
p{margin:.6rem 0}
"""


def page(document: Document, claims: Sequence[Mapping[str, Any]], *, language: str) -> str:
    """The whole document as a page; `claims` are rows as `duheng read --format json` prints them."""
    body = "\n".join(_parts(document, claims, _LABELS[language]))
    note = _LABELS[language]["numbers"].format(n=len(claims))
    return (
        f'<!doctype html><html lang="{"zh-Hans" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(document.name)}</title>'
        f"<style>{_STYLE}</style></head><body><main><p><small>{escape(document.name)} · {escape(note)}</small></p>\n"
        f"{body}\n</main></body></html>"
    )


def _parts(document: Document, claims: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> Iterator[str]:
    """Paragraphs, boxes and tables in reading order; the cells of a table come as the table."""
    marks = sorted(claims, key=lambda c: c["offset"])
    for (table, box), blocks in groupby(document.blocks, key=lambda b: (b.table, b.box)):
        if table is not None:
            yield _table(document.tables[table], marks, labels)
        elif box is not None:
            yield f'<div class="box">{"".join(_paragraph(b, marks, labels) for b in blocks)}</div>'
        else:
            yield from (_paragraph(b, marks, labels) for b in blocks)


def _table(table: Table, marks: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> str:
    rows = ("".join(f"<td>{_marked(cell, marks, labels)}</td>" for cell in row) for row in table.rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _paragraph(block: Block, marks: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> str:
    kind = ' class="footnote"' if block.kind is BlockKind.FOOTNOTE else ""
    return f"<p{kind}>{_marked(block, marks, labels)}</p>"


def _marked(block: Block, marks: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> str:
    done, pieces = block.offset, []
    for claim in marks:
        start, end = claim["offset"], claim["offset"] + len(claim["span"])
        if done <= start and end <= block.end:
            pieces.append(escape(block.text[done - block.offset : start - block.offset]))
            pieces.append(_mark(claim, labels))
            done = end
    return "".join([*pieces, escape(block.text[done - block.offset :])]).replace("\n", "<br>")


def _mark(claim: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    upper = "" if claim["value2"] is None else f"–{claim['value2']}"
    shown = {
        "subject": claim["subject"],
        "value": f"{claim['value']}{upper} {claim['unit']}",
        "measure": labels.get(claim["measure"], claim["measure"]),
        "comparator": claim["comparator"],
        "period": claim["period"],
        "role": labels[claim["role"]],
        "indicator": claim["indicator"] or "",
    }
    card = "\n".join(f"{labels[name]}: {value}" for name, value in shown.items() if value)
    return f'<mark class="{claim["role"]}" id="c{claim["offset"]}" tabindex="0">{escape(claim["span"])}<span>{escape(card)}</span></mark>'
