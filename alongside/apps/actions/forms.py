"""Forms about actions and telling people; they check input and never save."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.actions.operations.actions import ActionPlan
from alongside.apps.actions.operations.publishing import StoryWords
from alongside.apps.actions.operations.tellings import BY_HAND, FOR_GROUPS
from alongside.apps.base.forms import DateParts, Form

Choices = Sequence[tuple[UUID, str]]
CHANNEL_LABELS = {
    "public_page": _("On the public page “What changed”"),
    "group": _("Through the group they came through"),
    "poster": _("On a poster where they come by"),
    "meeting": _("In a meeting"),
    "post": _("By post"),
    "phone": _("By phone"),
}


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ActionForm(Form):
    """What will be done, by whom, by when, with whom."""

    title = forms.CharField(
        label=_("What will be done?"),
        max_length=200,
        help_text=_("One sentence that somebody outside the team understands"),
    )
    description = forms.CharField(label=_("More about it"), required=False, widget=_text(4))
    owner = forms.TypedChoiceField(label=_("Who owns it?"), coerce=UUID)
    due_on = forms.DateField(
        label=_("When is it due?"), widget=DateParts, help_text=_("For example, 27 3 2026")
    )
    partners = forms.TypedMultipleChoiceField(
        label=_("Who does it with us?"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave empty if we do it alone"),
    )

    def __init__(self, *args: object, owners: Choices, partners: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._choices("owner", [("", _("Choose somebody")), *owners])
        self._choices("partners", list(partners))
        if not partners:
            del self.fields["partners"]

    def _choices(self, name: str, choices: Sequence[tuple[object, object]]) -> None:
        found = self.fields[name]
        if isinstance(found, forms.ChoiceField):
            found.choices = [(str(value), str(label)) for value, label in choices]

    def plan(self) -> ActionPlan:
        """Return what was typed as a plan."""
        data = self.cleaned_data
        return ActionPlan(
            title=data["title"],
            description=data["description"],
            owner_id=data["owner"],
            due_on=data["due_on"],
            partner_ids=tuple(data.get("partners", ())),
        )


class NewActionForm(ActionForm):
    """An action and what it rests on."""

    origin = forms.ChoiceField(
        label=_("Where does it come from?"),
        choices=[
            ("insight", _("An insight")),
            ("promise", _("A promise we made")),
            ("rule", _("A rule we must keep")),
            ("request", _("A request")),
        ],
        widget=forms.RadioSelect,
    )
    insights = forms.TypedMultipleChoiceField(
        label=_("Which insight does it rest on?"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
    )
    origin_note = forms.CharField(
        label=_("Which promise, rule or request is it?"), required=False, widget=_text(2)
    )
    field_order = ["title", "description", "origin", "insights", "origin_note", "owner", "due_on", "partners"]

    def __init__(
        self, *args: object, owners: Choices, partners: Choices, insights: Choices, **kwargs: object
    ) -> None:
        super().__init__(*args, owners=owners, partners=partners, **kwargs)
        self._choices("insights", list(insights))
        if not insights:
            del self.fields["insights"]


class ChangeActionForm(ActionForm):
    """A changed plan, with the reason for a new owner or date."""

    reason = forms.CharField(
        label=_("Why does it change?"),
        required=False,
        widget=_text(2),
        help_text=_("Needed when the owner or the date changes. It stands in the history."),
    )


class WordsForm(Form):
    """One box for words; the page says what they are for."""

    words = forms.CharField(label=_("Your words"), max_length=2000, widget=_text(5))

    def __init__(self, *args: object, label: str = "", hint: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["words"].label = label
        self.fields["words"].help_text = hint


class RoundForm(Form):
    """A message to those who spoke."""

    message = forms.CharField(
        label=_("Your message"),
        max_length=4000,
        widget=_text(8),
        help_text=_("Short sentences and everyday words. Speak to one person: “you told us”."),
    )
    thanks = forms.CharField(
        label=_("Your thanks"),
        max_length=1000,
        widget=_text(2),
        help_text=_("Say what their words gave you."),
    )


class ChannelForm(Form):
    """How a group was told."""

    channel = forms.ChoiceField(
        label=_("How were they told?"),
        choices=[
            *((name, CHANNEL_LABELS[name]) for name in FOR_GROUPS),
            ("none", _("They cannot be reached")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Where and when, or why not"),
        max_length=300,
        help_text=_(
            "So that somebody else can find it, for example: poster in the waiting room, from 3 June"
        ),
    )


class PersonToldForm(Form):
    """How one person was told by hand."""

    channel = forms.ChoiceField(
        label=_("How were they told?"),
        choices=[*((name, CHANNEL_LABELS[name]) for name in BY_HAND), ("none", _("They cannot be reached"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("No addresses and nothing about their health"),
    )


class StoryForm(Form):
    """What the public reads, in one language."""

    title = forms.CharField(label=_("Title"), max_length=160)
    heard = forms.CharField(
        label=_("What we heard"),
        max_length=2000,
        widget=_text(4),
        help_text=_("In your own words. Nothing that could point at one person."),
    )
    did = forms.CharField(label=_("What we did, or why we will not"), max_length=2000, widget=_text(4))
    came_of_it = forms.CharField(label=_("What came of it"), max_length=2000, required=False, widget=_text(3))
    quotes = forms.TypedMultipleChoiceField(
        label=_("Quotes to show"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only words whose speakers agreed to be quoted in public are listed."),
    )

    def __init__(self, *args: object, quotes: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        found = self.fields["quotes"]
        if isinstance(found, forms.ChoiceField):
            found.choices = [(str(value), f"“{text}”") for value, text in quotes]
        if not quotes:
            del self.fields["quotes"]

    def story(self, language: str) -> StoryWords:
        """Return what was typed as a story."""
        data = self.cleaned_data
        return StoryWords(language, data["title"], data["heard"], data["did"], data["came_of_it"])


class CodeForm(Form):
    """A one-time code."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=12,
        help_text=_("The 6 numbers in the mail we just sent you"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Enter the 6 numbers from the mail")},
    )


class ReplyForm(Form):
    """A reply in somebody's own words."""

    words = forms.CharField(
        label=_("Your reply"),
        max_length=5000,
        widget=_text(4),
        error_messages={"required": _("Write your reply first, then send it")},
    )


class HelpForm(Form):
    """Whether it helped."""

    answer = forms.ChoiceField(
        label=_("Did it help?"),
        choices=[
            ("yes", _("Yes")),
            ("partly", _("Partly")),
            ("no", _("No")),
            ("too_soon", _("It is too soon to say")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers")},
    )
    words = forms.CharField(
        label=_("Would you like to say more?"), required=False, max_length=5000, widget=_text(3)
    )
