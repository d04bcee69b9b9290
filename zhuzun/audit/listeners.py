"""Listens to what the floors below announce, in the same transaction."""

from zhuzun.audit.services import record
from zhuzun.happenings import happened


def connect():
    """Called once when the apps are ready."""
    happened.connect(_write, dispatch_uid="audit")


def _write(sender, *, signal, **facts):
    record(facts.pop("action"), **facts)
