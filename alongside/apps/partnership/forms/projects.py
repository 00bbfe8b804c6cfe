"""Forms about joint projects; they check input and never save."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.money import read_money
from alongside.apps.partnership.models import ProjectContribution
from alongside.apps.partnership.operations.project_moves import EvaluationWords
from alongside.apps.partnership.operations.projects import Contribution, MeasurePlan, ProjectPlan

Choices = Sequence[tuple[UUID, str]]


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _set_choices(form: forms.Form, name: str, choices: Sequence[tuple[object, object]]) -> None:
    found = form.fields[name]
    if isinstance(found, forms.ChoiceField):
        found.choices = [(str(value), str(label)) for value, label in choices]
    if not choices:
        del form.fields[name]


class ProjectForm(Form):
    """What a joint project is to be."""

    title = forms.CharField(label=_("Title"), max_length=200)
    partners = forms.TypedMultipleChoiceField(
        label=_("Whom do we do it with?"), coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    about = forms.CharField(label=_("What is it about?"), required=False, max_length=4000, widget=_text(4))
    patient_benefit = forms.CharField(
        label=_("What do patients have of it?"), max_length=2000, widget=_text(3)
    )
    starts_on = forms.DateField(label=_("From"), widget=DateParts, help_text=_("For example, 27 3 2026"))
    ends_on = forms.DateField(label=_("Until"), widget=DateParts)
    risks = forms.CharField(label=_("What could go wrong?"), required=False, max_length=2000, widget=_text(2))
    way_out = forms.CharField(
        label=_("How can either side end it?"), required=False, max_length=1000, widget=_text(2)
    )

    def __init__(self, *args: object, partners: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _set_choices(self, "partners", partners)

    def plan(self) -> ProjectPlan:
        """Return what was typed as a plan."""
        data = dict(self.cleaned_data)
        return ProjectPlan(partner_ids=tuple(data.pop("partners", ())), **data)


class AimForm(Form):
    """One shared aim."""

    words = forms.CharField(
        label=_("The aim"),
        max_length=500,
        widget=_text(2),
        help_text=_("In words that both sides would use. You agree to it for our side by writing it."),
    )


class ContributionForm(Form):
    """What one side brings."""

    side = forms.ChoiceField(label=_("Who brings it?"))
    kind = forms.ChoiceField(label=_("What kind is it?"), choices=ProjectContribution.Kind.choices)
    words = forms.CharField(label=_("What is it?"), max_length=300)
    amount = forms.CharField(
        label=_("Its value in pounds"),
        required=False,
        max_length=20,
        help_text=_("Needed for money. Leave it empty where there is no value; nobody invents one."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "nhsuk-input--width-5"}),
    )
    hours = forms.IntegerField(label=_("Hours, for time"), required=False, min_value=1, max_value=100_000)

    def __init__(self, *args: object, sides: Sequence[tuple[object, object]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _set_choices(self, "side", sides)

    def clean_amount(self) -> int | None:
        """Return the amount in pence; nothing where none was written."""
        words = self.cleaned_data["amount"]
        if not words.strip():
            return None
        try:
            return read_money(words, column=str(self.fields["amount"].label))
        except Refused as refusal:
            raise forms.ValidationError(refusal.reason) from refusal

    def contribution(self) -> Contribution:
        """Return what was typed."""
        data = self.cleaned_data
        return Contribution(
            kind=data["kind"],
            words=data["words"],
            organisation_id=UUID(data["side"]) if data["side"] != "ours" else None,
            amount_pence=data["amount"],
            hours=data["hours"],
        )


class MeasureForm(Form):
    """One outcome and how it is measured."""

    outcome = forms.CharField(label=_("What should be different?"), max_length=300)
    measure = forms.CharField(label=_("How will we know?"), max_length=300)
    baseline = forms.CharField(
        label=_("Where does it stand now?"),
        required=False,
        max_length=200,
        help_text=_("Empty if nobody knows yet"),
    )
    target = forms.CharField(label=_("Where should it go?"), max_length=200)

    def plan(self) -> MeasurePlan:
        """Return what was typed."""
        return MeasurePlan(**self.cleaned_data)


class ResultForm(Form):
    """Where a measure came out."""

    result = forms.CharField(
        label=_("Where did it come out?"), max_length=300, help_text=_("Also where nothing changed")
    )
    on = forms.DateField(label=_("When was that?"), widget=DateParts)


class MeetingForm(Form):
    """One steering meeting."""

    held_on = forms.DateField(label=_("When was it?"), widget=DateParts)
    notes = forms.CharField(label=_("What was said"), required=False, max_length=8000, widget=_text(5))
    decisions = forms.CharField(label=_("What was decided"), required=False, max_length=4000, widget=_text(3))


class SummaryForm(Form):
    """What the public reads of a project."""

    summary = forms.CharField(
        label=_("The summary that everybody may read"),
        max_length=6000,
        widget=_text(10),
        help_text=_(
            "What it is about, who does it and who brings what, what patients have of it, when it begins and ends."
        ),
    )


class LinksForm(Form):
    """Which insights a project rests on and which actions came of it."""

    insights = forms.TypedMultipleChoiceField(
        label=_("Insights it rests on or led to"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
    )
    actions = forms.TypedMultipleChoiceField(
        label=_("Actions that came of it"), required=False, coerce=UUID, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, insights: Choices, actions: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _set_choices(self, "insights", insights)
        _set_choices(self, "actions", actions)


class EvaluationForm(Form):
    """An evaluation under the headings of GRIPP2, short form; the help is in our own words."""

    aim = forms.CharField(
        label=_("Aim"),
        required=False,
        widget=_text(4),
        help_text=_("Why were patients and the public involved in this project? What was that to achieve?"),
    )
    methods = forms.CharField(
        label=_("Methods"),
        required=False,
        widget=_text(4),
        help_text=_(
            "Who was involved, how many, at which steps, and how: say it so that others could do the same."
        ),
    )
    results = forms.CharField(
        label=_("Results"),
        required=False,
        widget=_text(4),
        help_text=_("What came of involving them: what was decided, changed or found because of it."),
    )
    negative_results = forms.CharField(
        label=_("What did not work, or did harm"),
        required=False,
        widget=_text(4),
        help_text=_(
            "What had no effect, went wrong or cost people more than it gave. If there was nothing, say so."
        ),
    )
    influence = forms.CharField(
        label=_("How far it had influence"),
        required=False,
        widget=_text(4),
        help_text=_(
            "How much did involvement shape the project as a whole? Where did it, where did it not, and why?"
        ),
    )
    reflections = forms.CharField(
        label=_("Reflections"),
        required=False,
        widget=_text(4),
        help_text=_(
            "Looking back honestly: what would each side do the same way again, and what differently?"
        ),
    )

    def words(self) -> EvaluationWords:
        """Return what was typed."""
        return EvaluationWords(**self.cleaned_data)
