"""Forms a person fills in about their own paid work; they check input and never save."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts
from alongside.apps.partnership.bridge.paid_work import get_paying_terms
from alongside.apps.partnership.forms.paid_work import Choices, ChoosingForm, MoneyField
from alongside.apps.partnership.rules.services import Choice, LineTerms


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ChoiceForm(ChoosingForm):
    """How somebody would like to be paid, or not."""

    choice = forms.ChoiceField(
        label=_("How would you like to be paid?"),
        widget=forms.RadioSelect,
        choices=[
            ("all", _("Pay me the whole fee")),
            ("part", _("Pay me a part of it")),
            ("part_charity", _("Pay me a part, and give the rest to a charity")),
            ("charity", _("Give all of it to a charity")),
            ("nothing", _("I would rather not be paid")),
        ],
        help_text=_("Every answer is fine. Nobody will ask you why."),
    )
    own = MoneyField(label=_("How much for you?"), required=False, help_text=_("Only if you chose a part"))
    charity = forms.TypedChoiceField(
        label=_("Which charity?"), required=False, coerce=UUID, empty_value=None,
        help_text=_("Only if you chose a charity"),
    )  # fmt: skip
    charity_name = forms.CharField(
        label=_("Another charity"),
        required=False,
        max_length=200,
        help_text=_("Write its name if it is not in the list"),
    )
    words = forms.CharField(
        label=_("Is there anything you would like to tell us?"), required=False, widget=_text(3), max_length=1000,
        help_text=_("What helps you take part, or a question. No bank details, please."),
    )  # fmt: skip

    def __init__(self, *args: Any, charities: Choices, has_fee: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("charity", charities, _("choose one"))
        if not has_fee:
            for name in ("choice", "own", "charity", "charity_name"):
                del self.fields[name]

    def chosen(self) -> Choice:
        """Return what was chosen."""
        get = self.cleaned_data.get
        return Choice(get("choice") or "nothing", get("own"), get("charity"), get("charity_name") or "")


class ExpenseForm(ChoosingForm):
    """One thing somebody spent."""

    kind = forms.ChoiceField(label=_("What was it for?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In a few words"),
        max_length=300,
        help_text=_("Such as: train to Larkmoor and back. No bank details."),
    )
    happened_on = forms.DateField(label=_("When did you pay?"), widget=DateParts)
    amount = MoneyField(label=_("How much?"), required=False, help_text=_("In pounds, such as 12.40"))
    miles = forms.IntegerField(
        label=_("Or how many miles did you drive?"), required=False, min_value=1, max_value=2000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-4"}),
    )  # fmt: skip
    need_words = forms.CharField(
        label=_("Which need was it for?"), required=False, max_length=300,
        help_text=_("Only for a carer, child care or support to take part, and only as much as you like to say"),
    )  # fmt: skip
    is_need_withheld = forms.BooleanField(label=_("I would rather not say which need"), required=False)
    has_receipt = forms.BooleanField(
        label=_("I have a receipt and can show it"), required=False,
        help_text=_("Show it to us, or post a copy. Alongside does not keep pictures of receipts."),
    )  # fmt: skip

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("kind", kinds)
        pence = get_paying_terms().pence_a_mile
        self.fields["miles"].help_text = _("We pay %(pence)s pence a mile") % {"pence": pence}

    def terms(self) -> LineTerms:
        """Return what was typed."""
        data = self.cleaned_data
        return LineTerms(
            kind=data["kind"],
            happened_on=data["happened_on"],
            words=data["words"],
            amount_pence=data["amount"],
            miles=data["miles"],
            need_words=data["need_words"],
            is_need_withheld=data["is_need_withheld"],
            has_receipt=data["has_receipt"],
        )
