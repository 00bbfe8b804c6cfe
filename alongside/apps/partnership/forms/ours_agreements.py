"""What a partner says about an agreement: a comment, that it is right, a signature."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.agreements.operations import Signing
from alongside.apps.base.forms import Form


class ReadForm(Form):
    """The version and the hash of what was on the page."""

    version_number = forms.IntegerField(widget=forms.HiddenInput)
    document_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class OwnSignForm(ReadForm):
    """A signature on screen."""

    name = forms.CharField(label=_("Your full name"), max_length=120)
    role = forms.CharField(
        label=_("Your role"),
        max_length=120,
        help_text=_("For example: chair. If you sign for yourself, say so."),
    )
    agrees = forms.BooleanField(label=_("I have read this agreement and sign it"))

    def signing(self, on: date) -> Signing:
        """Return what was typed as a signature of this day."""
        return Signing("theirs", "screen", self.cleaned_data["name"], self.cleaned_data["role"], on)


class OwnCommentForm(Form):
    """Something to say about one part of an agreement, or about all of it."""

    about = forms.ChoiceField(label=_("Which part?"), required=False)
    words = forms.CharField(
        label=_("Your comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your comment first, then send it")},
    )

    def __init__(self, *args: object, parts: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        about = self.fields["about"]
        if isinstance(about, forms.ChoiceField):
            about.choices = [("", _("All of it")), *parts]
