"""What may become one, and what keeps two rows apart: papers and money keep the party they were made with."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules import Refused, check

# Tables whose rows say with whom something was signed, paid or published. They are never made to name another party:
# an organisation that stands in one of them is kept, or nothing is joined.
PAPERS = (
    "agreements.agreement",
    "partnership.disclosurecheck",
    "partnership.disclosurerow",
    "partnership.payment",
    "partnership.serviceoffer",
)


def list_papers(pointing: Mapping[str, int]) -> list[str]:
    """Return what stands in an organisation's name and keeps it from being merged into another, in words."""
    return [_write(label, pointing[label]) for label in PAPERS if pointing.get(label)]


def _write(label: str, number: int) -> str:
    words = {
        "agreements.agreement": ngettext("%(n)s agreement", "%(n)s agreements", number),
        "partnership.payment": ngettext("%(n)s payment", "%(n)s payments", number),
        "partnership.serviceoffer": ngettext("%(n)s offer of paid work", "%(n)s offers of paid work", number),
    }
    other = ngettext("%(n)s line of a disclosure", "%(n)s lines of disclosures", number)
    return words.get(label, other) % {"n": number}


def check_no_papers(name: str, papers: list[str]) -> None:
    """Refuse to merge an organisation away that agreements, payments or disclosures name."""
    if papers:
        words = _(
            "%(papers)s stand in the name of %(name)s, and a paper keeps the party it was made with. Keep %(name)s and "
            "merge the other into it. Where both have papers they stay two: end the one that is not used any more."
        )
        raise Refused(words % {"name": name, "papers": ", ".join(papers)}, field="keep")


def check_same_place(is_same: bool) -> None:
    """Refuse to merge contacts of two organisations."""
    check(
        is_same,
        _("These two belong to different organisations. Decide first whether the organisations are one."),
    )
