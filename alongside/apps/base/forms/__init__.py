"""The house's forms: every message says what to do."""

from alongside.apps.base.forms.guide import GuideForm
from alongside.apps.base.forms.house import DateParts, Form, FormMixin, ModelForm, add_refusal

__all__ = ["DateParts", "Form", "FormMixin", "GuideForm", "ModelForm", "add_refusal"]
