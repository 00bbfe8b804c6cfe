"""What a reviewer types or ticks, and what somebody asks of the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form
from alongside.apps.insight.rules.runs import FEWEST_THEMES, MOST_THEMES

DECISIONS = ("accept", "reject", "rename", "merge", "split", "move", "undo", "dissent")


@dataclass(frozen=True)
class Typed:
    """One decision as it was sent: what is decided, about which item, with which words."""

    decision: str
    item_id: UUID | None
    is_open: bool
    name: str
    reason: str
    into_id: UUID | None
    decision_id: UUID | None
    voice_ids: tuple[UUID, ...]


class UuidsField(forms.Field):
    """Any number of ids, as ticked boxes send them."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Sequence[str] | None) -> tuple[UUID, ...]:
        """Return the ids; raise ValidationError where one is none."""
        try:
            return tuple(UUID(one) for one in value or ())
        except ValueError as fault:
            raise forms.ValidationError(_("Tick the boxes on the page; these are not voices.")) from fault


class DecisionForm(Form):
    """Every decision of the review comes through this form."""

    decision = forms.ChoiceField(choices=[(one, one) for one in DECISIONS])
    item = forms.UUIDField(required=False)
    is_open = forms.BooleanField(required=False)
    name = forms.CharField(required=False, max_length=400)
    reason = forms.CharField(required=False, max_length=2000)
    into = forms.UUIDField(
        required=False, error_messages={"invalid": _("Choose a theme to merge into or move to.")}
    )
    decision_id = forms.UUIDField(required=False)
    voices = UuidsField(required=False)

    def get_typed(self) -> Typed:
        """Return what was typed, once the form is valid."""
        data: Mapping[str, Any] = self.cleaned_data
        return Typed(
            decision=data["decision"],
            item_id=data["item"],
            is_open=data["is_open"],
            name=data["name"],
            reason=data["reason"],
            into_id=data["into"],
            decision_id=data["decision_id"],
            voice_ids=data["voices"],
        )


class FindThemesForm(Form):
    """How to look for themes."""

    how_many = forms.ChoiceField(
        label=_("How many themes?"),
        choices=[("engine", _("Let the engine choose")), ("number", _("I want a number"))],
        widget=forms.RadioSelect,
        initial="engine",
    )
    themes = forms.IntegerField(
        label=_("Number of themes"),
        required=False,
        min_value=FEWEST_THEMES,
        max_value=MOST_THEMES,
        help_text=_("From 2 to 60. Only needed if you want a number."),
        error_messages={
            "min_value": _("Enter a number of themes from 2 to 60"),
            "max_value": _("Enter a number of themes from 2 to 60"),
        },
    )
    which = forms.ChoiceField(
        label=_("Which voices?"),
        choices=[
            ("new", _("Only those nobody has placed yet")),
            ("all", _("All of them, from the start. What people decided stays as it is")),
        ],
        widget=forms.RadioSelect,
        initial="new",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the number where somebody wants one."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("how_many") == "number" and not data.get("themes") and "themes" not in self.errors:
            self.add_error("themes", str(_("Enter a number of themes from 2 to 60")))
        return data

    def get_number(self) -> int | None:
        """Return the number asked for, or None where the engine chooses."""
        number: int | None = self.cleaned_data["themes"]
        return number if self.cleaned_data["how_many"] == "number" else None
