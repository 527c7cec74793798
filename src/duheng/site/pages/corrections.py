"""The editor of a review item, by its kind: what was read, to be typed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duheng.plan.target import Target
from duheng.plan.verdict import Polarity
from duheng.site.actions.correction import Correction
from duheng.site.pages.frame import language
from duheng.site.queries import indicators, known, wording
from duheng.site.records.models import Indicator, Project, ReviewItem
from duheng.site.records.shape import target_of

_TYPED = ("at_least", "at_most", "exactly", "around", "range", "floor_with_stretch", "positive", "assigned")
_TWO = ("range", "floor_with_stretch")
_NONE = ("positive", "assigned")
_UNIT, _REASON = gettext_lazy("Unit"), gettext_lazy("Reason")


class Editor(forms.Form):
    """An editor: `correction` is what to store."""

    reason = forms.CharField(
        max_length=500,
        required=False,
        label=_REASON,
        help_text=gettext_lazy("May be empty; the doubt itself is kept as the reason."),
    )

    def __init__(self, *args: Any, row: Indicator | Project | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.order_fields([name for name in self.fields if name != "reason"])
        for field in self.fields.values():
            field.widget.attrs["class"] = "field"
        if not self.is_bound:
            self.initial = {**self.standing(), **self.initial}

    def standing(self) -> dict[str, Any]:
        """What stands now."""
        return {}

    def correction(self) -> Correction:
        """What was typed."""
        return Correction(reason=self.cleaned_data["reason"])


class NoteEditor(Editor):
    """For what has no field of its own: what was done about it, elsewhere."""

    reason = forms.CharField(max_length=500, label=gettext_lazy("What was corrected, and where"))


class TargetEditor(Editor):
    """A target typed again: its kind, value and unit."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of target"))
    value = forms.DecimalField(required=False, max_digits=30, label=gettext_lazy("Value"))
    value2 = forms.DecimalField(
        required=False,
        max_digits=30,
        label=gettext_lazy("Upper value"),
        help_text=gettext_lazy("For a range, or what is striven for."),
    )
    unit = forms.CharField(required=False, max_length=60, label=_UNIT)
    note = forms.CharField(required=False, max_length=200, label=gettext_lazy("Scope note"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        kind.choices = [(name, wording.of(wording.KINDS, name, language=language())) for name in _TYPED]  # type: ignore[attr-defined]

    def standing(self) -> dict[str, Any]:
        if not isinstance(self.row, Indicator):
            return {}
        aim = indicators.target(self.row.targets.latest("number"))
        return {"kind": aim.kind, "value": aim.value, "value2": aim.value2, "unit": aim.unit or self.row.unit, "note": aim.note}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind, value, value2 = data.get("kind"), data.get("value"), data.get("value2")
        if kind not in _NONE and value is None and "value" not in self.errors:
            self.add_error("value", _("This kind of target needs a number."))
        if kind in _TWO and value2 is None and "value2" not in self.errors:
            self.add_error("value2", _("This kind of target needs two numbers."))
        if kind == "range" and value is not None and value2 is not None and value > value2:
            self.add_error("value2", _("The upper value is below the lower one."))
        return data

    def correction(self) -> Correction:
        return Correction(target=self._target(), reason=self.cleaned_data["reason"])

    def _target(self) -> Target:
        data = self.cleaned_data
        entry = known.entry(self.row.code) if isinstance(self.row, Indicator) else None
        polarity = Polarity(entry.polarity) if entry else Polarity.NEUTRAL
        aim = target_of(
            kind=data["kind"],
            value=None if data["kind"] in _NONE else data["value"],
            value2=data["value2"] if data["kind"] in _TWO else None,
            note=data["note"] or None,
            text="",
            extra={"unit": data["unit"].strip(), "polarity": polarity.value},
        )
        return replace(aim, text=wording.target(replace(aim, note=None), unit=aim.unit, language="zh"))


class ActualEditor(Editor):
    """Last year's result, typed again."""

    actual_value = forms.DecimalField(max_digits=30, label=gettext_lazy("Last year's result"))
    actual_unit = forms.CharField(max_length=60, required=False, label=_UNIT)
    actual_period = forms.RegexField(
        r"^(\d{4}(-(Q[1-4]|H[12]|\d\d|end))?|\d{4}/\d{4})$",
        max_length=40,
        label=gettext_lazy("Its period"),
        help_text=gettext_lazy("Such as 2024, 2024-Q1, 2024-06 or 2021/2025."),
    )

    def standing(self) -> dict[str, Any]:
        names = ("actual_value", "actual_unit", "actual_period")
        return {name: getattr(self.row, name) for name in names} if self.row else {}

    def correction(self) -> Correction:
        data = self.cleaned_data
        changes = {name: data[name] for name in ("actual_value", "actual_unit", "actual_period")}
        value: Decimal = data["actual_value"]
        text = wording.quantity(value, data["actual_unit"], language="zh")
        return Correction(changes=changes | {"actual_text": text, "actual_comparator": "="}, reason=data["reason"])


class NameEditor(Editor):
    """The indicator of the catalog that a name means."""

    code = forms.CharField(max_length=80, label=gettext_lazy("Catalog code"))

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip()
        if code not in known.indicators():
            raise ValidationError(_("The catalog has no such code. Search for it by any of its names."))
        return code

    def correction(self) -> Correction:
        return Correction(changes={"code": self.cleaned_data["code"]}, reason=self.cleaned_data["reason"])


class StageEditor(Editor):
    """The stage a project has reached, and the one it aims at."""

    stage = forms.ChoiceField(label=gettext_lazy("Stage said"))
    aim = forms.ChoiceField(required=False, label=gettext_lazy("Aim this year"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [(name, wording.of(wording.STAGES, name, language=language())) for name in wording.STAGES]
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]
        self.fields["aim"].choices = [("", _("none stated")), *stages[:-1]]  # type: ignore[attr-defined]

    def standing(self) -> dict[str, Any]:
        return {"stage": self.row.stage, "aim": self.row.aim or ""} if isinstance(self.row, Project) else {}

    def correction(self) -> Correction:
        data = self.cleaned_data
        return Correction(changes={"stage": data["stage"], "aim": data["aim"] or None}, reason=data["reason"])


_EDITORS: Mapping[str, type[Editor]] = {
    "target": TargetEditor,
    "actual": ActualEditor,
    "indicator_name": NameEditor,
    "stage": StageEditor,
    "project": StageEditor,
}


def editor(item: ReviewItem, row: Indicator | Project | None, data: Mapping[str, Any] | None = None) -> Editor:
    """The item's own editor; where it has none, or what it is about is gone, a note of what was done."""
    made = _EDITORS.get(item.kind, NoteEditor)
    if row is None and made not in (TargetEditor, NameEditor):
        made = NoteEditor
    return made(data, row=row, auto_id=f"e{item.pk}-%s", label_suffix="")
