"""Themes, insights and their evidence as rows of a table; nothing in it a viewer may not see on the page."""

from django.db.models import QuerySet
from django.urls import reverse

from alongside.apps.base.rules import Refused, Viewer, check_may
from alongside.apps.insight.bridge import DocumentRefused, make_printed, make_table
from alongside.apps.insight.models import Evidence, Insight
from alongside.apps.insight.queries.insights import InsightFilter, get_insight_page, list_insights, make_lines
from alongside.apps.insight.queries.themes import ThemeFilter, list_themes, make_theme_lines

INSIGHT_COLUMNS = (
    "insight_id", "statement", "kind", "state", "limits", "people", "voices", "engagements", "stands_behind",
    "confirmed_yes", "confirmed_partly", "confirmed_no", "dissents", "changed_on", "address",
)  # fmt: skip
EVIDENCE_COLUMNS = (
    "insight_id", "statement", "evidence_id", "kind", "quote", "voice_id", "start", "end", "where", "permitted_use",
    "value", "low", "high", "unit", "people", "definition", "source",
)  # fmt: skip
THEME_COLUMNS = ("theme_id", "name", "engagement", "people", "voices", "insights", "keywords", "made_on")
MOST_ROWS = 5_000


def export_insights(viewer: Viewer, wanted: InsightFilter, ending: str) -> bytes:
    """Return the insights that match a filter as CSV or XLSX."""
    check_may(viewer, "export_rows")
    pages = [
        get_insight_page(viewer, insight_id)
        for insight_id in list_insights(viewer, wanted).values_list("id", flat=True)[:MOST_ROWS]
    ]
    rows = [
        (
            str(page.line.id),
            page.line.statement,
            page.line.kind,
            page.line.state,
            page.line.limits,
            page.strength.people,
            page.strength.voices,
            "; ".join(page.strength.engagements),
            "; ".join(one.name for one in page.vouchers),
            page.line.confirmed_yes,
            page.line.confirmed_partly,
            page.line.confirmed_no,
            page.line.dissents,
            page.line.changed_at.date().isoformat(),
            reverse("insight:insight", args=[page.line.id]),
        )
        for page in pages
        if page
    ]
    return make_table(INSIGHT_COLUMNS, rows, ending=ending)


def export_evidence(viewer: Viewer, wanted: InsightFilter, ending: str) -> bytes:
    """Return every piece of evidence of the insights that match a filter as CSV or XLSX."""
    check_may(viewer, "export_rows")
    rows = []
    for line in make_lines(list_insights(viewer, wanted)[:MOST_ROWS]):
        page = get_insight_page(viewer, line.id)
        for one in (*page.quotes, *page.figures) if page else ():
            quote = one.quote
            if quote and quote.is_gone:
                continue
            rows.append(
                (
                    str(line.id),
                    line.statement,
                    str(one.id),
                    one.kind,
                    (quote.text or quote.hidden) if quote else "",
                    str(quote.voice_id) if quote else "",
                    quote.start if quote else None,
                    quote.end if quote else None,
                    quote.where if quote else "",
                    quote.use.label if quote and quote.use else "",
                    float(one.value) if one.value is not None else None,
                    float(one.low) if one.low is not None else None,
                    float(one.high) if one.high is not None else None,
                    one.unit,
                    one.people,
                    one.definition,
                    one.source_note,
                )
            )
    return make_table(EVIDENCE_COLUMNS, rows, ending=ending)


def count_evidence(insights: "QuerySet[Insight]") -> int:
    """Return how many pieces of evidence these insights stand on, as many as leave at once."""
    return Evidence.objects.filter(
        insight_id__in=list(insights.values_list("id", flat=True)[:MOST_ROWS])
    ).count()


def export_themes(viewer: Viewer, wanted: ThemeFilter, ending: str) -> bytes:
    """Return the themes that match a filter as CSV or XLSX."""
    check_may(viewer, "export_rows")
    rows = [
        (
            str(line.id),
            line.name,
            line.engagement,
            line.people,
            line.voices,
            line.insights,
            ", ".join(line.keywords),
            line.created_at.date().isoformat(),
        )
        for line in make_theme_lines(list_themes(viewer, wanted)[:MOST_ROWS])
    ]
    return make_table(THEME_COLUMNS, rows, ending=ending)


def make_report_pdf(html: str, stylesheet: str) -> bytes:
    """Return the report's page as a PDF; raise Refused where this server cannot make one."""
    try:
        return make_printed(html, stylesheet)
    except DocumentRefused as refusal:
        raise Refused(str(refusal)) from refusal
