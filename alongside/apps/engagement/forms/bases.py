"""The part of a form that asks on what basis words may be used."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form
from alongside.apps.engagement.operations import BasisTerms

KINDS = [
    ("consent", _("People agreed to a text")),
    ("public_task", _("It is our public task (Article 6(1)(e))")),
    ("legitimate_interests", _("Legitimate interests (Article 6(1)(f))")),
    ("legal_obligation", _("A law requires it (Article 6(1)(c))")),
    ("unknown", _("Not known: the words may be analysed, and nothing else")),
]
ARTICLE9 = [
    ("", _("None recorded")),
    ("explicit_consent", _("Explicit consent (9(2)(a))")),
    ("health_care", _("Health or social care (9(2)(h))")),
    ("public_health", _("Public health (9(2)(i))")),
    ("research", _("Research or statistics (9(2)(j))")),
]
USES = [
    ("quote_inside", _("Quoted to colleagues, without a name")),
    ("quote_public", _("Quoted in public, without a name")),
    ("share_partners", _("Shared with partners")),
    ("contact_again", _("Contacted again, to hear what came of it")),
]


class BasisForm(Form):
    """Ask why words may be used and for what; unknown means analyse only."""

    basis_kind = forms.ChoiceField(
        label=_("Why may these words be used?"), choices=KINDS, widget=forms.RadioSelect, initial="consent"
    )
    text_key = forms.ChoiceField(
        label=_("The text people agreed to"),
        required=False,
        help_text=_("Only where people agreed to a text"),
    )
    article9 = forms.ChoiceField(
        label=_("Condition for health data (Article 9)"), choices=ARTICLE9, required=False
    )
    uses = forms.MultipleChoiceField(
        label=_("Besides finding themes, the words may be"),
        choices=USES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose only what people were told"),
    )

    def offer_texts(self, texts: list[tuple[str, str]]) -> None:
        """Offer the consent texts there are, as pairs of key and words."""
        choice = self.fields["text_key"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _("Choose a text")), *texts]

    def clean(self) -> dict[str, object]:
        """Ask for the text where people agreed to one."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if cleaned.get("basis_kind") == "consent" and not cleaned.get("text_key"):
            self.add_error("text_key", _("Choose the text people agreed to, or another reason above."))
        return cleaned

    @property
    def basis_terms(self) -> BasisTerms:
        """Return what was chosen."""
        return BasisTerms(
            kind=self.cleaned_data["basis_kind"],
            article9=self.cleaned_data["article9"],
            text_key=self.cleaned_data["text_key"],
            uses=frozenset(self.cleaned_data["uses"]),
        )
