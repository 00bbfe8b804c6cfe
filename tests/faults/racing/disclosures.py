"""Races about a year's disclosure: approving, publishing and correcting happen once, whoever presses at once."""

from datetime import UTC, date, datetime

from alongside.apps.partnership.models import (
    Disclosure,
    DisclosureCorrection,
    DisclosureEvent,
    DisclosureRow,
    DisclosureSnapshot,
    DisclosureTotal,
)
from alongside.apps.partnership.operations.disclosures.collecting import begin_year
from alongside.apps.partnership.operations.disclosures.correcting import approve_correction, correct_row
from alongside.apps.partnership.operations.disclosures.publishing import publish_disclosure
from tests.factories.disclosures import make_lead, make_paid, make_year
from tests.factories.partners import make_organisation
from tests.factories.people import make_viewer
from tests.faults.racing.race import Given, Race, as_id, differs, viewer_of

LATER = datetime(2026, 6, 30, 9, tzinfo=UTC)


def _clear() -> None:
    """Take years of earlier races away: a year is disclosed once in an installation."""
    DisclosureTotal.objects.all().delete()
    DisclosureSnapshot.objects.all().delete()
    DisclosureRow.objects.filter(correction__isnull=False).delete()
    DisclosureCorrection.objects.all().delete()
    DisclosureRow.objects.all().delete()
    for name in ("people", "checks", "events", "notes"):
        for year in Disclosure.objects.all():
            getattr(year, name).all().delete()
    Disclosure.objects.all().delete()


def _approved() -> Given:
    _clear()
    make_paid(make_organisation().id, paid_on=date(2025, 5, 6))
    year = make_year(make_lead(), until="approved")
    certifiers = {f"certifier{place}": str(make_viewer("certifier").own_id) for place in range(2)}
    return {"year": str(year.id), **certifiers}


def _publish(given: Given, place: int) -> object:
    by = viewer_of(given, f"certifier{place % 2}")
    return publish_disclosure(disclosure_id=as_id(given, "year"), by=by, at=LATER)


def _published_once(given: Given) -> str:
    year = as_id(given, "year")
    snapshots = DisclosureSnapshot.objects.filter(disclosure_id=year).count()
    steps = DisclosureEvent.objects.filter(disclosure_id=year, became="published").count()
    totals = DisclosureTotal.objects.filter(disclosure_id=year, after=0).count()
    return differs("snapshots, steps and sums", (snapshots, steps, totals), (1, 1, 1))


def _corrected() -> Given:
    given = dict(_approved())
    publish_disclosure(disclosure_id=as_id(given, "year"), by=viewer_of(given, "certifier0"), at=LATER)
    row = DisclosureRow.objects.filter(disclosure_id=as_id(given, "year")).order_by("number")[:1].get()
    made = correct_row(row_id=row.id, right=None, reason="Paid back.", by=make_lead(), at=LATER)
    return {**given, "correction": str(made)}


def _approve(given: Given, place: int) -> object:
    by = viewer_of(given, f"certifier{place % 2}")
    approve_correction(correction_id=as_id(given, "correction"), by=by, at=LATER)
    return True


def _corrected_once(given: Given) -> str:
    year = Disclosure.objects.get(id=as_id(given, "year"))
    numbers = list(year.corrections.values_list("number", flat=True))
    steps = DisclosureEvent.objects.filter(disclosure=year, became="corrected").count()
    return differs("corrections and steps", (numbers, steps), ([1], 1))


def _nothing_begun() -> Given:
    _clear()
    return {"by": str(make_lead().own_id)}


def _begun_once(_given: Given) -> str:
    return differs("years", list(Disclosure.objects.values_list("year", flat=True)), [2025])


RACES = (
    Race("two certifiers publish a year at once", _approved, _publish, _published_once, 1),
    Race("two certifiers approve a correction at once", _corrected, _approve, _corrected_once, 1),
    Race(
        "a year is begun by everybody at once",
        _nothing_begun,
        lambda given, _place: begin_year(year=2025, by=viewer_of(given), at=LATER),
        _begun_once,
        1,
    ),
)
