"""Numbers of people beside their groups: true, and never giving a small group away."""

from alongside.apps.insight.bridge import protect_people


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
