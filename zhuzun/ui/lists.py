"""ListPage, the base of every list: filters, sort, pages and an export of exactly what is shown."""

from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Paginator
from django.db.models import QuerySet

from zhuzun import clock
from zhuzun.ui import exports
from zhuzun.ui.guards import require
from zhuzun.ui.pages import Page
from zhuzun.ui.params import choice_from, whole_from

PAGE_SIZES = (20, 50, 100, 200)


class ListPage(Page):
    """A list of the rows one may see.

    Sort (`sort`), page (`page`, `per_page`), filters and export (`export=xlsx|csv`) stand in the address bar; whatever
    makes no sense there counts as not given. The number of queries does not depend on the number of rows: what a row
    needs is fetched in `rows()`.
    """

    model = None
    table_class = None
    filterset_class = None
    template_name = "generic/list.html"
    page_size = 50
    unit = "条"
    empty_text = "暂无内容"
    empty_hint = ""
    export_permission: str | None = None  # where taking the list away needs more than reading it

    def rows(self):
        """The rows this person may see, with what the table needs; a queryset, or a list of computed rows."""
        if self.model is None:
            raise ImproperlyConfigured(f"{type(self).__name__} has neither model nor rows()")
        return self.model._default_manager.visible_to(self.request.user)

    def lines(self, rows):
        """What the table has a line for, where it is computed from the rows that the filters leave."""
        return rows

    def main_action(self) -> tuple:
        """The page's one main action as (decision, label, address, icon), or nothing."""
        return ()

    def get(self, request, *args, **kwargs):
        """The list as a page or as a file."""
        self.filterset = self.get_filterset()
        self.table = self.get_table()
        form = choice_from(request.GET, "export", exports.WRITERS, "")
        if form:
            if self.export_permission:
                require(request.user, self.export_permission)
            return exports.respond(self, form, actor=request.user, now=clock.now())
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_filterset(self):
        """The filters, filled from the address bar."""
        if self.filterset_class is None:
            return None
        return self.filterset_class(self.request.GET, queryset=self.rows(), request=self.request)

    def get_table(self):
        """The table of the rows that the filters leave, in the order asked for."""
        rows = self.lines(self.filterset.qs if self.filterset else self.rows())
        # One column only: a long list of them in the address bar would become a statement the database refuses.
        columns = [name for column in self.table_class.base_columns for name in (column, f"-{column}")]
        sort = choice_from(self.request.GET, "sort", columns, "")
        table = self.table_class(rows, order_by=sort or None, **self.get_table_kwargs())
        table.request = self.request
        _settle_ties(table.data)
        return table

    def get_table_kwargs(self) -> dict:
        """More arguments for the table, such as columns to leave out."""
        return {}

    def get_context_data(self, **kwargs):
        """What generic/list.html draws."""
        size = int(choice_from(self.request.GET, "per_page", [str(n) for n in PAGE_SIZES], str(self.page_size)))
        self.table.paginator = Paginator(self.table.rows, size)
        self.table.page = self.table.paginator.get_page(whole_from(self.request.GET, "page", 1, low=1))
        filtered = self.filterset is not None and self.filterset.active
        shown = self.table.paginator.count
        return super().get_context_data(
            table=self.table,
            filterset=self.filterset,
            filtered=filtered,
            shown=shown,
            total=self.count_all() if filtered else shown,
            unit=self.unit,
            empty_text=self.empty_text,
            empty_hint=self.empty_hint,
            main_action=self.main_action(),
            export_decision=self.request.user.decide(self.export_permission) if self.export_permission else None,
            page_sizes=PAGE_SIZES,
            **kwargs,
        )

    def count_all(self) -> int:
        """How many rows this person may see at all."""
        rows = self.lines(self.rows())
        return rows.count() if isinstance(rows, QuerySet) else len(rows)


def _settle_ties(data):
    """Order rows of equal rank by their key, or a row could stand on two pages and another on none."""
    rows = data.data
    if isinstance(rows, QuerySet):
        order = rows.query.order_by or rows.model._meta.ordering
        data.data = rows.order_by(*order, "pk")
