"""Bringing an installation to where it can start."""

import pytest
from django.core.management import CommandError, call_command

from zhuzun.accounts.models import User
from zhuzun.management.commands import prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps(monkeypatch):
    """The commands that `prepare` calls, in their order, without running them."""
    called = []
    monkeypatch.setattr(
        "zhuzun.management.commands.prepare.call_command", lambda command, **options: called.append(command)
    )
    return called


def test_an_empty_demonstration_gets_its_records(steps):
    call_command("prepare")
    assert steps == ["migrate", "load_policy", "demo"]


def test_where_people_are_nothing_is_demonstrated(steps, people):
    call_command("prepare")
    assert steps == ["migrate", "load_policy"]


def test_an_empty_real_installation_is_told_how_to_go_on(steps, settings, capsys):
    settings.DEMO = False
    call_command("prepare", collect=True)
    assert steps == ["collectstatic", "migrate", "load_policy"]
    assert "manage.py first_admin" in capsys.readouterr().out


def test_a_command_is_named_as_one_can_type_it(settings, monkeypatch):
    monkeypatch.setattr("sys.executable", str(settings.BASE_DIR / ".venv" / "bin" / "python"))
    assert prepare.typed("migrate") == ".venv/bin/python manage.py migrate"
    monkeypatch.setattr("sys.executable", "/usr/local/bin/python3")
    assert prepare.typed("migrate") == "python manage.py migrate"


def test_a_failed_step_is_named_with_what_to_do(monkeypatch, capsys):
    def fail(command, **options):
        raise OSError("disk full")

    monkeypatch.setattr("zhuzun.management.commands.prepare.call_command", fail)
    with pytest.raises(CommandError, match=r"tables of the database: disk full[\s\S]*manage.py migrate"):
        call_command("prepare")
    assert "FAILED" in capsys.readouterr().out


def test_a_real_installation_never_shows_demonstration_accounts(world, settings, capsys):
    settings.DEMO = False
    call_command("first_admin")
    capsys.readouterr()
    call_command("demo", accounts=True)
    assert capsys.readouterr().out == ""
    with pytest.raises(CommandError, match="正式环境不得使用"):
        call_command("demo")
    assert User.objects.count() == 1
