"""A job worker for tests: announces a job whose effect can be counted, then works until it is killed or idle."""

import os
import sys
import time

import django


def main() -> None:
    """Start Django on the database the environment names and do jobs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    django.setup()
    from alongside.apps.base.jobs import work_until_told_to_stop  # noqa: PLC0415  needs Django first
    from alongside.apps.base.rules.registry import JobKind, registry  # noqa: PLC0415

    handler = "leave_a_mark_before_the_fence" if "--before-the-fence" in sys.argv else "leave_a_mark"
    registry.add_job_kind(
        JobKind("tests.leave_a_mark", "Leaving a mark", f"tests.factories.worker.{handler}")
    )
    work_until_told_to_stop(is_idle_enough=lambda: "--until-idle" in sys.argv)


def leave_a_mark(work: object) -> None:
    """Take a moment, then leave one audit line for the job: the effect that must happen exactly once."""
    from alongside.apps.base.operations import JobWork, record_audit  # noqa: PLC0415
    from alongside.apps.base.rules import SYSTEM  # noqa: PLC0415

    assert isinstance(work, JobWork)
    work.progress(0, 1, "thinking")
    time.sleep(0.02)
    with work.finish() as result:
        record_audit(
            by=SYSTEM, at=work.clock(), operation="left_a_mark", object_type="test", object_id=work.id
        )
        result["marks"] = 1


def leave_a_mark_before_the_fence(work: object) -> None:
    """Do the effect outside the fence: the mistake that the kill test must notice."""
    from django.db import transaction  # noqa: PLC0415

    from alongside.apps.base.operations import JobWork, record_audit  # noqa: PLC0415
    from alongside.apps.base.rules import SYSTEM  # noqa: PLC0415

    assert isinstance(work, JobWork)
    with transaction.atomic():
        record_audit(
            by=SYSTEM, at=work.clock(), operation="left_a_mark", object_type="test", object_id=work.id
        )
    time.sleep(0.5)
    with work.finish() as result:
        result["marks"] = 1


if __name__ == "__main__":
    main()
