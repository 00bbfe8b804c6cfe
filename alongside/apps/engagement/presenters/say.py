"""*Have your say*: what somebody has typed so far, and which page comes next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse

from alongside.apps.engagement.operations import SentAnswers, SentContact
from alongside.apps.engagement.queries import FormView


@dataclass
class Draft:
    """What one person has typed on the pages so far; it lives in their session and nowhere else."""

    consent_text_id: str = ""
    uses: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)
    code: str = ""

    @classmethod
    def from_session(cls, kept: Mapping[str, Any]) -> "Draft":
        """Return the draft a session holds."""
        return cls(**{name: kept[name] for name in cls.__dataclass_fields__ if name in kept})

    def as_session(self) -> dict[str, object]:
        """Return the draft as a session holds it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @property
    def wants_contact(self) -> bool:
        """Return whether this person agreed to hear from us."""
        return "contact_again" in self.uses

    def as_sent(self, language: str) -> SentAnswers:
        """Return what is sent."""
        return SentAnswers(
            answers=tuple((int(position), text) for position, text in self.answers.items()),
            consent_text_id=UUID(self.consent_text_id),
            language=language,
            uses=frozenset(self.uses),
            facts=tuple(self.facts.items()),
            contact=SentContact(**self.contact) if self.contact else None,
            code=self.code,
        )


@dataclass(frozen=True)
class Step:
    """One page of the way: its name, its address, and where it stands."""

    name: str
    url: str
    number: int
    of: int


def list_steps(form: FormView, draft: Draft) -> list[Step]:
    """Return the pages in order: what happens to words, each question, facts, contact, check."""
    names: list[tuple[str, str]] = [("agree", reverse("say:agree", args=[form.slug]))]
    for one in form.questions:
        names.append((f"question-{one.position}", reverse("say:question", args=[form.slug, one.position])))
    if form.asks_facts:
        names.append(("facts", reverse("say:facts", args=[form.slug])))
    if form.asks_contact and draft.wants_contact:
        names.append(("contact", reverse("say:contact", args=[form.slug])))
    names.append(("check", reverse("say:check", args=[form.slug])))
    return [Step(name, url, number, len(names)) for number, (name, url) in enumerate(names, start=1)]


def find_step(steps: list[Step], name: str) -> tuple[str, Step, str]:
    """Return the address before a page, the page, and the address after it; "" where there is none."""
    at = next((index for index, step in enumerate(steps) if step.name == name), 0)
    before = steps[at - 1].url if at else ""
    after = steps[at + 1].url if at + 1 < len(steps) else ""
    return before, steps[at], after
