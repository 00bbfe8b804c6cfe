"""What this room holds about a person: what they were told and how, what they answered, what they own and wrote."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.actions.models import Action, ActionNote, Digest, FeedbackRound, HelpAnswer, Telling
from alongside.apps.base.rules.subjects import HeldRecord, Subject


def collect(subject: Subject) -> list[HeldRecord]:
    """Return what a person was told and said to it, and their own actions."""
    told = Telling.objects.filter(speaker_id__in=subject.speaker_ids).select_related("round__action")
    mails = Digest.objects.filter(tellings__speaker_id__in=subject.speaker_ids).distinct()
    answers = HelpAnswer.objects.filter(telling__speaker_id__in=subject.speaker_ids)
    to_show = _("Kept to show that you were told.")
    return [
        *(
            HeldRecord(
                "actions_telling", _("That we told you what came of it"), str(one.id),
                ((_("About"), one.round.action.title), (_("Stage"), one.round.get_stage_display()),
                 (_("By"), one.get_channel_display()), (_("How it went"), one.get_state_display()),
                 (_("A note"), one.note or _("none"))),
                held_since=one.at, needs_review=bool(one.note), why=to_show,
            )
            for one in told.order_by("at")
        ),
        *(
            HeldRecord(
                "actions_digest", _("A mail we sent you"), str(one.id),
                ((_("How it went"), one.get_state_display()), (_("A note"), one.note or _("none"))),
                held_since=one.claimed_at, why=to_show,
            )
            for one in mails.order_by("claimed_at")
        ),
        *(
            HeldRecord(
                "actions_help_answer", _("Your answer to “did it help?”"), str(one.id),
                ((_("Answer"), one.get_answer_display()),), held_since=one.at, why=_("Kept to know whether it helped."),
            )
            for one in answers.order_by("at")
        ),
        *_collect_work(subject.person_ids),
    ]  # fmt: skip


def _collect_work(person_ids: Iterable[UUID]) -> list[HeldRecord]:
    accountable = _("We must be able to show who did what (accountability, Article 5(2)).")
    owned = Action.objects.filter(owner_id__in=person_ids).order_by("created_at")
    notes = ActionNote.objects.filter(by_id__in=person_ids).exclude(words="").select_related("action")
    rounds = FeedbackRound.objects.filter(written_by_id__in=person_ids).order_by("written_at")
    return [
        *(
            HeldRecord("actions_action", _("An action you own"), str(one.id), ((_("Action"), one.title),),
                       held_since=one.created_at, why=accountable)
            for one in owned
        ),
        *(
            HeldRecord("actions_note", _("A note you wrote"), str(one.id),
                       ((_("Action"), one.action.title), (_("Your note"), one.words)),
                       held_since=one.at, why=accountable)
            for one in notes.order_by("at")
        ),
        *(
            HeldRecord("actions_feedback_round", _("A message you wrote to those who spoke"), str(one.id),
                       ((_("Message"), one.message),), held_since=one.written_at, why=accountable)
            for one in rounds
        ),
    ]  # fmt: skip
