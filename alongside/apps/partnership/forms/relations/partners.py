"""Forms about partners and how relationships with them are kept; they check input and never save."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.money import read_money
from alongside.apps.partnership.operations.relations import RelationshipPlan
from alongside.apps.people.operations import IncomeTerms, OrganisationDetails
from alongside.apps.people.queries import (
    Identifier,
    OrganisationPage,
    list_identifier_schemes,
    list_organisation_kinds,
)

Choices = Sequence[tuple[UUID, str]]
EMPTY_NUMBERS = 3
EXAMPLE_DAY = _("For example, 27 3 2026")


def area(rows: int) -> forms.Textarea:
    """Return a box of so many rows."""
    return forms.Textarea(attrs={"rows": rows})


def choose(form: Form, name: str, choices: Iterable[tuple[object, object]]) -> None:
    """Give a field its choices, known only when the form is shown."""
    found = form.fields[name]
    if isinstance(found, forms.ChoiceField):
        found.choices = [(str(value), str(label)) for value, label in choices]


def _partner_kinds() -> list[tuple[str, str]]:
    return [(value, words) for value, words in list_organisation_kinds().items() if value != "own"]


class NewPartnerForm(Form):
    """A partner, in as few words as one needs to begin."""

    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter the organisation's name")}
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=_partner_kinds,
        error_messages={"required": _("Choose what kind of organisation it is")},
    )
    purpose = forms.CharField(label=_("What it does"), required=False, widget=area(3))
    reach = forms.CharField(label=_("Whom it reaches"), max_length=200, required=False)
    nation = forms.CharField(
        label=_("Nation"), max_length=40, required=False, help_text=_("For example, Wales")
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Enter an address such as https://example.org")},
    )


class DetailsForm(NewPartnerForm):
    """What an organisation is."""

    conditions = forms.CharField(
        label=_("Conditions"), max_length=300, required=False, help_text=_("With commas between them")
    )
    membership = forms.IntegerField(label=_("How many members?"), min_value=0, required=False)
    independence_policy_url = forms.URLField(
        label=_("Address of its independence policy"),
        required=False,
        assume_scheme="https",
        help_text=_("Where it says how it stays free of those who fund it"),
        error_messages={"invalid": _("Enter an address such as https://example.org")},
    )
    is_public = forms.BooleanField(
        label=_("It may be named where we list our partners"),
        required=False,
        help_text=_("The public register names whom we fund in any case."),
    )
    field_order = [
        "name", "kind", "purpose", "conditions", "reach", "membership", "nation", "website",
        "independence_policy_url", "is_public",
    ]  # fmt: skip

    @staticmethod
    def initial_of(page: OrganisationPage) -> dict[str, object]:
        """Return what stands in the form before anybody types."""
        return {name: getattr(page, name) for name in DetailsForm.field_order}

    def details(self) -> OrganisationDetails:
        """Return what was typed."""
        return OrganisationDetails(**{name: self.cleaned_data[name] for name in self.field_order})


class IdentifiersForm(Form):
    """An organisation's numbers on official lists: those it has, and a few empty rows."""

    def __init__(self, *args: Any, there: Sequence[Identifier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schemes = [(one.code, f"{one.code} · {one.name}") for one in list_identifier_schemes().values()]
        known = {code for code, _words in schemes}
        schemes += [(one.scheme, one.scheme) for one in there if one.scheme not in known]
        self.numbers = range(1, len(there) + EMPTY_NUMBERS + 1)
        for number in self.numbers:
            here = there[number - 1] if number <= len(there) else None
            self.fields[f"scheme_{number}"] = forms.ChoiceField(
                label=_now("List"),
                choices=[("", _now("Choose a list")), *schemes],
                required=False,
                initial=here.scheme if here else "",
            )
            self.fields[f"number_{number}"] = forms.CharField(
                label=_now("Number there"), required=False, max_length=60, initial=here.number if here else ""
            )
        self.name_messages()

    @property
    def rows(self) -> list[tuple[object, object]]:
        """Return the fields row by row, to be drawn."""
        return [(self[f"scheme_{number}"], self[f"number_{number}"]) for number in self.numbers]

    def clean(self) -> dict[str, Any]:
        """Refuse half a row."""
        data = super().clean() or self.cleaned_data
        for number in self.numbers:
            scheme, written = data.get(f"scheme_{number}"), data.get(f"number_{number}")
            if scheme and not written:
                self.add_error(f"number_{number}", _now("Enter the number, or take the list out"))
            if written and not scheme:
                self.add_error(f"scheme_{number}", _now("Choose the list this number stands on"))
        return data

    def identifiers(self) -> list[tuple[str, str]]:
        """Return the rows that were filled."""
        data = self.cleaned_data
        rows = [(data[f"scheme_{number}"], data[f"number_{number}"]) for number in self.numbers]
        return [row for row in rows if row[0]]


class IncomeForm(Form):
    """An organisation's whole income in one year."""

    year_ends_on = forms.DateField(
        label=_("Last day of its financial year"), widget=DateParts, help_text=_("For example, 31 3 2026")
    )
    amount = forms.CharField(
        label=_("Whole income in pounds"), max_length=30, help_text=_("For example, 182,400")
    )
    source = forms.CharField(
        label=_("Where did you read it?"),
        max_length=300,
        help_text=_("For example: annual return on the charity register"),
    )

    def clean_amount(self) -> int:
        """Return the amount in pence."""
        try:
            return read_money(self.cleaned_data["amount"], column=_now("Whole income in pounds"))
        except Refused as refusal:
            raise forms.ValidationError(refusal.reason) from refusal

    def terms(self) -> IncomeTerms:
        """Return what was typed."""
        data = self.cleaned_data
        return IncomeTerms(data["year_ends_on"], data["amount"], data["source"])


class RelationshipForm(Form):
    """How a relationship is kept."""

    lead = forms.TypedChoiceField(
        label=_("Who of us leads it?"), coerce=UUID, empty_value=None, required=False
    )
    purpose = forms.CharField(label=_("What is it for?"), required=False, widget=area(3), max_length=2000)
    contact_every_days = forms.IntegerField(
        label=_("Contact at least every … days"), min_value=1, max_value=730, initial=90
    )
    review_on = forms.DateField(
        label=_("When do we look at it again?"), widget=DateParts, required=False, help_text=EXAMPLE_DAY
    )

    def __init__(self, *args: Any, leads: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "lead", [("", _now("Nobody yet")), *leads])

    def plan(self) -> RelationshipPlan:
        """Return what was typed."""
        data = self.cleaned_data
        return RelationshipPlan(data["lead"], data["purpose"], data["contact_every_days"], data["review_on"])


class LaterForm(Form):
    """From when the start page speaks of a relationship again."""

    until = forms.DateField(label=_("Remind me from"), widget=DateParts, help_text=EXAMPLE_DAY)
