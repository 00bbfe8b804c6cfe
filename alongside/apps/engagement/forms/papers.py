"""Asking for an agreement first, and naming the one it is."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form


class NeedForm(Form):
    """Why this needs an agreement first, and which kinds would do."""

    why = forms.CharField(
        label=_("Why does it need an agreement first?"),
        max_length=300,
        help_text=_("For example: a group’s members give their time"),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Which kinds of agreement would do?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave empty if any kind does"),
    )

    def __init__(self, *args: object, kinds: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(kinds)


class GiveForm(Form):
    """Which agreement it is."""

    agreement = forms.TypedChoiceField(label=_("Which agreement is it?"), coerce=UUID)

    def __init__(self, *args: object, agreements: Sequence[tuple[UUID, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agreement"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", _("Choose an agreement")),
                *((str(key), words) for key, words in agreements),
            ]
