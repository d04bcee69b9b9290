"""Scopes: how far a role's permission reaches, in lists (one subquery) and for a single record, from one rule."""

from django.db.models import BigIntegerField, Q, QuerySet, TextChoices
from django.db.models.functions import Cast

from zhuzun import clock
from zhuzun.organisations.kinds import DEPARTMENT_KINDS, PARTNER_KINDS, OrganisationKind
from zhuzun.organisations.models import Organisation

# Bodies for which the place above them speaks: its departments, townships and registered partners.
SPOKEN_FOR = (*DEPARTMENT_KINDS, *PARTNER_KINDS, OrganisationKind.TOWN)


class Scope(TextChoices):
    """How far a permission reaches (数据范围). Models name their fields per scope in `SCOPE_FIELDS`."""

    ALL = "all", "全部"
    DISTRICT = "district", "本区"
    COUNTY = "county", "本县（市）"
    UNIT = "unit", "本单位"
    BODY = "body", "本单位及所属"
    BELOW = "below", "所辖小组"
    NAMED = "named", "指定范围"


def county_of(body: Organisation) -> Organisation | None:
    """The county a body works for: itself, the one above it, or for a 县小组 the one of its division."""
    if body.kind == OrganisationKind.COUNTY_TEAM:
        return Organisation.objects.filter(kind=OrganisationKind.COUNTY, division=body.division_id).first()
    return body.anchor(OrganisationKind.COUNTY)


def bodies_of(assignment, scope: str) -> frozenset[int]:
    """The keys of the bodies that `scope` means for somebody acting in `assignment`; kept on the assignment."""
    known = assignment.__dict__.setdefault("_bodies", {})
    if scope not in known:
        known[scope] = frozenset(_find_bodies(assignment, scope))
    return known[scope]


def _find_bodies(assignment, scope):
    body = assignment.organisation
    if scope == Scope.NAMED:
        return assignment.scope.values_list("pk", flat=True)
    if scope in (Scope.UNIT, Scope.BELOW):
        return [body.pk]
    if scope == Scope.BODY:
        return _own_bodies(body)
    anchor = body.anchor(OrganisationKind.DISTRICT) if scope == Scope.DISTRICT else county_of(body)
    return [anchor.pk] if anchor else []


def _own_bodies(body):
    """The body itself, the district, county or city it works for, and what lies directly below that place.

    Townships, departments and registered partners have no accounts of their own; districts and counties have.
    """
    # A municipal unit or a county team stands below 珠海市 too, and does not speak for it: only departments do.
    place = body.parent if body.kind in DEPARTMENT_KINDS else body
    if place is None or place.kind not in (OrganisationKind.DISTRICT, OrganisationKind.COUNTY, OrganisationKind.CITY):
        return [body.pk]
    below = Organisation.objects.filter(parent=place, kind__in=SPOKEN_FOR).values_list("pk", flat=True)
    return [body.pk, place.pk, *below]


def fields_of(model, scope: str) -> tuple[str, ...]:
    """The fields of `model` that `scope` looks at; a named scope (审计查阅) looks at all of them."""
    declared = model.SCOPE_FIELDS
    if scope == Scope.NAMED:
        return tuple(dict.fromkeys(field for fields in declared.values() for field in fields))
    return declared.get(scope, ())


def reaches(assignment, scope: str, obj) -> bool:
    """Whether `obj` lies within `scope` of somebody acting in `assignment`."""
    if scope == Scope.ALL:
        return True
    bodies = bodies_of(assignment, scope)
    return any(_within(obj, field, bodies) for field in fields_of(type(obj), scope))


def _within(obj, path, bodies) -> bool:
    if _many(type(obj), path):
        return getattr(obj, path).filter(pk__in=bodies).exists()
    for step in path.split("__"):
        obj = getattr(obj, step, None)
    return getattr(obj, "pk", obj) in bodies


def _many(model, path) -> bool:
    """Whether `path` is a list of bodies (the readers of a report) and not a single one."""
    return path != "pk" and "__" not in path and model._meta.get_field(path).many_to_many


def condition(assignment, scope: str, model) -> Q:
    """The same rule as `reaches`, for a list."""
    if scope == Scope.ALL:
        return Q()
    bodies = bodies_of(assignment, scope)
    found = Q(pk__in=())
    for field in fields_of(model, scope):
        found |= _listed(model, field, bodies) if _many(model, field) else Q(**{f"{field}__in": bodies})
    return found


def _listed(model, path, bodies) -> Q:
    """Those in whose list `path` one of `bodies` stands: asked of the list's own table, each record found once."""
    field = model._meta.get_field(path)
    lines = field.remote_field.through._base_manager.filter(**{f"{field.m2m_reverse_field_name()}__in": bodies})
    return Q(pk__in=lines.values(field.m2m_field_name()))


class ScopedQuerySet(QuerySet):
    """A list narrowed once, here; a view that starts from anything else fails a test."""

    view_permission = ""

    def visible_to(self, user, permission=""):
        """The rows that `user`, in the identity he acts in, may see (or for which he holds `permission`)."""
        from zhuzun.access.policy import scope_for

        name = permission or self.view_permission
        assignment = user.acting
        scope = scope_for(name, assignment)
        if scope == Scope.ALL:
            return self.all()
        if not may_be_granted(self.model, name):
            return self.none() if scope is None else self.filter(condition(assignment, scope, self.model))
        granted = Q(pk__in=granted_keys(user, name, self.model))
        return self.filter(granted if scope is None else condition(assignment, scope, self.model) | granted)


def grantable(model) -> list[str]:
    """The code names that a grant may give on records of `model`: those its `Meta.permissions` lists, and no other."""
    return [codename for codename, _ in model._meta.permissions]


def may_be_granted(model, name) -> bool:
    """Whether a 临时授权 can give `name` on records of `model`: else nobody's grants need to be looked for."""
    app, _, codename = name.partition(".")
    return app == model._meta.app_label and codename in grantable(model)


def granted_keys(user, name, model):
    """Keys of the records on which `user` holds a 临时授权 for `name` today, as one subquery."""
    from zhuzun.access.models import Grant

    rows = Grant.objects.on(clock.today()).filter(
        user=user,
        permission__codename=name.partition(".")[2],
        content_type__app_label=model._meta.app_label,
        content_type__model=model._meta.model_name,
    )
    return rows.values_list(Cast("object_pk", BigIntegerField()), flat=True)


def granted(user, name, obj) -> bool:
    """Whether `user` holds a 临时授权 for `name` on `obj` today; his grants are read once a request."""
    if not may_be_granted(obj, name):
        return False
    day = clock.today()
    known = user.__dict__.setdefault("_grants", {})
    if day not in known:
        known[day] = _grants_on(user, day)
    return (obj._meta.label_lower, str(obj.pk), name) in known[day]


def _grants_on(user, day):
    from zhuzun.access.models import Grant

    rows = Grant.objects.on(day).filter(user=user).select_related("content_type", "permission")
    return {
        (
            f"{row.content_type.app_label}.{row.content_type.model}",
            row.object_pk,
            f"{row.content_type.app_label}.{row.permission.codename}",
        )
        for row in rows
    }
