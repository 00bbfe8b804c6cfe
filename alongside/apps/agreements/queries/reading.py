"""One agreement to read: the version as it is, with the hash that a decision must carry."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from alongside.apps.agreements.bridge import make_agreement_pdf
from alongside.apps.agreements.models import Agreement
from alongside.apps.agreements.queries.papers import get_version
from alongside.apps.agreements.rules import digest_document
from alongside.apps.agreements.rules.papers import split_text
from alongside.apps.base.rules import Refused, Viewer


@dataclass(frozen=True)
class ShownVersion:
    """The words of an agreement as they are now; `is_intact` says whether they still have their hash."""

    number: int
    sha256: str
    template: str
    sections: list[tuple[str, str]]
    is_intact: bool


def get_shown_version(viewer: Viewer, agreement_id: UUID) -> ShownVersion:
    """Return the version an agreement stands at; Refused where there is none for this viewer."""
    agreement = Agreement.objects.for_viewer(viewer).filter(id=agreement_id).first()
    if agreement is None:
        raise Refused(_("That agreement is not there, or not yours to see."), field="agreement")
    version = get_version(agreement)
    return ShownVersion(
        version.number,
        version.document_sha256,
        version.template,
        split_text(version.document),
        digest_document(version.document) == version.document_sha256,
    )


def press_pdf(html: str) -> bytes:
    """Return a printed page as a PDF, with the stylesheet of printed pages; Refused where this server cannot."""
    found = finders.find("built/print.css")
    style = Path(found).read_text(encoding="utf-8") if isinstance(found, str) else ""
    return make_agreement_pdf(html, style)


def get_answers(viewer: Viewer, agreement_id: UUID) -> dict[str, str]:
    """Return the answers by field of the version an agreement stands at; empty where there is none to see."""
    agreement = Agreement.objects.for_viewer(viewer).filter(id=agreement_id).first()
    return dict(get_version(agreement).fields) if agreement else {}
