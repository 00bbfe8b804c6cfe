"""Form fields: their markup, their messages, what stands in them after a mistake."""

import datetime

import pytest
from django import forms
from django.template import Context, Template
from django.test import override_settings
from django.utils.safestring import mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.apps.base.forms import DateParts, Form, GuideForm, ModelForm, add_refusal
from alongside.apps.base.models import SavedView
from alongside.apps.base.presenters import list_errors, render_error_summary, render_field

FILLED = {
    "title": "Outpatients",
    "purpose": "We told them",
    "stage": "referral",
    "kind": "survey",
    "uses": ["analyse", "inside"],
    "held_on_day": "27",
    "held_on_month": "3",
    "held_on_year": "2026",
    "agreed": "on",
}


def drawn(form: forms.BaseForm, name: str, **extra: object) -> str:
    return render_field(form[name], dict(extra))


def test_a_whole_form_reads_what_was_typed() -> None:
    form = GuideForm(FILLED)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["held_on"] == datetime.date(2026, 3, 27)
    assert form.cleaned_data["uses"] == ["analyse", "inside"]


def test_no_field_ever_says_only_that_it_is_required() -> None:
    form = GuideForm({})

    messages = [str(error) for errors in form.errors.values() for error in errors]
    assert "This field is required." not in messages
    assert len(set(messages)) == len(messages)
    assert "Enter an answer for: title" in messages
    assert "Choose an answer for: Stage of the pathway" in messages
    assert "Tick the box to go on: I have read what people were told" in messages


def test_a_message_a_form_wrote_itself_is_kept() -> None:
    class OwnForm(Form):
        name = forms.CharField(error_messages={"required": "Enter the name on the letter"})
        age = forms.IntegerField()

    form = OwnForm({"name": "", "age": "ten"})

    assert form.errors["name"] == ["Enter the name on the letter"]
    assert form.errors["age"] == ["Age must be a whole number, such as 12"]


@pytest.mark.parametrize(
    ("day", "month", "year"), [("31", "2", "2026"), ("", "3", "2026"), ("x", "y", "z"), ("1", "13", "2026")]
)
def test_a_date_that_is_none_says_so_and_stays_as_it_was_typed(day: str, month: str, year: str) -> None:
    form = GuideForm({**FILLED, "held_on_day": day, "held_on_month": month, "held_on_year": year})

    assert form.errors["held_on"] == ["When was it held? must be a real date, such as 27 3 2026"]
    html = drawn(form, "held_on")
    for part, typed in (("day", day), ("month", month), ("year", year)):
        box = next(line for line in html.split("<input") if f'id="id_held_on-{part}"' in line)
        assert f'value="{typed}"' in box or not typed


@given(on=st.dates(min_value=datetime.date(1900, 1, 1)))
@settings(max_examples=40, deadline=None)
def test_every_date_survives_being_shown_and_read_again(on: datetime.date) -> None:
    widget = DateParts()

    shown = widget.parts(on)
    typed = {f"held_on_{part}": value for part, value in shown.items()}

    read = forms.DateField().clean(widget.value_from_datadict(typed, {}, "held_on"))
    assert read == on


def test_each_kind_of_field_is_drawn_by_its_component() -> None:
    form = GuideForm({**FILLED, "email": "no"})

    assert 'class="nhsuk-input"' in drawn(form, "title")
    assert 'value="Outpatients"' in drawn(form, "title")
    assert 'aria-describedby="id_email-error"' in drawn(form, "email")
    assert 'inputmode="numeric"' in drawn(form, "people")
    assert 'type="number"' not in drawn(form, "people")
    assert "nhsuk-password-input" in drawn(form, "password")
    assert 'data-maxlength="400"' in drawn(form, "purpose")
    assert 'value="referral" selected' in drawn(form, "stage")
    assert '<fieldset class="nhsuk-fieldset"' in drawn(form, "kind")
    assert drawn(form, "uses").count("checked") == 2
    assert 'type="file"' in drawn(form, "file")
    assert "checked" in drawn(form, "agreed")


def test_a_password_is_never_sent_back() -> None:
    assert "hunter" not in drawn(GuideForm({**FILLED, "password": "hunter"}), "password")


def test_a_hidden_field_stays_hidden_and_a_parameter_overrides() -> None:
    class WithHidden(Form):
        token = forms.CharField(widget=forms.HiddenInput, initial="abc")
        name = forms.CharField(required=False)

    form = WithHidden()

    assert 'type="hidden"' in drawn(form, "token")
    assert "Name (optional)" in drawn(form, "name")
    assert "Call me" in drawn(form, "name", label={"text": "Call me"})


def test_hints_of_single_answers_are_shown() -> None:
    class WithHints(Form):
        use = forms.ChoiceField(choices=[("a", "Inside"), ("b", "In public")], widget=forms.RadioSelect)
        use.choice_hints = {"b": "Anybody can read it"}  # type: ignore[attr-defined]

    assert "Anybody can read it" in drawn(WithHints(), "use")


def test_a_widget_nobody_draws_is_named() -> None:
    class Strange(Form):
        when = forms.CharField(widget=forms.Widget)

    with pytest.raises(TypeError, match="when: no component draws Widget"):
        drawn(Strange(), "when")


def test_the_error_summary_links_to_the_first_control_of_each_field() -> None:
    form = GuideForm({**FILLED, "title": "", "held_on_day": "99"})
    add_refusal(form, "stage", "That stage is closed. Choose another.")
    add_refusal(form, "nowhere", "Somebody else has already saved this. Load it again.")

    links = {str(each["text"]): each.get("href") for each in list_errors(form)}

    assert links["Enter an answer for: title"] == "#id_title"
    assert links["When was it held? must be a real date, such as 27 3 2026"] == "#id_held_on-day"
    assert links["That stage is closed. Choose another."] == "#id_stage"
    assert links["Somebody else has already saved this. Load it again."] is None
    html = render_error_summary(form)
    assert html.count("<li>") == 4


def test_nothing_is_summed_up_while_all_is_well() -> None:
    assert render_error_summary(GuideForm()) == ""
    assert render_error_summary(GuideForm(FILLED)) == ""


@override_settings(USE_I18N=True)
def test_the_tags_draw_a_form() -> None:
    page = Template(
        "{% load base_tags %}{% error_summary form %}{% fields form %}{% field form.title optional=False %}"
    )

    html = page.render(Context({"form": GuideForm({})}))

    assert "There is a problem" in html
    assert html.count('name="title"') == 2


def test_a_form_over_a_table_has_the_same_messages() -> None:
    class ViewForm(ModelForm):
        class Meta:
            model = SavedView
            fields = ("name",)

    assert ViewForm({"name": ""}).errors["name"] == ["Enter an answer for: name"]


def test_choices_under_headings_markup_in_hints_and_long_words_are_drawn() -> None:
    class Wide(Form):
        group = forms.ChoiceField(choices=[("Spoken", [("a", "Interview")]), ("b", "Survey")], required=False)
        note = forms.CharField(
            widget=forms.Textarea, help_text=mark_safe("See <em>the guide</em>"), required=False
        )
        secret = forms.CharField(widget=forms.HiddenInput)

    form = Wide({"group": "a"})

    assert drawn(form, "group").count("<option") == 2
    assert "See <em>the guide</em>" in drawn(form, "note")
    assert "data-maxlength" not in drawn(form, "note")
    assert list_errors(form) == [{"text": "Enter an answer for: secret"}]
