"""Publishing what we fund and how we judge: one edition after another, never a changed one."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.bridge.funding import read_shipped_criteria
from alongside.apps.partnership.models import FundingCriteria
from alongside.apps.partnership.rules.funding import check_words, read_criteria


@transaction.atomic
def publish_criteria(
    *,
    valid_from: date,
    intro: str,
    criteria: str,
    warn_from_percent: int,
    source: str,
    by: Viewer,
    at: datetime,
) -> UUID:
    """Publish a new edition, from a day that is not past; requests keep the edition they were asked under.

    `criteria` is text, one criterion a line: “Name: what it means”.
    """
    check_may(by, "keep_relations")
    check(
        valid_from >= at.date(),
        "A new edition begins today or later: nobody is judged by what was not yet published.",
        field="valid_from",
    )
    check(1 <= warn_from_percent <= 100, "Enter a share between 1 and 100.", field="warn_from_percent")
    kept = read_criteria(criteria)
    _keep_shipped(at)
    last = FundingCriteria.objects.aggregate(last=Max("edition"), day=Max("valid_from"))
    check(
        valid_from >= last["day"],
        f"The edition before begins on {last['day']:%d/%m/%Y}. A new one cannot begin earlier.",
        field="valid_from",
    )
    try:
        with transaction.atomic():
            edition = FundingCriteria.objects.create(
                edition=last["last"] + 1,
                valid_from=valid_from,
                intro=check_words(intro, what="what you fund, in a few sentences", field="intro"),
                criteria=[[one.key, one.title, one.words] for one in kept],
                warn_from_percent=warn_from_percent,
                source=check_words(source, what="where the criteria and the level come from", field="source"),
                published_by_id=by.person_id,
                published_at=at,
            )
    except IntegrityError as clash:
        raise Refused("Somebody published an edition in the same moment. Read it first.") from clash
    record_audit(
        by=by, at=at, operation="publish_funding_criteria", on=edition, detail={"criteria": len(kept)}
    )
    return edition.id


def keep_criteria(*, on: date, at: datetime) -> FundingCriteria:
    """Return the edition in force on a day as a row, so that a request can hold on to it."""
    _keep_shipped(at)
    found = FundingCriteria.objects.filter(valid_from__lte=on).order_by("-valid_from", "-edition").first()
    return found or FundingCriteria.objects.order_by("edition")[0]


def _keep_shipped(at: datetime) -> None:
    shipped = read_shipped_criteria()
    FundingCriteria.objects.get_or_create(
        edition=shipped.edition,
        defaults={
            "valid_from": shipped.valid_from,
            "intro": shipped.intro,
            "criteria": [list(one) for one in shipped.criteria],
            "warn_from_percent": shipped.warn_from_percent,
            "source": shipped.source,
            "published_at": at,
        },
    )
