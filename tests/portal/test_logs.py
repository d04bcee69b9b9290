"""The log holds one line an entry: no name, path or message can forge another."""

import logging
import logging.config

from django.conf import settings

from zhuzun.logs import OneLine


def written(message, *args, **facts):
    record = logging.LogRecord("django.request", logging.WARNING, "file.py", 1, message, args, facts.get("exc_info"))
    return OneLine("{levelname} {name} {message}", style="{").format(record)


def test_line_ends_are_escaped():
    line = written("Not Found: %s", "/x\r\n2026-01-01 INFO signed in\x1b[2K\u2028\u202e")
    assert line == "WARNING django.request Not Found: /x\\r\\n2026-01-01 INFO signed in\\x1b[2K\\u2028\\u202e"


def test_chinese_stays_readable():
    assert written("凤冈县 填报").endswith("凤冈县 填报")


def test_a_traceback_keeps_its_lines():
    try:
        raise ValueError("a\nb")
    except ValueError as error:
        lines = written("failed", exc_info=(type(error), error, error.__traceback__)).splitlines()
    assert lines[0] == "WARNING django.request failed"
    assert "Traceback" in lines[1]


def test_the_portal_logs_this_way():
    assert settings.LOGGING["formatters"]["line"]["class"] == "zhuzun.logs.OneLine"
    logging.config.DictConfigurator(settings.LOGGING).configure_formatter(settings.LOGGING["formatters"]["line"])
