"""What can be done next with an engagement's voices, as the rooms above announce it."""

from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.registry import registry, resolve
from alongside.science.values.trail import TrailItem


def list_onward(viewer: Viewer, engagement_id: UUID) -> list[TrailItem]:
    """Return the ways on from an engagement, in the order of the chain."""
    steps = sorted(registry.onward_steps.values(), key=lambda one: one.position)
    return [item for step in steps for item in resolve(step.offer)(viewer, engagement_id)]
