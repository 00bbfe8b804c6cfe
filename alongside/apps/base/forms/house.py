"""Form fields whose every message says what to do, and the widgets that draw them.

Every form of the house inherits from `Form`, so that no reader meets "This field is required."
"""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _

CHOOSE = (forms.ChoiceField, forms.ModelChoiceField)


def _required_message(field: forms.Field, label: str) -> str:
    """Return what to do about an empty field, by the kind of answer it wants."""
    name = label[:1].lower() + label[1:] if not label.isupper() else label
    if isinstance(field, forms.FileField):
        return _("Choose a file for: %(name)s") % {"name": label}
    if isinstance(field, forms.BooleanField):
        return _("Tick the box to go on: %(name)s") % {"name": label}
    if isinstance(field, CHOOSE):
        return _("Choose an answer for: %(name)s") % {"name": label}
    if isinstance(field, forms.DateField):
        return _("Enter a date for: %(name)s") % {"name": label}
    return _("Enter an answer for: %(name)s") % {"name": label if "?" in label else name}


def _messages(field: forms.Field, label: str) -> dict[str, str]:
    """Return the house's words for what can be wrong with a field of this kind."""
    messages = {"required": _required_message(field, label)}
    if isinstance(field, forms.EmailField):
        messages["invalid"] = _("Enter an e-mail address in the form name@example.org")
    elif isinstance(field, forms.DateField):
        messages["invalid"] = _("%(name)s must be a real date, such as 27 3 2026") % {"name": label}
    elif isinstance(field, forms.IntegerField):
        messages["invalid"] = _("%(name)s must be a whole number, such as 12") % {"name": label}
    elif isinstance(field, CHOOSE):
        messages["invalid_choice"] = _("%(name)s: choose one of the answers in the list") % {"name": label}
    elif isinstance(field, forms.FileField):
        messages["empty"] = _("The file is empty. Choose a file with something in it.")
        messages["invalid"] = _("The file did not arrive. Choose it again.")
    return messages


class DateParts(forms.MultiWidget):
    """A date as day, month and year, which is how people say it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"day": forms.TextInput, "month": forms.TextInput, "year": forms.TextInput}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return the date as Django reads it, empty when nothing was typed."""
        day, month, year = (
            str(part or "").strip() for part in super().value_from_datadict(data, files, name)
        )
        if not (day or month or year):
            return ""
        return f"{year}-{month}-{day}"

    def parts(self, value: Any) -> dict[str, str]:
        """Return what stands in each box, also when it was no date."""
        if isinstance(value, str) and value.count("-") == 2:
            year, month, day = value.split("-")
            return {"day": day, "month": month, "year": year}
        day, month, year = self.decompress(value) if not isinstance(value, str) else ["", "", ""]
        return {"day": str(day or ""), "month": str(month or ""), "year": str(year or "")}


class FormMixin:
    """Give every field a message of its own, named after its label."""

    fields: dict[str, forms.Field]

    def name_messages(self) -> None:
        """Put the house's words in place of Django's, except where a form wrote its own."""
        for name, field in self.fields.items():
            label = str(field.label or name.replace("_", " ").capitalize())
            field.label = label
            defaults: dict[str, Any] = {}
            for kind in reversed(type(field).__mro__):
                defaults.update(getattr(kind, "default_error_messages", {}))
            for code, words in _messages(field, label).items():
                if field.error_messages.get(code) in (None, defaults.get(code)):
                    field.error_messages[code] = words


class Form(FormMixin, forms.Form):
    """A form of the house."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_messages()


class ModelForm(FormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A form over a table; it checks and never saves."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name_messages()


def add_refusal(form: forms.BaseForm, field: str, reason: str) -> None:
    """Show why an operation refused beside the field it is about, or at the top of the form."""
    form.add_error(field if field in form.fields else None, cast(Any, reason))
