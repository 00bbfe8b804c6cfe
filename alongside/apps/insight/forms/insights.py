"""Forms about insights and their evidence; they check input and never save."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form
from alongside.apps.insight.operations import Figure, InsightText
from alongside.apps.insight.queries import ANSWERS, KINDS


class InsightForm(Form):
    """What an insight says."""

    statement = forms.CharField(
        label=_("Statement"),
        max_length=400,
        help_text=_("One sentence somebody can act on, in plain words."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write the statement: one sentence others can act on"),
            "max_length": _("Use 400 characters or fewer for the statement"),
        },
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(value, str(label).capitalize()) for value, label in KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is: an experience, a wish, a priority or a need")},
    )
    themes = forms.MultipleChoiceField(
        label=_("Which themes does it come from?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one theme")},
    )
    limits = forms.CharField(
        label=_("Limits"),
        required=False,
        help_text=_(
            "Who was not heard, and what these voices cannot tell. Needed before somebody can stand behind it."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, themes: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["themes"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(themes)

    def get_text(self) -> InsightText:
        """Return what was typed, once the form is valid."""
        data = self.cleaned_data
        return InsightText(data["statement"], data["kind"], data["limits"], tuple(data["themes"]))


class FigureForm(Form):
    """A number or a rating with its definition."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("number", _("A number")), ("rating", _("Ratings, as a mean or a share"))],
        widget=forms.RadioSelect,
        initial="number",
    )
    value = forms.DecimalField(
        label=_("Value"),
        max_digits=14,
        decimal_places=4,
        error_messages={"invalid": _("Enter a number such as 12.5")},
    )
    unit = forms.CharField(
        label=_("Unit"), max_length=60, required=False, help_text=_("For example: weeks, %, out of 5")
    )
    low = forms.DecimalField(
        label=_("From"),
        max_digits=14,
        decimal_places=4,
        required=False,
        help_text=_("Lower end of the 95% interval"),
    )
    high = forms.DecimalField(
        label=_("To"),
        max_digits=14,
        decimal_places=4,
        required=False,
        help_text=_("Upper end of the 95% interval"),
    )
    people = forms.IntegerField(label=_("How many people is it about?"), min_value=0, required=False)
    definition = forms.CharField(
        label=_("What exactly does it count?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: median weeks from referral to first appointment, April to June 2026"),
    )
    source_note = forms.CharField(label=_("Where does it come from?"), max_length=300, required=False)

    def get_figure(self) -> Figure:
        """Return what was typed, once the form is valid."""
        data = self.cleaned_data
        return Figure(
            value=data["value"],
            low=data["low"],
            high=data["high"],
            unit=data["unit"],
            people=data["people"],
            definition=data["definition"],
            source_note=data["source_note"],
        )


class QuoteForm(Form):
    """Which words of a voice: a sentence by its place, or words pasted from it."""

    sentence = forms.CharField(required=False, max_length=40)
    words = forms.CharField(required=False, max_length=10_000, strip=True)

    def get_place(self) -> tuple[int, int] | None:
        """Return the place of the chosen sentence, or None where words were pasted or nothing was chosen."""
        start, _dash, end = self.cleaned_data["sentence"].partition("-")
        if self.cleaned_data["words"] or not (start.isdecimal() and end.isdecimal()):
            return None
        return int(start), int(end)


class ReasonForm(Form):
    """A reason in a sentence or two."""

    reason = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class ConfirmationForm(Form):
    """What a patient partner says about an insight."""

    answer = forms.ChoiceField(
        label=_("Does this say what patients meant?"),
        choices=[(value, str(label).capitalize()) for value, label in ANSWERS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes, partly or no")},
    )
    note = forms.CharField(
        label=_("What is missing or wrong?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who sees the insight sees this, with your name."),
    )


class ListForm(Form):
    """Filters of the lists of themes and insights, from the query string."""

    q = forms.CharField(required=False, max_length=200)
    kind = forms.CharField(required=False, max_length=20)
    state = forms.CharField(required=False, max_length=20)
    confirmed = forms.CharField(required=False, max_length=20)
    engagement = forms.UUIDField(required=False)
    used = forms.CharField(required=False, max_length=10)

    def value(self, name: str) -> Any:
        """Return a filter's value, or nothing where it was not one."""
        self.is_valid()
        return self.cleaned_data.get(name)


class BackForm(ListForm):
    """Which theme or insight somebody came from, as the page they left says."""

    theme = forms.UUIDField(required=False)
    insight = forms.UUIDField(required=False)
