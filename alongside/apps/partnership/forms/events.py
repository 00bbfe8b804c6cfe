"""Forms about events; they check input and never save."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.money import read_money
from alongside.apps.partnership.models import Event, EventCost
from alongside.apps.partnership.operations.events import AgendaTerms, EventPlan

Choices = Sequence[tuple[UUID, str]]
WHICH = [
    ("", _("The clocks do not change that night")),
    ("first", _("The first time, in summer time")),
    ("second", _("The second time, after the clocks went back")),
]


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _time(label: Any, help_text: Any = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=help_text,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "nhsuk-input--width-5"}),
        error_messages={"invalid": _("Write the time as hours and minutes, such as 14:30")},
    )


class EventForm(Form):
    """What an event is to be."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("What people call it. It stands on our pages.")
    )
    neutral_title = forms.CharField(
        label=_("Title for calendars"),
        max_length=100,
        help_text=_(
            "Somebody may look over a shoulder at a calendar. No illness, no group, no name: “Partnership day”."
        ),
    )
    kind = forms.ChoiceField(
        label=_("Whose event is it?"),
        choices=[
            (Event.Kind.OWN.value, _("Our own")),
            (Event.Kind.SPONSORED.value, _("A partner’s, and we sponsor it")),
            (Event.Kind.JOINT.value, _("We hold it together with partners")),
        ],
        widget=forms.RadioSelect,
    )
    partners = forms.TypedMultipleChoiceField(
        label=_("Which partners?"), required=False, coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.CharField(
        label=_("What do people learn or work on there?"),
        max_length=2000,
        widget=_text(3),
        help_text=_("This is why it is held. Meals and travel come second to it."),
    )
    about = forms.CharField(
        label=_("What those who might come should read"), required=False, max_length=4000, widget=_text(4)
    )
    day = forms.DateField(label=_("Day"), widget=DateParts, help_text=_("For example, 27 3 2026"))
    starts = _time(_("From"), _("As clocks at the place show it, such as 10:00"))
    ends = _time(_("Until"))
    which = forms.ChoiceField(
        label=_("If the clocks show this time twice"),
        required=False,
        choices=WHICH,
        help_text=_("Needed only in the night in October when the clocks go back."),
    )
    place = forms.ChoiceField(
        label=_("Where is it held?"),
        choices=[
            (Event.Place.IN_PERSON.value, _("In person")),
            (Event.Place.ONLINE.value, _("Online")),
            (Event.Place.HYBRID.value, _("Both")),
        ],
        widget=forms.RadioSelect,
    )
    venue = forms.CharField(label=_("Venue"), required=False, max_length=300, widget=_text(2))
    venue_reason = forms.CharField(
        label=_("Why this venue?"),
        required=False,
        max_length=1000,
        widget=_text(2),
        help_text=_("Not because it is pleasant: because people can get there and in, and hear each other."),
    )
    joining = forms.CharField(
        label=_("How to join online"),
        required=False,
        max_length=1000,
        widget=_text(2),
        help_text=_("Only people who have a place see this."),
    )
    access_plan = forms.CharField(
        label=_("How can everybody take part?"),
        required=False,
        max_length=2000,
        widget=_text(3),
        help_text=_("Getting there and in, hearing, reading, breaks, a quiet room. Everybody reads it."),
    )
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=100_000)
    carer_places = forms.IntegerField(
        label=_("Places for carers and personal assistants"), min_value=0, max_value=100_000, initial=0
    )
    carer_need = forms.CharField(
        label=_("Why do carers come along?"),
        required=False,
        max_length=1000,
        widget=_text(2),
        help_text=_("Needed where we pay for carers. Say that there is a need, not what it is."),
    )
    acknowledgement = forms.CharField(
        label=_("Who supports it, and how"),
        required=False,
        max_length=1000,
        widget=_text(2),
        help_text=_("The exact words. They stand on the public page from the start."),
    )
    acknowledged_where = forms.CharField(
        label=_("Where do these words stand?"),
        required=False,
        max_length=300,
        help_text=_("For example: invitation, slides, sign at the door"),
    )
    visibility = forms.ChoiceField(
        label=_("Who may see it, once it is open?"),
        choices=[
            (Event.Visibility.PUBLIC.value, _("Anybody")),
            (Event.Visibility.INVITED.value, _("Its partners, and patient partners")),
            (Event.Visibility.TEAM.value, _("Our own team")),
        ],
        widget=forms.RadioSelect,
        help_text=_("This cannot change once somebody has registered."),
    )

    def __init__(self, *args: object, partners: Choices, is_change: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        found = self.fields["partners"]
        if isinstance(found, forms.ChoiceField):
            found.choices = [(str(value), str(label)) for value, label in partners]
        if not partners:
            del self.fields["partners"]
        if is_change:
            self.fields["reason"] = forms.CharField(
                label=_("Why does it change?"),
                required=False,
                max_length=1000,
                widget=_text(2),
                help_text=_("Needed once people have registered. It stays in the event's history."),
            )

    def plan(self) -> EventPlan:
        """Return what was typed as a plan."""
        data = dict(self.cleaned_data)
        data.pop("reason", None)
        which, partners = data.pop("which"), tuple(data.pop("partners", ()))
        return EventPlan(**data, partner_ids=partners, which_start=which, which_end=which)


class AgendaForm(Form):
    """One part of an agenda."""

    day = forms.DateField(label=_("Day"), widget=DateParts)
    starts = _time(_("From"))
    ends = _time(_("Until"))
    title = forms.CharField(label=_("What happens then"), max_length=200)
    is_educational = forms.BooleanField(
        label=_("People learn or work then (leave it empty for meals and breaks)"),
        required=False,
        initial=True,
    )
    which = forms.ChoiceField(label=_("If the clocks show this time twice"), required=False, choices=WHICH)

    def __init__(self, *args: object, is_long_night: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_long_night:
            del self.fields["which"]

    def terms(self) -> AgendaTerms:
        """Return what was typed."""
        return AgendaTerms(**self.cleaned_data)


class CostForm(Form):
    """One line of what an event costs for each person."""

    category = forms.ChoiceField(label=_("What is it for?"), choices=EventCost.Category.choices)
    words = forms.CharField(
        label=_("What is it?"), max_length=200, help_text=_("For example: lunch, sandwiches and fruit")
    )
    per_head = forms.CharField(
        label=_("What it costs for each person, in pounds"),
        max_length=20,
        help_text=_("For example, 12.50"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "nhsuk-input--width-5"}),
    )

    def clean_per_head(self) -> int:
        """Return the amount in pence."""
        return _read_pounds(self.cleaned_data["per_head"], str(self.fields["per_head"].label))


def _read_pounds(words: str, label: str) -> int:
    try:
        return read_money(words, column=label)
    except Refused as refusal:
        raise forms.ValidationError(refusal.reason) from refusal


class WhyForm(Form):
    """One box for a reason; the page says what it is for."""

    words = forms.CharField(label=_("Why?"), required=False, max_length=2000, widget=_text(4))


class ReportForm(Form):
    """What happened, and what it cost in the end."""

    what_happened = forms.CharField(
        label=_("What happened?"),
        max_length=8000,
        widget=_text(6),
        help_text=_("What was worked on, what came of it, what did not go well."),
    )
    what_people_said = forms.CharField(
        label=_("What did people say?"),
        required=False,
        max_length=8000,
        widget=_text(4),
        help_text=_("In their own words where you can, without names."),
    )

    def __init__(self, *args: object, costs: Sequence[EventCost], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.cost_names = {f"cost_{one.id}": one.id for one in costs}
        for one in costs:
            self.fields[f"cost_{one.id}"] = forms.CharField(
                label=_("%(what)s: what it cost for each person, in pounds") % {"what": one.words},
                max_length=20,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "nhsuk-input--width-5"}),
            )
        self.fields["costs_because"] = forms.CharField(
            label=_("If something cost more than was agreed: why?"),
            required=False,
            max_length=2000,
            widget=_text(2),
        )
        self.name_messages()

    def clean(self) -> dict[str, Any]:
        """Read every amount."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.cost_names:
            if name in data:
                try:
                    data[name] = read_money(data[name], column=str(self.fields[name].label))
                except Refused as refusal:
                    self.add_error(name, refusal.reason)
        return data

    def actual_pence(self) -> dict[UUID, int]:
        """Return what each line cost, by its id."""
        return {cost_id: self.cleaned_data[name] for name, cost_id in self.cost_names.items()}


class PaperForm(Form):
    """Which agreement it is that had to be there first."""

    agreement = forms.TypedChoiceField(
        label=_("Which agreement is it?"),
        coerce=UUID,
        widget=forms.RadioSelect,
        help_text=_("Agreements with its partners. It counts once it is certified and signed."),
    )

    def __init__(self, *args: object, papers: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        found = self.fields["agreement"]
        if isinstance(found, forms.ChoiceField):
            found.choices = [(str(value), str(label)) for value, label in papers]
