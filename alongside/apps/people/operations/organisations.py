"""Partners: patient groups, NHS bodies, charities, companies."""

from datetime import datetime

from django.db import IntegrityError, transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.people.models import Organisation


@transaction.atomic
def add_organisation(
    *,
    name: str,
    kind: str,
    by: Viewer,
    at: datetime,
    purpose: str = "",
    reach: str = "",
    nation: str = "",
    website: str = "",
) -> Organisation:
    """Add an organisation under its full name."""
    check_may(by, "manage_partners")
    check(bool(name.strip()), "Enter the organisation's name.", field="name")
    kinds = dict(Organisation.Kind.choices)
    check(
        kind in kinds,
        f"“{kind}” is not a kind of organisation. Use one of: {', '.join(kinds)}.",
        field="kind",
    )
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                name=name.strip(),
                kind=kind,
                purpose=purpose,
                reach=reach,
                nation=nation,
                website=website,
                created_at=at,
            )
    except IntegrityError as clash:
        raise Refused(f"“{name.strip()}” is already here.", field="name") from clash
    record_audit(by=by, at=at, operation="add_organisation", on=organisation)
    return organisation
