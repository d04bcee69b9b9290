"""The glossary names things that exist, and leaves out no table of the rooms that have words of their own."""

import re

import pytest
from django.apps import apps
from django.conf import settings

from pairing.kinds import PairingKind
from zhuzun.accounts.roles import Role
from zhuzun.organisations.kinds import DivisionKind, OrganisationKind

GLOSSARY = (settings.BASE_DIR / "docs" / "glossary.md").read_text(encoding="utf-8")
ENUMERATIONS = {kind.__name__: kind for kind in (PairingKind, Role, DivisionKind, OrganisationKind)}
TABLES = [
    model
    for label in ("organisations", "pairing", "tasks", "notices")
    for model in apps.get_app_config(label).get_models()
    if not hasattr(model, "history_type")
]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_a_table_stands_in_the_glossary_under_its_name_on_screen(model):
    row = next(line for line in GLOSSARY.splitlines() if f"`{model._meta.label}`" in line)
    assert model._meta.verbose_name in row or model._meta.label == "pairing.PairingSeries"


def test_tables_named_in_the_glossary_exist():
    labels = [app.label for app in apps.get_app_configs()]
    for label, name in re.findall(r"`([a-z]+)\.([A-Z]\w+)`", GLOSSARY):
        if label in labels:
            assert apps.get_model(label, name)


def test_values_named_in_the_glossary_exist():
    """`Role.CLERK`, and `.CLERK` after it in the same row."""
    found = 0
    for line in GLOSSARY.splitlines():
        owner = None
        for kind, value in re.findall(r"`(\w*)\.([A-Z_]+)`", line):
            owner = kind or owner
            if owner in ENUMERATIONS:
                assert value in ENUMERATIONS[owner].__members__, line
                found += 1
    assert found > 30
