"""依据文件执行期至2025年: said on every page once the term is over, until a successor covers the day."""

from datetime import date

import pytest
import time_machine

from tasks.models import PolicyDocument
from tasks.terms import sentence, state_on
from tests import factories
from zhuzun.accounts.roles import Role

NOTE = "依据文件执行期至2025年"


def successor(policy, term_from, term_to=None):
    return PolicyDocument.objects.create(
        code="next",
        number="测试〔2026〕1号",
        title="接续文件",
        issuer="某组",
        issued_on=term_from,
        term_from=term_from,
        term_to=term_to,
        predecessor=policy.document,
    )


@pytest.mark.parametrize(
    ("day", "state"),
    [("2021-11-30", "coming"), ("2021-12-01", "running"), ("2025-12-31", "running"), ("2026-01-01", "ended")],
)
def test_a_documents_state_follows_its_term_both_days_included(day, state, policy):
    assert state_on(policy.document, date.fromisoformat(day)).state == state


def test_the_sentence_stands_from_the_day_after_the_term_until_a_successor_covers_the_day(policy):
    first = [policy.document]
    assert sentence(first, date(2025, 12, 31)) is None
    assert sentence(first, date(2026, 1, 1)).startswith(NOTE)
    both = [policy.document, successor(policy, date(2026, 7, 1), date(2030, 12, 31))]
    assert sentence(both, date(2026, 6, 30)).startswith(NOTE)
    assert sentence(both, date(2026, 7, 1)) is None
    assert sentence(both, date(2031, 1, 1)).startswith("依据文件执行期至2030年")
    assert sentence([], date(2026, 1, 1)) is None


@pytest.mark.parametrize("path", ["/", "/tasks/areas/", "/tasks/matrix/", "/tasks/measures/", "/tasks/indicators/"])
def test_every_page_says_so_after_2025(path, policy, people, sign_in):
    with time_machine.travel("2025-12-31 10:00+08:00", tick=False):
        assert f"{NOTE}（" not in notes_of(sign_in(people[Role.UNIT_OFFICER]).get(path))
    with time_machine.travel("2026-01-01 00:30+08:00", tick=False):
        assert f"{NOTE}（" in notes_of(sign_in(people[Role.UNIT_OFFICER]).get(path))


def notes_of(response):
    assert response.status_code == 200
    return "".join(response.context["page_notes"])


def test_the_note_goes_when_the_successor_comes(policy, people, sign_in):
    successor(policy, date(2026, 1, 1))
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        assert notes_of(sign_in(people[Role.LEADER]).get("/tasks/areas/")) == ""


def test_documents_are_listed_newest_first_with_their_state(policy, people, sign_in):
    factories.policy(code="T-2026", term_from=date(2026, 1, 1), term_to=None)
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        rows = sign_in(people[Role.CLERK]).get("/tasks/documents/").context["table"].rows
        assert [(row.record.code, row.record.state, row.record.measure_count) for row in rows] == [
            ("T-2026", "running", 4),
            ("T-2021", "ended", 4),
        ]
