"""The guard: whatever needs a paper first may not begin before that paper is signed and its days have come."""

from django.urls import reverse

from alongside.apps.agreements.models import Agreement, NeededPaper
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.starting import Blocker, Starting

RULE = "Agreement first"


def find_blockers(viewer: Viewer, starting: Starting) -> list[Blocker]:
    """Return what stands in the way of a start: every needed paper that is not there, not signed or not for that day.

    It stands in the way of everybody; only those who see agreements are led to one.
    """
    needs = NeededPaper.objects.filter(subject_kind=starting.kind, subject_id=starting.id)
    found = [_judge(one, starting) for one in needs.select_related("agreement")]
    may_see = viewer.may("see_agreements")
    return [
        Blocker(one.rule, one.why, one.remedy, one.url if may_see else "") for one in found if one is not None
    ]


def _judge(needed: NeededPaper, starting: Starting) -> Blocker | None:
    agreement = needed.agreement
    if agreement is None:
        return Blocker(
            RULE,
            f"{needed.why} No agreement is named yet.",
            f"Write {_kinds(needed)}, have it certified and signed, and name it here.",
            reverse("agreements:list"),
        )
    url = reverse("agreements:agreement", args=[agreement.id])
    if agreement.state not in (*Agreement.IN_FORCE, Agreement.State.CLOSED):
        return Blocker(
            RULE,
            f"{needed.why} {agreement.reference} is “{agreement.get_state_display()}”.",
            _what_next(agreement),
            url,
        )
    if starting.on < agreement.starts_on:
        return Blocker(
            RULE,
            f"{agreement.reference} holds from {agreement.starts_on:%-d %B %Y}.",
            "Begin on that day or later.",
            url,
        )
    if starting.on > agreement.ends_on:
        return Blocker(
            RULE,
            f"{agreement.reference} ended on {agreement.ends_on:%-d %B %Y}.",
            "Make an agreement that replaces it.",
            url,
        )
    return None


def _what_next(agreement: Agreement) -> str:
    state = Agreement.State
    words = {
        state.DRAFT: "Finish it and show it to the partner; then it is certified and signed.",
        state.PARTNER_REVIEW: "Let a certifier who did not write it certify it; then both sides sign.",
        state.CERTIFIED: "Let both sides sign it.",
    }
    return words.get(state(agreement.state), "Name an agreement that holds.")


def _kinds(needed: NeededPaper) -> str:
    kinds = [str(Agreement.Kind(one).label) for one in needed.kinds.split(",") if one]
    return f"an agreement ({' or '.join(kinds)})" if kinds else "an agreement"
