"""What a colleague records about consents: a withdrawal they heard, a member's answer, new words for a text."""

from datetime import datetime, time

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.engagement.forms.bases import USES
from alongside.apps.engagement.forms.members import MemberForm
from alongside.apps.engagement.operations import Ending, MemberConsent, MemberTerms
from alongside.apps.people.rules.consents import EVERYTHING, HEARD_BY

WHAT = [("everything", _("Everything: they take all of it back")), ("some", _("Only some uses"))]
MEMBER_USES = [
    ("contact_again", _("Contact them about new work")),
    ("share_partners", _("Give their name to the groups we work with")),
]


def _begin_of(form: forms.Form, name: str) -> datetime:
    """Return the first moment of a day that was typed, where we are: never later than now on that day."""
    return make_aware(datetime.combine(form.cleaned_data[name], time.min))


class EndingForm(Form):
    """Ask who told us, how, when, and what stops."""

    speaker = forms.ChoiceField(
        label=_("Who told you"), error_messages={"required": _("Choose the person who told you.")}
    )
    what = forms.ChoiceField(
        label=_("What stops"),
        choices=WHAT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what stops.")},
    )
    uses = forms.MultipleChoiceField(
        label=_("Only these uses stop"),
        help_text=_("Leave this empty where everything stops"),
        choices=USES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    how = forms.ChoiceField(
        label=_("How they told you"),
        choices=list(HEARD_BY.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they told you.")},
    )
    given_on = forms.DateField(label=_("When they told you"), widget=DateParts)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("What somebody must know to check this later. Never what they said about their health."),
        max_length=500,
        required=False,
    )

    def offer_people(self, people: list[tuple[str, str]]) -> None:
        """Offer the people whose words are still used."""
        choice = self.fields["speaker"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _("Choose a person")), *people]

    def clean(self) -> dict[str, object]:
        """Ask which uses stop where not everything does."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if cleaned.get("what") == "some" and not cleaned.get("uses"):
            self.add_error("uses", _("Choose at least one use that stops."))
        return cleaned

    @property
    def ending(self) -> Ending:
        """Return what stops."""
        data = self.cleaned_data
        uses = EVERYTHING if data["what"] == "everything" else frozenset(data["uses"])
        return Ending(uses, how=data["how"], given_at=_begin_of(self, "given_on"), note=data["note"])


class _UsesForm(Form):
    """Ask which uses a member allows beside the programme itself, and read what they said as a whole."""

    uses = forms.MultipleChoiceField(
        label=_("They also allow us to"),
        choices=MEMBER_USES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def read_consent(self, day: str) -> MemberConsent:
        """Return what they said, given on the day that one field holds."""
        data = self.cleaned_data
        return MemberConsent(
            data["answer"],
            how=data["how"],
            given_at=_begin_of(self, day),
            uses=frozenset(data["uses"]),
        )


class MemberConsentForm(_UsesForm):
    """Ask what a member said to the programme's text."""

    field_order = ("answer", "uses", "how", "given_on")

    answer = forms.ChoiceField(
        label=_("What they said to the text"),
        choices=[("given", _("They agree")), ("refused", _("They do not agree"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they said.")},
    )
    how = forms.ChoiceField(
        label=_("How they told you"),
        choices=list(HEARD_BY.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they told you.")},
    )
    given_on = forms.DateField(label=_("When they told you"), widget=DateParts)

    @property
    def consent(self) -> MemberConsent:
        """Return what they said."""
        return self.read_consent("given_on")


class NewMemberForm(MemberForm, _UsesForm):
    """Ask who a new member is, and what they said to the programme's text."""

    field_order = (*MemberForm.base_fields, "answer", "uses", "how")

    answer = forms.ChoiceField(
        label=_("What they said to the text of the programme"),
        choices=[("given", _("They agree")), ("refused", _("They do not agree")), ("", _("Not asked yet"))],
        widget=forms.RadioSelect,
        required=False,
    )
    how = forms.ChoiceField(
        label=_("How they told you"),
        choices=[*HEARD_BY.items(), ("", _("Not asked yet"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, object]:
        """Ask how they told us, where they did."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if cleaned.get("answer") and not cleaned.get("how"):
            self.add_error("how", _("Choose how they told you."))
        return cleaned

    @property
    def terms(self) -> MemberTerms:
        """Return who they are."""
        return MemberTerms(**{name: self.cleaned_data[name] for name in MemberForm.base_fields})

    @property
    def consent(self) -> MemberConsent | None:
        """Return what they said; None where nobody asked yet."""
        return self.read_consent("joined_on") if self.cleaned_data["answer"] else None


class TextVersionForm(Form):
    """Ask for the new words of a consent text in both languages."""

    en = forms.CharField(
        label=_("The new words in English"),
        help_text=_("An empty line begins a paragraph; two stars before and after words make them bold"),
        widget=forms.Textarea(attrs={"rows": 16}),
        max_length=20_000,
        error_messages={"required": _("Write the new words in English.")},
    )
    cy = forms.CharField(
        label=_("The new words in Welsh"),
        help_text=_("Without them, Welsh readers see the English words"),
        widget=forms.Textarea(attrs={"rows": 16}),
        max_length=20_000,
        required=False,
    )

    @property
    def bodies(self) -> dict[str, str]:
        """Return the words by language, with plain line ends."""
        return {name: self.cleaned_data[name].replace("\r\n", "\n") for name in ("en", "cy")}
