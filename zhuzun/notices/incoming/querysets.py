"""Lists of papers of others: narrowed once, here."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from zhuzun.access.scopes import ScopedQuerySet


class IncomingQuerySet(ScopedQuerySet):
    """The bureau sees all, a body those that were distributed to it (`receivers`); nobody by his rank."""

    view_permission = "notices.view_paper"

    def for_list(self, user):
        """Loads what a line needs; of the bodies that got it those that `user` may know of."""
        from zhuzun.notices.incoming.models import IncomingDelivery

        got = IncomingDelivery.objects.visible_to(user).select_related("organisation")
        got = got.prefetch_related("organisation__names")
        return self.select_related("registered_by").prefetch_related(Prefetch("deliveries", got, to_attr="known"))

    def searched(self, words, user):
        """Those that hold `words` in title, number, sender or note; in a receiver's name for who keeps the register."""
        from zhuzun.notices.incoming.models import IncomingDelivery
        from zhuzun.organisations.models import Organisation

        bodies = Organisation.objects.matching(words)
        got = IncomingDelivery.objects.visible_to(user).filter(paper=OuterRef("pk"), organisation__in=bodies)
        found = Q(title__icontains=words) | Q(sender_number__icontains=words) | Q(sender__icontains=words)
        if user.has_perm("notices.view_register"):
            found |= Q(note__icontains=words) | Q(receipt__icontains=words)
        return self.filter(found | Exists(got))
