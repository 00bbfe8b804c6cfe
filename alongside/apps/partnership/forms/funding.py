"""Forms about funding; they check input and never save."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.money import read_money
from alongside.apps.partnership.bridge.funding import HandsOffLine
from alongside.apps.partnership.operations.funding.hands_off import OtherFunderTerms
from alongside.apps.partnership.operations.funding.reports import ReportWords
from alongside.apps.partnership.operations.funding.requests import FundingPlan
from alongside.apps.partnership.rules.funding import Checked, Criterion, Scored

YES_NO = [("yes", _("It holds")), ("no", _("It does not hold"))]
KINDS = [("grant", _("Grant: money for the group’s own work")), ("donation", _("Donation: goods, services or money")),
         ("sponsorship", _("Sponsorship: towards an event or activity, with our name on it"))]  # fmt: skip
WAYS = [("letter", _("By letter")), ("mail", _("By e-mail")), ("meeting", _("In a meeting or a call"))]


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MoneyField(forms.CharField):
    """An amount as people write it, as whole pence."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=30,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            **kwargs,
        )

    def clean(self, value: object) -> int | None:
        """Return pence, or None where nothing was typed."""
        words = super().clean(value)
        if not words:
            return None
        try:
            return read_money(words, column=str(self.label))
        except Refused as refusal:
            raise forms.ValidationError(refusal.reason) from refusal


class WordsForm(Form):
    """One box for words; the page says what they are for."""

    words = forms.CharField(label=_("Your words"), max_length=2000, widget=_text(5))

    def __init__(
        self, *args: object, label: str, hint: str = "", required: bool = True, **more: object
    ) -> None:
        super().__init__(*args, **more)
        self.fields["words"].label = label
        self.fields["words"].help_text = hint
        self.fields["words"].required = required
        self.name_messages()


class AskingForm(Form):
    """What every request says, whoever writes it down."""

    title = forms.CharField(label=_("What is it for, in one line?"), max_length=200)
    purpose = forms.CharField(
        label=_("What will be done?"), max_length=4000, widget=_text(5), help_text=_("A few sentences do.")
    )
    benefit = forms.CharField(
        label=_("Who will be better off, and how will you know?"), max_length=4000, widget=_text(4)
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
        widget=_text(2),
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
        label=_("What in kind?"), required=False, max_length=1000, widget=_text(2)
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

    why = forms.CharField(label=_("Why does it change?"), max_length=500, widget=_text(2))

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
        widget=_text(2),
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


class DeclareForm(Form):
    """What ties somebody to a group, said before anything else."""

    ties = forms.ChoiceField(
        label=_("Does anything tie you to this group?"),
        choices=[("no", _("No, nothing")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
        help_text=_(
            "Membership, work, money, a relative or a friend in it: anything that somebody outside would want to know."
        ),
    )
    words = forms.CharField(label=_("What is it?"), required=False, max_length=1000, widget=_text(3))


class ScoreForm(Form):
    """Each criterion of the edition: met, partly or not, and why; then advice."""

    advice = forms.ChoiceField(
        label=_("What do you advise?"),
        choices=[("fund", _("Fund it")), ("part", _("Fund a part of it")), ("decline", _("Do not fund it"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Anything whoever decides should know"), required=False, max_length=2000, widget=_text(3)
    )

    def __init__(self, *args: object, criteria: Sequence[Criterion], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = tuple(criteria)
        for one in self.criteria:
            self.fields[f"answer_{one.key}"] = forms.ChoiceField(
                label=one.title,
                help_text=one.words,
                choices=[("met", _("Met")), ("partly", _("Partly met")), ("not", _("Not met"))],
                widget=forms.RadioSelect,
            )
            self.fields[f"words_{one.key}"] = forms.CharField(
                label=_("Why?"), max_length=1000, widget=_text(2)
            )
        self.order_fields(
            [*(f"{part}_{one.key}" for one in self.criteria for part in ("answer", "words")), "advice"]
        )
        self.name_messages()

    def scores(self) -> list[Scored]:
        """Return what was typed, criterion by criterion."""
        data = self.cleaned_data
        return [Scored(one.key, data[f"answer_{one.key}"], data[f"words_{one.key}"]) for one in self.criteria]


class DecideForm(Form):
    """The decision and its reason."""

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            ("grant", _("Grant it, whole or in part")),
            ("decline", _("Decline it")),
            ("back", _("Send it back to review: something is missing")),
        ],
        widget=forms.RadioSelect,
    )
    granted = MoneyField(
        label=_("How much is granted?"), required=False, help_text=_("At most what was asked for")
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=2000,
        widget=_text(4),
        help_text=_("The group reads this. A plain reason, also for a yes."),
    )
    free = forms.BooleanField(label=_("Nothing ties me to this group"))

    def __init__(self, *args: object, is_in_kind: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if is_in_kind:
            del self.fields["granted"]


class HandsOffForm(Form):
    """The checklist: each line holds, or does not and how it is instead."""

    def __init__(self, *args: object, lines: Sequence[HandsOffLine], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.lines = tuple(lines)
        for one in self.lines:
            self.fields[f"holds_{one.key}"] = forms.ChoiceField(
                label=one.words, choices=YES_NO, widget=forms.RadioSelect
            )
            self.fields[f"why_{one.key}"] = forms.CharField(
                label=_("If it does not hold, how is it instead?"),
                required=False,
                max_length=1000,
                widget=_text(2),
            )
        self.name_messages()

    def answers(self) -> list[Checked]:
        """Return what was typed, line by line."""
        data = self.cleaned_data
        return [
            Checked(one.key, data[f"holds_{one.key}"] == "yes", data[f"why_{one.key}"]) for one in self.lines
        ]


class GroupWordForm(Form):
    """The group's word on the checklist."""

    agrees = forms.ChoiceField(
        label=_("Is this how it is?"),
        choices=[("yes", _("Yes, this is how it is")), ("no", _("No, this is not how it is"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("If not, how is it?"),
        required=False,
        max_length=2000,
        widget=_text(3),
        help_text=_("Whoever decides reads this. It does not count against your request."),
    )


class ReportForm(Form):
    """A light report: one page."""

    did = forms.CharField(label=_("What did you do?"), max_length=3500, widget=_text(4))
    difference = forms.CharField(
        label=_("What is different now, and for whom?"), max_length=3500, widget=_text(4)
    )
    hard = forms.CharField(
        label=_("What was hard, or did not work?"),
        required=False,
        max_length=3500,
        widget=_text(3),
        help_text=_("Others learn most from this."),
    )
    people_reached = forms.IntegerField(
        label=_("About how many people did it reach?"),
        required=False,
        min_value=0,
        help_text=_("Leave empty if nobody counted"),
    )
    spent = forms.CharField(
        label=_("What was it spent on?"),
        max_length=3500,
        widget=_text(3),
        help_text=_("A few lines. Say it too if some is left."),
    )

    def report(self) -> ReportWords:
        """Return what was typed as a report."""
        data = self.cleaned_data
        return ReportWords(
            data["did"], data["difference"], data["spent"], data["hard"], data["people_reached"]
        )


class ReceivedReportForm(ReportForm):
    """A report that came by letter or mail."""

    received_on = forms.DateField(
        label=_("When did it come?"), widget=DateParts, help_text=_("For example, 27 3 2026")
    )
    field_order = ["received_on"]


class CriteriaForm(Form):
    """A new edition of what we fund and how we judge."""

    valid_from = forms.DateField(
        label=_("From which day?"), widget=DateParts, help_text=_("Today or later, for example 1 1 2027")
    )
    intro = forms.CharField(label=_("What we fund, in a few sentences"), max_length=4000, widget=_text(5))
    criteria = forms.CharField(
        label=_("The criteria"),
        max_length=8000,
        widget=_text(12),
        help_text=_("One a line: its name, a colon, what it means"),
    )
    warn_from_percent = forms.IntegerField(
        label=_("From which share of a group’s income do we look twice, in per cent?"),
        min_value=1,
        max_value=100,
    )
    source = forms.CharField(
        label=_("Where do the criteria and the share come from?"), max_length=2000, widget=_text(2)
    )


class OtherFunderForm(Form):
    """Another funder of a group."""

    name = forms.CharField(label=_("Funder"), max_length=200)
    year = forms.IntegerField(
        label=_("Year"),
        min_value=1990,
        max_value=2100,
        help_text=_("In which the group’s financial year ended"),
    )
    amount = MoneyField(label=_("Amount"), required=False, help_text=_("Leave empty where nobody knows it"))
    source = forms.CharField(
        label=_("Where was this read?"),
        max_length=300,
        help_text=_("For example: annual report 2026, page 12"),
    )

    def terms(self) -> OtherFunderTerms:
        """Return what was typed."""
        data = self.cleaned_data
        return OtherFunderTerms(data["name"], data["year"], data["source"], data["amount"])


class AgreementForm(Form):
    """The agreement a granted request stands under."""

    agreement = forms.TypedChoiceField(
        label=_("Which agreement is it?"), coerce=UUID, widget=forms.RadioSelect
    )

    def __init__(self, *args: object, agreements: Sequence[tuple[UUID, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        found = self.fields["agreement"]
        if isinstance(found, forms.ChoiceField):
            found.choices = [(str(value), label) for value, label in agreements]


class PayForm(Form):
    """A payment of a funded programme."""

    amount = MoneyField(label=_("How much is paid now?"), help_text=_("At most what was granted"))
    due_on = forms.DateField(label=_("By when?"), widget=DateParts, help_text=_("For example, 27 3 2027"))
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: object, is_in_kind: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if is_in_kind:
            self.fields["amount"].label = _("What is it worth?")
            self.fields["amount"].help_text = _("Leave empty where it cannot be valued")
            self.fields["amount"].required = False
            self.name_messages()
