"""What an erasure does to published grants: who brought a file in is kept without a name."""

from datetime import datetime

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject
from alongside.apps.partnership.models import GivingFile

ACTS = "Who brought a file in is kept under no name (accountability, Article 5(2))."


def erase_giving(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:  # noqa: ARG001  one shape
    """Keep files; a name that stands in what was wrong with a grant is covered with every other free text."""
    kept = GivingFile.objects.filter(uploaded_by_id__in=subject.person_ids).count()
    return [
        ErasedRows("partnership_giving_file", erased=0, kept=kept, because=ACTS if kept else ""),
        ErasedRows("partnership_giving_problem", erased=0),
    ]
