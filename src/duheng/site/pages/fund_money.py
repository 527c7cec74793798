"""The unit in which pages of money show it, and amounts as people type them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from duheng.allocate import money
from duheng.site.pages import pool_columns
from duheng.site.pages.frame import language
from duheng.site.queries import wording


def unit(request: HttpRequest) -> str:
    """The unit chosen: "yi" (亿元) or "wan" (万元), as the address says, else as the reader chose last."""
    asked = request.GET.get("money", "") or request.COOKIES.get("money", "")
    return asked if asked in pool_columns.UNITS else "wan"


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every page of money is given: the unit, and its name."""
    chosen = unit(request)
    return {"money": chosen, "money_unit": pool_columns.UNITS[chosen][0]}


def head(label: str, chosen: str) -> str:
    """The head of a column of money in a sheet, with its unit."""
    name = wording.unit_words(pool_columns.UNITS[chosen][0], language=language())
    return f"{label}（{name}）" if language() == "zh" else f"{label}, {name}"


def exact(fen: int, chosen: str) -> Decimal:
    """An amount as an exact number of the unit."""
    return Decimal(fen) / pool_columns.UNITS[chosen][1]


class AmountField(forms.CharField):
    """Money as people type it, in the unit that the form's field `unit` says; cleaned to a decimal of it."""

    def clean(self, value: Any) -> Decimal | None:
        """The number, None where nothing is typed."""
        text = str(super().clean(value) or "").replace(",", "").replace("，", "").strip()
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise forms.ValidationError(_("This is no amount. Write digits only, such as 1250.5.")) from None
        if not number.is_finite() or number < 0:
            raise forms.ValidationError(_("An amount is nought or more."))
        return number


UNIT_CHOICES = [(symbol, symbol) for symbol, *_rest in pool_columns.UNITS.values()]


def fen(number: Decimal, symbol: str) -> int:
    """An amount of 万元 or 亿元 in whole fen; raises a form's error where it has parts of a fen or is beyond any budget."""
    exactly = money.fen(number, symbol)
    if exactly != exactly.to_integral_value():
        raise forms.ValidationError(_("This amount has parts of a fen. Shorten it."))
    if exactly > money.LARGEST:
        raise forms.ValidationError(_("This is larger than any budget. Check the unit."))
    return int(exactly)
