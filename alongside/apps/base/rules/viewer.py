"""Who is looking, as a value: every read takes a viewer first, every write takes one as `by`."""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from alongside.apps.base.rules.refused import Refused

INVITED_ROLES = frozenset({"patient_partner", "partner_user"})


@dataclass(frozen=True)
class Viewer:
    """Hold who looks or acts and what they may do.

    `person_id` is None for the public and for the system. `permissions` are verbs of the domain from the
    readable table in `people.rules`. `organisation_id` is the organisation somebody belongs to, if any.
    """

    person_id: UUID | None
    name: str
    permissions: frozenset[str] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)
    organisation_id: UUID | None = None

    def may(self, permission: str) -> bool:
        """Return whether this viewer holds the permission."""
        return permission in self.permissions

    @property
    def own_id(self) -> UUID:
        """Return the id to compare with people's ids; nobody has the zero id."""
        return self.person_id or UUID(int=0)

    @property
    def sees_only_invited(self) -> bool:
        """Return whether this viewer sees only what they were invited to, as partners do.

        Whatever else somebody holds: the narrower view wins, because rights add up and words must not.
        """
        return bool(self.roles & INVITED_ROLES) or not self.roles

    @property
    def partner_id(self) -> UUID | None:
        """Return the organisation a partner-organisation user speaks for; nobody else speaks for one."""
        return self.organisation_id if "partner_user" in self.roles else None

    @property
    def is_known(self) -> bool:
        """Return whether this is a signed-in person."""
        return self.person_id is not None


class _Everything(frozenset[str]):
    """The system may do what a person has already decided."""

    def __contains__(self, item: object) -> bool:
        return True


PUBLIC = Viewer(person_id=None, name="public")
SYSTEM = Viewer(person_id=None, name="Alongside", permissions=_Everything(), roles=frozenset({"system"}))


def check_may(viewer: Viewer, permission: str) -> None:
    """Raise Refused unless the viewer holds the permission."""
    if not viewer.may(permission):
        words = permission.replace("_", " ")
        raise Refused(f"Your role does not let you {words}. Ask an administrator if it should.")


class ViewerRequest(HttpRequest):
    """A request after the middlewares: it carries its viewer and what htmx said."""

    viewer: Viewer
    htmx: HtmxDetails
