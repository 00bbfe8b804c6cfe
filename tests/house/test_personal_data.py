"""Every table with something personal in it can be told to the person and erased: no table is forgotten."""

from collections import Counter

import pytest
from django.apps import apps
from django.db import models

from alongside.apps.base.rules import SYSTEM
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.people.queries.personal import SIGN_IN_TABLES
from tests.factories.people import NOW

# Tables of libraries that hold nothing about people. A new library's table stands here or in a PersonalSource.
NOT_PERSONAL = {"auth_permission", "auth_group", "django_content_type", "django_site"}
# Tables whose only personal column is the link to a row that stands in a source and is emptied with it.
MAY_BE_ABSENT = {*SIGN_IN_TABLES}


def has_personal_fields(model: type[models.Model]) -> bool:
    privacy = getattr(model, "Privacy", None)
    if model.__module__.startswith("alongside."):
        return bool(getattr(privacy, "personal", ()))
    return model._meta.db_table not in NOT_PERSONAL


def list_personal_tables() -> set[str]:
    found = (model for model in apps.get_models() if not model._meta.proxy and model._meta.managed)
    return {model._meta.db_table for model in found if has_personal_fields(model)}


def count_sources() -> Counter[str]:
    return Counter(table for source in registry.personal_sources.values() for table in source.tables)


def test_every_table_with_personal_fields_stands_in_a_source() -> None:
    missing = sorted(list_personal_tables() - set(count_sources()))
    assert not missing, (
        f"Nobody can be told what stands about them in {', '.join(missing)}, nor be erased there. Add each table to "
        "the PersonalSource in its room's apps.py, tell its rows in `collect`, empty them in `erase`; or, if it is a "
        "library's and holds nothing about people, name it in NOT_PERSONAL here."
    )


def test_no_table_stands_in_two_sources() -> None:
    twice = sorted(table for table, number in count_sources().items() if number > 1)
    assert not twice, f"Two rooms speak for {', '.join(twice)}: leave each table to the room that owns it."


def test_no_source_speaks_for_a_table_that_is_not_there() -> None:
    here = {model._meta.db_table for model in apps.get_models()}
    assert sorted(set(count_sources()) - here - MAY_BE_ABSENT) == []


@pytest.mark.parametrize("name", sorted(registry.personal_sources))
def test_every_source_can_be_asked(name: str) -> None:
    source = registry.personal_sources[name]
    paths = [source.collect, source.erase, source.find, source.find_by_code, source.names]
    assert all(callable(resolve(path)) for path in paths if path)


def test_what_effects_a_deletion_has_can_be_counted() -> None:
    assert all(callable(resolve(effect.count)) for effect in registry.deletion_effects.values())


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(registry.personal_sources))
def test_an_erasure_says_what_became_of_each_table(name: str) -> None:
    source = registry.personal_sources[name]
    here = {model._meta.db_table for model in apps.get_models()}
    told = {row.table for row in resolve(source.erase)(Subject(), by=SYSTEM, at=NOW)}
    silent = sorted(set(source.tables) & here - told)
    assert not silent, (
        f"`{source.erase}` returns no ErasedRows for {', '.join(silent)}: say what is erased or kept there."
    )
