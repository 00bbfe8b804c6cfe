"""One mail a person for all the news that waits for them.

Each mail is claimed (tellings to "being sent", the token's digest stored), sent outside any transaction, then
settled. A worker killed before the claim leaves everything waiting; killed after it, the claim stays "being
sent" and no later run sends it again. After an hour it is marked as failed with its reason, and a person decides
whether to try again. So a mail leaves at most once; the price is that a crash in that moment needs a look.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Lower

from alongside.apps.actions.bridge import Fate, Outcome
from alongside.apps.actions.models import Digest, PrivateLink, Telling
from alongside.apps.actions.queries.people import may_be_mailed
from alongside.apps.actions.rules import LINK_LASTS, make_token, token_digest
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer, check_may

State = Telling.State
CUT_OFF_AFTER = timedelta(hours=1)
CUT_OFF = "The server stopped while this mail was leaving, so nobody knows whether it arrived."


@dataclass(frozen=True)
class ClaimedDigest:
    """A mail that only this worker may send. The token exists here and in the mail, nowhere else."""

    id: UUID
    to: str
    language: str
    token: str
    tellings: int


@transaction.atomic
def claim_digest(*, mailbox: str, by: Viewer, at: datetime) -> ClaimedDigest | None:
    """Take everything that waits for one mailbox; return None where another worker was first.

    `mailbox` is an address in lower case. People who withdrew meanwhile are not written to.
    """
    check_may(by, "tell_people")
    waiting = Telling.objects.annotate(mailbox=Lower("speaker__contact__email")).filter(
        mailbox=mailbox, state=State.WAITING
    )
    ids = list(
        Telling.objects.select_for_update()
        .filter(id__in=waiting.values("id"))
        .order_by("id")
        .values_list("id", flat=True)
    )
    # Read again under the lock: another worker may have taken some in between.
    held = Telling.objects.filter(id__in=ids, state=State.WAITING)
    permitted = held.filter(speaker__in=may_be_mailed())
    held.exclude(id__in=permitted.values("id")).update(
        state=State.UNREACHABLE, note="They asked not to be contacted.", at=at
    )
    first = permitted.select_related("speaker__contact").order_by("-at", "-id").first()
    if first is None or first.speaker is None:
        return None
    contact = first.speaker.contact
    digest = Digest.objects.create(contact=contact, claimed_at=at)
    token = make_token()
    PrivateLink.objects.create(
        digest=digest, token_sha256=token_digest(token), created_at=at, expires_at=at + LINK_LASTS
    )
    count = permitted.update(state=State.SENDING, digest=digest, at=at)
    record_audit(by=by, at=at, operation="claim_digest", on=digest, detail={"tellings": count})
    return ClaimedDigest(digest.id, contact.email, contact.language, token, count)


@transaction.atomic
def settle_digest(*, digest_id: UUID, outcome: Outcome, by: Viewer, at: datetime) -> None:
    """Write down what became of a mail that was claimed; what was opened meanwhile stays opened."""
    check_may(by, "tell_people")
    digest = Digest.objects.select_for_update().filter(id=digest_id, state=Digest.State.SENDING).first()
    if digest is None:
        return
    tellings = digest.tellings.filter(state=State.SENDING)
    record_audit(by=by, at=at, operation="settle_digest", on=digest, detail={"fate": outcome.fate.value})
    if outcome.fate is Fate.NOT_TRIED:
        tellings.update(state=State.WAITING, digest=None)
        digest.delete()
        return
    accepted = outcome.fate is Fate.ACCEPTED
    tellings.update(state=State.ACCEPTED if accepted else State.FAILED, note=outcome.reason, at=at)
    digest.state = Digest.State.ACCEPTED if accepted else Digest.State.FAILED
    digest.note, digest.settled_at = outcome.reason, at
    digest.save(update_fields=["state", "note", "settled_at"])


@transaction.atomic
def settle_cut_off_digests(*, by: Viewer, at: datetime) -> int:
    """Mark mails whose worker died between claiming and settling as failed; return how many."""
    check_may(by, "tell_people")
    cut_off = (
        Digest.objects.select_for_update()
        .filter(state=Digest.State.SENDING, claimed_at__lt=at - CUT_OFF_AFTER)
        .order_by("id")
    )
    for digest in cut_off:
        digest.tellings.filter(state=State.SENDING).update(state=State.FAILED, note=CUT_OFF, at=at)
        digest.state, digest.note, digest.settled_at = Digest.State.FAILED, CUT_OFF, at
        digest.save(update_fields=["state", "note", "settled_at"])
        record_audit(by=by, at=at, operation="settle_cut_off_digest", on=digest)
    return len(cut_off)
