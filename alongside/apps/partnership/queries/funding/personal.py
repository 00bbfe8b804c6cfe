"""What funding holds about a person: what they declared and judged, and what they wrote down or decided."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from alongside.apps.base.rules.subjects import HeldRecord, Subject
from alongside.apps.partnership.models import (
    FundingCriteria,
    FundingEvent,
    FundingReport,
    FundingRequest,
    FundingReview,
    HandsOff,
    HandsOffReply,
    OtherFunder,
)


def collect(subject: Subject) -> list[HeldRecord]:
    """Return a person's own declarations and reviews word by word; what else they did here is counted."""
    ids = subject.person_ids
    why = _(
        "We must be able to show how we decide whom we fund, and that nobody decided with a tie to the group."
    )
    reviews = FundingReview.objects.filter(reviewer_id__in=ids).select_related("request")
    own = [
        HeldRecord(
            "partnership_funding_review",
            _("What you declared and advised about a request for funding"),
            str(one.id),
            (
                (_("Request"), f"{one.request.reference} {one.request.title}"),
                (_("Something ties you to the group"), _("yes") if one.has_conflict else _("no")),
                (_("What you said about it"), one.conflict_words or _("nothing")),
                (_("Your words"), one.words or _("none")),
            ),
            held_since=one.declared_at,
            why=why,
        )
        for one in reviews.order_by("declared_at")
    ]
    counted = (
        ("partnership_funding_request", _("Requests for funding you wrote down or decided on"),
         FundingRequest.objects.filter(Q(written_by_id__in=ids) | Q(decided_by_id__in=ids))),
        ("partnership_funding_event", _("Steps of requests for funding"), FundingEvent.objects.filter(by_id__in=ids)),
        ("partnership_funding_report", _("Reports you sent or wrote down"),
         FundingReport.objects.filter(written_by_id__in=ids)),
        ("partnership_funding_criteria", _("Criteria you published"),
         FundingCriteria.objects.filter(published_by_id__in=ids)),
        ("partnership_hands_off", _("Checklists you filled in"), HandsOff.objects.filter(filled_by_id__in=ids)),
        ("partnership_hands_off_reply", _("Answers you gave for your group"),
         HandsOffReply.objects.filter(by_id__in=ids)),
        ("partnership_other_funder", _("Other funders you wrote down"),
         OtherFunder.objects.filter(added_by_id__in=ids)),
    )  # fmt: skip
    return [
        *own,
        *(
            HeldRecord(table, label, table, ((_("How many"), str(number)),), why=why)
            for table, label, found in counted
            if (number := found.order_by().aggregate(n=Count("id"))["n"])
        ),
    ]
