"""May this begin? Everybody who announced a guard is asked; the asker never learns who they are."""

from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.base.rules.starting import Blocker, Starting


def list_blockers(viewer: Viewer, starting: Starting) -> list[Blocker]:
    """Return everything that stands in the way of a start, in the guards' order; empty where it may begin."""
    found: list[Blocker] = []
    for guard in registry.list_start_guards():
        found.extend(resolve(guard.find)(viewer, starting))
    return found


def check_may_start(viewer: Viewer, starting: Starting) -> None:
    """Refuse a start that something stands in the way of, with every rule, reason and remedy."""
    blockers = list_blockers(viewer, starting)
    if blockers:
        reasons = " ".join(blocker.words for blocker in blockers)
        raise Refused(f"“{starting.title}” may not start yet. {reasons}")
