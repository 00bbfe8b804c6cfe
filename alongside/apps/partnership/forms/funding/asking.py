"""Asking for funding: as the team writes it down, as a group asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.partnership.forms.funding.fields import MoneyField, text_box
from alongside.apps.partnership.operations.funding.requests import FundingPlan

KINDS = [("grant", _("Grant: money for the group’s own work")), ("donation", _("Donation: goods, services or money")),
         ("sponsorship", _("Sponsorship: towards an event or activity, with our name on it"))]  # fmt: skip
WAYS = [("letter", _("By letter")), ("mail", _("By e-mail")), ("meeting", _("In a meeting or a call"))]


class AskingForm(Form):
    """What every request says, whoever writes it down."""

    title = forms.CharField(label=_("What is it for, in one line?"), max_length=200)
    purpose = forms.CharField(
        label=_("What will be done?"), max_length=4000, widget=text_box(5), help_text=_("A few sentences do.")
    )
    benefit = forms.CharField(
        label=_("Who will be better off, and how will you know?"), max_length=4000, widget=text_box(4)
    )
    starts_on = forms.DateField(
        label=_("When does it start?"),
        widget=DateParts,
        help_text=_("For example, 27 3 2027. We can only fund what has not begun."),
    )
    ends_on = forms.DateField(
        label=_("When does it end?"), widget=DateParts, help_text=_("For example, 27 3 2028")
    )
    other_funders = forms.CharField(
        label=_("Who else gives to this?"),
        required=False,
        max_length=2000,
        widget=text_box(2),
        help_text=_("Others are welcome. It is good to know, and it counts neither for nor against."),
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)


class RecordRequestForm(AskingForm):
    """A request that came by letter, mail or talk, as the team writes it down."""

    way = forms.ChoiceField(label=_("How did it come?"), choices=WAYS, widget=forms.RadioSelect)
    received_on = forms.DateField(
        label=_("When did it come?"), widget=DateParts, help_text=_("For example, 27 3 2026")
    )
    kind = forms.ChoiceField(label=_("What kind is it?"), choices=KINDS, widget=forms.RadioSelect)
    gift = forms.ChoiceField(
        label=_("Money, or something in kind?"),
        choices=[("money", _("Money")), ("in_kind", _("Goods, services or somebody’s time"))],
        widget=forms.RadioSelect,
    )
    amount = MoneyField(
        label=_("How much money?"), required=False, help_text=_("In pounds, for example 2,500")
    )
    in_kind_description = forms.CharField(
        label=_("What in kind?"), required=False, max_length=1000, widget=text_box(2)
    )
    in_kind_value = MoneyField(
        label=_("What is that worth?"),
        required=False,
        help_text=_("Leave empty where it cannot be valued. Nobody writes £0."),
    )
    field_order = [
        "way", "received_on", "title", "kind", "purpose", "benefit", "gift", "amount", "in_kind_description",
        "in_kind_value", "starts_on", "ends_on", "other_funders",
    ]  # fmt: skip

    def plan(self) -> FundingPlan:
        """Return what was typed as a plan."""
        data = self.cleaned_data
        in_kind = data["gift"] == "in_kind"
        return FundingPlan(
            kind=data["kind"],
            title=data["title"],
            purpose=data["purpose"],
            benefit=data["benefit"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            amount_pence=None if in_kind else data["amount"],
            is_in_kind=in_kind,
            in_kind_description=data["in_kind_description"],
            in_kind_value_pence=data["in_kind_value"] if in_kind else None,
            other_funders=data["other_funders"],
        )


class ChangeRequestForm(RecordRequestForm):
    """A changed request, with the reason."""

    why = forms.CharField(label=_("Why does it change?"), max_length=500, widget=text_box(2))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("way", "received_on", "request_key"):
            del self.fields[name]


class AskForm(AskingForm):
    """A request as a group writes it: short, and without the words of a code of practice."""

    what = forms.ChoiceField(
        label=_("What do you ask for?"),
        choices=[
            ("grant", _("Money for our own work")),
            ("donation", _("A thing, a room, or somebody’s time")),
            ("sponsorship", _("Money towards an event")),
        ],
        widget=forms.RadioSelect,
    )
    amount = MoneyField(
        label=_("How much money?"), required=False, help_text=_("In pounds, for example 2,500")
    )
    thing = forms.CharField(
        label=_("Which thing, room or time?"),
        required=False,
        max_length=1000,
        widget=text_box(2),
        help_text=_("Only if you do not ask for money"),
    )
    field_order = [
        "what", "title", "purpose", "benefit", "amount", "thing", "starts_on", "ends_on", "other_funders"
    ]  # fmt: skip

    def plan(self) -> FundingPlan:
        """Return what was typed as a plan. A group need not know what its thing is worth."""
        data = self.cleaned_data
        in_kind = data["what"] == "donation"
        return FundingPlan(
            kind=data["what"],
            title=data["title"],
            purpose=data["purpose"],
            benefit=data["benefit"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            amount_pence=None if in_kind else data["amount"],
            is_in_kind=in_kind,
            in_kind_description=data["thing"],
            other_funders=data["other_funders"],
        )
