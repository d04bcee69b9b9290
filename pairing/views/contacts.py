"""对接联系人: whom to call on either side, and who is missing."""

from django.urls import reverse

from pairing import contacts
from pairing.tables import ContactTable
from zhuzun import clock
from zhuzun.ui.lists import ListPage


class ContactDirectory(ListPage):
    """Contacts of the bodies whose pairings the person may see."""

    permission = "organisations.view_contact"
    title, unit = "对接联系人", "个单位"
    table_class = ContactTable
    template_name = "pairing/contact_directory.html"
    empty_text, empty_hint = "您可见的范围内没有单位", "联系人由各单位在“本单位联系人”中自行维护。"

    def rows(self):
        """One card a body; with `?lacking=1` only those that still owe somebody."""
        cards = contacts.cards(contacts.directory(self.request.user, clock.today()), clock.today())
        return [card for card in cards if (card.lacking if self.lacking_only() else card.worth_a_line)]

    def lacking_only(self):
        """Whether only bodies with an empty seat are asked for."""
        return self.request.GET.get("lacking") == "1"

    def get_table_kwargs(self):
        return {"day": clock.today()}

    def get_breadcrumbs(self):
        return [("结对关系", reverse("pairing:table"))]

    def get_context_data(self, **kwargs):
        return super().get_context_data(lacking_only=self.lacking_only(), **kwargs)
