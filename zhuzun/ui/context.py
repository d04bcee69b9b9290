"""What every template may use beside its own context."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from zhuzun.ui import navigation, notes

PORTAL_NAME = "珠海—遵义东西部协作工作平台"
SHORT_NAME = "珠遵协作"


def page(request):
    """Names, the demonstration's mark, the navigation and the notes (the last two are made only when drawn)."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    may_go_on = signed_in and not user.must_change_password  # every line would lead back to the page of the password
    return {
        "portal_name": PORTAL_NAME,
        "portal_short_name": SHORT_NAME,
        "is_demo": settings.PORTAL_ENV == "demo",
        "idle_seconds": getattr(settings, "SESSION_IDLE_SECONDS", 0) if signed_in else 0,
        "narrow_navigation": request.COOKIES.get("nav") == "narrow",
        "navigation": SimpleLazyObject(lambda: navigation.drawn_for(user, request.path) if may_go_on else []),
        "page_notes": SimpleLazyObject(lambda: notes.for_page(request) if signed_in else []),
    }
