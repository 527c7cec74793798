"""Forms, each with the remedy beside the field that needs it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duheng.plan.target import Target
from duheng.plan.verdict import Polarity
from duheng.plan.wording import parse_target
from duheng.site.pages.frame import language
from duheng.site.queries import indicators, known, wording
from duheng.site.records.models import Indicator, Project

_LONG = 500


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


class TargetForm(forms.Form):
    """A target in the words that a report would use; duheng reads them as it reads a report."""

    text = forms.CharField(max_length=200)
    note = forms.CharField(max_length=200, required=False)
    reason = forms.CharField(max_length=_LONG, widget=_area())

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator

    @classmethod
    def of(cls, indicator: Indicator) -> TargetForm:
        """The form with what stands now."""
        aim = indicators.target(indicator.targets.latest("number"))
        words = wording.target(replace(aim, note=None), unit=indicator.unit, language="zh")
        return cls(initial={"text": words, "note": aim.note or ""}, indicator=indicator)

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if self._read(text) is None:
            raise ValidationError(_("This is not understood. Write it as in the examples above."))
        return text

    def target(self) -> Target:
        """The target that the words mean."""
        read = self._read(self.cleaned_data["text"])
        assert read is not None
        return replace(read, note=self.cleaned_data["note"] or read.note)

    def _read(self, text: str) -> Target | None:
        entry = known.entry(self.indicator.code)
        polarity = Polarity(entry.polarity) if entry else Polarity.NEUTRAL
        return parse_target(text, unit=self.indicator.unit, polarity=polarity)


class IndicatorForm(forms.Form):
    """What else of an indicator may need correcting."""

    code = forms.CharField(max_length=80, required=False)
    nature = forms.ChoiceField(
        choices=lambda: [(name, wording.of(wording.NATURES, name, language=language())) for name in wording.NATURES]
    )
    actual_value = forms.DecimalField(required=False, max_digits=30)
    actual_unit = forms.CharField(max_length=60, required=False)
    actual_period = forms.RegexField(r"^(\d{4}(-(Q[1-4]|H[12]|\d\d|end))?|\d{4}/\d{4})?$", max_length=40, required=False)
    reason = forms.CharField(max_length=_LONG, widget=_area())

    @classmethod
    def of(cls, indicator: Indicator) -> IndicatorForm:
        """The form with what stands now."""
        names = ("code", "nature", "actual_value", "actual_unit", "actual_period")
        return cls(initial={name: getattr(indicator, name) for name in names})

    def clean_code(self) -> str | None:
        code = str(self.cleaned_data["code"]).strip()
        if code and code not in known.indicators():
            raise ValidationError(_("The catalog has no such code. Choose one from the list, or leave it empty."))
        return code or None

    def changes(self) -> dict[str, Any]:
        """The fields to be set."""
        found = {name: self.cleaned_data[name] for name in ("code", "nature", "actual_value", "actual_unit", "actual_period")}
        if found["actual_value"] is None:
            found |= {"actual_unit": "", "actual_period": "", "actual_comparator": "", "actual_text": ""}
        elif not isinstance(found["actual_value"], Decimal):
            found["actual_value"] = Decimal(found["actual_value"])
        return found


class ProjectForm(forms.Form):
    """What of a project may need correcting."""

    name = forms.CharField(max_length=255)
    aliases = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    stage = forms.ChoiceField(choices=lambda: _stages())
    aim = forms.ChoiceField(choices=lambda: [("", _("none stated")), *_stages()[:-1]], required=False)
    group = forms.CharField(max_length=255, required=False)
    reason = forms.CharField(max_length=_LONG, widget=_area())

    @classmethod
    def of(cls, project: Project) -> ProjectForm:
        """The form with what stands now."""
        initial = {name: getattr(project, name) for name in ("name", "stage", "aim", "group")}
        return cls(initial={**initial, "aliases": "\n".join(project.aliases)})

    def changes(self) -> dict[str, Any]:
        """The fields to be set; one alias a line."""
        data = self.cleaned_data
        aliases = [line.strip() for line in data["aliases"].splitlines() if line.strip()]
        return {
            "name": data["name"],
            "aliases": list(dict.fromkeys(aliases)),
            "stage": data["stage"],
            "aim": data["aim"] or None,
            "group": data["group"],
        }


class UploadForm(forms.Form):
    """One or several reports that make one plan."""

    LIMIT = 50 << 20
    too_large = gettext_lazy("This file is larger than 50 MB. Remove its pictures, or save it as .docx, and try again.")


def _stages() -> list[tuple[str, str]]:
    return [(name, wording.of(wording.STAGES, name, language=language())) for name in wording.STAGES]
