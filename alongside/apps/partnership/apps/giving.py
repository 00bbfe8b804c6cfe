"""What the room announces of published grants."""

from django.utils.translation import gettext_noop

from alongside.apps.base.rules.registry import JobKind, PersonalSource, registry


def announce() -> None:
    """Tell the base what published grants offer to other rooms."""
    registry.add_job_kind(
        JobKind(
            name="giving.read_file",
            label=gettext_noop("Reading published grants"),
            handler="alongside.apps.partnership.jobs.giving.read_file",
        )
    )
    registry.add_personal_source(
        PersonalSource(
            name="giving",
            label=gettext_noop("Published grants you brought in"),
            position=55,
            tables=("partnership_giving_file", "partnership_giving_problem"),
            collect="alongside.apps.partnership.queries.giving.collect_giving",
            erase="alongside.apps.partnership.operations.giving_personal.erase_giving",
        )
    )
