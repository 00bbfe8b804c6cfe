"""Writing an agreement: first who and what kind, then its words, field by field as the rule set asks."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.apps.agreements.models import Agreement
from alongside.apps.agreements.operations import AgreementPlan
from alongside.apps.base.forms import DateParts, Form
from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.money import read_money
from alongside.science.values.rules import PaperField

PREFIX = "answer_"


class PartyForm(Form):
    """Which kind of agreement, and in which capacity the other side signs."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of agreement is it?"),
        choices=Agreement.Kind.choices,
        widget=forms.RadioSelect,
    )
    capacity = forms.ChoiceField(
        label=gettext_lazy("Who is the other side?"),
        choices=[
            ("organisation", gettext_lazy("An organisation")),
            ("representing", gettext_lazy("An organisation, for which somebody speaks with its mandate")),
            ("themselves", gettext_lazy("A person who speaks for themselves")),
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("This belongs to the agreement, not to the person. It decides who is paid."),
    )
    partner = forms.CharField(
        label=gettext_lazy("Which organisation?"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("A part of its name. Leave empty for a person who speaks for themselves."),
    )


class MoneyField(forms.CharField):
    """An amount as people write it, in pence once cleaned."""

    def clean(self, value: object) -> int | None:
        words = super().clean(value).strip()
        if not words:
            return None
        try:
            return read_money(words, column=str(self.label))
        except Refused as refusal:
            raise forms.ValidationError(refusal.reason) from refusal


class PaperForm(Form):
    """What an agreement says. Fields a rule set asks for are added, each under its own heading."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("What it is about, in words that somebody outside understands"),
    )
    starts_on = forms.DateField(
        label=gettext_lazy("From when?"),
        widget=DateParts,
        help_text=gettext_lazy("It must be certified and signed by then. For example, 27 3 2027"),
    )
    ends_on = forms.DateField(label=gettext_lazy("Until when?"), widget=DateParts)
    amount = MoneyField(
        label=gettext_lazy("Amount in pounds"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("The most that may be paid under it. Leave empty where no money is given."),
    )
    in_kind_description = forms.CharField(
        label=gettext_lazy("What is given in kind?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Rooms, time, goods. Leave empty where nothing is."),
    )
    in_kind_value = MoneyField(
        label=gettext_lazy("Its value in pounds"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Leave empty where no value can be put on it."),
    )
    review_on = forms.DateField(
        label=gettext_lazy("When shall we look at it again?"),
        widget=DateParts,
        required=False,
        help_text=gettext_lazy("For agreements that run long"),
    )

    def __init__(
        self,
        *args: object,
        asked: Sequence[PaperField],
        groups: Sequence[tuple[str, str]],
        answers: Mapping[str, str] | None = None,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._asked, self._groups = asked, groups
        for one in asked:
            self.fields[PREFIX + one.key] = _draw(one, (answers or {}).get(one.key, ""))
        self.name_messages()

    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """Return the fields of the rule set under the headings of their groups."""
        return [
            (heading, fields)
            for group, heading in self._groups
            if (fields := [self[PREFIX + one.key] for one in self._asked if one.group == group])
        ]

    def show_refusal(self, refusal: Refused) -> None:
        """Show a refusal beside the field it is about, whichever name the operation gave it."""
        name = PREFIX + refusal.field if PREFIX + refusal.field in self.fields else refusal.field
        self.add_error(name if name in self.fields else None, refusal.reason)

    def plan(
        self, *, kind: str, capacity: str, organisation_id: UUID | None, person_id: UUID | None
    ) -> AgreementPlan:
        """Return what was typed as a plan."""
        data = self.cleaned_data
        return AgreementPlan(
            kind=kind,
            capacity=capacity,
            title=data["title"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            organisation_id=organisation_id,
            person_id=person_id,
            amount_pence=data["amount"],
            in_kind_description=data["in_kind_description"],
            in_kind_value_pence=data["in_kind_value"],
            review_on=data["review_on"],
            fields={one.key: _as_answer(data[PREFIX + one.key]) for one in self._asked},
        )


class RevisedPaperForm(PaperForm):
    """Another version: the same, with what changes and why."""

    why = forms.CharField(
        label=gettext_lazy("What changes, and why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The partner reads this too."),
    )
    from_version = forms.IntegerField(widget=forms.HiddenInput)


def _as_answer(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


def _draw(one: PaperField, answer: str) -> forms.Field:
    """Return the form field that asks for an answer; what the paper must say is asked for, and not forced yet."""
    need = _("Needed before it can be certified") if one.is_required else ""
    help_text = ". ".join(part for part in (one.help.rstrip("."), need) if part)
    if one.answer == "yes_no":
        return forms.BooleanField(
            label=one.label, required=False, initial=answer == "yes", help_text=help_text
        )
    if one.answer == "choice":
        return forms.ChoiceField(
            label=one.label, choices=one.choices, required=False, widget=forms.RadioSelect, initial=answer,
            help_text=help_text,
        )  # fmt: skip
    if one.answer == "date":
        return forms.DateField(
            label=one.label, required=False, widget=DateParts, initial=answer, help_text=help_text
        )
    widget = forms.Textarea(attrs={"rows": 3}) if one.answer == "long" else forms.TextInput()
    return forms.CharField(
        label=one.label, required=False, max_length=8000, widget=widget, initial=answer, help_text=help_text
    )
