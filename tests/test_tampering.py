"""Whatever fields are sent beside a form's own, no page writes them: every form page, every field of every table.

Each form is sent as its page fills it, once plain and once with every column of the portal's tables added; both times
the same rows must change in the same columns to the same values.
"""

import re
from contextlib import contextmanager
from datetime import date

import pytest
from django import forms as fields
from django.apps import apps
from django.db import models, transaction
from django.urls import URLPattern, get_resolver

from tasks.models import Indicator, Measure, ReportPlan, Responsibility, TaskArea
from tests import factories, matrix
from tests.matrix import addresses, moved
from zhuzun.accounts.roles import Role
from zhuzun.ui.pages import ActionMixin

OURS = ("zhuzun", "pairing", "tasks")
# Drawn anew with every act: keys, the request's number, a one-time password.
FLEETING = {"id", "history_id", "object_id", "request_id", "password"}
HOSTILE = {
    **dict.fromkeys(("is_superuser", "is_staff", "groups", "user_permissions", "actor"), "1"),
    "now": "2030-01-01",
}
# What a page sends beside the fields of its form: how many were ticked; the rows of a paper's text.
BESIDE = ("count", "kind", "words", "source")
# What a form cannot fill by itself.
TYPED = {
    "accounts:correct": {"phone": "0756-7654321"},
    "accounts:open": {"home": "市教育局", "username": "new.person", "valid_from": "2022-03-15", "role": "unit_officer"},
    "accounts:password_change": {"old": factories.PASSWORD, "new": "Bai-Shan-2022-hei", "again": "Bai-Shan-2022-hei"},
    "accounts:role_give": {"role": "bureau_head"},
    "notices:incoming_distribute": {"part": "read"},
    "notices:incoming_new": {"dated_on": "2022-03-10"},
    "notices:paper_text": {
        "kind": ["heading1", "paragraph", "quotation"],
        "words": ["总体情况", "请各单位抓好落实。", "有关工作进展情况，及时反馈市乡村振兴局。"],
        "source": ["", "", "工作方案"],
    },
    "organisations:correct_contact": {"post": "副科长"},
    "pairing:correct": {"note": "补充说明"},
    "periods:enter_year": {"text": "2022-01-01 休 元旦"},
    "tasks:name_decide": {"verdict": "spared", "reason": "台风停工"},
    "tasks:paper_plan": {"active": "on"},
    "tasks:plan_change": {"review_workdays": 4},
    "tasks:plan_copy": {"code": "another"},
    "tasks:document_new": {"code": "2026-03", "term_from": "2026-01-01"},
    "tasks:paragraphs": {"text": "1. 总则。统筹推进。\n2. 劳务协作。帮助农村劳动力就业。（各区）"},
    "tasks:area_new": {"name": "劳务协作", "measures": "落地｜引导企业落户", "names": "市教育局"},
    "tasks:duties_enter": {"duties": "引导企业落户｜各区、市教育局｜每年"},
}


def with_a_county_unpaired(estate):
    """A county for a new row of the annex."""
    estate.world.zhengan_pairing.valid_to = date(2022, 3, 1)
    estate.world.zhengan_pairing.save()
    return {"west": estate.world.zhengan.code}


def with_an_ended_account(estate):
    estate.people[Role.CLERK].is_active = False
    estate.people[Role.CLERK].save()
    return {}


def with_a_successor(estate):
    """A document on pages, whose seventh paragraph is no task area yet."""
    old = estate.policy.document
    new = factories.policy(code="T-2026", term_from=date(2026, 1, 1), term_to=None).document
    new.predecessor = old
    new.save()
    Indicator.objects.filter(area__paragraph__document=new).delete()
    Measure.objects.filter(paragraph__document=new).delete()
    Responsibility.objects.filter(paragraph__document=new).delete()
    TaskArea.objects.filter(paragraph__document=new).delete()
    estate.policy.document = new  # whose code stands in the address
    return {}


def with_another_unit(estate):
    return {"party": f"organisation:{estate.world.labour.pk}"}


def with_a_stopped_plan(estate):
    ReportPlan.objects.update(state="stopped")
    return {}


PREPARED = {
    "tasks:plan_activate": with_a_stopped_plan,
    "tasks:responsibility_set": with_another_unit,
    "accounts:reopen": with_an_ended_account,
    "pairing:add": with_a_county_unpaired,
    "tasks:area_new": with_a_successor,
    "tasks:duties_enter": with_a_successor,
    "tasks:paragraphs": with_a_successor,
    **moved.STATES,
}


def form_pages():
    """Every named page with a form: {name: view}."""

    def walk(patterns, namespace):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield f"{namespace}{pattern.name}", getattr(pattern.callback, "view_class", None)
            else:
                yield from walk(pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else "")

    found = walk(get_resolver().url_patterns, "")
    return {name: view for name, view in found if view and issubclass(view, ActionMixin)}


def our_models():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS and model._meta.managed]


def columns():
    """Every column of every table with a value that would be noticed."""
    values = dict(HOSTILE)
    for model in our_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.DateTimeField):
                values[field.name] = "2030-01-01 00:00"
            elif isinstance(field, models.DateField):
                values[field.name] = "2030-01-01"
            elif isinstance(field, models.CharField | models.TextField):
                values[field.name] = "篡改"
            elif getattr(field, "concrete", False):
                values[field.name] = values[f"{field.name}_id"] = "1"
    return values


def snapshot():
    rows = {model: model._base_manager.values("pk", *names(model)) for model in our_models()}
    return {model: {row["pk"]: row for row in found} for model, found in rows.items()}


def names(model):
    return [field.attname for field in model._meta.concrete_fields if field.attname not in FLEETING]


def difference(before, after):
    """What changed, without keys: [(table, column, before, after)] and [(table, values of a new row)]."""
    new = {model: set(after[model]) - set(before[model]) for model in before}
    found = []
    for model, rows in after.items():
        relations = {field.attname: field.related_model for field in model._meta.concrete_fields if field.is_relation}
        for key, row in rows.items():
            shown = {
                name: "new" if value in new.get(relations.get(name), ()) else plainly(name, value)
                for name, value in row.items()
                if name != "pk"
            }
            if key in new[model]:
                found.append(f"{model.__name__} + {shown}")
            elif row != before[model][key]:
                old = before[model][key]
                found += [f"{model.__name__} {key} {name}: {shown[name]}" for name in shown if row[name] != old[name]]
        found += [f"{model.__name__} {key} gone" for key in set(before[model]) - set(rows)]
    return sorted(found)


def plainly(name, value):
    """A value that two sendings share: PostgreSQL gives bytes as views, and a link names the key of its new row."""
    if isinstance(value, memoryview):
        return bytes(value)
    return re.sub(r"/\d+/", "/key/", value) if name == "link" else value


def filled(form, typed):
    """What a browser would send: the form as it is drawn, with `typed`, and with something in each empty field.

    A file is given as a function: each sending reads it anew.
    """
    values = {name: typed.get(name) or value_of(form, name, field) for name, field in form.fields.items()}
    values |= {name: typed[name] for name in BESIDE if name in typed}
    return {name: value for name, value in values.items() if value is not False and value not in (None, "")}


def value_of(form, name, field):
    shown = form[name].value()
    if shown not in (None, ""):
        return shown
    if isinstance(field, fields.ChoiceField):
        return first_of(field.choices)
    if isinstance(field, fields.ModelChoiceField):
        return field.prepare_value(field.queryset.first())
    if isinstance(field, fields.DateField):
        return date(2022, 3, 31) if field.required else ""
    if isinstance(field, fields.BooleanField | fields.FileField):
        return ""
    return f"填写{name}" if field.required else ""


def first_of(choices):
    """The first value to choose, also within a group of choices."""
    for value, label in choices:
        found = first_of(label) if isinstance(label, list | tuple) else value
        if found:
            return found
    return ""


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# The one field of the first is a file with its own test; the second writes nothing: it leads to the next page.
ASIDE = {"rosters:upload", "tasks:agreement_targets"}
PAGES = {name: view for name, view in form_pages().items() if name not in ASIDE}


# Who takes the step, where the estate of the matrix stands before it.
TAKERS = {
    "notices:paper_step": Role.BUREAU_OFFICER,
    "tasks:report_act": Role.DISTRICT_LEADER,
    "tasks:report_carry": Role.DISTRICT_OFFICER,
    "tasks:report_extend": Role.DISTRICT_OFFICER,
    "tasks:report_opinion": Role.GROUP_LEADER,
    "tasks:report_return": Role.BUREAU_OFFICER,
    "tasks:report_sheet": Role.DISTRICT_OFFICER,
    "tasks:sheet_withdraw": Role.DISTRICT_OFFICER,
}
KEYS = {"notices:paper_step": "notices:paper_step#submit", "tasks:report_act": "tasks:report_act#sign"}


def reader_of(name):
    """The first role that may open the page."""
    if name in TAKERS:
        return TAKERS[name]
    row = next(row for key, row in matrix.rows("urls").items() if key.partition("#")[0] == name)
    first = (Role.BUREAU_OFFICER, Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN)
    return next(role for role in (*first, *matrix.ROLES) if row[role] == "200")


@pytest.fixture(autouse=True)
def _day(time_machine):
    time_machine.move_to(factories.NOW, tick=False)


@pytest.mark.one_database("which fields a form takes is decided before anything is written")
@pytest.mark.parametrize("name", sorted(PAGES))
def test_only_the_fields_of_the_form_are_written(name, estate, sign_in):
    role = reader_of(name)
    client = sign_in(estate.people[role])
    key = KEYS.get(name) or next(key for key in matrix.rows("urls") if key.partition("#")[0] == name)
    typed = {**TYPED.get(name, {}), **PREPARED.get(name, lambda estate: {})(estate)}
    query = f"?kind=department&frame={estate.world.zhengan_pairing.number}" if name == "pairing:sub_add" else ""
    address = addresses.address(key, estate, role) + query
    if PREPARED.get(name) is with_a_successor:
        address = address.replace("/6/", "/7/")  # the paragraph that is no area yet
    form = client.get(address).context["form"]
    plain = filled(form, typed)
    extra = {column: value for column, value in columns().items() if column not in form.fields}
    assert {"is_superuser", "number", "valid_from", "organisation"} & set(extra)
    changes = []
    for sent in (plain, {**extra, **plain}):
        with undone():
            client = sign_in(estate.people[role])  # a new password ends the session before
            before = snapshot()
            answer = client.post(address, {name: value() if callable(value) else value for name, value in sent.items()})
            errors = answer.context["form"].errors if answer.context and "form" in answer.context else {}
            assert not errors, f"{errors} for {plain}"
            changes.append(difference(before, snapshot()))
    assert changes[0], "nothing was done: this proves nothing"
    assert changes[1] == changes[0]


def test_no_page_is_set_aside_that_is_gone():
    assert ASIDE - set(form_pages()) == set()
