"""Grants another funder published, brought into the demonstration: good ones kept, two told as wrong."""

import json
from collections.abc import Mapping
from typing import Any

from alongside.apps.partnership.operations.giving import upload_giving
from alongside.demo.cast import Cast
from alongside.demo.words import at_noon, read_yaml
from alongside.demo.working import do_waiting_work


def read_what_others_published(cast: Cast) -> None:
    """Bring one file of published grants in, as a lead does."""
    content = read_yaml("partnering/published.yaml")
    grants = [_as_published(one, content["funder"]) for one in content["grants"]]
    package = json.dumps({"grants": grants}).encode()
    at = at_noon(content["at"])
    upload_giving(
        file_name=content["file_name"],
        size_bytes=len(package),
        source=content["source"],
        parts=[package],
        by=cast["ruth"],
        at=at,
    )
    do_waiting_work(at)


def _as_published(one: Mapping[str, Any], funder: Mapping[str, str]) -> dict[str, Any]:
    grant = {
        "id": one["id"],
        "title": one["title"],
        "currency": "GBP",
        "amountAwarded": one["amount"],
        "awardDate": one["awarded"],
        "fundingOrganization": [dict(funder)],
        "recipientOrganization": [dict(one["to"])],
        "fromOpenCall": one.get("open_call", "Yes"),
    }
    return {**grant, "description": one["description"]} if "description" in one else grant
