"""Words for the values that filters offer."""

from django.utils.translation import gettext_lazy as _

from alongside.apps.engagement.models import Engagement, Source

KINDS = {value: str(label).capitalize() for value, label in Engagement.Kind.choices}
STAGES = {value: str(label).capitalize() for value, label in Engagement.Stage.choices}
NATIONS = {value: str(label) for value, label in Engagement.Nation.choices}
SOURCES = {value: str(label).capitalize() for value, label in Source.Kind.choices}
STATES = {"open": _("Open"), "closed": _("Closed")}
VOICE_KINDS = {
    "blank": _("Did not answer"),
    "moderator": _("Moderators’ turns"),
    "corrected": _("Corrected since"),
}
BASES = {
    "consent": _("Consent to a text"),
    "public_task": _("Public task"),
    "legitimate_interests": _("Legitimate interests"),
    "legal_obligation": _("Legal obligation"),
    "unknown": _("Not known"),
}
HAS_FACTS = {"yes": _("Said something about themselves"), "no": _("Said nothing about themselves")}
