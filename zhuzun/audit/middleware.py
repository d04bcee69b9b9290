"""Notes address and number of each request for the trail."""

import uuid

from zhuzun.audit import context


class RequestFacts:
    """Sets the request's facts around the view."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = context.enter(context.Facts(request.META.get("REMOTE_ADDR", ""), str(uuid.uuid4())))
        try:
            return self.get_response(request)
        finally:
            context.leave(token)
