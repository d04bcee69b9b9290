"""The one base class for admin pages, and what is built on it; see `base.py`."""

from zhuzun.access.admin import grants, organisations  # noqa: F401 (they register)
from zhuzun.access.admin.base import PortalAdmin, PortalInline, ReasonForm
from zhuzun.access.admin.exchange import ExchangeAdmin, PlainDiff
from zhuzun.access.admin.history import HistoryAdmin
from zhuzun.access.admin.permissions import GrantedAdmin

__all__ = ["ExchangeAdmin", "GrantedAdmin", "HistoryAdmin", "PlainDiff", "PortalAdmin", "PortalInline", "ReasonForm"]
