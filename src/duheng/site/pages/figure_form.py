"""The form for one figure by hand."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _

from duheng.collect import Doubt, Status
from duheng.collect.when import when
from duheng.site.actions.intake import Entry
from duheng.site.pages.frame import language
from duheng.site.queries import series_table

_FIELDS = {"number": "value", "vintage": "known"}  # where a doubt's rule has another name than its field


class FigureForm(forms.Form):
    """One figure with its bonds: what, where, when, how much, and from where and why."""

    indicator = forms.CharField(max_length=160)
    area = forms.CharField(max_length=120, required=False)
    measure = forms.ChoiceField(choices=lambda: [(name, name) for name in series_table.MEASURES])
    period = forms.CharField(max_length=40)
    value = forms.CharField(max_length=40)
    unit = forms.CharField(max_length=60, required=False)
    known = forms.DateField()
    status = forms.ChoiceField(choices=[(each.value, each.value) for each in Status])
    released = forms.BooleanField(required=False)
    source = forms.CharField(max_length=200)
    reason = forms.CharField(max_length=500)

    def clean_period(self) -> str:
        text = str(self.cleaned_data["period"])
        if when(text) is None:
            raise forms.ValidationError(_("This is no period. Write 2025, 2025-Q3, 2025-07 or 2025年1—9月."))
        return text

    def entry(self) -> Entry:
        """What was entered."""
        told = self.cleaned_data
        return Entry(**{name: told[name] for name in Entry.__slots__})

    def refuse(self, doubts: Iterable[Doubt]) -> None:
        """Set what the checks say beside the field they speak of."""
        side = 0 if language() == "zh" else 1
        for doubt in doubts:
            name = _FIELDS.get(doubt.rule, doubt.rule)
            self.add_error(name if name in self.fields else "value", doubt.message[side])
