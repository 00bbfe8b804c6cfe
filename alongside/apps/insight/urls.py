"""Addresses of the insight room."""

from django.urls import path, register_converter

from alongside.apps.insight.views import evidence, insights, reports, review, start, themes


class TableEnding:
    """The ending of a table somebody downloads."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TableEnding, "table_ending")

app_name = "insight"
urlpatterns = [
    path("", start.start, name="start"),
    path("engagements/<uuid:engagement_id>/", start.engagement, name="engagement"),
    path("engagements/<uuid:engagement_id>/find-themes/", start.find_themes, name="find_themes"),
    path("engagements/<uuid:engagement_id>/review/", review.review, name="review"),
    path("engagements/<uuid:engagement_id>/review/decide/", review.decide, name="decide"),
    path("engagements/<uuid:engagement_id>/review/voices/", review.voices, name="review_voices"),
    path("engagements/<uuid:engagement_id>/review/keys/", review.switch_keys, name="switch_keys"),
    path("themes/", themes.themes, name="themes"),
    path("themes/export.<table_ending:ending>", themes.export, name="export_themes"),
    path("themes/<uuid:theme_id>/", themes.theme, name="theme"),
    path("themes/<uuid:theme_id>/describe/", themes.describe, name="describe_theme"),
    path("themes/<uuid:theme_id>/disagree/", themes.disagree, name="disagree_theme"),
    path("disagreements/<uuid:dissent_id>/take-back/", themes.take_back, name="take_back_dissent"),
    path("insights/", insights.insights, name="insights"),
    path(
        "insights/export.<table_ending:ending>", insights.export, {"what": "insights"}, name="export_insights"
    ),
    path(
        "insights/evidence.<table_ending:ending>",
        insights.export,
        {"what": "evidence"},
        name="export_evidence",
    ),
    path("insights/write/", insights.write, name="write_insight"),
    path("insights/<uuid:insight_id>/", insights.insight, name="insight"),
    path("insights/<uuid:insight_id>/change/", insights.change, name="change_insight"),
    path("insights/<uuid:insight_id>/decide/<slug:decision>/", insights.decide, name="decide_insight"),
    path("insights/<uuid:insight_id>/looked/", insights.looked_again, name="looked_again"),
    path("insights/<uuid:insight_id>/confirm/", insights.confirm, name="confirm_insight"),
    path("insights/<uuid:insight_id>/evidence/", evidence.choose, name="choose_evidence"),
    path("insights/<uuid:insight_id>/evidence/number/", evidence.figure, name="add_figure"),
    path("insights/<uuid:insight_id>/evidence/<uuid:voice_id>/", evidence.quote, name="add_quote"),
    path("evidence/<uuid:evidence_id>/remove/", evidence.remove, name="remove_evidence"),
    path("insights/<uuid:insight_id>/report/", reports.report, name="report"),
    path("insights/<uuid:insight_id>/report.pdf", reports.report_pdf, name="report_pdf"),
]
