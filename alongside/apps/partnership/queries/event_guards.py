"""Agreements that an event or a project stands on."""

from uuid import UUID

from alongside.apps.agreements.queries import AgreementLine
from alongside.apps.base.rules import Viewer


def list_event_agreements(viewer: Viewer, event_id: UUID) -> list[AgreementLine]:
    """Return the agreements of an event."""
    return []


def list_project_agreements(viewer: Viewer, project_id: UUID) -> list[AgreementLine]:
    """Return the agreements of a project."""
    return []
