"""Forms about payments; they check input and never save."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.agreements.queries import AgreementLine
from alongside.apps.base.forms import DateParts, Form, add_refusal
from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.money import read_money
from alongside.apps.partnership.operations.payments import PaymentPlan

VATS = [("none", _("no VAT")), ("included", _("VAT is included")), ("excluded", _("VAT was added on top"))]
NO_BANK_DETAILS = _("Never any bank details: finance holds those.")


class PaymentForm(Form):
    """What is to be paid under one agreement."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    category = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    is_in_kind = forms.BooleanField(
        label=_("It is given in kind, not as money"),
        required=False,
        help_text=_("Things, rooms or time. Without a known value, leave the amount empty."),
    )
    amount = forms.CharField(
        label=_("How much in all?"),
        required=False,
        max_length=30,
        help_text=_("For example, 1,250 or 1250.00, with VAT if there is any"),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    vat = forms.ChoiceField(label=_("VAT"), choices=VATS, initial="none")
    vat_pence = forms.CharField(label=_("How much of it is VAT?"), required=False, max_length=30)
    description = forms.CharField(
        label=_("What is it for?"),
        max_length=500,
        help_text=_("A few words that may be published with the amount. Never any bank details."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = forms.DateField(
        label=_("When is it due?"), widget=DateParts, help_text=_("For example, 27 3 2026")
    )
    claimed_on = forms.DateField(
        label=_("When did they ask for it?"),
        widget=DateParts,
        required=False,
        help_text=_("The date of their invoice or claim; leave it empty if there is none"),
    )
    is_event_related = forms.BooleanField(label=_("It is about an event"), required=False)
    affiliate = forms.CharField(
        label=_("Which part of our organisation abroad pays?"),
        required=False,
        max_length=200,
        help_text=_("Leave it empty if we pay ourselves"),
    )

    def __init__(
        self, *args: object, agreement: AgreementLine, categories: Sequence[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        found = self.fields["category"]
        if isinstance(found, forms.ChoiceField):
            found.choices = list(categories)
        if agreement.capacity == "themselves":
            del self.fields["is_in_kind"]

    def clean(self) -> None:
        """Read the two amounts, in the agreement's currency."""
        for name in ("amount", "vat_pence"):
            written = (self.cleaned_data.get(name) or "").strip()
            try:
                column = str(self.fields[name].label)
                pence = (
                    read_money(written, currency=self.agreement.currency, column=column) if written else None
                )
                self.cleaned_data[name] = pence
            except Refused as refusal:
                add_refusal(self, name, refusal.reason)

    def plan(self) -> PaymentPlan:
        """Return what was typed as a plan."""
        data = self.cleaned_data
        return PaymentPlan(
            agreement_id=self.agreement.id,
            category=data["category"],
            description=data["description"],
            due_on=data["due_on"],
            amount_pence=data["amount"],
            is_in_kind=bool(data.get("is_in_kind")),
            currency=self.agreement.currency,
            vat=data["vat"],
            vat_pence=data["vat_pence"] or 0,
            is_event_related=data["is_event_related"],
            affiliate=data["affiliate"],
            claimed_on=data["claimed_on"],
        )

    @property
    def key(self) -> UUID:
        """Return the key drawn when the form was shown."""
        found: UUID = self.cleaned_data["request_key"]
        return found


class PaidForm(Form):
    """On which day finance paid, and what they call it."""

    paid_on = forms.DateField(label=_("When was it paid?"), widget=DateParts)
    finance_reference = forms.CharField(
        label=_("Finance’s reference"), max_length=60, required=False, help_text=NO_BANK_DETAILS
    )

    def __init__(self, *args: object, today: date | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].initial = today


class PaymentWordsForm(Form):
    """One box for words; the page says what they are for."""

    words = forms.CharField(label=_("Your words"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: object, label: str, hint: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.fields["words"].help_text = hint or NO_BANK_DETAILS
        self.name_messages()
