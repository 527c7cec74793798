"""Amounts of money as lists print them, made hundredths of their currency: 亿元, 万元, thousand USD."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from duheng import pattern as re
from duheng.collect.number import is_missing

_SCALES = {
    "": 1, "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9,
    "百亿": 10**10, "thousand": 10**3, "million": 10**6, "billion": 10**9,
}  # fmt: skip
_CURRENCIES = {
    "元": "CNY", "元人民币": "CNY", "人民币": "CNY", "人民币元": "CNY", "rmb": "CNY", "cny": "CNY", "yuan": "CNY",
    "美元": "USD", "usd": "USD", "us$": "USD", "dollars": "USD", "us dollars": "USD", "港元": "HKD", "港币": "HKD", "hkd": "HKD",
    "欧元": "EUR", "eur": "EUR", "euros": "EUR", "日元": "JPY", "jpy": "JPY",
}  # fmt: skip
_UNIT = re.compile(
    r"\s*(十亿|百亿|千万|百万|十万|亿|万|千|百|thousand|million|billion)?\s*([A-Za-z$][A-Za-z$ ]*|[一-鿿]*)\s*", re.IGNORECASE
)
_BEFORE = re.compile(r"([A-Za-z]{2,3}\$?|\$)\s+(thousand|million|billion)s?", re.IGNORECASE)  # USD million
_AMOUNT = re.compile(
    r"(?:约|共|合计|≈|¥|￥|\$)*\s*(?P<sign>[-−－+＋(（]?)\s*(?P<number>\d{1,3}(?:[,， ]\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)"
    r"(?P<power>[eE][+-]?\d{1,2})?\s*[)）]?\s*(?P<unit>[^\d\s+\-–—~～至到、,，;；]*)"
)
_RANGE = re.compile(r"\d[\d,.]*\s*(?:[-–—~～至到])\s*\d[\d,.]*\s*\D{0,3}")
_LARGEST = 9 * 10**18  # what a database's whole number holds


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyUnit:
    """A unit of money: how many hundredths of `currency` one of it is."""

    scale: int
    currency: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What a cell of a money column holds. `value` is None where it is no amount; `wrong` says why, "" where it is just empty."""

    value: int | None = None
    slack: int = 0  # half of the last digit printed, in hundredths
    wrong: str = ""  # "quantity", "range", "text", "large"


def money_unit(text: str) -> MoneyUnit | None:
    """The unit of money a text names, None if it names none.

    >>> money_unit("亿元").scale, money_unit("thousand USD").currency, money_unit("万件")
    (10000000000, 'USD', None)
    """
    if before := _BEFORE.fullmatch(text.strip()):
        text = f"{before[2]} {before[1]}"
    found = _UNIT.fullmatch(text)
    if found is None:
        return None
    currency = _CURRENCIES.get(" ".join(found[2].lower().split()))
    if currency is None:
        return None
    return MoneyUnit(scale=_SCALES[(found[1] or "").lower()] * 100, currency=currency, text=text.strip())


def amount(text: str, unit: MoneyUnit) -> Amount:
    """The amount a cell holds in a column of this unit; a unit of its own (1.2亿元) counts more.

    >>> yuan = money_unit("万元")
    >>> amount("1,200.5", yuan).value, amount("1.2亿元", yuan).value, amount("2000万件", yuan).wrong, amount("—", yuan).value
    (1200500000, 12000000000, 'quantity', None)
    """
    plain = " ".join(text.split())
    if is_missing(plain):
        return Amount()
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        return Amount(wrong="range" if _RANGE.fullmatch(plain) else "text")
    scale = _own_scale(found["unit"], unit)
    if scale is None:
        return Amount(wrong="quantity")
    digits = found["number"].replace(",", "").replace("，", "").replace(" ", "")
    try:
        value = Decimal(digits + (found["power"] or "")) * scale
    except InvalidOperation:
        return Amount(wrong="text")
    if abs(value) > _LARGEST:
        return Amount(wrong="large")
    whole = int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    places = len(digits.partition(".")[2])
    half = int((Decimal(scale) / 2).scaleb(-places))
    return Amount(value=-whole if found["sign"] in ("-", "−", "－", "(", "（") else whole, slack=half)


def _own_scale(said: str, unit: MoneyUnit) -> int | None:
    """Hundredths in one of what the cell counts, None where that is no money of the column's currency."""
    if not said:
        return unit.scale
    if said in _SCALES:
        return _SCALES[said] * 100
    own = money_unit(said)
    return own.scale if own and own.currency == unit.currency else None
