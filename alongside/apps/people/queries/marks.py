"""What every partner is known by, names and official numbers alone: to find it in a list, or the same one twice."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.people.models import Organisation, OrganisationIdentifier


@dataclass(frozen=True)
class OrganisationMarks:
    """A partner with its numbers, each as its list's code and the number there."""

    id: UUID
    name: str
    numbers: tuple[tuple[str, str], ...]


def list_organisation_marks(
    viewer: Viewer, only: Collection[UUID] | None = None, *, with_merged: bool = False
) -> list[OrganisationMarks]:
    """Return every partner by name, or those of some ids, for those who see relations; in two statements.

    Those merged into another are left out, unless somebody asks for them.
    """
    if not viewer.may("see_relations"):
        return []
    here = Organisation.objects.exclude(kind=Organisation.Kind.OWN)
    found = OrganisationIdentifier.objects.all()
    if not with_merged:
        here, found = here.filter(merged_into=None), found.filter(organisation__merged_into=None)
    if only is not None:
        here, found = here.filter(id__in=only), found.filter(organisation_id__in=only)
    numbers: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for organisation_id, scheme, number in found.values_list("organisation_id", "scheme", "number"):
        numbers[organisation_id].append((scheme, number))
    return [
        OrganisationMarks(organisation_id, name, tuple(numbers[organisation_id]))
        for organisation_id, name in here.order_by("name").values_list("id", "name")
    ]
