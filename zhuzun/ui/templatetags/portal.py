"""Template tags of the portal: `{% load portal %}`. docs/pages.md shows each in use."""

from django import template
from django.utils.http import urlencode

from zhuzun.ui import badges, formats, icons
from zhuzun.ui.forms import DayInput

register = template.Library()

register.filter("day", formats.day)
register.filter("long_day", formats.long_day)
register.filter("moment", formats.moment)
register.filter("thousands", formats.thousands)
register.simple_tag(formats.span, name="span")
register.simple_tag(icons.svg, name="icon")
register.simple_tag(badges.badge, name="badge")


@register.simple_tag(takes_context=True)
def decide(context, name, obj=None):
    """Whether the reader may do `name` on `obj`: `{% decide "pairing.end_pairing" pairing as d %}`, then `d.reason`."""
    return context["request"].user.decide(name, obj)


@register.inclusion_tag("ui/_action.html")
def action(decision, label, url, icon="", kind="plain"):
    """A link to an action, or the word with its reason where the action cannot be taken.

    `kind` is `primary` (the page's main action, drawn in the accent), `plain` or `small`.
    """
    return {"decision": decision, "label": label, "url": url, "icon": icon, "kind": kind}


@register.inclusion_tag("ui/_errors.html")
def error_summary(form):
    """All errors of a form with links to their fields; nothing where there are none."""
    return {"form": form, "general": form.non_field_errors(), "fields": [f for f in form if f.errors]}


@register.inclusion_tag("ui/_empty.html")
def empty_state(text, hint="", url="", link=""):
    """Why a list is empty and what to do next."""
    return {"text": text, "hint": hint, "url": url, "link": link}


@register.simple_tag
def link_with(url, **params):
    """An address with a query: `{% link_with "/pairing/" day="2026-01-01" %}`."""
    return f"{url}?{urlencode(params)}"


@register.filter
def tone_of(message):
    """The look of one of Django's messages."""
    return {"error": "late", "warning": "soon", "success": "good"}.get(message.level_tag, "info")


@register.simple_tag
def day_input(name, value, element_id="", described_by=""):
    """A small date field of a form that is no Django form, such as 截至日期: `{% day_input "on" day "id_on" %}`."""
    attrs = {"id": element_id or f"id_{name}", "class": "form-control form-control-sm"}
    if described_by:
        attrs["aria-describedby"] = described_by
    return DayInput().render(name, value, attrs)
