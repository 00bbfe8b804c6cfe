"""A file of published grants, brought in through the job that reads it."""

import json
from collections.abc import Sequence
from typing import Any

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import GivingFile
from alongside.apps.partnership.operations.giving import upload_giving
from tests.factories.people import NOW


def make_grant(number: int, **changes: Any) -> dict[str, Any]:
    """Return a grant as it is published."""
    grant: dict[str, Any] = {
        "id": f"360G-Halfpenny-{number}",
        "title": f"Phone friends {number}",
        "description": "A year of calls",
        "currency": "GBP",
        "amountAwarded": 1250.5,
        "awardDate": "2026-03-27",
        "fundingOrganization": [{"id": "GB-CHC-1000001", "name": "Halfpenny Trust"}],
        "recipientOrganization": [{"id": "GB-CHC-1000002", "name": "Side Door CIO"}],
    }
    return {**grant, **changes}


def bring_in(viewer: Viewer, grants: Sequence[object], name: str = "grants.json") -> GivingFile:
    """Return the file once it was read."""
    content = json.dumps({"grants": list(grants)}).encode()
    made = upload_giving(
        file_name=name, size_bytes=len(content), source="Its website", parts=[content], by=viewer, at=NOW
    )
    while run_next_job():
        pass
    return GivingFile.objects.get(id=made.id)
