"""From a bound field of a Django form to the component that draws it."""

from collections.abc import Callable

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alongside.apps.base.presenters.markup import render_component

Parameters = dict[str, object]
INPUT_TYPES = {"text", "email", "number", "password", "tel", "url", "search"}


def field_id(field: BoundField) -> str:
    """Return the id that a link from the error summary reaches: the first control of the field."""
    first = field.auto_id or f"id_{field.html_name}"
    return f"{first}-day" if hasattr(field.field.widget, "parts") else first


def first_error(field: BoundField) -> str:
    """Return the first thing that is wrong with the field, or nothing."""
    return str(field.errors[0]) if field.errors else ""


def _attributes(field: BoundField) -> Parameters:
    """Return the widget's own attributes that no parameter of the component already carries."""
    carried = {"class", "id", "rows", "cols", "autocomplete", "inputmode", "maxlength", "type", "required"}
    found: Parameters = {
        name: value
        for name, value in field.field.widget.attrs.items()
        if name not in carried and value is not False
    }
    return found


def _common(field: BoundField, optional: bool) -> Parameters:
    label = str(field.label)
    if optional and not field.field.required:
        label = _("%(label)s (optional)") % {"label": label}
    parameters: Parameters = {
        "name": field.html_name,
        "id": field.auto_id or f"id_{field.html_name}",
        "label": {"text": label},
        "attributes": _attributes(field),
    }
    if field.help_text:
        kind = "html" if isinstance(field.help_text, SafeString) else "text"
        parameters["hint"] = {kind: str(field.help_text) if kind == "text" else field.help_text}
    if error := first_error(field):
        parameters["errorMessage"] = {"text": error}
    for name in ("autocomplete", "inputmode"):
        if name in field.field.widget.attrs:
            parameters[name] = field.field.widget.attrs[name]
    return parameters


def _value(field: BoundField) -> str:
    value = field.value()
    return "" if value is None else str(field.field.prepare_value(value))


def _options(field: BoundField) -> list[Parameters]:
    """Return the answers of a field, flat, with those chosen marked."""
    chosen = field.value()
    values = {str(each) for each in (chosen if isinstance(chosen, list | tuple | set) else [chosen])}
    choices: list[tuple[object, object]] = []
    for value, label in getattr(field.field.widget, "choices", []):
        choices += label if isinstance(label, list | tuple) else [(value, label)]
    hints = getattr(field.field, "choice_hints", {})
    options: list[Parameters] = []
    for value, label in choices:
        text = "" if value is None else str(value)
        option: Parameters = {"value": text, "text": str(label)}
        if text in values or (text == "" and chosen is None):
            option["checked"] = option["selected"] = True
        if hint := hints.get(value):
            option["hint"] = {"text": str(hint)}
        options.append(option)
    return options


def _legend(parameters: Parameters) -> Parameters:
    label = parameters.pop("label")
    text = label["text"] if isinstance(label, dict) else label
    return {**parameters, "fieldset": {"legend": {"text": text, "classes": "nhsuk-fieldset__legend--s"}}}


def _input(field: BoundField, parameters: Parameters) -> SafeString:
    kind = str(getattr(field.field.widget, "input_type", "text"))
    if kind == "hidden":
        return SafeString(field.as_hidden())
    if kind == "number":  # a number box loses digits to a scroll wheel; a text box with a number pad does not
        kind = "text"
        parameters.setdefault("inputmode", "numeric")
    if kind in {"email", "password"}:
        parameters.setdefault("spellcheck", False)
    parameters["type"] = kind if kind in INPUT_TYPES else "text"
    if kind != "password":
        return render_component("input", {**parameters, "value": _value(field)})
    words: Parameters = {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    }
    return render_component("password-input", {**parameters, **words})


def _textarea(field: BoundField, parameters: Parameters) -> SafeString:
    parameters["value"] = _value(field)
    parameters["rows"] = field.field.widget.attrs.get("rows", 5)
    longest = getattr(field.field, "max_length", None)
    if not longest:
        return render_component("textarea", parameters)
    words: Parameters = {
        "maxlength": longest,
        "threshold": "75",
        "textareaDescriptionText": _("You can enter up to %{count} characters"),
        "charactersUnderLimitText": {
            "one": _("You have %{count} character left"),
            "other": _("You have %{count} characters left"),
        },
        "charactersAtLimitText": _("You have 0 characters left"),
        "charactersOverLimitText": {
            "one": _("You have %{count} character too many"),
            "other": _("You have %{count} characters too many"),
        },
    }
    return render_component("character-count", {**parameters, **words})


def _select(field: BoundField, parameters: Parameters) -> SafeString:
    return render_component("select", {**parameters, "items": _options(field)})


def _radios(field: BoundField, parameters: Parameters) -> SafeString:
    options = [option for option in _options(field) if option["value"] != ""]
    return render_component("radios", {**_prefixed(_legend(parameters)), "items": options})


def _checkboxes(field: BoundField, parameters: Parameters) -> SafeString:
    return render_component("checkboxes", {**_prefixed(_legend(parameters)), "items": _options(field)})


def _one_checkbox(field: BoundField, parameters: Parameters) -> SafeString:
    label = parameters.pop("label")
    box: Parameters = {"value": "on", "text": label["text"] if isinstance(label, dict) else label}
    if field.value():
        box["checked"] = True
    if hint := parameters.pop("hint", None):
        box["hint"] = hint
    return render_component("checkboxes", {**_prefixed(parameters), "items": [box]})


def _prefixed(parameters: Parameters) -> Parameters:
    """Give the id to the first box and not to the group as well: an id that stands twice names neither."""
    group = {name: value for name, value in parameters.items() if name != "id"}
    return {**group, "idPrefix": parameters["id"]}


def _date(field: BoundField, parameters: Parameters) -> SafeString:
    parts: dict[str, str] = field.field.widget.parts(field.value())
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    boxes: list[Parameters] = [
        {
            "id": f"{parameters['id']}-{part}",
            "name": f"{field.html_name}_{part}",
            "label": labels[part],
            "value": value,
            "inputmode": "numeric",
            "classes": f"nhsuk-input--width-{4 if part == 'year' else 2}"
            + (" nhsuk-input--error" if field.errors else ""),
        }
        for part, value in parts.items()
    ]
    return render_component("date-input", {**_legend(parameters), "items": boxes})


def _file(field: BoundField, parameters: Parameters) -> SafeString:
    if isinstance(field.field.widget, forms.ClearableFileInput):
        parameters["multiple"] = bool(getattr(field.field.widget, "allow_multiple_selected", False))
    words: Parameters = {
        "chooseFilesButtonText": _("Choose a file"),
        "dropInstructionText": _("or drop it here"),
        "noFileChosenText": _("No file chosen"),
        "enteredDropZoneText": _("Over the place to drop a file"),
        "leftDropZoneText": _("Away from the place to drop a file"),
    }
    return render_component("file-upload", {**parameters, **words})


DRAW: tuple[tuple[type[forms.Widget], Callable[[BoundField, Parameters], SafeString]], ...] = (
    (forms.MultiWidget, _date),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.Select, _select),
    (forms.CheckboxInput, _one_checkbox),
    (forms.FileInput, _file),
    (forms.Textarea, _textarea),
    (Input, _input),
)


def render_field(field: BoundField, extra: Parameters, *, optional: bool = True) -> SafeString:
    """Return a form field with label, hint, error and control.

    `extra` overrides any parameter of the component; `optional` adds "(optional)" to what may be left empty.
    """
    parameters = {**_common(field, optional), **extra}
    for widget, draw in DRAW:
        if isinstance(field.field.widget, widget):
            return draw(field, parameters)
    raise TypeError(f"{field.html_name}: no component draws {type(field.field.widget).__name__}")


def list_errors(form: forms.BaseForm) -> list[Parameters]:
    """Return each thing that is wrong as a text with a link to its field, as the error summary wants them."""
    found: list[Parameters] = [{"text": str(error)} for error in form.non_field_errors()]
    for name in form.fields:
        field = form[name]
        if field.errors and not field.is_hidden:
            found.append({"text": first_error(field), "href": f"#{field_id(field)}"})
        elif field.errors:
            found.append({"text": first_error(field)})
    return found


def render_error_summary(form: forms.BaseForm, title: str | Promise = "") -> SafeString:
    """Return the summary of what is wrong, which takes the focus when the page opens; nothing when all is well."""
    if not form.is_bound or not form.errors:
        return SafeString("")
    return render_component(
        "error-summary", {"titleText": str(title or _("There is a problem")), "errorList": list_errors(form)}
    )
