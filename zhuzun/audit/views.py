"""The trail on screen: for 审计管理员 only, and its export is itself in the trail."""

from django.urls import reverse

from zhuzun.audit import wording
from zhuzun.audit.actions import label_of
from zhuzun.audit.filters import EventFilter
from zhuzun.audit.models import Event
from zhuzun.audit.tables import OUTCOME_WORDS, EventTable
from zhuzun.ui.badges import badge
from zhuzun.ui.formats import moment
from zhuzun.ui.lists import ListPage
from zhuzun.ui.pages import DetailPage


class EventList(ListPage):
    """Search by person, body, object, act, time, address and success."""

    permission = "audit.view_event"
    export_permission = "audit.export_event"
    title = "审计记录"
    model = Event
    table_class = EventTable
    filterset_class = EventFilter
    empty_text = "还没有审计记录"
    empty_hint = "登录、授权、导出和每一项业务办理都会自动记入，不能修改或删除。"


class EventDetail(DetailPage):
    """One act with all that was noted, values before and after included."""

    permission = "audit.view_event"
    model = Event
    template_name = "audit/event_detail.html"

    def visible(self):
        """With the kind of the object, which the words need."""
        return super().visible().select_related("object_type")

    def get_title(self):
        """The act and when."""
        return f"{label_of(self.object.action)} · {moment(self.object.at)}"

    def get_breadcrumbs(self):
        """Back to the search."""
        return [("审计记录", reverse("audit:events"))]

    def get_context_data(self, **kwargs):
        """The facts of the act, and its changes."""
        event = self.object
        facts = [
            ("人员", f"{event.actor_name} {event.username}".strip() or "系统"),
            ("身份", wording.role_of(event)),
            ("单位", event.organisation_name),
            ("对象", event.object_label),
            ("结果", badge(*OUTCOME_WORDS[event.succeeded])),
            ("来源地址", event.address),
            ("请求编号", event.request_id),
        ]
        return super().get_context_data(facts=facts, changes=wording.changes_of(event), **kwargs)
