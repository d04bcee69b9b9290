"""The workbench, and the health check."""

from django.db import InterfaceError, OperationalError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache

from zhuzun import clock
from zhuzun.home import cards, setup
from zhuzun.ui.faults import UNAVAILABLE
from zhuzun.ui.pages import Page


@never_cache
def healthz(request):
    """Whether the portal answers and reaches its database; for the start script and the container."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return JsonResponse({"status": "database unreachable"}, status=UNAVAILABLE)
    return JsonResponse({"status": "ok"})


class Workbench(Page):
    """工作台: what I must do, what is late, ends soon, came back; 上线准备 while the office is being set up."""

    permission = None  # somebody without a role is told so here, instead of being refused his first page
    template_name = "home/workbench.html"
    title = "工作台"

    def get_context_data(self, **kwargs):
        """The cards of this person, and the checklist for whoever sets the office up."""
        now, user = clock.now(), self.request.user
        at = cards.Moment(now, clock.day_of(now))
        lines = setup.checklist(user, at) if user.decide("home.view_setup") else []
        done = sum(line.done for line in lines)
        return super().get_context_data(
            at=at, blocks=cards.drawn_for(user, at), lines=lines, done=done, ready=done == len(lines), **kwargs
        )
