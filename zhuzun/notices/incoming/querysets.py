"""Lists of papers of others: narrowed once, here."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from zhuzun.access.scopes import ScopedQuerySet
from zhuzun.notices.papers import searching
from zhuzun.notices.papers.querysets import bodies_named, related


class IncomingQuerySet(ScopedQuerySet):
    """The bureau sees all, a body those that were distributed to it (`receivers`); nobody by his rank."""

    view_permission = "notices.view_paper"

    def for_list(self, user):
        """Loads what a line needs; of the bodies that got it those that `user` may know of."""
        got = related(self.model, "deliveries").visible_to(user).select_related("organisation")
        got = got.prefetch_related("organisation__names")
        return self.select_related("registered_by").prefetch_related(Prefetch("deliveries", got, to_attr="known"))

    def searched(self, words, user):
        """Those that hold each of `words` in title, number, sender; in note, 收文号, a receiver for who keeps those."""
        rows = self
        for term in searching.terms(words):
            rows = rows.filter(self._holding(term, user))
        return rows

    def _holding(self, term, user) -> Q:
        got = related(self.model, "deliveries").visible_to(user)
        got = got.filter(paper=OuterRef("pk"), organisation__in=bodies_named(term))
        found = searching.holds(term, "title", "sender_number", "sender")
        found |= searching.numbered_by_others(term, "sender_number")
        if user.has_perm("notices.view_register"):
            found |= searching.holds(term, "note", "receipt") | searching.numbered_by_others(term, "receipt")
        return found | Exists(got)
