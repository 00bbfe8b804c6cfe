"""Voices in which somebody can be recognised: the review has some to decide, and one kind is confirmed already."""

from datetime import timedelta

from alongside.apps.engagement.operations.redactions import confirm_sure
from alongside.apps.engagement.operations.staff_names import add_staff_names
from alongside.apps.engagement.operations.voices import TypedVoice, type_voices
from alongside.apps.people.operations import get_or_create_basis
from alongside.demo.cast import Cast
from alongside.demo.listening import Listening
from alongside.demo.words import as_day, at_noon, read_yaml


def cover(cast: Cast, listening: Listening) -> None:
    """Type the voices in, and let the information governance lead confirm the names of staff."""
    words = read_yaml("covered.yaml")
    lead, at = cast["ruth"], at_noon(words["heard_on"], 10)
    governance = cast["desmond"]
    add_staff_names(names="\n".join(words["staff_names"]), by=governance, at=at)
    basis = get_or_create_basis(kind="public_task", by=lead, at=at, quote_inside=True)
    type_voices(
        engagement_id=listening.engagements[words["engagement"]],
        voices=[TypedVoice(text) for text in words["voices"]],
        basis_id=basis.id,
        said_on=as_day(words["heard_on"]),
        by=lead,
        at=at + timedelta(hours=1),
    )
    for kind in words["confirm"]:
        confirm_sure(kind=kind, engagement_id=None, by=governance, at=at + timedelta(hours=3))
