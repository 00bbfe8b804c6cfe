"""Made-up things for the style guide."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import QueryDict

from alongside.apps.base.presenters.frame import NavItem
from alongside.apps.base.presenters.shapes import make_chips, make_pager
from alongside.apps.base.queries.trail import TrailStop
from alongside.apps.base.rules import Viewer
from alongside.science.values.trail import DayItem

CHIPS = {"kind": ("Kind", {"wish": "Wish"}), "q": ("Words", {}), "stage": ("Stage", {"referral": "Referral"})}


@dataclass(frozen=True)
class GuideJob:
    """A job as a page sees it."""

    id: str
    state: str
    done: int = 0
    total: int = 0
    note: str = ""
    error: str = ""
    back_url: str = ""


def guide_parts(query: QueryDict) -> dict[str, object]:
    """Return one of everything a page can be made of."""
    stops = [
        ("Voices", 1204, "#voices"),
        ("Themes", 14, "#themes"),
        ("Insights", 3, "#insights"),
        ("Actions", 2, "#actions"),
        ("Outcomes", 0, ""),
        ("Feedback", 1, "#feedback"),
    ]
    chosen = QueryDict("kind=wish&stage=referral&q=parking&page=3")
    page = Paginator(range(1204), 50).page(3)
    return {
        "stops": [
            TrailStop(label.lower(), label, count, url, label == "Themes") for label, count, url in stops
        ],
        "chips": make_chips(chosen, CHIPS),
        "pager": make_pager(page, query),
        "jobs": [
            GuideJob("1", "running", 31_400, 100_000, "Reading rows"),
            GuideJob("2", "waiting"),
            GuideJob("3", "done", 10, 10, "14 themes proposed from 1,204 voices", back_url="/look/"),
            GuideJob(
                "4", "failed", error="Row 12, column “date”: 31/02/2026 is not a date.", back_url="/look/"
            ),
        ],
        "day": [
            DayItem("needs_you", "Decide on 14 proposed themes", "#", "Outpatient survey"),
            DayItem("late", "Tell 31 people what was decided", "#", "Parking action", date(2026, 11, 3)),
            DayItem("late", "Ask the eye clinic for its answer", "#", "", date(2026, 11, 12)),
            DayItem("new", "62 new voices on Have your say", "#", "Since yesterday"),
        ],
        "demo_people": [
            {
                "id": "a",
                "name": "Amina Yusuf",
                "role_label": "Engagement lead",
                "purpose": "Runs focus groups and surveys",
            },
            {
                "id": "b",
                "name": "Rhys Morgan",
                "role_label": "Patient partner",
                "purpose": "Confirms themes and says what was missed",
            },
        ],
        "kinds": [{"value": "", "text": "Any kind"}, {"value": "wish", "text": "Wish", "selected": True}],
        "on": date(2026, 3, 27),
        "rooms": [
            NavItem(label, "#", label == "Understand")
            for label in ("Start", "Listen", "Understand", "Act", "What changed", "Search")
        ],
        "viewer": Viewer(UUID(int=1), "Amina Yusuf"),
        "logout_url": "#",
    }
