"""The forms by which a project of the pool is kept: each knows its fields, what may be wrong with them, and the action it ends in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duheng.plan.pool import Gate, Milestone, MonthReport, Problem
from duheng.site.access import By
from duheng.site.actions import pool_life
from duheng.site.pages.frame import language
from duheng.site.queries import pool_facts
from duheng.site.queries.pool_project import Shown

_Label = Any  # words, or words to be said later
WAN = 10**6  # fen in a 万元: the unit in which money is entered
_LONG = 500
_NO_DAY = gettext_lazy("This is no day. Write it as 2026-03-31.")
_NO_NUMBER = gettext_lazy("This is no amount. Write a number, as in 1234.5.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Who tells something of a project, and when; with what its page shows of it."""

    by: By
    at: datetime
    shown: Shown

    @property
    def asked(self) -> dict[str, Any]:
        """What every action wants to know."""
        return {"by": self.by, "at": self.at, "project_id": self.shown.project.pk}


def day(label: _Label, *, required: bool = False, **more: Any) -> forms.DateField:
    """A field for a day."""
    widget = forms.DateInput(attrs={"type": "date", "class": "field"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, error_messages={"invalid": _NO_DAY}, **more)


def text(label: _Label, *, longest: int = 160, required: bool = False, rows: int = 0, **more: Any) -> forms.CharField:
    """A field for words."""
    attrs = {"class": "field"} | ({"rows": rows} if rows else {})
    widget = forms.Textarea(attrs=attrs) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, max_length=longest, required=required, widget=widget, **more)


def amount(label: _Label, **more: Any) -> MoneyField:
    """A field for money in 万元, never below zero."""
    widget = forms.TextInput(attrs={"class": "field num", "inputmode": "decimal"})
    errors = {"invalid": _NO_NUMBER, "min_value": gettext_lazy("An amount cannot be below zero.")}
    most = gettext_lazy("This is beyond any project; is it in yuan instead of 10,000 yuan?")
    return MoneyField(
        label=label, required=False, min_value=0, max_value=10**9, decimal_places=6, max_digits=20, widget=widget,
        error_messages=errors | {"max_value": most, "max_digits": most, "max_whole_digits": most}, **more,
    )  # fmt: skip


class MoneyField(forms.DecimalField):
    """Money as people type it or paste it from a sheet: 1,234.5 with its commas."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value).replace(",", "").replace("，", "") if value else value)


def choice(label: _Label, kind: str, *, empty: str = "", required: bool = True) -> forms.ChoiceField:
    """A field for a code of the catalog of projects, shown in the reader's language."""

    def choices() -> list[tuple[str, str]]:
        side = 0 if language() == "zh" else 1
        found = [(code, words[side]) for code, words in pool_facts.words(kind).items()]
        return found if required and not empty else [("", empty), *found]

    return forms.ChoiceField(label=label, choices=choices, required=required, widget=forms.Select(attrs={"class": "field"}))


def fen(value: Decimal | None) -> int | None:
    """An amount entered in 万元, in fen."""
    return None if value is None else round(value * WAN)


def wan(value: int | None) -> str:
    """Fen as an amount to correct, in 万元."""
    return "" if value is None else f"{Decimal(value) / WAN:f}"


class PoolForm(forms.Form):
    """One form of a project's page; `what` is its name in the address and `title` the button that opens it."""

    what: ClassVar[str]
    title: ClassVar[Any]
    template_name = "_pool_fields.html"

    def __init__(self, data: Any = None, files: Any = None, *, shown: Shown, **more: Any) -> None:
        self.shown = shown
        super().__init__(data, files, auto_id=f"{self.what}-%s", initial=self.first(shown), **more)

    def first(self, shown: Shown) -> dict[str, Any]:
        """What stands in the fields before anything is entered."""
        return {}

    def tell(self, telling: Telling) -> None:
        """Carry out what was entered."""
        raise NotImplementedError

    @property
    def wide(self) -> set[str]:
        """The fields that take the whole width."""
        return {name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)}


class MonthForm(PoolForm):
    """A month's three amounts."""

    what, title = "month", gettext_lazy("Report a month")
    month = forms.TypedChoiceField(
        label=gettext_lazy("Month"), coerce=int, choices=[(number, str(number)) for number in range(1, 13)],
        widget=forms.Select(attrs={"class": "field"}),
    )  # fmt: skip
    known = day(gettext_lazy("Known on"), help_text=gettext_lazy("The day of the report; today if left empty."))
    works = amount(gettext_lazy("Works done (10,000 yuan)"), help_text=gettext_lazy("Cumulative since January."))
    counted = amount(gettext_lazy("Counted by statistics (10,000 yuan)"), help_text=gettext_lazy("Cumulative since January."))
    paid = amount(gettext_lazy("Paid (10,000 yuan)"), help_text=gettext_lazy("Cumulative since January."))
    in_library = forms.ChoiceField(
        label=gettext_lazy("In the statistical library"), required=False, widget=forms.Select(attrs={"class": "field"}),
        choices=[("", gettext_lazy("not said")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))],
    )  # fmt: skip
    words = text(gettext_lazy("Progress in words"), longest=2000, rows=2)
    reason = text(
        gettext_lazy("Reason for a correction"), longest=_LONG, help_text=gettext_lazy("Where the month was reported already.")
    )
    sure = forms.BooleanField(label=gettext_lazy("It is right all the same"), required=False)

    def first(self, shown: Shown) -> dict[str, Any]:
        last = max((month.number for month in shown.months if month.told), default=0)
        return {"month": min(12, last + 1)}

    def clean_known(self) -> date | None:
        known: date | None = self.cleaned_data["known"]
        if known and known > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return known

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.errors:
            return told
        if not any(told.get(name) not in (None, "") for name in ("works", "counted", "paid", "in_library", "words")):
            raise forms.ValidationError(_("Nothing is entered. Give at least one amount, the library, or words."))
        if not told["sure"]:
            for name, said in self._doubts(told).items():
                self.add_error(name, said)
        return told

    @property
    def doubtful(self) -> bool:
        """Whether something was only doubted, and may be confirmed."""
        return bool(self.errors) and hasattr(self, "_doubted")

    def _doubts(self, told: Mapping[str, Any]) -> dict[str, str]:
        """What cannot well be: an amount that falls, or one that is a unit's slip away from its neighbours."""
        found: dict[str, str] = {}
        for name in ("works", "counted", "paid"):
            value = fen(told.get(name))
            if value is None:
                continue
            before = [getattr(each, name) for each in self.shown.months if each.number < told["month"]]
            last = next((each for each in reversed(before) if each is not None), 0)
            total = self.shown.project.total or (self.shown.plan.planned if self.shown.plan else None) or 0
            if value < last:
                found[name] = _("It is less than the month before ({amount}), though it adds up from January.").format(
                    amount=wan(last)
                )
            elif total and value > 10 * total:
                found[name] = _("It is far above the total of the project ({amount}); is it in another unit?").format(
                    amount=wan(total)
                )
        if found:
            self._doubted = True
        return found

    def tell(self, telling: Telling) -> None:
        told = self.cleaned_data
        report = MonthReport(
            year=self.shown.year, month=told["month"], works=fen(told["works"]), counted=fen(told["counted"]), paid=fen(told["paid"]),
            in_library={"yes": True, "no": False}.get(told["in_library"]), words=told["words"],
            known=told["known"] or timezone.localdate(telling.at),
        )  # fmt: skip
        pool_life.enter_month(**telling.asked, report=report, reason=told["reason"])


class MilestoneForm(PoolForm):
    """A step of the works."""

    what, title = "milestone", gettext_lazy("Enter a milestone")
    name = text(gettext_lazy("Milestone"), longest=120, required=True, help_text=gettext_lazy("The same name again corrects it."))
    planned = day(gettext_lazy("Planned for"))
    actual = day(gettext_lazy("Done on"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not told.get("planned") and not told.get("actual"):
            self.add_error("planned", _("Give the day it is planned for, or the day it was done."))
        return told

    def tell(self, telling: Telling) -> None:
        told = self.cleaned_data
        milestone = Milestone(name=told["name"], planned=told["planned"], actual=told["actual"])
        pool_life.set_milestone(**telling.asked, milestone=milestone)


class GateForm(PoolForm):
    """A condition before building."""

    what, title = "gate", gettext_lazy("Enter a gate")
    kind = choice(gettext_lazy("Gate"), "gates")
    due = day(gettext_lazy("Due"))
    met = day(gettext_lazy("Met on"))
    paper = text(gettext_lazy("Paper"), longest=255)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not told.get("due") and not told.get("met"):
            self.add_error("due", _("Give the day it is due, or the day it was met."))
        return told

    def tell(self, telling: Telling) -> None:
        told = self.cleaned_data
        pool_life.meet_gate(**telling.asked, gate=Gate(kind=told["kind"], due=told["due"], met=told["met"], paper=told["paper"]))


class ProblemForm(PoolForm):
    """What holds the project up."""

    what, title = "problem", gettext_lazy("Raise a problem")
    problem = text(gettext_lazy("What the problem is"), longest=1000, required=True, rows=2)
    whose = text(gettext_lazy("Whose to settle"), required=True, help_text=gettext_lazy("One office."))
    raised = day(gettext_lazy("Raised on"), help_text=gettext_lazy("Today if left empty."))
    due = day(gettext_lazy("To be settled by"), required=True)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        raised = told.get("raised") or timezone.localdate()
        if told.get("due") and told["due"] < raised:
            self.add_error("due", _("It would be due before it was raised."))
        return told

    def tell(self, telling: Telling) -> None:
        told = self.cleaned_data
        raised = told["raised"] or timezone.localdate(telling.at)
        problem = Problem(what=told["problem"], whose=told["whose"], raised=raised, due=told["due"])
        pool_life.raise_problem(**telling.asked, problem=problem)


class DelayForm(PoolForm):
    """Why the project is late."""

    what, title = "delay", gettext_lazy("Say why it is late")
    reason = choice(gettext_lazy("Reason"), "delay_reasons")
    since = day(gettext_lazy("Since"), help_text=gettext_lazy("Today if left empty."))
    words = text(gettext_lazy("In words"), longest=1000, rows=2)

    def tell(self, telling: Telling) -> None:
        told = self.cleaned_data
        since = told["since"] or timezone.localdate(telling.at)
        pool_life.give_delay(**telling.asked, reason=told["reason"], words=told["words"], since=since)
