"""Words for consents: uses, where words went, and what changed between two versions of a text."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.apps.base.rules.published import PublishedUse
from alongside.apps.engagement.bridge import protect_number
from alongside.apps.engagement.queries.consents import Agreement
from alongside.apps.people.queries import LedgerLine, TextView
from alongside.apps.people.rules.consents import PURPOSES

TEXT_LABELS: dict[str, str | Promise] = {
    "have_your_say": gettext_lazy("Have your say"),
    "spoken": gettext_lazy("Spoken in a session"),
    "programme": gettext_lazy("The Patient Partnership Programme"),
}
LANGUAGES = {"en": gettext_lazy("English"), "cy": gettext_lazy("Welsh")}
EVENTS: dict[str, str | Promise] = {
    "given": gettext_lazy("Agreed"),
    "changed": gettext_lazy("Changed"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "refused": gettext_lazy("Refused"),
    "other_basis": gettext_lazy("Another reason recorded"),
}
HOW: dict[str, str | Promise] = {
    "public_form": gettext_lazy("on the public page"),
    "receipt": gettext_lazy("with a receipt code"),
    "private_link": gettext_lazy("through a private link"),
    "account": gettext_lazy("signed in"),
    "phone": gettext_lazy("by phone"),
    "paper": gettext_lazy("on paper"),
    "in_person": gettext_lazy("in person"),
    "import": gettext_lazy("with a file"),
    "team": gettext_lazy("put right by a colleague"),
    "carried_over": gettext_lazy("recorded from what was here"),
}
# What a person reads; "my" words of the form become "your" words here.
YOUR_USES: dict[str, str | Promise] = {
    "analyse": gettext_lazy("We read your words and look for what many people say"),
    "quote_inside": gettext_lazy("We show your words to other people who work here, without your name"),
    "quote_public": gettext_lazy("We show your words in public, without your name"),
    "share_partners": gettext_lazy("We share your words with the groups we work with, without your name"),
    "contact_again": gettext_lazy("We tell you what changed, or ask you more"),
}
MEMBER_USES: dict[str, str | Promise] = {
    "analyse": gettext_lazy("You are a member, and we keep what you told us"),
    "share_partners": gettext_lazy("We give your name to the groups we work with"),
    "contact_again": gettext_lazy("We contact you about new work"),
}
SHORT_USES: dict[str, str | Promise] = {
    "analyse": gettext_lazy("Analyse"),
    "quote_inside": gettext_lazy("Quote to colleagues"),
    "quote_public": gettext_lazy("Quote in public"),
    "share_partners": gettext_lazy("Share with partners"),
    "contact_again": gettext_lazy("Contact again"),
}
TONES = {
    "given": "good",
    "changed": "info",
    "withdrawn": "warning",
    "refused": "neutral",
    "other_basis": "neutral",
}


@dataclass(frozen=True)
class UseRow:
    """One use on a person's page: the words, whether it holds, and whether it can be ended by itself."""

    name: str
    words: str
    is_allowed: bool


@dataclass(frozen=True)
class Part:
    """A stretch of a text: kept, added or removed."""

    kind: str
    words: str


def list_use_rows(agreement: Agreement) -> list[UseRow]:
    """Return the uses of an agreement in the order people are asked, those that matter there."""
    words = MEMBER_USES if agreement.kind == "member" else YOUR_USES
    return [UseRow(name, str(label), name in agreement.allowed) for name, label in words.items()]


def list_short_uses(allowed: Collection[str]) -> list[str]:
    """Return what is allowed in a few words each, in the order people are asked."""
    return [str(SHORT_USES[name]) for name in PURPOSES if name in allowed]


def describe_published(use: PublishedUse) -> str:
    """Return where words had gone, in one sentence for the person who said them."""
    on = date_format(use.on, "j F Y")
    values = {"title": use.title.rstrip("."), "on": on, "n": use.times}
    if use.kind == "public_story":
        return _("A public page with your words, since %(on)s: “%(title)s”.") % values
    if use.kind == "insight":
        return _("We quoted you in something we found, since %(on)s: “%(title)s”.") % values
    if use.kind == "report":
        words = ngettext(
            "A report with your words was handed out, on %(on)s: “%(title)s”.",
            "Reports with your words were handed out %(n)d times, the last on %(on)s: “%(title)s”.",
            use.times,
        )
        return words % values
    if use.kind == "partner":
        return _("%(title)s works on this with us and may have had your words since %(on)s.") % values
    words = ngettext(
        "A colleague downloaded a list that held your words, on %(on)s: “%(title)s”.",
        "Colleagues downloaded lists that held your words %(n)d times, the last on %(on)s: “%(title)s”.",
        use.times,
    )
    return words % values


def describe_for_team(use: PublishedUse) -> str:
    """Return where somebody's words had gone, in one sentence for a colleague."""
    values = {"title": use.title.rstrip("."), "on": date_format(use.on, "j F Y"), "n": use.times}
    said = {
        "public_story": _("Quoted in public since %(on)s: “%(title)s”."),
        "insight": _("Quoted in an insight since %(on)s: “%(title)s”."),
        "report": _("In reports or files about an insight (%(n)d), the last on %(on)s: “%(title)s”."),
        "partner": _("Open to a partner since %(on)s: %(title)s."),
        "export": _("In downloaded lists (%(n)d), the last on %(on)s: “%(title)s”."),
    }
    return said[use.kind] % values


def describe_fate(use: PublishedUse) -> str:
    """Return what the withdrawal does about it."""
    if use.can_be_undone:
        return _("Gone from there now.")
    return _("We cannot call this back.")


def list_stopped(line: LedgerLine) -> list[str]:
    """Return what stops with this line, truthfully, for the person who asked."""
    said = [
        ("analyse", _("We no longer count your words, and nobody here can read them in a list or a search.")),
        ("quote_inside", _("Nobody here can quote your words. Where they were quoted, they are gone.")),
        ("quote_public", _("Your words are gone from every public page.")),
        ("share_partners", _("We do not give your words to any group from now on.")),
        ("contact_again", _("We will not write to you or ring you.")),
    ]
    return [words for use, words in said if use not in line.allowed]


def compare_texts(old: str, new: str) -> list[Part]:
    """Return the words of two versions, those that stayed, went and came, in the order of reading."""
    before, after = _cut(old), _cut(new)
    parts: list[Part] = []
    for verdict, i1, i2, j1, j2 in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if verdict == "equal":
            parts.append(Part("kept", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            parts.append(Part("removed", "".join(before[i1:i2])))
        if j2 > j1:
            parts.append(Part("added", "".join(after[j1:j2])))
    return parts


def draw_changes(parts: Iterable[Part]) -> SafeString:
    """Return the two versions in one text: what went is struck through, what came is underlined."""
    tags = {"kept": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
    drawn = "".join(tags[part.kind].format(escape(part.words)) for part in parts)
    return mark_safe(drawn.replace("\n", "<br>"))  # noqa: S308  (escaped above)


def label_text(key: str) -> str:
    """Return the name of a consent text."""
    return str(TEXT_LABELS.get(key) or key.replace("_", " ").capitalize())


def label_version(text: TextView) -> str:
    """Return a wording's version and language in words."""
    language = str(LANGUAGES.get(text.language, text.language))
    return _("Version %(number)d, %(language)s") % {"number": text.version, "language": language}


def protect_people(number: int) -> str:
    """Return a number of people as a page outside the team may show it."""
    return protect_number(number)


def _cut(text: str) -> list[str]:
    """Cut a text into words that carry the blanks after them."""
    words: list[str] = []
    for piece in text.replace("**", "").replace("\n", " \n ").split(" "):
        words.append(piece if piece == "\n" else f"{piece} ")
    return words
