"""Small helps of the plan pages."""

from django import template

register = template.Library()


@register.filter
def of(table, key):
    """The value of a table under a key."""
    return table.get(key)
