"""What concerns hold about a person, and what an erasure leaves of them: that they were raised, decided, forwarded."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.apps.base.operations import destroy_keys, open_for
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.naming import find_names, keep_telling
from alongside.apps.base.rules.subjects import ErasedRows, HeldRecord, Subject
from alongside.apps.engagement.models import Concern, ConcernEvent, ConcernProposal
from alongside.apps.engagement.rules import contact_place, words_place

DUTY = (
    "That a concern was raised, decided and forwarded is kept without anybody's words, because a duty to report or "
    "to protect asks for a record of it (Article 17(3)(b))."
)
ACTS = "Who did it is kept under no name, because we must be able to show it (accountability, Article 5(2))."


def collect(subject: Subject) -> list[HeldRecord]:
    """Return the concerns about a person's words, and those they raised; each is read before it is handed out."""
    concerns = Concern.objects.filter(_about(subject) | Q(raised_by_id__in=subject.person_ids)).distinct()
    return [_as_record(concern, subject) for concern in concerns.order_by("raised_at", "id")]


def _about(subject: Subject) -> Q:
    """Return which concerns rest on a person's words."""
    return Q(speaker_id__in=subject.speaker_ids) | Q(voice_id__in=subject.voice_ids)


def _as_record(concern: Concern, subject: Subject) -> HeldRecord:
    fields = [
        (_("Kind"), capfirst(str(concern.get_kind_display()))),
        (_("How far it is"), capfirst(str(concern.get_state_display()))),
    ]
    if concern.raised_by_id in subject.person_ids:
        fields.append((_("What you wrote"), _open(concern, "locked_words")))
    else:
        reasons = concern.events.exclude(reason="").values_list("reason", flat=True)
        fields += [(_("What was written down"), reason) for reason in reasons]
    return HeldRecord(
        table="engagement_concern",
        label=_("A concern"),
        record_id=str(concern.id),
        fields=tuple(fields),
        held_since=concern.raised_at,
        needs_review=True,  # telling may put somebody in danger, or tell of somebody else
        why=_("To keep people safe, and because the law asks for a record."),
    )


def _open(concern: Concern, name: str) -> str:
    locked, places = getattr(concern, name), {"locked_words": words_place, "locked_contact": contact_place}
    return open_for(concern.id, bytes(locked), place=places[name](concern.id)) or "" if locked else ""


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:
    """Destroy what was written about a person's words, and what others wrote that names them; keep the bare fact."""
    theirs = list(Concern.objects.select_for_update().filter(_about(subject)).order_by("id"))
    naming = _list_naming(subject, {one.id for one in theirs})
    emptied = [one for one in (*theirs, *naming) if one.locked_words is not None]
    destroy_keys([one.id for one in emptied], at=at)
    for one in emptied:
        one.locked_words = one.locked_contact = None
        one.save(update_fields=["locked_words", "locked_contact"])
        ConcernEvent.objects.create(
            concern=one, kind=ConcernEvent.Kind.WORDS_ERASED, at=at, by_person_id=by.person_id
        )
    of_theirs = ConcernEvent.objects.filter(concern__in=[*theirs, *naming])
    reasons = of_theirs.exclude(reason="").update(reason="")
    proposals, _each = ConcernProposal.objects.filter(concern__in=theirs).delete()
    acts = ConcernEvent.objects.filter(by_person_id__in=subject.person_ids).count()
    kept = len(theirs) + len(naming)
    return [
        ErasedRows("engagement_concern", erased=len(emptied), kept=kept, because=DUTY if kept else ""),
        ErasedRows("engagement_concern_proposal", erased=proposals),
        ErasedRows("engagement_concern_event", erased=reasons, kept=acts, because=ACTS if acts else ""),
    ]


def _list_naming(subject: Subject, known: set[UUID]) -> list[Concern]:
    """Return other concerns whose words, contact or reasons name the person."""
    telling = keep_telling(subject.names)
    if not telling:
        return []
    others = Concern.objects.select_for_update().exclude(id__in=known).order_by("id")
    return [one for one in others if find_names(_all_words(one), telling)]


def _all_words(concern: Concern) -> str:
    reasons = concern.events.exclude(reason="").values_list("reason", flat=True)
    return "\n".join([_open(concern, "locked_words"), _open(concern, "locked_contact"), *reasons])
