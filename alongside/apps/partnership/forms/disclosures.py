"""Forms about disclosure: they check input and never save."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.base.rules.money import read_money
from alongside.apps.partnership.operations.disclosures.correcting import RightEntry
from alongside.apps.partnership.rules.disclosure_content import NoteSection


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class BackForm(Form):
    """Why a year goes back."""

    words = forms.CharField(label=_("What must change?"), widget=_text(4))


class AnswerForm(Form):
    """What an organisation says about its rows."""

    answer = forms.ChoiceField(
        label=_("Is this right?"),
        choices=[("right", _("Yes, this is right")), ("look", _("No, please look at this"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What should we look at?"),
        required=False,
        widget=_text(4),
        help_text=_("For example: the second amount was paid to us in January, not in December."),
    )


class ReplyForm(Form):
    """Our answer to an organisation."""

    words = forms.CharField(
        label=_("What did you do about it, or why not?"),
        widget=_text(4),
        help_text=_("The organisation reads it."),
    )


class ShowingForm(Form):
    """How numbers of people are shown this year."""

    showing = forms.ChoiceField(
        label=_("How are numbers of people shown this year?"),
        choices=[
            ("protected", _("Small numbers protected")),
            ("exact", _("Exact numbers, with the money of every group")),
        ],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label=_("Why?"), widget=_text(3), help_text=_("It is published beside the numbers.")
    )


class MethodForm(Form):
    """How a year is counted, a box for each section."""

    def __init__(
        self, *args: object, sections: Sequence[NoteSection], words: Mapping[str, str], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [one.key for one in sections]
        for one in sections:
            self.fields[one.key] = forms.CharField(
                label=one.title, initial=words.get(one.key, one.words), widget=_text(4)
            )
        self.fields["why"] = forms.CharField(
            label=_("What did you change, and why?"), required=False, max_length=300
        )
        self.name_messages()

    def sections(self) -> dict[str, str]:
        """Return the words of each section."""
        return {key: self.cleaned_data[key] for key in self.keys}


class CorrectForm(Form):
    """What a published entry should say."""

    is_withdrawn = forms.BooleanField(label=_("This entry should not be here at all"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    description = forms.CharField(label=_("Description"), required=False, widget=_text(3))
    amount = forms.CharField(
        label=_("Amount"),
        required=False,
        help_text=_("Leave it empty only for something in kind without a value"),
    )
    is_in_kind = forms.BooleanField(label=_("Given in kind, not as money"), required=False)
    is_event_related = forms.BooleanField(label=_("For an event or meeting"), required=False)
    paid_on = forms.DateField(label=_("When was it paid or given?"), widget=DateParts, required=False)
    reason = forms.CharField(
        label=_("What was wrong?"), widget=_text(3), help_text=_("The public reads it beside the entry.")
    )

    def __init__(self, *args: object, categories: Mapping[str, str], currency: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        field = self.fields["category"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, words) for key, words in categories.items()]

    def right(self) -> RightEntry | None:
        """Return what the entry should say, or None where it should not be there. Raises Refused for a wrong amount."""
        data = self.cleaned_data
        if data["is_withdrawn"]:
            return None
        amount = data["amount"]
        return RightEntry(
            category=data["category"],
            description=data["description"],
            amount_pence=read_money(amount, currency=self.currency) if amount else None,
            is_in_kind=data["is_in_kind"],
            is_event_related=data["is_event_related"],
            paid_on=data["paid_on"],
        )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if not data.get("is_withdrawn") and not data.get("paid_on") and "paid_on" not in self.errors:
            self.add_error("paid_on", _("Enter a date for: When was it paid or given?"))
        return data


class AddForm(Form):
    """A payment that was left behind."""

    payment = forms.TypedChoiceField(label=_("Which payment was missing?"), coerce=UUID)
    reason = forms.CharField(
        label=_("Why was it missing?"), widget=_text(3), help_text=_("The public reads it.")
    )

    def __init__(self, *args: object, payments: Sequence[tuple[UUID, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["payment"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Choose a payment")), *((str(one), words) for one, words in payments)]


class DecideForm(Form):
    """Whether a correction becomes public."""

    words = forms.CharField(label=_("If not, why not?"), required=False, widget=_text(3))


class PeriodForm(Form):
    """Whose interests, and from when to when."""

    organisation = forms.TypedChoiceField(label=_("Which group?"), coerce=UUID)
    first = forms.DateField(label=_("From"), widget=DateParts)
    last = forms.DateField(label=_("To"), widget=DateParts)

    def __init__(self, *args: object, organisations: Sequence[tuple[UUID, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not organisations:
            del self.fields["organisation"]
            return
        field = self.fields["organisation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Choose a group")), *((str(one), name) for one, name in organisations)]
