"""Forms about notes, priorities and promises; they check input and never save."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.partnership.forms.relations.partners import EXAMPLE_DAY, Choices, area, choose
from alongside.apps.partnership.models import Interaction, NoteAnswer, Priority
from alongside.apps.partnership.operations.relations import InteractionPlan, PriorityPlan, PromisePlan

PROMISE_ROWS, PRIORITY_ROWS = 3, 2


@dataclass(frozen=True)
class DrawnRow:
    """The fields of one row, and whether something was typed there, so that it is not folded away."""

    fields: tuple[BoundField, ...]
    is_open: bool


class WordsForm(Form):
    """A few words; the page says what they are for."""

    words = forms.CharField(label=_("Your words"), max_length=4000, widget=area(4))

    def __init__(self, *args: Any, label: str, hint: str = "", is_needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.fields["words"]
        found.label, found.help_text, found.required = label, hint, is_needed
        found.error_messages["required"] = _now("Enter an answer for: %(name)s") % {"name": label}


class NoteForm(Form):
    """What happened with a partner."""

    title = forms.CharField(label=_("What was it about?"), max_length=200)
    kind = forms.ChoiceField(label=_("What kind of contact was it?"), choices=Interaction.Kind.choices)
    happened_on = forms.DateField(label=_("When?"), widget=DateParts, help_text=EXAMPLE_DAY)
    place = forms.CharField(
        label=_("Where, or by what means?"),
        max_length=200,
        required=False,
        help_text=_("For example: by video"),
    )
    our_people = forms.TypedMultipleChoiceField(
        label=_("Who was there from us?"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )
    their_people = forms.CharField(
        label=_("Who was there from them?"), max_length=400, required=False, help_text=_("Names, with commas")
    )
    shared_notes = forms.CharField(
        label=_("Notes for both sides"),
        required=False,
        widget=area(6),
        max_length=20_000,
        help_text=_("The partner reads these once you share them, and confirms or corrects them."),
    )
    private_notes = forms.CharField(
        label=_("Notes for us alone"),
        required=False,
        widget=area(3),
        max_length=20_000,
        help_text=_("The partner never reads these. Whoever they are about may ask to see them."),
    )
    materials = forms.CharField(
        label=_("What was handed over, and why?"), required=False, widget=area(2), max_length=4000
    )
    promotional_staff_present = forms.BooleanField(
        label=_("Somebody whose work is to promote a product was there"), required=False
    )

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "our_people", colleagues)

    def plan(self) -> InteractionPlan:
        """Return what was typed."""
        data = self.cleaned_data
        return InteractionPlan(
            kind=data["kind"],
            happened_on=data["happened_on"],
            title=data["title"],
            place=data["place"],
            our_people=data["our_people"],
            their_people=data["their_people"],
            shared_notes=data["shared_notes"],
            private_notes=data["private_notes"],
            materials=data["materials"],
            promotional_staff_present=data["promotional_staff_present"],
        )


class NewNoteForm(NoteForm):
    """What happened, with a few empty rows for what we promised and what they want."""

    share = forms.BooleanField(
        label=_("Share the notes for both sides now"),
        required=False,
        help_text=_("It cannot be taken back. You can also do it later."),
    )

    def __init__(self, *args: Any, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, PROMISE_ROWS + 1):
            _add_promise_row(self, f"promise_{number}_", owners)
        for number in range(1, PRIORITY_ROWS + 1):
            _add_priority_row(self, f"priority_{number}_")
        self.name_messages()

    def _list_rows(self, what: str, names: Sequence[str], most: int) -> list[dict[str, Any]]:
        """Return the rows whose words were filled, by the names of their fields."""
        rows = [
            {name: self.cleaned_data.get(f"{what}_{number}_{name}") for name in names}
            for number in range(1, most + 1)
        ]
        return [row for row in rows if row["words"]]

    @property
    def promise_rows(self) -> list[DrawnRow]:
        """Return the fields of promises row by row, to be drawn."""
        return self._draw_rows("promise", ("words", "owner", "due_on"), PROMISE_ROWS)

    @property
    def priority_rows(self) -> list[DrawnRow]:
        """Return the fields of priorities row by row, to be drawn."""
        return self._draw_rows("priority", ("words", "said_by", "strength"), PRIORITY_ROWS)

    def _draw_rows(self, what: str, names: Sequence[str], most: int) -> list[DrawnRow]:
        rows = [[self[f"{what}_{number}_{name}"] for name in names] for number in range(1, most + 1)]
        return [DrawnRow(tuple(row), any(one.data or one.errors for one in row)) for row in rows]

    def clean(self) -> dict[str, Any]:
        """Refuse half a row, and notes to share that are empty."""
        data = super().clean() or self.cleaned_data
        for number in range(1, PROMISE_ROWS + 1):
            row = f"promise_{number}_"
            if data.get(f"{row}words"):
                _require(self, data, f"{row}owner", _now("Choose who of us keeps this promise"))
                _require(self, data, f"{row}due_on", _now("Enter the day by which it is kept"))
            elif data.get(f"{row}due_on"):
                _require(self, data, f"{row}words", _now("Write what we promised, or take the day out"))
        for number in range(1, PRIORITY_ROWS + 1):
            row = f"priority_{number}_"
            if data.get(f"{row}words"):
                _require(self, data, f"{row}strength", _now("Choose how much it matters to them"))
            elif data.get(f"{row}said_by"):
                _require(self, data, f"{row}words", _now("Write what they said, in their words"))
        if data.get("share") and not data.get("shared_notes"):
            self.add_error("shared_notes", _now("Write the notes for both sides, or share them later"))
        return data

    def promises(self) -> list[PromisePlan]:
        """Return what we promised."""
        rows = self._list_rows("promise", ("words", "owner", "due_on"), PROMISE_ROWS)
        return [PromisePlan(row["words"], row["owner"], row["due_on"]) for row in rows]

    def priorities(self) -> list[PriorityPlan]:
        """Return what they want."""
        rows = self._list_rows("priority", ("words", "said_by", "strength"), PRIORITY_ROWS)
        return [PriorityPlan(row["words"], row["strength"], row["said_by"] or "") for row in rows]


class PromiseForm(Form):
    """What we promised a partner."""

    made_on = forms.DateField(label=_("When did we promise it?"), widget=DateParts, help_text=EXAMPLE_DAY)

    def __init__(self, *args: Any, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _add_promise_row(self, "", owners)
        for name in ("words", "owner", "due_on"):
            self.fields[name].required = True
        self.order_fields(["words", "owner", "due_on", "made_on"])
        self.name_messages()

    def promise(self) -> PromisePlan:
        """Return what was typed."""
        data = self.cleaned_data
        return PromisePlan(data["words"], data["owner"], data["due_on"])


class PriorityForm(Form):
    """What a partner wants."""

    heard_on = forms.DateField(label=_("When did we hear it?"), widget=DateParts, help_text=EXAMPLE_DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _add_priority_row(self, "")
        for name in ("words", "strength"):
            self.fields[name].required = True
        self.order_fields(["words", "said_by", "strength", "heard_on"])
        self.name_messages()

    def priority(self) -> PriorityPlan:
        """Return what was typed."""
        data = self.cleaned_data
        return PriorityPlan(data["words"], data["strength"], data["said_by"])


class AnswerForm(Form):
    """A partner's answer to notes: right, or what should stand there instead."""

    answer = forms.ChoiceField(
        label=_("Are these notes right?"),
        choices=[
            (NoteAnswer.Answer.CONFIRMED, _("Yes, they are right")),
            (NoteAnswer.Answer.CORRECTED, _("No, something should be different")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the notes are right")},
    )
    words = forms.CharField(
        label=_("What should stand there instead?"),
        required=False,
        max_length=5000,
        widget=area(4),
        help_text=_("Only if something should be different. You may also add a word when they are right."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


def _require(form: Form, data: dict[str, Any], name: str, words: str) -> None:
    if not data.get(name) and name not in form.errors:
        form.add_error(name, words)


def _add_promise_row(form: Form, prefix: str, owners: Choices) -> None:
    form.fields[f"{prefix}words"] = forms.CharField(
        label=_now("What did we promise?"), max_length=2000, required=False, widget=area(2)
    )
    form.fields[f"{prefix}owner"] = forms.TypedChoiceField(
        label=_now("Who of us keeps it?"),
        coerce=UUID,
        empty_value=None,
        required=False,
        choices=[("", _now("Choose somebody")), *((str(key), name) for key, name in owners)],
    )
    form.fields[f"{prefix}due_on"] = forms.DateField(
        label=_now("By when?"), widget=DateParts, required=False, help_text=_now("For example, 27 3 2026")
    )


def _add_priority_row(form: Form, prefix: str) -> None:
    form.fields[f"{prefix}words"] = forms.CharField(
        label=_now("What do they want, in their words?"), max_length=5000, required=False, widget=area(2)
    )
    form.fields[f"{prefix}said_by"] = forms.CharField(
        label=_now("Who said it?"),
        max_length=200,
        required=False,
        help_text=_now("For example: their chair, or the members’ evening"),
    )
    form.fields[f"{prefix}strength"] = forms.ChoiceField(
        label=_now("How much does it matter to them?"),
        required=False,
        choices=[("", _now("Choose an answer")), *Priority.Strength.choices],
    )
