"""Handing out the files."""

import hashlib
import logging

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views import View

from zhuzun.documents import vault, viewers
from zhuzun.ui.formats import moment
from zhuzun.ui.guards import Guarded

logger = logging.getLogger(__name__)


class Download(Guarded, View):
    """The file itself, never shown inside a page, for whoever may see the record it hangs on."""

    permission = None  # asked of the record, in `viewers`
    http_method_names = ("get", "head")

    def get(self, request, pk):
        """404 for a file of another's record; 403 with the reason for one that was taken down."""
        attachment = viewers.find(request.user, pk)
        if attachment is None:
            raise Http404
        if attachment.withdrawn_at:
            raise PermissionDenied(
                f"“{attachment}”已于 {moment(attachment.withdrawn_at)} 撤下，不再提供下载。"
                f"撤下原因：{attachment.withdrawal_reason}"
            )
        return respond(attachment)


def respond(attachment):
    """The answer; a file that is missing, cut off or changed is not handed out."""
    data = vault.read(attachment.pk)
    if hashlib.sha256(data).hexdigest() != attachment.sha256:
        logger.error("attachment %s: its file is missing, cut off or changed", attachment.pk)
        raise Http404
    mark = getattr(attachment.subject, "name_mark", "")  # a paper that is no longer valid says so in its file's name
    headers = {
        "Content-Disposition": content_disposition_header(True, f"{mark}{attachment.name}"),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(data, content_type=attachment.media_type, headers=headers)
