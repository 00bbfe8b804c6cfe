"""Judging a request: what ties somebody to the group, each criterion, the checklist, the decision, the criteria."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.partnership.bridge.funding import HandsOffLine
from alongside.apps.partnership.forms.funding.fields import MoneyField, text_box
from alongside.apps.partnership.rules.funding import Checked, Criterion, Scored

YES_NO = [("yes", _("It holds")), ("no", _("It does not hold"))]


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
    words = forms.CharField(label=_("What is it?"), required=False, max_length=1000, widget=text_box(3))


class ScoreForm(Form):
    """Each criterion of the edition: met, partly or not, and why; then advice."""

    advice = forms.ChoiceField(
        label=_("What do you advise?"),
        choices=[("fund", _("Fund it")), ("part", _("Fund a part of it")), ("decline", _("Do not fund it"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Anything whoever decides should know"), required=False, max_length=2000, widget=text_box(3)
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
                label=_("Why?"), max_length=1000, widget=text_box(2)
            )
        self.order_fields(
            [*(f"{part}_{one.key}" for one in self.criteria for part in ("answer", "words")), "advice"]
        )
        self.name_messages()

    def list_pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the two fields of each criterion, as a page draws them."""
        return [(self[f"answer_{one.key}"], self[f"words_{one.key}"]) for one in self.criteria]

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
        widget=text_box(4),
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
                widget=text_box(2),
            )
        self.name_messages()

    def list_pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the two fields of each line, as a page draws them."""
        return [(self[f"holds_{one.key}"], self[f"why_{one.key}"]) for one in self.lines]

    def answers(self) -> list[Checked]:
        """Return what was typed, line by line."""
        data = self.cleaned_data
        return [
            Checked(one.key, data[f"holds_{one.key}"] == "yes", data[f"why_{one.key}"]) for one in self.lines
        ]


class CriteriaForm(Form):
    """A new edition of what we fund and how we judge."""

    valid_from = forms.DateField(
        label=_("From which day?"), widget=DateParts, help_text=_("Today or later, for example 1 1 2027")
    )
    intro = forms.CharField(label=_("What we fund, in a few sentences"), max_length=4000, widget=text_box(5))
    criteria = forms.CharField(
        label=_("The criteria"),
        max_length=8000,
        widget=text_box(12),
        help_text=_("One a line: its name, a colon, what it means"),
    )
    warn_from_percent = forms.IntegerField(
        label=_("From which share of a group’s income do we look twice, in per cent?"),
        min_value=1,
        max_value=100,
    )
    source = forms.CharField(
        label=_("Where do the criteria and the share come from?"), max_length=2000, widget=text_box(2)
    )
