"""*Have your say*, one thing on each page; every message tells a reader of nine what to do."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form
from alongside.apps.engagement.models import Contact, Facts
from alongside.apps.engagement.operations import SentContact

_NOT_SAID = ("", _("Prefer not to say"))
_AGES = {
    "under 16": _("Under 16"),
    "16 to 24": _("16 to 24"),
    "25 to 34": _("25 to 34"),
    "35 to 44": _("35 to 44"),
    "45 to 54": _("45 to 54"),
    "55 to 64": _("55 to 64"),
    "65 to 74": _("65 to 74"),
    "75 and over": _("75 and over"),
}


def _choices(*values: tuple[str, object]) -> list[tuple[str, object]]:
    return [_NOT_SAID, *values]


class AgreeForm(Form):
    """Ask how the words may be used, each use by itself, none ticked before."""

    uses = forms.MultipleChoiceField(
        label=_("May we also do these things?"),
        help_text=_("Tick what you agree to. You can leave them all empty."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("quote_inside", _("Show my words to other people who work here, without my name")),
            ("quote_public", _("Show my words in public, without my name")),
            ("share_partners", _("Share my words with the groups we work with, without my name")),
            ("contact_again", _("Tell me what you changed, or ask me more")),
        ],
    )


class AnswerForm(Form):
    """Ask one question. It may be skipped."""

    text = forms.CharField(
        required=False,
        strip=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": _("Your answer is too long. Shorten it to 20,000 letters.")},
    )


class FactsForm(Form):
    """Ask what somebody wants to say about themselves: every question may be left."""

    capacity = forms.ChoiceField(
        label=_("Are you answering as"),
        required=False,
        choices=_choices(
            ("patient", _("A patient")),
            ("carer", _("Somebody who cares for a patient")),
            ("relative", _("A relative or a friend")),
            ("staff", _("Somebody who works in health or care")),
        ),
    )
    age_band = forms.ChoiceField(
        label=_("How old are you?"),
        required=False,
        choices=_choices(*((band, _AGES[band]) for band in Facts.AGE_BANDS)),
    )
    sex = forms.ChoiceField(
        label=_("What is your sex?"),
        required=False,
        choices=_choices(("female", _("Female")), ("male", _("Male")), ("intersex", _("Intersex"))),
    )
    gender = forms.CharField(label=_("How do you describe your gender?"), max_length=60, required=False)
    ethnicity = forms.ChoiceField(
        label=_("What is your ethnic group?"),
        required=False,
        choices=_choices(
            ("Asian or Asian British", _("Asian or Asian British")),
            ("Black, Black British, Caribbean or African", _("Black, Black British, Caribbean or African")),
            ("Mixed or multiple ethnic groups", _("Mixed or multiple ethnic groups")),
            ("White", _("White")),
            ("Another ethnic group", _("Another ethnic group")),
        ),
    )
    disability = forms.ChoiceField(
        label=_("Do you have a disability, or an illness that has lasted a year or more?"),
        required=False,
        choices=_choices(("yes", _("Yes, I do")), ("no", _("No, I do not"))),
    )
    region = forms.CharField(
        label=_("Which part of the country do you live in?"), max_length=80, required=False
    )

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return what was said."""
        return tuple((name, value.strip()) for name, value in self.cleaned_data.items() if value.strip())


class ContactForm(Form):
    """Ask how somebody wants to hear back."""

    channel = forms.ChoiceField(
        label=_("How should we tell you?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Contact.Channel.EMAIL.value, _("By e-mail")),
            (Contact.Channel.PHONE.value, _("By phone")),
            (Contact.Channel.POST.value, _("By post")),
            ("none", _("Do not tell me")),
        ],
        error_messages={"required": _("Choose how we should tell you, or choose “Do not tell me”.")},
    )
    name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": _("Enter an e-mail address in the form name@example.org")},
    )
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    address = forms.CharField(
        label=_("Postal address"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )

    def clean(self) -> dict[str, object]:
        """Ask for the address of the channel that was chosen."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        wanted = {
            "email": ("email", _("Enter your e-mail address, or choose another way.")),
            "phone": ("phone", _("Enter your phone number, or choose another way.")),
            "post": ("address", _("Enter your address, or choose another way.")),
        }.get(str(cleaned.get("channel")))
        if wanted and not cleaned.get(wanted[0]) and wanted[0] not in self.errors:
            self.add_error(*wanted)
        return cleaned

    @property
    def contact(self) -> SentContact | None:
        """Return how to reach them, holding only what the chosen way needs."""
        data = self.cleaned_data
        channel = data["channel"]
        if channel in ("", "none"):
            return None
        return SentContact(
            channel=channel,
            name=data["name"],
            email=data["email"] if channel == "email" else "",
            phone=data["phone"] if channel == "phone" else "",
            address=data["address"] if channel == "post" else "",
        )


class SendForm(Form):
    """Send. A field no person sees stands in the way of machines that fill every field."""

    website = forms.CharField(required=False, max_length=200)

    def clean_website(self) -> str:
        """Refuse whoever filled the field that people cannot see."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave the field “Website” empty, then send again."))
        return ""


class TakeBackForm(Form):
    """Ask for a receipt code."""

    code = forms.CharField(
        label=_("Your receipt code"),
        help_text=_("For example, ABCD-EFGH-JKLM"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter the code from your receipt")},
    )
