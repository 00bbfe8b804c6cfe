"""What a voice's basis lets us do with its words, and why a quote may be kept from a viewer."""

from dataclasses import dataclass

from alongside.apps.base.rules import Viewer


@dataclass(frozen=True)
class QuoteUse:
    """What a basis permits for a quote."""

    inside: bool
    public: bool
    partners: bool = False

    @property
    def label(self) -> str:
        """Return the permitted use in words for staff."""
        if self.public:
            return "May be quoted in public"
        if self.inside:
            return "May be quoted inside, not in public"
        return "For analysis only: do not quote"

    @property
    def key(self) -> str:
        """Return a word for colours: public, inside or analysis."""
        return "public" if self.public else "inside" if self.inside else "analysis"


def get_quote_use(*, may_quote_inside: bool, may_quote_public: bool, may_share_partners: bool) -> QuoteUse:
    """Return what a basis permits."""
    return QuoteUse(may_quote_inside, may_quote_public, may_share_partners)


def get_reason_hidden(
    viewer: Viewer,
    use: QuoteUse,
    *,
    is_invited: bool,
    is_for_public: bool = False,
    is_evidence: bool = False,
) -> str:
    """Return why this viewer may not see a quote, or nothing where they may.

    Staff who read voices see all words, with the permitted use beside them; everybody else only words whose
    basis allows quoting, and a patient partner only in engagements they were invited to. As evidence, words are
    quoted, so staff too see only what may be quoted.
    """
    if is_for_public:
        return "" if use.public else "This person has not agreed to being quoted in public."
    if viewer.may("see_voices") and not viewer.sees_only_invited and not is_evidence:
        return ""
    if viewer.sees_only_invited and not is_invited:
        return "This was said in an engagement you were not invited to."
    return "" if use.inside else "This person has not agreed to being quoted."
