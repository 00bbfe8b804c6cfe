"""Words for how people behind a message stand."""

from django.utils.translation import gettext_lazy as _

SHOW_LABELS = {
    "untold": _("nobody has chosen a way"),
    "waiting": _("waiting for the digest"),
    "told": _("told"),
    "failed": _("mail failed or beyond reach"),
}
