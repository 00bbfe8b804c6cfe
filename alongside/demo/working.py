"""Do the background work of the demonstration at once, at a moment of its story."""

from datetime import datetime

from alongside.apps.base.operations.jobs import claim_job
from alongside.apps.base.rules.registry import registry, resolve


def do_waiting_work(at: datetime) -> None:
    """Do every job that waits at that moment, as a worker would then."""
    while (work := claim_job(clock=lambda: at)) is not None:
        resolve(registry.job_kinds[work.kind].handler)(work)
