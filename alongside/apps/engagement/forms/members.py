"""Who a member of the programme is, and when they left."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.engagement.operations import MemberTerms


class MemberForm(Form):
    """Ask who a member is and what they want to work on."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    joined_on = forms.DateField(label=_("Joined on"), widget=DateParts, help_text=_("For example, 27 3 2026"))
    conditions = forms.CharField(label=_("Conditions they speak about"), max_length=300, required=False)
    wants = forms.CharField(
        label=_("What they want to work on"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    @property
    def terms(self) -> MemberTerms:
        """Return what was typed."""
        return MemberTerms(**self.cleaned_data)


class LeaveForm(Form):
    """Ask when a member left."""

    left_on = forms.DateField(label=_("Left on"), widget=DateParts, help_text=_("For example, 27 3 2026"))
