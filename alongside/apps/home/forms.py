"""What somebody types on pages across rooms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form


class OpenValuesForm(Form):
    """Why somebody opens what lies locked beside the audit."""

    reason = forms.CharField(
        label=_("Why you need to see it"),
        help_text=_("It is written down beside your name, in the audit itself."),
        max_length=200,
        error_messages={"required": _("Write why you need to see these values.")},
    )
