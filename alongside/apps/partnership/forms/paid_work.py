"""Forms about paid work; they check input and never save."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.money import read_money
from alongside.apps.partnership.bridge.paid_work import read_card_lines
from alongside.apps.partnership.rules.services import CardTerms, NeedTerms, OfferTerms

Choices = Sequence[tuple[Any, object]]
MOST_CARD_BYTES = 200_000


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MoneyField(forms.CharField):
    """An amount as people write it, in pence afterwards; None where it was left empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "nhsuk-input--width-5"})
        )
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the amount in pence, or None."""
        words = super().clean(value)
        if not words:
            return None
        try:
            return read_money(words, column=str(self.label))
        except Refused as refusal:
            raise forms.ValidationError(refusal.reason) from refusal


class ChoosingForm(Form):
    """A form whose drop-downs are filled by the page."""

    def offer(self, name: str, choices: Choices, empty: object = None) -> None:
        """Fill a drop-down; `empty` is what stands where nothing is chosen."""
        found = self.fields[name]
        if isinstance(found, forms.ChoiceField):
            first = [("", str(empty))] if empty is not None else []
            found.choices = [*first, *((str(value), str(label)) for value, label in choices)]


class NeedForm(ChoosingForm):
    """What is needed from people, before anybody is chosen."""

    title = forms.CharField(
        label=_("What is the work called?"),
        max_length=200,
        help_text=_("It may be published; name nobody in it"),
    )
    what = forms.CharField(label=_("What do we need?"), widget=_text(3), max_length=2000)
    why = forms.CharField(
        label=_("Why do we need it?"),
        widget=_text(3),
        max_length=2000,
        help_text=_("What we will do with it"),
    )
    criteria = forms.CharField(
        label=_("How will people be chosen?"),
        widget=_text(3),
        max_length=2000,
        help_text=_("Criteria that follow from the need, such as: lives with psoriasis, has been in a study"),
    )
    selector = forms.CharField(
        label=_("Who chooses, and why can they?"), widget=_text(2), max_length=2000,
        help_text=_("A name or a role, and what they know that lets them choose"),
    )  # fmt: skip
    most_people = forms.IntegerField(
        label=_("How many people at most?"), min_value=1, max_value=500,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "nhsuk-input--width-3"}),
        help_text=_("No more than the need asks for"),
    )  # fmt: skip
    engagement = forms.TypedChoiceField(
        label=_("Which engagement is it for?"), required=False, coerce=UUID, empty_value=None
    )

    def __init__(self, *args: Any, engagements: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("engagement", engagements, _("none of them"))

    def terms(self) -> NeedTerms:
        """Return what was typed."""
        data = self.cleaned_data
        return NeedTerms(
            title=data["title"],
            what=data["what"],
            why=data["why"],
            criteria=data["criteria"],
            selector=data["selector"],
            most_people=data["most_people"],
            engagement_id=data["engagement"],
        )


class OfferForm(ChoosingForm):
    """What one person is asked, and what it pays."""

    person = forms.TypedChoiceField(label=_("Whom do you ask?"), coerce=UUID)
    standing = forms.ChoiceField(label=_("As whom do you ask them?"), widget=forms.RadioSelect)
    capacity = forms.ChoiceField(
        label=_("For whom would they speak?"), widget=forms.RadioSelect,
        help_text=_("It decides who signs the agreement and who is paid."),
    )  # fmt: skip
    organisation = forms.CharField(
        label=_("Which organisation do they represent?"),
        required=False,
        max_length=200,
        help_text=_("Its name, or a part of its name that no other partner has"),
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("A few words the person recognises")
    )
    ask = forms.CharField(
        label=_("What do you ask?"), widget=_text(5), max_length=4000,
        help_text=_("Plain words, to one person: what, where, how, and what we do with it"),
    )  # fmt: skip
    time_words = forms.CharField(
        label=_("How much time does it take?"),
        max_length=200,
        help_text=_("Such as: about two hours, at home"),
    )
    starts_on = forms.DateField(label=_("When does the work begin?"), widget=DateParts)
    ends_on = forms.DateField(label=_("When does it end?"), widget=DateParts)
    answer_by = forms.DateField(
        label=_("By when do you need an answer?"), widget=DateParts,
        help_text=_("Leave time to ask an adviser about benefits"),
    )  # fmt: skip
    rate_line = forms.TypedChoiceField(
        label=_("Which rate fits?"), required=False, coerce=UUID, empty_value=None
    )
    fee = MoneyField(
        label=_("Fee"), required=False, help_text=_("Leave empty to take the rate’s amount, or 0 for no fee")
    )
    fee_reason = forms.CharField(
        label=_("Why this fee?"), required=False, widget=_text(2), max_length=2000,
        help_text=_("Needed where the fee is not the rate’s, or there is none"),
    )  # fmt: skip
    expenses = forms.CharField(
        label=_("What do you pay back?"), required=False, widget=_text(2), max_length=2000,
        help_text=_("Such as: travel, a carer or child care, what helps you take part"),
    )  # fmt: skip
    expenses_most = MoneyField(label=_("Up to how much"), required=False)
    support = forms.CharField(
        label=_("What support is there?"), required=False, widget=_text(2), max_length=2000
    )

    def __init__(
        self,
        *args: Any,
        people: Choices,
        find_organisations: Callable[[str], Choices],
        rates: Sequence[tuple[Any, object, int]],
        standings: Choices,
        capacities: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("person", people, _("Choose somebody"))
        self._find_organisations = find_organisations
        self.offer("rate_line", [(one, words) for one, words, _pence in rates], _("no rate"))
        self.offer("standing", standings)
        self.offer("capacity", capacities)
        self._amounts = {str(one): pence for one, _words, pence in rates}

    def clean_organisation(self) -> UUID | None:
        """Return the one partner that is meant; where it is none or several, say which there are."""
        words = self.cleaned_data["organisation"]
        found = list(self._find_organisations(words)) if words else []
        if words and not found:
            raise forms.ValidationError(_("No partner has these words in its name."))
        if len(found) > 1:
            raise forms.ValidationError(
                _("Several partners have these words in their names. Write one of them whole: %(names)s"),
                params={"names": ", ".join(str(name) for _id, name in found)},
            )
        return found[0][0] if found else None

    def terms(self) -> OfferTerms:
        """Return what was typed; an empty fee is the rate's, nought is none."""
        data = self.cleaned_data
        fee = data["fee"]
        if fee is None:
            fee = self._amounts.get(str(data["rate_line"]))
        return OfferTerms(
            person_id=data["person"],
            capacity=data["capacity"],
            standing=data["standing"],
            title=data["title"],
            ask=data["ask"],
            time_words=data["time_words"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            answer_by=data["answer_by"],
            fee_pence=fee or None,
            rate_line_id=data["rate_line"],
            fee_reason=data["fee_reason"],
            support=data["support"],
            expenses=data["expenses"],
            expenses_most_pence=data["expenses_most"] or None,
            organisation_id=data["organisation"],
        )


class WordsForm(Form):
    """One box for words; the page says what they are for."""

    words = forms.CharField(label=_("Your words"), max_length=2000, widget=_text(4))

    def __init__(
        self, *args: Any, label: object = "", hint: object = "", needed: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = str(label)
        self.fields["words"].help_text = str(hint)
        self.fields["words"].required = needed
        self.name_messages()


class DoneForm(Form):
    """When the work was done."""

    done_on = forms.DateField(label=_("When was it done?"), widget=DateParts)


class UseAgreementForm(ChoosingForm):
    """Under which agreement that is there already."""

    agreement = forms.TypedChoiceField(label=_("Which agreement?"), coerce=UUID)

    def __init__(self, *args: Any, agreements: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("agreement", agreements, _("Choose an agreement"))


class GiftForm(ChoosingForm):
    """Under which agreement a gift is made, and to which partner, where somebody wrote a name."""

    charity = forms.TypedChoiceField(
        label=_("Which partner is it?"), required=False, coerce=UUID, empty_value=None
    )
    agreement = forms.TypedChoiceField(
        label=_("Under which donation agreement?"), required=False, coerce=UUID, empty_value=None
    )

    def __init__(self, *args: Any, charities: Choices, agreements: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("charity", charities, _("Choose a charity"))
        self.offer("agreement", agreements, _("Choose an agreement"))


class CheckClaimForm(Form):
    """What somebody who checks a claim found."""

    outcome = forms.ChoiceField(
        label=_("What did you find?"),
        widget=forms.RadioSelect,
        choices=[
            ("right", _("It is right: ask finance to pay it")),
            ("question", _("Something is not clear: send it back with a question")),
        ],
    )
    seen = forms.TypedMultipleChoiceField(
        label=_("Receipts I have seen"), required=False, coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    question = forms.CharField(
        label=_("Your question"),
        required=False,
        widget=_text(3),
        max_length=1000,
        help_text=_("The person reads it"),
    )

    def __init__(self, *args: Any, receipts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.fields["seen"]
        if isinstance(found, forms.ChoiceField):
            found.choices = [(str(value), str(label)) for value, label in receipts]
        if not receipts:
            del self.fields["seen"]


class CardForm(Form):
    """A rate card: typed, or as a file."""

    scheme = forms.CharField(
        label=_("Whose rates are these?"), max_length=60, help_text=_("Such as: NIHR, or our own")
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    source = forms.CharField(label=_("Where can they be read?"), max_length=300)
    valid_from = forms.DateField(label=_("From which day do they hold?"), widget=DateParts)
    valid_to = forms.DateField(
        label=_("Until which day?"), widget=DateParts, required=False,
        help_text=_("Leave empty where nobody knows yet"),
    )  # fmt: skip
    file = forms.FileField(
        label=_("A file with the rates"), required=False,
        help_text=_("CSV or Excel: band, task, amount and, if you like, status (verified or computed), note"),
    )  # fmt: skip
    lines = forms.CharField(
        label=_("Or type them"), required=False, widget=_text(6), max_length=20_000,
        help_text=_("One a line, with commas: band, task, amount. Such as: half day, A morning of work, 82.50"),
    )  # fmt: skip

    def terms(self) -> CardTerms:
        """Return the card; raise Refused with every line that cannot be read."""
        data = self.cleaned_data
        return CardTerms(
            scheme=data["scheme"],
            title=data["title"],
            source=data["source"],
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            lines=self._lines(),
        )

    def _lines(self) -> tuple[Any, ...]:
        sent = self.cleaned_data.get("file")
        if sent:
            if sent.size > MOST_CARD_BYTES:
                raise Refused("A rate card is a short table; this file is too large to be one.", field="file")
            return read_card_lines(sent.read(), sent.name)
        typed = self.cleaned_data["lines"].strip()
        return (
            read_card_lines(f"band,task,amount,status,note\n{typed}\n".encode(), "typed.csv") if typed else ()
        )


class EndCardForm(Form):
    """The last day of a rate card."""

    last_day = forms.DateField(label=_("What is its last day?"), widget=DateParts)
