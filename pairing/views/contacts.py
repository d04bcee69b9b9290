"""对接联系人: whom to call on either side, and who is missing."""

from django.urls import reverse

from pairing import contacts
from pairing.filters import ContactFilters
from pairing.tables import ContactTable
from zhuzun import clock
from zhuzun.ui.lists import ListPage


class ContactDirectory(ListPage):
    """Contacts of the bodies whose pairings the person may see."""

    permission = "organisations.view_contact"
    title, unit = "对接联系人", "个单位"
    table_class, filterset_class = ContactTable, ContactFilters
    template_name = "pairing/contact_directory.html"
    empty_text, empty_hint = "您可见的范围内没有单位", "联系人由各单位在“本单位联系人”中自行维护。"

    def rows(self):
        """The bodies."""
        return contacts.directory(self.request.user, clock.today())

    def get_filterset(self):
        """Who is missing is a matter of the day."""
        return self.filterset_class(self.request.GET, queryset=self.rows(), request=self.request, day=clock.today())

    def lines(self, rows):
        """One card a body."""
        return [card for card in contacts.cards(rows, clock.today()) if card.worth_a_line or card.lacking]

    def get_table_kwargs(self):
        return {"day": clock.today()}

    def get_breadcrumbs(self):
        return [("结对关系", reverse("pairing:table"))]
