"""A number as a cell holds it: separators, footnote marks, percent signs, and the many ways of writing that there is none."""

from __future__ import annotations

from dataclasses import dataclass

from duheng import pattern as re

_MISSING = frozenset(
    ("", "-", "--", "—", "——", "－", "–", "…", "……", "...", "..", ".", "/", "\\", "*", "#n/a", "n/a", "na", "nan",
     "null", "none", "无", "缺", "暂无", "未公布", "不适用")
)  # fmt: skip
_NUMBER = re.compile(r"([+＋\-−－]?)[¥￥$]?(\d{1,3}(?:[,，]\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*([%％])?")
_NOTE = re.compile(
    r"(?:[*＊※†‡①②③④⑤⑥⑦⑧⑨⑩¹²³⁴]|[\[［(（【〔]\s*(?:注?\s*\d{1,2}|[a-z注估计预初步p]{1,3})\s*[\])）】〕])+$", re.IGNORECASE
)
_EXACT = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number read from a cell: `printed` as it stands there, `digits` its decimals, `percent` whether a sign says so."""

    value: float
    digits: int
    printed: str
    percent: bool = False
    note: str = ""


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no figure.

    >>> is_missing("…"), is_missing(" - "), is_missing("0")
    (True, True, False)
    """
    return text.strip().casefold() in _MISSING


def number(text: str) -> Number | None:
    """The number a cell holds, None where it holds none.

    >>> number("4,120,763,635"), number("97.8*").note, number("(3.2)").value
    (Number(value=4120763635.0, digits=0, printed='4,120,763,635', percent=False, note=''), '*', -3.2)
    """
    plain = text.strip()
    noted = _NOTE.search(plain)
    bare = plain[: noted.start()].strip() if noted and noted.start() else plain
    negative = bare[:1] in "(（" and bare[-1:] in ")）" and len(bare) > 2
    found = _NUMBER.fullmatch(bare[1:-1].strip() if negative else bare)
    if found is None:
        return None
    sign, digits, power, percent = found.groups()
    digits = digits.replace(",", "").replace("，", "")
    value = float(digits + (power or ""))
    minus = negative or sign in ("-", "−", "－")
    decimals = len(digits.partition(".")[2]) - int((power or "e0")[1:])
    return Number(
        value=-value if minus else value,
        digits=min(_EXACT, max(0, decimals)),
        printed=plain,
        percent=bool(percent),
        note=plain[len(bare) :].strip(),
    )
