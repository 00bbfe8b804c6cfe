"""What forms about funding share: money as people write it, a box for words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form
from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.money import read_money


def text_box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MoneyField(forms.CharField):
    """An amount as people write it, as whole pence."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=30,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            **kwargs,
        )

    def clean(self, value: object) -> int | None:
        """Return pence, or None where nothing was typed."""
        words = super().clean(value)
        if not words:
            return None
        try:
            return read_money(words, column=str(self.label))
        except Refused as refusal:
            raise forms.ValidationError(refusal.reason) from refusal


class WordsForm(Form):
    """One box for words; the page says what they are for."""

    words = forms.CharField(label=_("Your words"), max_length=2000, widget=text_box(5))

    def __init__(
        self, *args: object, label: str, hint: str = "", required: bool = True, **more: object
    ) -> None:
        super().__init__(*args, **more)
        self.fields["words"].label = label
        self.fields["words"].help_text = hint
        self.fields["words"].required = required
        self.name_messages()
