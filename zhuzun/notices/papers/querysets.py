"""Lists of papers: narrowed once, here."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from zhuzun.access.scopes import Scope, ScopedQuerySet, bodies_of
from zhuzun.notices.papers import searching
from zhuzun.organisations.models import Organisation

# What may be long in a paper: no list shows it.
TEXTS = ("blocks", "searchable", "annexes", "snapshot")


def related(model, name: str):
    """The rows of a relation of the model, which cannot be imported here: it is made of these lists."""
    return model._meta.get_field(name).related_model.objects


def bodies_named(term: str) -> list[int]:
    """Looked up once: within a condition PostgreSQL would look for them anew at every paper."""
    return list(Organisation.objects.matching(term).values_list("pk", flat=True))


class PaperQuerySet(ScopedQuerySet):
    """Papers: the bureau sees all, a body those that were served on it (`receivers` is filled at 印发)."""

    view_permission = "notices.view_paper"

    def for_list(self):
        """Loads what a line needs: a constant number of queries."""
        rows = self.select_related("identity__organisation", "drafted_by", "replaced_by")
        rows = rows.defer(*TEXTS, *(f"replaced_by__{name}" for name in TEXTS))
        return rows.prefetch_related(
            "numbers",
            "replaced_by__numbers",
            "identity__organisation__names",
            "recipients__organisation__names",
        )

    def successors(self, papers):
        """{key: paper} of those among these that replace one of `papers`, and that this reader may open."""
        return self.filter(pk__in={one.replaced_by_id for one in papers} - {None}).prefetch_related("numbers").in_bulk()

    def for_page(self):
        """Loads what the page of one paper needs."""
        rows = self.for_list().defer(None).select_related("checked_by", "signed_by")
        return rows.prefetch_related("identity__series")

    def about(self, source):
        """Those that were drafted of this record."""
        kind = ContentType.objects.get_for_model(source)
        return self.filter(source_type=kind, source_id=str(source.pk)).order_by("drafted_at", "pk")

    def searched(self, words):
        """Those that hold each of `words` in number, title, text or a recipient's name."""
        rows = self
        for term in searching.terms(words):
            rows = rows.filter(self._holding(term))
        return rows

    def _holding(self, term) -> Q:
        numbers = related(self.model, "numbers").filter(paper=OuterRef("pk"), voided_at__isnull=True)
        numbers = numbers.filter(searching.holds(term, "text") | searching.numbered(term))
        recipients = related(self.model, "recipients").filter(paper=OuterRef("pk"), organisation__in=bodies_named(term))
        return searching.holds(term, "title", "searchable", "addressed") | Exists(numbers) | Exists(recipients)


class DeliveryQuerySet(ScopedQuerySet):
    """What was served on whom."""

    view_permission = "notices.view_paper"

    def for_list(self):
        """Loads what a line needs."""
        rows = self.select_related("paper", "organisation", "received_by", "replied_by", "served_by")
        return rows.prefetch_related("organisation__names")

    def of_body(self, user):
        """Those on the body for which this person answers."""
        if user.acting is None:
            return self.none()
        return self.filter(organisation__in=bodies_of(user.acting, Scope.BODY))

    def waiting(self):
        """Those that nobody has signed for."""
        return self.filter(received_at__isnull=True)


class InsideQuerySet(QuerySet):
    """Rounds (稿次), 会签 and the like: the issuing side's own affair."""

    def visible_to(self, user):
        """All to those who keep the register, none to anybody else."""
        return self if user.has_perm("notices.view_register") else self.none()


class IdentityQuerySet(InsideQuerySet):
    """Issuing identities (发文身份)."""

    def named(self):
        """With the names by which a choice or a page calls them."""
        return self.select_related("organisation").prefetch_related("organisation__names")


class NumberQuerySet(InsideQuerySet):
    """Numbers of papers, the voided ones included."""

    def standing(self):
        """Those that a paper bears."""
        return self.filter(voided_at__isnull=True)

    def for_list(self):
        """Loads what a line of the register needs."""
        rows = self.select_related("paper__identity__organisation", "paper__drafted_by", "taken_by", "voided_by")
        rows = rows.select_related("paper__replaced_by")
        rows = rows.defer(*(f"{path}__{name}" for path in ("paper", "paper__replaced_by") for name in TEXTS))
        return rows.prefetch_related(
            "paper__replaced_by__numbers",
            "paper__identity__organisation__names",
            "paper__recipients__organisation__names",
        )
