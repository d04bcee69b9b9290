"""`{% load files %}{% attachments report kind="evidence" %}`: the files of a record, for whoever may see the record."""

from django import template
from django.urls import reverse

from zhuzun.documents.services import attachments_of

register = template.Library()


@register.inclusion_tag("documents/_attachments.html")
def attachments(obj, kind=None, withdraw="", empty="没有附件。", standing=False):
    """The files of a record as a table; 撤下 stands beside them only where the page names its address.

    `withdraw` is the name of the page that takes one down, whose one argument is the file's key: the page of the room
    that the record belongs to. Name it only for somebody who may. `standing` leaves out what was taken down.
    """
    files = attachments_of(obj, kind)
    rows = [
        (row, "" if row.withdrawn_at or not withdraw else reverse(withdraw, args=[row.pk]))
        for row in (files.standing() if standing else files)
    ]
    return {"rows": rows, "may_withdraw": bool(withdraw), "empty": empty}
