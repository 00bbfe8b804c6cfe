"""Where a person is named in free text, in any table of any room: somebody's notes, reasons, other people's words."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules.naming import cut_around, find_names, keep_telling

FREE_TEXT = (models.CharField, models.TextField)
WHO = {"email", "phone", "address", "pseudonym"}


@dataclass(frozen=True)
class Mention:
    """A place where somebody is named: the model and field, the row, and the words around the name."""

    model: type[models.Model]
    field: str
    row_id: Any
    excerpt: str
    whole: str

    @property
    def table(self) -> str:
        """Return the table's name in the database."""
        return self.model._meta.db_table

    @property
    def label(self) -> str:
        """Return the kind of row and the field in words."""
        if self.table == AuditLine._meta.db_table:
            return _("A reason somebody wrote for a change")
        return f"{self.model._meta.verbose_name}: {self.field.replace('_', ' ')}".capitalize()


def list_mentions(names: Collection[str]) -> list[Mention]:
    """Return every place that names a person, in the order of the tables. It looks through all of them."""
    telling = keep_telling(names)
    if not telling:
        return []
    return [mention for model in _list_models() for mention in _find_in(model, telling)]


def _list_models() -> Iterator[type[models.Model]]:
    """Yield the house's own tables, without those that a database keeps from being changed."""
    for model in apps.get_models():
        privacy = getattr(model, "Privacy", None)
        if model.__module__.startswith("alongside.") and not getattr(privacy, "append_only", False):
            yield model


def list_text_fields(model: type[models.Model]) -> tuple[list[str], list[str]]:
    """Return the names of a table's fields of free text, and of those that hold JSON."""
    fields = model._meta.concrete_fields
    says_who = _list_identifying({one.name for one in fields})
    texts = [one for one in fields if isinstance(one, FREE_TEXT) and not one.choices and not one.primary_key]
    plain = [one.name for one in texts if one.name not in says_who]
    return plain, [one.name for one in fields if isinstance(one, models.JSONField)]


def _list_identifying(names: set[str]) -> set[str]:
    """Return the fields that say who a row is about: two people may bear one name, and each row has its own source."""
    return WHO | {"name"} if "email" in names else WHO


def _find_in(model: type[models.Model], names: list[str]) -> Iterator[Mention]:
    plain, structured = list_text_fields(model)
    columns = {f"{name}_as_text": Cast(name, models.TextField()) for name in structured}
    searched = [*plain, *columns]
    if not searched:
        return
    spelled = {written for name in names for written in (name, json.dumps(name)[1:-1])}
    wanted = reduce(
        or_, (models.Q(**{f"{name}__icontains": written}) for name in searched for written in sorted(spelled))
    )
    rows = model._base_manager.annotate(**columns).filter(wanted).order_by("pk")
    for row in rows.values("pk", *plain, *structured):
        for name in (*plain, *structured):
            text = row[name] if name in plain else json.dumps(row[name], ensure_ascii=False)
            if spans := find_names(text or "", names):
                yield Mention(model, name, row["pk"], cut_around(text, spans[0]), text)
