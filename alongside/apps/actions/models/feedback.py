"""Telling those who spoke: rounds, and for each person or group whether they were told."""

from django.db import models

from alongside.apps.base.models import new_id


class FeedbackRound(models.Model):
    """One message to those who spoke, at one stage, with thanks."""

    class Stage(models.TextChoices):
        HEARD = "heard", "heard"
        DECIDED = "decided", "decided"
        DONE = "done", "done"
        DID_IT_HELP = "did_it_help", "did it help?"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.ForeignKey("actions.Action", on_delete=models.PROTECT, related_name="rounds")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    message = models.TextField()
    thanks = models.TextField(blank=True)
    written_by_id = models.UUIDField(null=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "actions_feedback_round"
        ordering = ["written_at"]

    class Privacy:
        personal = ("written_by_id",)
        plain = ("id", "action", "stage", "message", "thanks", "written_at", "sent_at")


class Digest(models.Model):
    """One mail to one person, carrying whatever news waited for them, with one private link.

    It is claimed before the mail leaves and settled after; a claim that is never settled was cut off in
    between and is not sent again by itself: at most once, because two mails are worse than one to look into.
    """

    class State(models.TextChoices):
        SENDING = "sending", "being sent"
        ACCEPTED = "accepted", "accepted by the mail server"
        FAILED = "failed", "could not be sent"
        BOUNCED = "bounced", "bounced"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey("engagement.Contact", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENDING)
    note = models.CharField(max_length=300, blank=True)
    claimed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "actions_digest"

    class Privacy:
        personal = ("contact", "note")
        plain = ("id", "state", "claimed_at", "settled_at")


class Telling(models.Model):
    """One person told (or not), or one group told through a channel (or beyond reach).

    A person is told when they opened the page, when mail was accepted and did not bounce, or when somebody
    recorded post, phone or a meeting. A channel (public page, the group, a poster) names its engagement;
    without one it is for everybody the action concerns.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "e-mail"
        POST = "post", "post"
        PHONE = "phone", "phone"
        MEETING = "meeting", "a meeting"
        PUBLIC_PAGE = "public_page", "the public page"
        GROUP = "group", "the group they came through"
        POSTER = "poster", "a poster"
        NONE = "none", "no way to reach them"

    class State(models.TextChoices):
        WAITING = "waiting", "waiting for the digest"
        SENDING = "sending", "being sent"
        ACCEPTED = "accepted", "mail accepted"
        OPENED = "opened", "page opened"
        RECORDED = "recorded", "recorded by hand"
        BOUNCED = "bounced", "bounced"
        FAILED = "failed", "could not be sent"
        UNREACHABLE = "unreachable", "could not be reached"

    TOLD = (State.ACCEPTED, State.OPENED, State.RECORDED)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(FeedbackRound, on_delete=models.PROTECT, related_name="tellings")
    speaker = models.ForeignKey("engagement.Speaker", null=True, on_delete=models.PROTECT, related_name="+")
    engagement = models.ForeignKey(
        "engagement.Engagement", null=True, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.ForeignKey(Digest, null=True, on_delete=models.SET_NULL, related_name="tellings")
    channel = models.CharField(max_length=12, choices=Channel.choices)
    state = models.CharField(max_length=12, choices=State.choices)
    note = models.CharField(max_length=300, blank=True)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "actions_telling"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "speaker"],
                condition=models.Q(speaker__isnull=False),
                name="actions_a_person_is_told_once_a_round",
            ),
            models.UniqueConstraint(
                fields=["round", "engagement", "channel"],
                condition=models.Q(speaker__isnull=True),
                name="actions_a_channel_is_recorded_once_a_round",
            ),
            models.UniqueConstraint(
                fields=["round", "channel"],
                condition=models.Q(speaker__isnull=True, engagement__isnull=True),
                name="actions_a_channel_for_all_is_recorded_once",
            ),
            models.CheckConstraint(
                condition=models.Q(speaker__isnull=True) | models.Q(engagement__isnull=False),
                name="actions_a_person_has_their_engagement",
            ),
            models.CheckConstraint(
                condition=models.Q(speaker__isnull=False) | models.Q(state__in=["recorded", "unreachable"]),
                name="actions_a_channel_is_recorded_or_beyond_reach",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="opened") | models.Q(opened_at__isnull=False),
                name="actions_an_opened_page_has_its_time",
            ),
        ]

    class Privacy:
        subject = "speaker_id"
        personal = ("speaker", "note", "by_id")
        plain = ("id", "round", "engagement", "digest", "channel", "state", "at", "opened_at")


class HelpAnswer(models.Model):
    """One person's answer to "did it help?"."""

    class Answer(models.TextChoices):
        YES = "yes", "yes"
        PARTLY = "partly", "partly"
        NO = "no", "no"
        TOO_SOON = "too_soon", "too soon to say"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    telling = models.OneToOneField(Telling, on_delete=models.PROTECT, related_name="help_answer")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    at = models.DateTimeField()

    class Meta:
        db_table = "actions_help_answer"

    class Privacy:
        personal = ("telling", "answer")
        plain = ("id", "at")
