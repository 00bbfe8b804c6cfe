"""Deciding about a version somebody has read: certifying, signing, commenting, answering; each carries its hash."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.agreements.operations import Signing
from alongside.apps.base.forms import DateParts, Form


class ReadVersionForm(Form):
    """The version and the hash of what was on the page."""

    version_number = forms.IntegerField(widget=forms.HiddenInput)
    document_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class CertifyForm(ReadVersionForm):
    """What a certifier stands behind."""

    statement = forms.CharField(
        label=_("What do you certify?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    has_read = forms.BooleanField(
        label=_("I have read this version whole, and what the rules found. I wrote none of it.")
    )


class TeamSignForm(ReadVersionForm):
    """A signature of ours, or one of the partner's that we hold on paper."""

    what = forms.ChoiceField(
        label=_("Whose signature is it?"),
        choices=[
            ("ours-screen", _("I sign for our side, here")),
            ("ours-paper", _("Our side signed on paper")),
            ("theirs-paper", _("The partner signed on paper")),
        ],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("Name of whoever signs"), max_length=120)
    role = forms.CharField(label=_("In which role?"), max_length=120)
    signed_on = forms.DateField(
        label=_("When was it signed?"), widget=DateParts, help_text=_("For example, 27 3 2027")
    )

    def signing(self) -> Signing:
        """Return what was typed as a signature."""
        data = self.cleaned_data
        side, _dash, way = data["what"].partition("-")
        return Signing(side, way, data["name"], data["role"], data["signed_on"])


class CommentForm(Form):
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


class WordsForm(Form):
    """One box for words; the page says what they are for."""

    words = forms.CharField(
        label=_("Your words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), required=False
    )


class EditionForm(Form):
    """A rule set as a file."""

    file = forms.FileField(
        label=_("Rule set"),
        help_text=_("A YAML file. Take the newest edition, change it, and bring it back."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )
