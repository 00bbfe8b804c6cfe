"""Background work with a lease, a heartbeat and a fence, so that a killed worker loses nothing and repeats nothing."""

from django.db import models

from alongside.apps.base.models.identifiers import new_id


class Job(models.Model):
    """One piece of background work and how far it is.

    `attempt` is the fence: effect and acknowledgement share a transaction that holds only while the
    attempt number is still the claimed one.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"
        STOPPED = "stopped", "stopped"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    created_by_id = models.UUIDField(null=True)
    run_after = models.DateTimeField()
    attempt = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    progress_done = models.BigIntegerField(default=0)
    progress_total = models.BigIntegerField(default=0)
    progress_note = models.CharField(max_length=200, blank=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    back_url = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "base_job"
        indexes = [models.Index(fields=["state", "run_after"], name="base_job_next")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "done", "failed", "stopped"]),
                name="base_job_state_is_known",
            )
        ]

    class Privacy:
        personal = ("created_by_id",)
        passing = ("heartbeat_at", "lease_until", "progress_done", "progress_total", "progress_note")
        plain = (
            "id", "kind", "arguments", "state", "created_at", "run_after", "attempt", "lease_until", "heartbeat_at",
            "finished_at", "progress_done", "progress_total", "progress_note", "result", "error", "back_url",
        )  # fmt: skip
