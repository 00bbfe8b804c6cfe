"""A contact, the end of one, a list and its columns, two that become one, what a partner asks for and our answer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.partnership.models import ChangeRequest, ContactImport, ContactPerson
from alongside.apps.partnership.rules.contacts import ContactPlan
from alongside.apps.partnership.rules.list_columns import MEANINGS, ListColumns

EXAMPLE = _("For example, 27 3 2026")
LABELS = {
    "organisation": _("Organisation"),
    "organisation_kind": _("Kind of organisation"),
    "identifier": _("Official number, such as a charity’s"),
    "website": _("Website"),
    "reach": _("Whom it reaches"),
    "conditions": _("Conditions"),
    "nation": _("Nation"),
    "name": _("Contact’s name"),
    "role_words": _("Contact’s role"),
    "email": _("E-mail address"),
    "phone": _("Telephone"),
    "preferred_way": _("How they prefer to be reached"),
    "language": _("Language"),
    "mandated_from": _("Mandated from"),
    "mandated_until": _("Mandated until"),
    "is_main": _("Main contact: yes or no"),
    "on": _("Date"),
    "kind": _("Kind: meeting, call, visit …"),
    "title": _("What it was, in a few words"),
    "notes": _("Notes"),
    "contact": _("Contact’s name or e-mail address"),
}
ORDERS = [
    ("dmy", _("Day, month, year: 31/12/2026")),
    ("mdy", _("Month, day, year: 12/31/2026")),
    ("ymd", _("Year, month, day: 2026-12-31")),
]
WAYS = [("", _("No preference known")), *((key, capfirst(words)) for key, words in ContactPerson.Way.choices)]
LANGUAGES = [("", _("Not known")), ("en", _("English")), ("cy", _("Welsh"))]


class ContactForm(Form):
    """Ask who a contact is, how to reach them, and whether they speak for their organisation."""

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Enter the contact’s name")}
    )
    role_words = forms.CharField(
        label=_("Role"), max_length=120, required=False, help_text=_("What they do there, in their own words")
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    preferred_way = forms.ChoiceField(label=_("How they prefer to be reached"), choices=WAYS, required=False)
    language = forms.CharField(
        label=_("Language"),
        max_length=10,
        required=False,
        help_text=_("A code: en for English, cy for Welsh"),
    )
    is_main = forms.BooleanField(
        label=_("Main contact"),
        required=False,
        help_text=_("Whoever was it before becomes one like the others"),
    )
    mandated_from = forms.DateField(
        label=_("Mandated to represent the organisation from"),
        widget=DateParts,
        required=False,
        help_text=_("Leave empty where they are a contact and nothing more. For example, 27 3 2026"),
    )
    mandated_until = forms.DateField(
        label=_("Until"), widget=DateParts, required=False, help_text=_("Empty: until further notice")
    )
    person_id = forms.TypedChoiceField(
        label=_("Their account here"), choices=(), required=False, coerce=UUID, empty_value=None
    )
    source = forms.CharField(
        label=_("Where these details came from"),
        max_length=200,
        required=False,
        help_text=_("For example, given by themselves on 27 March 2026"),
    )

    def offer_accounts(self, people: Sequence[tuple[UUID, str]]) -> None:
        """Offer the accounts of the organisation; without any, do not ask."""
        if not people:
            del self.fields["person_id"]
            return
        field: Any = self.fields["person_id"]
        field.choices = [("", _("None")), *((str(person_id), name) for person_id, name in people)]

    @property
    def plan(self) -> ContactPlan:
        """Return what was typed."""
        return ContactPlan(**self.cleaned_data)


class EndContactForm(Form):
    """Ask from which day somebody is no contact any more."""

    ended_on = forms.DateField(label=_("Their last day as a contact"), widget=DateParts, help_text=EXAMPLE)


class ListUploadForm(Form):
    """Choose a list and say what it holds."""

    kind = forms.ChoiceField(
        label=_("What does the file hold?"),
        choices=[(key, capfirst(words)) for key, words in ContactImport.Kind.choices],
        widget=forms.RadioSelect,
        initial=ContactImport.Kind.CONTACTS,
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("A table (CSV or XLSX) with names of columns in its first row, up to 50 MB"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.xlsx,.xlsm"}),
    )


class ListColumnsForm(Form):
    """Say what the columns of a list mean. The columns are offered when the file is known."""

    date_order = forms.ChoiceField(
        label=_("How dates are written"),
        choices=ORDERS,
        initial="dmy",
        help_text=_("A year written first is understood in every order"),
    )

    def offer_columns(self, kind: str, columns: Sequence[str]) -> None:
        """Offer the columns of the file for every meaning."""
        self.meanings = list(MEANINGS[kind])
        choices = [("", _("No such column")), *((column, column) for column in columns)]
        for meaning in self.meanings:
            self.fields[meaning] = forms.ChoiceField(label=LABELS[meaning], choices=choices, required=False)

    @property
    def choice(self) -> ListColumns:
        """Return what was chosen."""
        pairs = tuple((meaning, self.cleaned_data[meaning]) for meaning in self.meanings)
        return ListColumns(pairs, self.cleaned_data["date_order"])


class JoinForm(Form):
    """Ask which of two stays, and why they are one."""

    keep = forms.ChoiceField(label=_("Which one stays?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why are they one?"),
        max_length=300,
        required=False,
        help_text=_("One sentence, kept with the merge"),
    )

    def offer_sides(self, sides: Sequence[tuple[UUID, str]]) -> None:
        """Offer both to be kept."""
        field: Any = self.fields["keep"]
        field.choices = [(str(side_id), name) for side_id, name in sides]


class AskChangeForm(Form):
    """Ask, as a partner, for a change in what is held about the organisation."""

    about = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[(key, capfirst(words)) for key, words in ChangeRequest.About.choices],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What should change?"),
        help_text=_("In your own words: what it says now, and what is right"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerChangeForm(Form):
    """Answer a partner who asked for a change."""

    outcome = forms.ChoiceField(
        label=_("What did you do?"),
        choices=[("done", _("I changed it")), ("declined", _("I did not change it"))],
        widget=forms.RadioSelect,
    )
    what_changed = forms.CharField(
        label=_("What was changed"),
        help_text=_("From what to what. The partner reads this."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("The partner reads this. Where you did not change it, say why."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
