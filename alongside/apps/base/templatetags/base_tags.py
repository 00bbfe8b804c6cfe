"""Tags for every template: components, form fields, quotes, the trail, proposals and decisions, lists.

The style guide (`/look/` in the demonstration) shows each of them with the words that make it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from alongside.apps.base.presenters import (
    Chip,
    DayGroup,
    Pager,
    group_day,
    keep_web_address,
    make_pager,
    render_component,
    render_error_summary,
    render_field,
    tone_class,
)
from alongside.apps.base.queries.trail import TrailStop
from alongside.apps.base.rules.money import write_money
from alongside.charts import Chart
from alongside.science.values.redaction import find_marks
from alongside.science.values.trail import DayItem

register = template.Library()
register.filter("web", keep_web_address)  # `<a href="{{ group.website|web }}">`
register.filter("money", write_money)  # `{{ row.amount_pence|money:row.currency }}`


@register.simple_tag
def nhsuk(component: str, **parameters: object) -> SafeString:
    """Draw a component: `{% nhsuk "button" text="Save" %}`; `label__text="…"` reaches inside."""
    return render_component(component, parameters)


@register.simple_tag
def field(bound: BoundField, **parameters: object) -> SafeString:
    """Draw a form field whole: `{% field form.title %}`; parameters of the component may be added."""
    optional = bool(parameters.pop("optional", True))
    return render_field(bound, parameters, optional=optional)


@register.simple_tag
def fields(form: forms.BaseForm) -> SafeString:
    """Draw every field of a form in its order, hidden ones too."""
    return SafeString("".join(render_field(form[name], {}) for name in form.fields))


@register.simple_tag
def error_summary(form: forms.BaseForm, title: str = "") -> SafeString:
    """Draw what is wrong with a form, above the heading; nothing when all is well."""
    return render_error_summary(form, title)


@register.inclusion_tag("base/parts/trail.html")
def trail(stops: Sequence[TrailStop]) -> dict[str, object]:
    """Draw the trail from voice to feedback: `stops` carry label, count, url, is_here."""
    return {"stops": stops}


@register.inclusion_tag("base/parts/quote.html")
def quote(
    text: str,
    who: str = "",
    when: date | datetime | str = "",
    where: str = "",
    url: str = "",
    language: str = "",
    small: bool = False,
) -> dict[str, object]:
    """Draw a person's own words, verbatim, with who said them, when and where under them."""
    is_date = isinstance(when, date)
    return {
        "text": text,
        "who": who,
        "when": "" if is_date else when,
        "on": when if is_date else None,
        "where": where,
        "url": url,
        "language": language,
        "small": small,
    }


@register.filter
def marks(text: str) -> SafeString:
    """Draw a person's words with what is covered in them set apart: `{{ voice.text|marks }}`."""
    parts, read = [], 0
    for start, end in find_marks(text):
        label = gettext("covered here:")
        parts.append(format_html("{}", text[read:start]))
        parts.append(
            format_html(
                '<span class="al-mark"><span class="nhsuk-u-visually-hidden">{} </span>{}</span>',
                label,
                text[start:end],
            )
        )
        read = end
    return SafeString("".join((*parts, format_html("{}", text[read:]))))


@register.simple_block_tag
def proposal(content: str, by: str = "", at: datetime | None = None, id: str = "") -> SafeString:
    """Set apart what a machine proposed: `{% proposal by="the theme engine" %}…{% endproposal %}`."""
    context = {"content": content, "by": by, "at": at, "id": id}
    return render_to_string("base/parts/proposal.html", context)


@register.simple_block_tag
def decision(
    content: str, label: str = "", by: str = "", at: datetime | None = None, tone: str = "good", id: str = ""
) -> SafeString:
    """Show what a person decided: `{% decision label="Accepted" by=name at=at %}…{% enddecision %}`."""
    context = {"content": content, "label": label, "by": by, "at": at, "tone": tone_class(tone), "id": id}
    return render_to_string("base/parts/decision.html", context)


@register.simple_block_tag
def filters(content: str, chips: Iterable[Chip] = (), clear_url: str = "?", button: str = "") -> SafeString:
    """Draw a filter panel around fields, with what is chosen visible above the list."""
    context = {"content": content, "chips": list(chips), "clear_url": clear_url, "button": button}
    return render_to_string("base/parts/filters.html", context)


@register.simple_block_tag(takes_context=True)
def more_filters(context: Context, content: str, names: str) -> SafeString:
    """Keep the rarer fields of a filter panel folded away, open where one of `names` is chosen."""
    chosen = context["request"].GET
    is_open = any(chosen.get(name) for name in names.split())
    return render_to_string("base/parts/more_filters.html", {"content": content, "is_open": is_open})


@register.simple_block_tag
def empty_state(content: str, title: str = "") -> SafeString:
    """Say that there is nothing here and what to do: `{% empty_state title="No voices yet" %}…{% endempty_state %}`."""
    return render_to_string("base/parts/empty.html", {"content": content, "title": title})


@register.inclusion_tag("base/parts/pager.html", takes_context=True)
def pager(context: Context, pages: Pager | Page) -> dict[str, object]:  # type: ignore[type-arg]
    """Draw the pages of a list; a Django page is given the query string of the request."""
    if isinstance(pages, Page):
        pages = make_pager(pages, context["request"].GET)
    return {"pager": pages}


@register.inclusion_tag("base/parts/stat.html")
def stat(number: object, label: str, url: str = "", note: str = "") -> dict[str, object]:
    """Draw one number with its words; stand several in `<ul class="al-stats">`."""
    return {"number": number, "label": label, "url": url, "note": note}


@register.inclusion_tag("base/parts/chart.html")
def chart(wide: Chart, narrow: Chart, csv_url: str = "", table_title: str = "") -> dict[str, object]:
    """Draw a picture with its headline, its sentence and the table behind it; `narrow` is the one for a phone."""
    # The functions of `charts` escape every word they are given; what they return is markup.
    pictures = (SafeString(wide.svg), SafeString(narrow.svg))
    return {"chart": wide, "pictures": pictures, "csv_url": csv_url, "table_title": table_title}


@register.inclusion_tag("base/parts/status.html")
def status(text: str, tone: str = "neutral") -> dict[str, object]:
    """Draw a state as a word on a tone: neutral, waiting, good, warning, bad, proposed."""
    return {"text": text, "tone": tone_class(tone)}


@register.inclusion_tag("base/parts/job.html", takes_context=True)
def job_progress(context: Context, job: object, still: bool = False) -> dict[str, object]:
    """Draw how far a job is; htmx asks again each second until it ends, without it there is a link."""
    return {"job": job, "still": still, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("base/parts/day.html")
def day_list(items: Iterable[DayItem]) -> dict[str, list[DayGroup]]:
    """Draw a person's own day: what needs them, what is late, what is new."""
    return {"groups": group_day(items)}


@register.simple_block_tag
def bulk_bar(content: str) -> SafeString:
    """Draw the bar of what can be done to chosen rows, inside `<form data-bulk>`; boxes carry `data-bulk-row`."""
    return render_to_string("base/parts/bulk.html", {"content": content})
