"""Reads about consent texts and bases."""

from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.people.models import Basis, ConsentText


def list_consent_texts(viewer: Viewer, *, language: str = "") -> list[ConsentText]:
    """Return every recorded wording, newest version first; nothing for the public."""
    if not viewer.is_known and not viewer.may("run_engagements"):
        return []
    texts = ConsentText.objects.order_by("key", "-version", "language")
    return list(texts.filter(language=language) if language else texts)


def get_consent_text_in(text_id: UUID, language: str) -> ConsentText | None:
    """Return a wording in a language where that version has one, else as it was written."""
    text = ConsentText.objects.filter(id=text_id).first()
    if text is None:
        return None
    same = ConsentText.objects.filter(key=text.key, version=text.version, language=language)
    return same.first() or text


def get_basis(basis_id: UUID) -> Basis:
    """Return the basis with this id, with the text people agreed to."""
    return Basis.objects.select_related("consent_text").get(id=basis_id)


def list_bases(basis_ids: set[UUID]) -> dict[UUID, Basis]:
    """Return bases by id, with the texts people agreed to."""
    return {
        basis.id: basis for basis in Basis.objects.select_related("consent_text").filter(id__in=basis_ids)
    }
