"""Numbers of people beside their groups: true, and never giving a small group away."""

from django.template.loader import render_to_string

from alongside.apps.base.rules import Viewer
from alongside.apps.insight.bridge import protect_people
from alongside.apps.insight.queries.strength import FactHeard, GroupHeard
from alongside.apps.people.rules import get_permissions


def test_groups_and_their_total_are_protected_together() -> None:
    found = protect_people(43, [{"a": 7, "b": 7, "c": 7, "": 22}, {"x": 43}])
    assert found.people == "8 or more"
    assert not found.is_rounded
    assert not found.is_hidden
    assert found.groups == ({"a": "1 to 7", "b": "1 to 7", "c": "1 to 7", "": "8 or more"}, {"x": "45"})


def test_a_total_that_gives_nothing_away_is_rounded() -> None:
    found = protect_people(60, [{"a": 5, "": 55}])
    assert (found.people, found.is_rounded) == ("60", True)
    assert protect_people(3, [{"a": 3}]).is_hidden


def test_numbers_by_group_stand_beside_an_exact_total_only_for_those_who_see_facts_anyway() -> None:
    strength = {"facts": (FactHeard("sex", "Sex", (GroupHeard("female", "1 to 7"),), "10"),)}
    pages = {}
    for role in ("analyst", "owner"):
        roles = frozenset({role})
        viewer = Viewer(None, role, permissions=get_permissions(roles), roles=roles)
        pages[role] = render_to_string("insight/parts/groups.html", {"strength": strength, "viewer": viewer})
    assert "1 to 7" in pages["analyst"]
    assert "1 to 7" not in pages["owner"]
    assert "Sex: female" in pages["owner"]
