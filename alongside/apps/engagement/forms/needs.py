"""What somebody needs, in the order a person would say it; and how an occasion went."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.people.operations.needs import Outcome
from alongside.apps.people.rules.needs import NEED_KINDS, STRENGTHS, VISIBILITIES, NeedTerms


class NeedForm(Form):
    """Ask what helps, how much it matters, and who may see it."""

    kind = forms.ChoiceField(
        label=_("What is needed"),
        choices=[("", _("Choose one")), *NEED_KINDS],
        error_messages={"required": _("Choose what is needed.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("For example, which language, how large, how often"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    strength = forms.ChoiceField(
        label=_("How much it matters"),
        choices=STRENGTHS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how much it matters.")},
    )
    visible_to = forms.ChoiceField(
        label=_("Who may see it"),
        choices=VISIBILITIES,
        widget=forms.RadioSelect,
        initial="arranger",
        error_messages={"required": _("Choose who may see it.")},
    )
    readers = forms.MultipleChoiceField(
        label=_("Colleagues who may see it"),
        help_text=_("Only where you chose to name them"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    since_on = forms.DateField(label=_("Since"), widget=DateParts)
    review_on = forms.DateField(
        label=_("When to ask again"), help_text=_("Needs change; we ask once a year"), widget=DateParts
    )

    def offer_colleagues(self, colleagues: list[tuple[str, str]]) -> None:
        """Offer the colleagues who may be named."""
        choice = self.fields["readers"]
        if isinstance(choice, forms.MultipleChoiceField):
            choice.choices = colleagues

    @property
    def terms(self) -> NeedTerms:
        """Return what was said."""
        data = self.cleaned_data
        return NeedTerms(
            kind=data["kind"],
            words=data["words"],
            strength=data["strength"],
            visible_to=data["visible_to"],
            readers=tuple(UUID(one) for one in data["readers"]),
            since_on=data["since_on"],
            review_on=data["review_on"],
        )


class OccasionForm(Form):
    """Ask whether it was there, and where not, why and what happens next."""

    happened_on = forms.DateField(label=_("When"), widget=DateParts)
    is_met = forms.ChoiceField(
        label=_("Was it there?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    why = forms.CharField(
        label=_("If not, why not"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    next_step = forms.CharField(
        label=_("If not, what you do so that it is there next time"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def as_outcome(self, engagement_id: UUID | None) -> Outcome:
        """Return how it went."""
        data = self.cleaned_data
        return Outcome(
            happened_on=data["happened_on"],
            is_met=data["is_met"] == "yes",
            why=data["why"],
            next_step=data["next_step"],
            engagement_id=engagement_id,
        )
