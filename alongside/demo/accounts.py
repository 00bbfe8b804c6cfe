"""Invitations of the demonstration: two that work, one that has expired."""

from datetime import datetime, timedelta

from alongside.apps.people.operations import invite
from alongside.demo.cast import Cast
from alongside.demo.words import read_yaml


def invite_people(cast: Cast, now: datetime) -> None:
    """Invite those who have not come yet, some days before now."""
    for one in read_yaml("accounts.yaml")["invitations"]:
        invite(
            email=one["email"],
            name=one["name"],
            roles=one["roles"],
            by=cast[one["by"]],
            at=now - timedelta(days=one["days_ago"]),
        )
