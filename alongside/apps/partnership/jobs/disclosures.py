"""Each day: does every published year still fit its checksum? What was found stands on the public page."""

from alongside.apps.base.operations import JobWork
from alongside.apps.base.rules import SYSTEM
from alongside.apps.partnership.operations.disclosures.publishing import verify_disclosure
from alongside.apps.partnership.queries.disclosures.register import list_public_years


def verify_published(work: JobWork) -> None:
    """Compare every published year with its checksum; comes round each day."""
    years = list_public_years()
    changed = 0
    for number, year in enumerate(years):
        work.progress(number, len(years), f"Looking at {year.year}")
        found = verify_disclosure(disclosure_id=year.id, by=SYSTEM, at=work.clock())
        changed += not found.is_intact
    with work.finish() as result:
        result.update({"years": len(years), "changed": changed})
