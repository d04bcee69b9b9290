"""Every rule of the database says in Chinese what was not met, on whichever way a row comes."""

import re

import pytest
from django.apps import apps
from django.db.models import BaseConstraint

OURS = ("zhuzun.", "pairing", "tasks", "funds", "assessment")
RULES = [
    (model, constraint)
    for model in apps.get_models()
    if model.__module__.startswith(OURS)
    for constraint in model._meta.constraints
]


@pytest.mark.parametrize(("model", "rule"), RULES, ids=lambda one: getattr(one, "name", getattr(one, "__name__", "")))
def test_every_rule_has_a_chinese_message(model, rule):
    message = str(rule.get_violation_error_message())
    assert rule.violation_error_message != BaseConstraint.default_violation_error_message
    assert re.search("[\u4e00-\u9fff].*。$", message), f"{rule.name}: {message}"
    assert rule.name not in message


def test_there_are_rules():
    assert len(RULES) > 20
