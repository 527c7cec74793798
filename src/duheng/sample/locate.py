"""Fills in where each claim of the truth stands: `python -m duheng.sample.locate`, after any change to the manuscript.

A label is made by hand as (sentence, span, occurrence of the span in the sentence); only its offset is looked up, in the text
as duheng reads it. A label whose sentence is gone, or no longer stands there once only, is an error to be mended by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from duheng.read import open_document
from duheng.sample import report_path, truth


def located(labels: Sequence[Mapping[str, Any]], text: str) -> list[dict[str, Any]]:
    """The labels with their offsets in `text`, in the order of the text."""
    found = [{**label, "offset": offset(label, text)} for label in labels]
    return sorted(found, key=lambda label: (label["offset"], label["id"]))


def offset(label: Mapping[str, Any], text: str) -> int:
    """Where in `text` the labelled number begins.

    >>> offset({"id": "S1", "sentence": "由5%提高到5%以上", "span": "5%", "occurrence": 2}, "一、由5%提高到5%以上。")
    8
    """
    sentence, span = label["sentence"], label["span"]
    if text.count(sentence) != 1:
        raise ValueError(f"{label['id']}: the sentence stands {text.count(sentence)} times in the report: {sentence}")
    at = -1
    for _ in range(label["occurrence"]):
        at = sentence.find(span, at + 1)
        if at < 0:
            raise ValueError(f"{label['id']}: {span} stands fewer than {label['occurrence']} times in: {sentence}")
    return int(text.index(sentence) + at)


def main() -> None:
    """Rewrite truth/claims.jsonl with the offsets of today's report.docx."""
    claims = located(truth("claims"), open_document(report_path()).text)
    lines = [json.dumps(claim, ensure_ascii=False) for claim in claims]
    Path(__file__).with_name("truth").joinpath("claims.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
