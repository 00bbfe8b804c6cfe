"""After the decision: the agreement, the payment, the report; a group's word and its other funders."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.partnership.forms.funding.fields import MoneyField, text_box
from alongside.apps.partnership.operations.funding.hands_off import OtherFunderTerms
from alongside.apps.partnership.operations.funding.reports import ReportWords


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
        widget=text_box(3),
        help_text=_("Whoever decides reads this. It does not count against your request."),
    )


class ReportForm(Form):
    """A light report: one page."""

    did = forms.CharField(label=_("What did you do?"), max_length=3500, widget=text_box(4))
    difference = forms.CharField(
        label=_("What is different now, and for whom?"), max_length=3500, widget=text_box(4)
    )
    hard = forms.CharField(
        label=_("What was hard, or did not work?"),
        required=False,
        max_length=3500,
        widget=text_box(3),
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
        widget=text_box(3),
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
