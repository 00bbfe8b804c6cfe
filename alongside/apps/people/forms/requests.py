"""Forms about people's own data; they check input and never save."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.base.rules.subjects import CorrectableField
from alongside.apps.people.models import DataRequest
from alongside.apps.people.operations.requests import AskTerms
from alongside.apps.people.rules.requests import EXEMPTIONS

ASKED = (
    ("access", _("Tell me everything you hold about me")),
    ("correction", _("Put something right")),
    ("objection", _("Stop using my words or my data")),
    ("erasure", _("Erase what you hold about me")),
    ("complaint", _("I want to complain about how you use my data")),
)
OTHER_WAYS = ("email", "post", "phone", "in_person")


def _words(label: object, rows: int = 4, *, required: bool = True, help_text: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=required,
        max_length=5_000,
        help_text=help_text,  # type: ignore[arg-type]
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AskForm(Form):
    """Ask on the public page: what, in one's own words, and one way to answer."""

    kind = forms.ChoiceField(label=_("What do you want us to do?"), choices=ASKED, widget=forms.RadioSelect)
    words = _words(
        _("Tell us more, if it helps"),
        required=False,
        help_text=_("For example where you spoke to us, or what is wrong. Leave out details of your health."),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Enter the name we may know you by")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("We need this or a telephone number, to answer you."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Telephone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    receipt_code = forms.CharField(
        label=_("Receipt code"),
        max_length=40,
        required=False,
        help_text=_(
            "If you sent us your words and kept the code you were given. It finds words without a name."
        ),
    )

    @property
    def terms(self) -> AskTerms:
        """Return what was asked."""
        return AskTerms(**self.cleaned_data)


class OwnAskForm(Form):
    """Ask while signed in: we know who it is."""

    kind = forms.ChoiceField(label=_("What do you want us to do?"), choices=ASKED, widget=forms.RadioSelect)
    words = _words(_("Tell us more, if it helps"), required=False)


class RecordForm(AskForm):
    """Record a request that came by post, telephone or in person."""

    came_by = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[(way, label) for way, label in DataRequest.Way.choices if way in OTHER_WAYS],
        widget=forms.RadioSelect,
    )
    received_on = forms.DateField(label=_("When did it arrive?"), widget=DateParts)

    field_order = ("came_by", "received_on", "kind", "words", "name", "email", "phone", "receipt_code")


class OpenAnswerForm(Form):
    """Open an answer with one's code and the one-time password."""

    code = forms.CharField(
        label=_("Your reference code"), max_length=40, help_text=_("You got it when you asked.")
    )
    secret = forms.CharField(
        label=_("One-time password"),
        max_length=40,
        help_text=_("We told you this another way, such as on the telephone."),
    )


class StepForm(Form):
    """One step of a request, with words about it."""

    note = _words(_("What happened"))

    def __init__(self, *args: object, label: object = "", help_text: object = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = str(label)
        self.fields["note"].help_text = str(help_text)
        self.fields["note"].error_messages["required"] = str(_("Write it down in a sentence or two"))


class LookForm(Form):
    """Look for a person in every room."""

    email = forms.EmailField(label=_("E-mail address"), required=False)
    name = forms.CharField(label=_("Name or part of it"), max_length=120, required=False)
    code = forms.CharField(label=_("Receipt code"), max_length=40, required=False)


class ReviewForm(Form):
    """Decide about one record."""

    decision = forms.ChoiceField(
        label=_("What happens to it?"),
        choices=[
            ("give", _("Give it as it is")),
            ("part", _("Give it with parts covered")),
            ("hold", _("Hold it back")),
        ],
        widget=forms.RadioSelect,
    )
    given = _words(_("What is given, where parts are covered"), required=False)
    exemption = forms.ChoiceField(
        label=_("Why parts are covered, or all of it is held back"),
        required=False,
        choices=[("", _("Nothing is held back")), *EXEMPTIONS.items()],
    )


class CorrectForm(Form):
    """Put one field right: from what stands there to what is right."""

    key = forms.ChoiceField(label=_("What is wrong"))
    value = forms.CharField(label=_("What is right"), max_length=5_000, required=False)

    def offer(self, fields: Sequence[CorrectableField]) -> None:
        """Offer what can be put right, with what stands there now."""
        choices = [(one.key, f"{one.label} ({one.place}): {one.value or '–'}") for one in fields]
        self.fields["key"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]


class ObjectForm(Form):
    """How much somebody objects to."""

    everything = forms.ChoiceField(
        label=_("Which uses stop?"),
        choices=[
            ("no", _("Quoting, sharing and contact stop; the words are still counted")),
            ("yes", _("Every use stops: the words are read and counted no more")),
        ],
        widget=forms.RadioSelect,
    )


class EraseForm(Form):
    """Confirm an erasure by typing one word."""

    typed = forms.CharField(
        label=_("Type ERASE to confirm"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
