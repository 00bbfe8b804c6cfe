"""What a public page says and asks."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.engagement.operations import FormTerms

QUESTIONS = range(1, 6)


class PublicFormForm(Form):
    """Ask for the welcome, one to five questions, and what else is asked."""

    welcome = forms.CharField(
        label=_("Welcome"),
        help_text=_("One or two sentences: why you ask, and what it may change"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
    )
    asks_facts = forms.BooleanField(
        label=_("Ask about the person (age, sex, ethnicity and so on), all optional"),
        required=False,
        initial=True,
    )
    asks_contact = forms.BooleanField(
        label=_("Offer to tell them what changed"), required=False, initial=True
    )
    opens_on = forms.DateField(label=_("Opens on"), widget=DateParts, help_text=_("For example, 27 3 2026"))
    closes_on = forms.DateField(label=_("Closes after"), widget=DateParts, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for number in QUESTIONS:
            self.fields[f"question_{number}"] = forms.CharField(
                label=_("Question %(number)s") % {"number": number},
                max_length=300,
                required=number == 1,
                help_text=_("Open, about one thing, with no jargon") if number == 1 else "",
                error_messages={"required": _("Write at least one question")},
            )
            self.fields[f"help_{number}"] = forms.CharField(
                label=_("A word of help for question %(number)s") % {"number": number},
                max_length=300,
                required=False,
            )

    @property
    def questions(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return each question's two fields."""
        return [(self[f"question_{number}"], self[f"help_{number}"]) for number in QUESTIONS]

    @property
    def terms(self) -> FormTerms:
        """Return what was typed; empty questions are left out."""
        data = self.cleaned_data
        pairs = [
            (data[f"question_{n}"], data[f"help_{n}"]) for n in QUESTIONS if data[f"question_{n}"].strip()
        ]
        return FormTerms(
            welcome=data["welcome"],
            questions=tuple(pairs),
            opens_on=data["opens_on"],
            closes_on=data["closes_on"],
            asks_facts=data["asks_facts"],
            asks_contact=data["asks_contact"],
        )

    @staticmethod
    def initial_questions(questions: list[tuple[str, str]], opens_on: date) -> dict[str, object]:
        """Return questions as the form shows them."""
        shown: dict[str, object] = {"opens_on": opens_on}
        for number, (words, help_words) in enumerate(questions, start=1):
            shown |= {f"question_{number}": words, f"help_{number}": help_words}
        return shown
