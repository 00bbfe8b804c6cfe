"""The digest: one mail a person a run, with whatever news waits for them."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from alongside.apps.actions.bridge import Fate, Outcome, delivers_mail, send_news
from alongside.apps.actions.operations.digests import (
    ClaimedDigest,
    claim_digest,
    settle_cut_off_digests,
    settle_digest,
)
from alongside.apps.actions.queries.digests import list_waiting_mailboxes
from alongside.apps.base.operations.jobs import JobWork
from alongside.apps.base.rules import SYSTEM, Refused


def send_digest(work: JobWork) -> None:
    """Write to everybody for whom news waits, each person once; safe to run twice and to kill at any moment."""
    if not delivers_mail():
        raise Refused(
            "No mail server is set up, so nothing was sent and the messages still wait. "
            "Ask an administrator to set one, or record another way of telling people."
        )
    cut_off = settle_cut_off_digests(by=SYSTEM, at=timezone.now())
    mailboxes = list_waiting_mailboxes(SYSTEM)
    fates: dict[Fate, int] = dict.fromkeys(Fate, 0)
    for number, mailbox in enumerate(mailboxes):
        work.progress(number, len(mailboxes), "Writing to people one by one")
        claimed = claim_digest(mailbox=mailbox, by=SYSTEM, at=timezone.now())
        if claimed is None:
            continue
        outcome = _send(claimed)
        settle_digest(digest_id=claimed.id, outcome=outcome, by=SYSTEM, at=timezone.now())
        fates[outcome.fate] += 1
        if outcome.fate is Fate.NOT_TRIED:
            raise Refused(f"{outcome.reason} {fates[Fate.ACCEPTED]} mails left; the others still wait.")
    work.progress(len(mailboxes), len(mailboxes), _say(fates, cut_off))
    with work.finish() as result:
        result.update(people=fates[Fate.ACCEPTED], failed=fates[Fate.REFUSED] + fates[Fate.UNKNOWN])


def _send(claimed: ClaimedDigest) -> Outcome:
    link = settings.PUBLIC_URL + reverse("told:link", args=[claimed.token])
    return send_news(to=claimed.to, language=claimed.language, link=link)


def _say(fates: dict[Fate, int], cut_off: int) -> str:
    words = f"{fates[Fate.ACCEPTED]} people written to"
    failed = fates[Fate.REFUSED] + fates[Fate.UNKNOWN] + cut_off
    return f"{words}, {failed} mails to look into" if failed else words
