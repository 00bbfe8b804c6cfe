"""Tags for every template: components, form fields, quotes, the trail."""

from django import template
from django.utils.safestring import SafeString

from alongside.apps.base.presenters import render_component

register = template.Library()


@register.simple_tag
def nhsuk(component: str, **parameters: object) -> SafeString:
    """Draw a component: `{% nhsuk "button" text="Save" %}`; `label__text` reaches inside, lists and dicts may be passed."""
    return render_component(component, parameters)
