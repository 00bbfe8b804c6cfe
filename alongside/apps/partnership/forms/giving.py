"""A file of published grants, and the year in which a funder is noted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form


class GivingForm(Form):
    """Choose a file of published grants, and say where it is from."""

    file = forms.FileField(
        label=_("File of grants"),
        help_text=_(
            "360Giving data as JSON, CSV or Excel, up to 64 MB. Many funders publish theirs on their website."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,.csv,.xlsx"}),
    )
    source = forms.CharField(
        label=_("Who published it, where and when?"),
        max_length=300,
        help_text=_("For example: Halfpenny Trust, its website, read on 3 June 2026"),
    )


class NoteFunderForm(Form):
    """In which of the group's years the grant counts."""

    year = forms.IntegerField(
        label=_("In which of the group’s financial years?"),
        help_text=_("The year in which it ends, such as 2026"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
