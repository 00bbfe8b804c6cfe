"""Forms of those who come to an event; every message tells a reader of nine what to do."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form
from alongside.apps.partnership.operations.registrations import GuestTerms


class PlaceForm(Form):
    """What somebody with an account needs there; all of it may be left."""

    needs_words = forms.CharField(
        label=_("What do you need to take part?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: step-free access, large print, a quiet room, breaks"),
    )
    dietary = forms.CharField(
        label=_("Is there food you do not eat?"),
        required=False,
        max_length=300,
    )
    brings_carer = forms.BooleanField(
        label=_("Somebody comes with me to help me"),
        required=False,
    )

    key = forms.UUIDField(widget=forms.HiddenInput)  # drawn when the form is shown: sent twice, kept once

    def __init__(self, *args: object, has_carer_places: bool = True, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not has_carer_places:
            del self.fields["brings_carer"]

    def terms(
        self, *, language: str = "en", consent_text_id: UUID | None = None, code: str = ""
    ) -> GuestTerms:
        """Return what was said."""
        data = self.cleaned_data
        return GuestTerms(
            request_key=data["key"],
            name=data.get("name", ""),
            email=data.get("email", ""),
            needs_words=data["needs_words"],
            dietary=data["dietary"],
            brings_carer=data.get("brings_carer", False),
            consent_text_id=consent_text_id,
            language=language,
            code=code,
        )


class GuestForm(PlaceForm):
    """The same for somebody without an account, with who they are and that they agree."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We write only if something changes. Our letters never say what for."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address in the form name@example.org"),
        },
    )
    agrees = forms.BooleanField(
        label=_("I agree to this"),
        error_messages={
            "required": _("Tick the box if you agree. Without it we cannot keep a place for you.")
        },
    )
    website = forms.CharField(required=False, max_length=200)  # no person sees it; machines fill it
    field_order = ["name", "email", "needs_words", "dietary", "brings_carer", "agrees"]

    def clean_website(self) -> str:
        """Refuse whoever filled the field that people cannot see."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave the field “Website” empty, then send again."))
        return ""


class SomebodyForm(PlaceForm):
    """A place for somebody who rang or wrote."""

    name = forms.CharField(label=_("Their name"), max_length=120)
    email = forms.EmailField(label=_("Their e-mail address"), required=False)
    field_order = ["name", "email", "needs_words", "dietary", "brings_carer"]


class CodeForm(Form):
    """The code of a place."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        help_text=_("For example, ABCD-EFGH-JKLM-NPQR"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter the code you were given")},
    )
