"""Somebody to invite, with their roles."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form
from alongside.apps.people.rules import ROLES


class InvitationForm(Form):
    """Somebody to invite, with the roles this viewer may give."""

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Enter the person's name")}
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The invitation goes there."),
        error_messages={
            "required": _("Enter their e-mail address"),
            "invalid": _("Enter an e-mail address such as name@example.org"),
        },
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role")},
    )

    def __init__(self, *args: Any, may_give: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["roles"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (for the type checker)
        field.choices = [(role, label) for role, label in ROLES.items() if role in may_give]
