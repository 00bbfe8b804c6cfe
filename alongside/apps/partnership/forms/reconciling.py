"""A ledger file, and what its columns mean."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form
from alongside.apps.partnership.rules.reconciling import MEANINGS, NEEDED, LedgerChoice

LABELS = {
    "reference": _("Our reference, such as PAY-2026-00042"),
    "paid_on": _("Day on which it was paid"),
    "amount": _("Amount"),
    "payee": _("Payee"),
    "finance_reference": _("Finance’s own reference"),
}
ORDERS = [
    ("dmy", _("Day, month, year: 31/12/2026")),
    ("mdy", _("Month, day, year: 12/31/2026")),
    ("ymd", _("Year, month, day: 2026-12-31")),
]


class LedgerForm(Form):
    """Choose a file of finance's ledger."""

    file = forms.FileField(
        label=_("Ledger file"),
        help_text=_("CSV or Excel, up to 20 MB"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.xlsx,.xlsm"}),
    )


class LedgerColumnsForm(Form):
    """Say what the columns of a ledger mean."""

    def __init__(self, *args: object, columns: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("No such column")), *((column, column) for column in columns)]
        for name in MEANINGS:
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name], choices=choices, required=name in NEEDED
            )
        self.fields["date_order"] = forms.ChoiceField(
            label=_("How dates are written"), choices=ORDERS, initial="dmy", widget=forms.RadioSelect
        )
        self.name_messages()

    @property
    def choice(self) -> LedgerChoice:
        """Return what was chosen."""
        return LedgerChoice(**{name: self.cleaned_data[name] for name in (*MEANINGS, "date_order")})
