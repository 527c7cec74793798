"""Forms of money: a pool, an application and its steps, what funds ask of a project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from duheng.allocate import Move, Step
from duheng.site.actions.applying import Asked
from duheng.site.actions.funds import PoolFacts, ProjectFacts
from duheng.site.pages.apply_doubts import doubts
from duheng.site.pages.frame import language
from duheng.site.pages.fund_money import UNIT_CHOICES, AmountField, fen
from duheng.site.queries import funds, known, wording
from duheng.site.records.models import FundFacts, FundPool, PoolProject


def _percent() -> forms.IntegerField:
    return forms.IntegerField(min_value=0, max_value=100, required=False)


def _year() -> forms.IntegerField:
    return forms.IntegerField(min_value=2000, max_value=2100, required=False)


class PoolForm(forms.Form):
    """A pool: what it is, its amounts by year, its windows, how sure it is."""

    code = forms.RegexField(r"^[\w.\-]+$", max_length=40)
    name = forms.CharField(max_length=120)
    kind = forms.ChoiceField(choices=lambda: [(code, _side(entry)) for code, entry in known.fund_kinds().items()])
    unit = forms.ChoiceField(choices=UNIT_CHOICES, initial="万元")
    carry_over = forms.BooleanField(required=False)
    opens = forms.DateField(required=False)
    closes = forms.DateField(required=False)
    spend_months = forms.IntegerField(min_value=0, max_value=120, required=False)
    likelihood = _percent()
    paper = forms.CharField(max_length=255, required=False)
    note = forms.CharField(max_length=1000, required=False)
    reason = forms.CharField(max_length=500, required=False)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = list(years)
        for year in self.years:
            self.fields[f"y{year}"] = AmountField(max_length=24, required=False)

    @classmethod
    def of(cls, row: FundPool, *, years: Iterable[int]) -> PoolForm:
        """The form with what stands now."""
        amounts = {each.year: each.amount for each in row.amounts.all()}
        plain = ("code", "name", "kind", "carry_over", "opens", "closes", "spend_months", "likelihood", "paper", "note")
        shown = {f"y{year}": f"{Decimal(amount) / 10**6:f}" for year, amount in amounts.items()}
        return cls(initial={name: getattr(row, name) for name in plain} | shown, years=sorted({*years, *amounts}))

    @property
    def amounts(self) -> list[tuple[int, forms.BoundField]]:
        """The fields of the years."""
        return [(year, self[f"y{year}"]) for year in self.years]

    def clean(self) -> dict[str, Any]:
        """The amounts in fen, by year."""
        told = super().clean() or self.cleaned_data
        made: dict[int, int] = {}
        for year in self.years:
            number = told.get(f"y{year}")
            if number is None:
                continue
            try:
                made[year] = fen(number, told.get("unit", "万元"))
            except forms.ValidationError as wrong:
                self.add_error(f"y{year}", wrong)
        return told | {"amounts": made}

    def facts(self, *, simulated: bool = False) -> PoolFacts:
        """What was entered."""
        told = self.cleaned_data
        names = ("code", "name", "kind", "carry_over", "opens", "closes", "spend_months", "paper", "note", "amounts")
        likelihood = 100 if told["likelihood"] is None else told["likelihood"]
        return PoolFacts(**{name: told[name] for name in names}, likelihood=likelihood, simulated=simulated)


class _AmountForm(forms.Form):
    """One amount on a day, by a paper."""

    on = forms.DateField()
    amount = AmountField(max_length=24)
    unit = forms.ChoiceField(choices=UNIT_CHOICES, initial="万元")
    paper = forms.CharField(max_length=255, required=False)
    words = forms.CharField(max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """The amount in fen."""
        told = super().clean() or self.cleaned_data
        if told.get("amount") is not None:
            try:
                told["fen"] = fen(told["amount"], told.get("unit", "万元"))
            except forms.ValidationError as wrong:
                self.add_error("amount", wrong)
        return told

    def _move(self, step: str) -> Move:
        told = self.cleaned_data
        return Move(step=Step(step), on=told["on"], amount=told["fen"], paper=told["paper"], words=told["words"])


class StepForm(_AmountForm):
    """The next step of an application."""

    step = forms.ChoiceField(choices=lambda: _steps(Step))

    def move(self) -> Move:
        """What was entered."""
        return self._move(self.cleaned_data["step"])


class ApplyForm(_AmountForm):
    """A new application: which project, of which pool, for which year, at which step it is."""

    project = forms.CharField(max_length=255)
    pool = forms.ModelChoiceField(queryset=FundPool.objects.all())
    year = forms.IntegerField(min_value=2000, max_value=2100)
    step = forms.ChoiceField(choices=lambda: _steps((Step.APPLIED, Step.ALLOTTED)))
    likelihood = _percent()
    note = forms.CharField(max_length=1000, required=False)
    sure = forms.BooleanField(required=False)
    doubtful = False  # whether something was only doubted, and may be confirmed

    def clean(self) -> dict[str, Any]:
        """Nothing asked is no application; what is doubted is stored only when it is confirmed."""
        told = super().clean()
        if told.get("fen") == 0:
            self.add_error("amount", _("An application asks for more than nought."))
        if self.errors or told["sure"]:
            return told
        asked = {name: told[name] for name in ("project", "pool", "year", "fen")}
        found = doubts(**asked, as_of=timezone.localdate())
        for name, said in found:
            self.add_error(name, said)
        self.doubtful = bool(found)
        return told

    def clean_project(self) -> PoolProject:
        """The project of this code or exact name."""
        text = str(self.cleaned_data["project"]).strip()
        found = PoolProject.objects.filter(code=text).first()
        named = list(PoolProject.objects.filter(name=text)[:2]) if found is None else [found]
        if not named:
            raise forms.ValidationError(_("No project of the pool has this code or name. Choose one from the list."))
        if len(named) > 1:
            raise forms.ValidationError(_("Several projects have this name. Write the code."))
        return named[0]

    def asked(self) -> Asked:
        """What was entered."""
        told = self.cleaned_data
        return Asked(
            project=told["project"].pk,
            pool=told["pool"].pk,
            year=told["year"],
            moves=(self._move(told["step"]),),
            likelihood=told["likelihood"],
            note=told["note"],
        )


class FactsForm(forms.Form):
    """What funds and the studio ask of a project that its list does not say."""

    priority = forms.IntegerField(min_value=0, max_value=1000, required=False)
    mandatory = forms.BooleanField(required=False)
    earliest = _year()
    latest = _year()
    cover = forms.DecimalField(min_value=0, max_value=1000, decimal_places=3, required=False)
    revenue = forms.ChoiceField(choices=[("", ""), ("yes", ""), ("no", "")], required=False)
    requires = forms.CharField(max_length=1000, required=False)
    excludes = forms.CharField(max_length=1000, required=False)
    reason = forms.CharField(max_length=500, required=False)

    @classmethod
    def of(cls, row: FundFacts | None) -> FactsForm:
        """The form with what stands now."""
        if row is None:
            return cls()
        initial: dict[str, Any] = {name: getattr(row, name) for name in ("priority", "mandatory", "earliest", "latest")}
        initial["cover"] = None if row.cover is None else f"{row.cover / 1000:g}"
        initial["revenue"] = {True: "yes", False: "no"}.get(row.revenue, "") if row.revenue is not None else ""
        return cls(initial=initial | {"requires": "、".join(row.requires), "excludes": "、".join(row.excludes)})

    def facts(self) -> ProjectFacts:
        """What was entered."""
        told = self.cleaned_data
        return ProjectFacts(
            priority=told["priority"],
            mandatory=told["mandatory"],
            earliest=told["earliest"],
            latest=told["latest"],
            cover=None if told["cover"] is None else int(told["cover"] * 1000),
            revenue={"yes": True, "no": False}.get(told["revenue"]),
            requires=codes(told["requires"]),
            excludes=codes(told["excludes"]),
        )


def codes(text: str) -> tuple[str, ...]:
    """Codes parted by commas, spaces or lines, each once."""
    for mark in "、，,；;\n\t":
        text = text.replace(mark, " ")
    return tuple(dict.fromkeys(text.split()))


def _steps(steps: Iterable[Step]) -> list[tuple[str, str]]:
    return [(step.value, wording.of(funds.STEPS, step.value, language=language())) for step in steps]


def _side(entry: Any) -> str:
    return str(entry.zh if language() == "zh" else entry.en)


def errors_of(form: forms.Form) -> Mapping[str, list[str]]:
    """What is wrong, by field, for the summary on top of a form."""
    return {name: [str(each) for each in found] for name, found in form.errors.items()}
