"""What cannot be read in the address bar counts as not given."""

from datetime import date

import pytest

from zhuzun.ui.params import choice_from, day_from, keys_from, whole_from

DEFAULT = date(2022, 3, 15)


@pytest.mark.parametrize("text", ["", "2026-02-30", "heute", "20261123x", "\x00", "2026-11-23T00:00", "9" * 5000])
def test_an_unreadable_day_is_the_default(text):
    assert day_from({"day": text}, "day", DEFAULT) == DEFAULT


def test_a_day_is_read():
    for text in ("2021-07-22", "2021年7月22日", "2021/7/22", " 2021.7.22 ", "20210722"):
        assert day_from({"day": text}, "day", DEFAULT) == date(2021, 7, 22)
    assert day_from({}, "day", None) is None


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "٣", "9" * 5000, "1e3", " 1", "\x00"])
def test_an_unreadable_number_is_the_default(text):
    assert whole_from({"n": text}, "n", 7) == 7


def test_a_number_is_read_within_its_bounds():
    assert whole_from({"n": "12"}, "n", 7, low=1, high=20) == 12
    assert whole_from({"n": "21"}, "n", 7, low=1, high=20) == 7
    assert whole_from({"n": "0"}, "n", 7, low=1, high=20) == 7


def test_only_what_is_allowed_is_chosen():
    assert choice_from({"view": "map"}, "view", ["map", "table"], "table") == "map"
    assert choice_from({"view": "x"}, "view", ["map", "table"], "table") == "table"


def test_keys_are_whole_and_no_longer_than_keys_are():
    assert keys_from(["7", "²", "", "-1", "1e3", "9" * 5000, "42"]) == [7, 42]
