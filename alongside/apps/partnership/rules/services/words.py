"""Words that people type about paid work: something is there, not too much, and no bank details."""

from django.utils.translation import gettext as _

from alongside.apps.base.rules import check
from alongside.apps.base.rules.bank_details import check_no_bank_details


def check_words(words: str, *, what: str, field: str, most: int = 2000, needed: bool = True) -> str:
    """Return the words without outer blanks; refuse none where some are needed, too many, and bank details."""
    kept = words.strip()
    check(bool(kept) or not needed, _("Write %(what)s.") % {"what": what}, field=field)
    check(
        len(kept) <= most,
        _("This is %(n)s characters long; the most is %(most)s.") % {"n": len(kept), "most": most},
        field=field,
    )
    check_no_bank_details(kept, field=field)
    return kept
