"""More forms of a project of the pool: the plan of a year, what the project is, banks, documents."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duheng import pattern as re
from duheng.plan.pool import Onset, YearPlan
from duheng.site.actions import pool_life
from duheng.site.actions.intake import Sent
from duheng.site.pages.frame import language
from duheng.site.pages.pool_forms import WAN, PoolForm, Telling, amount, choice, day, fen, text, wan
from duheng.site.queries import pool, pool_facts
from duheng.site.queries.pool_project import Shown

_LONG = 500
_LARGEST = 50 * 1024 * 1024  # bytes of a document
_MONTHS = 12


def _own(words: tuple[str, str]) -> str:
    return words[0 if language() == "zh" else 1]


class YearForm(PoolForm):
    """What the project is to invest in the year shown, out of what, and by when."""

    what, title = "year", gettext_lazy("Plan the year's money")
    planned = amount(gettext_lazy("Planned for the year (10,000 yuan)"))
    onset = forms.ChoiceField(
        label=gettext_lazy("New or continued"), required=False, widget=forms.Select(attrs={"class": "field"}),
        choices=lambda: [("", _("not said")), *((code, _own(words)) for code, words in pool.ONSETS.items())],
    )  # fmt: skip
    sources = text(
        gettext_lazy("Out of what money (10,000 yuan)"), longest=2000, rows=3,
        help_text=gettext_lazy("One a line: the kind of money and its amount, as 专项债券 3000."),
    )  # fmt: skip
    monthly = text(
        gettext_lazy("Plan of the months (10,000 yuan)"), longest=1000, rows=2,
        help_text=gettext_lazy("Twelve amounts, each cumulative since January; paste them from a sheet. Empty: by the calendar."),
    )  # fmt: skip
    reason = text(gettext_lazy("Reason, or the paper that changed it"), longest=_LONG)

    def first(self, shown: Shown) -> dict[str, Any]:
        plan = shown.plan
        if plan is None:
            return {}
        sources = [
            f"{_own(pool_facts.words('fund_sources').get(name, (name, name)))} {wan(value)}"
            for name, value in (plan.sources or {}).items()
        ]
        return {
            "planned": wan(plan.planned),
            "onset": plan.onset.value if plan.onset else "",
            "sources": "\n".join(sources),
            "monthly": " ".join(wan(value) for value in plan.monthly or ()),
        }

    def clean_sources(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for line in filter(None, (line.strip() for line in self.cleaned_data["sources"].splitlines())):
            said = re.fullmatch(r"(.+?)[\s:：]+([\d.,，]+)", line)
            value = _number(said[2]) if said else None
            if said is None or value is None:
                raise forms.ValidationError(
                    _("“{line}” is not a kind of money and its amount; write it as 专项债券 3000.").format(line=line[:60])
                )
            found[pool_facts.source(said[1])] = value
        return found

    def clean_monthly(self) -> tuple[int, ...] | None:
        parts = self.cleaned_data["monthly"].replace("，", " ").split()
        if not parts:
            return None
        values = [_number(part) for part in parts]
        if len(values) != _MONTHS or None in values:
            raise forms.ValidationError(_("There must be twelve amounts and nothing else; {n} were read.").format(n=len(values)))
        told = tuple(value for value in values if value is not None)
        if any(later < earlier for earlier, later in pairwise(told)):
            raise forms.ValidationError(_("They must never fall: each is cumulative since January."))
        return told

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        planned, sources, monthly = fen(told.get("planned")), told.get("sources"), told.get("monthly")
        if not self.errors and planned is not None:
            if sources and sum(sources.values()) > planned:
                self.add_error("sources", _("Together they are more than what is planned for the year."))
            if monthly and monthly[-1] != planned:
                self.add_error(
                    "monthly", _("December must be what is planned for the year ({amount}).").format(amount=wan(planned))
                )
        return told

    def tell(self, telling: Telling) -> None:
        told = self.cleaned_data
        plan = YearPlan(
            year=self.shown.year, planned=fen(told["planned"]), onset=Onset(told["onset"]) if told["onset"] else None,
            sources=told["sources"] or None, monthly=told["monthly"],
        )  # fmt: skip
        pool_life.plan_year(**telling.asked, plan=plan, reason=told["reason"])


def _number(said: str) -> int | None:
    """An amount in 万元 as fen; None where it is none."""
    try:
        value = Decimal(said.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return round(value * WAN) if value.is_finite() and value >= 0 else None


class FactsForm(PoolForm):
    """What the project is."""

    what, title = "facts", gettext_lazy("Correct what is said of it")
    name = text(gettext_lazy("Project name"), longest=255, required=True)
    approval_code = text(gettext_lazy("Approval platform's code"), longest=60)
    approval = forms.ChoiceField(
        label=gettext_lazy("Kind of approval"), required=False, widget=forms.Select(attrs={"class": "field"}),
        choices=lambda: [("", _("not said")), *((code, _own(words)) for code, words in pool.APPROVALS.items())],
    )  # fmt: skip
    owner = text(gettext_lazy("Owner (legal person)"))
    office = text(gettext_lazy("Responsible office"))
    place = text(gettext_lazy("Place"), longest=120)
    sector = text(gettext_lazy("Sector"), longest=80)
    nature = text(gettext_lazy("Nature of works"), longest=40)
    group = text(gettext_lazy("Group"))
    total = amount(gettext_lazy("Total investment (10,000 yuan)"))
    begins = day(gettext_lazy("Start"))
    ends = day(gettext_lazy("End"))
    content = text(gettext_lazy("What is built"), longest=5000, rows=3)
    reason = text(gettext_lazy("Reason"), longest=_LONG, required=True, help_text=gettext_lazy("Shown in the history."))

    def first(self, shown: Shown) -> dict[str, Any]:
        project = shown.project
        return {name: getattr(project, name) for name in self.base_fields if name not in ("total", "reason")} | {
            "total": wan(project.total)
        }

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("begins") and told.get("ends") and told["ends"] < told["begins"]:
            self.add_error("ends", _("It would end before it starts."))
        if not self.errors and not self._changed():
            raise forms.ValidationError(_("Nothing is changed."))
        return told

    def _changed(self) -> dict[str, Any]:
        """The columns whose value is another than before."""
        told = {**self.cleaned_data, "total": fen(self.cleaned_data["total"])}
        return {name: value for name, value in told.items() if name != "reason" and getattr(self.shown.project, name) != value}

    def tell(self, telling: Telling) -> None:
        pool_life.describe(**telling.asked, facts=self._changed(), reason=self.cleaned_data["reason"])


class BankForm(PoolForm):
    """A bank that the project was taken into."""

    what, title = "bank", gettext_lazy("Enter a bank")
    bank = choice(gettext_lazy("Bank"), "banks")
    since = day(gettext_lazy("Since"), required=True)

    def tell(self, telling: Telling) -> None:
        pool_life.enter_bank(**telling.asked, bank=self.cleaned_data["bank"], since=self.cleaned_data["since"])


class PaperForm(PoolForm):
    """A document of the project."""

    what, title = "paper", gettext_lazy("Attach a document")
    file = forms.FileField(label=gettext_lazy("File"), max_length=255, widget=forms.FileInput(attrs={"class": "field"}))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > _LARGEST:
            raise forms.ValidationError(_("The file is larger than 50 MB; attach a smaller one."))
        return file

    def tell(self, telling: Telling) -> None:
        file = self.cleaned_data["file"]
        pool_life.attach(**telling.asked, paper=Sent(name=Path(file.name).name, data=file.read()))


class PublicForm(PoolForm):
    """Whether anybody may see the project, as an opportunity."""

    what, title = "public", gettext_lazy("Change who may see it")
    public = forms.BooleanField(label=gettext_lazy("Anybody may see it, as an opportunity"), required=False)

    def first(self, shown: Shown) -> dict[str, Any]:
        return {"public": shown.project.public}

    def tell(self, telling: Telling) -> None:
        pool_life.mark_public(**telling.asked, public=self.cleaned_data["public"])
