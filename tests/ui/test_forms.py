"""How forms read dates and name an empty choice."""

from datetime import date

import pytest
from django import forms

from zhuzun.errors import DomainError
from zhuzun.ui.forms import DayField, Form, ReasonField


class Sample(Form):
    day = DayField(label="日期")
    plain = forms.DateField(label="另一日期", required=False)
    kind = forms.ChoiceField(label="类型", choices=[("", "---------"), ("a", "甲")], required=False)
    agreed = forms.BooleanField(label="同意", required=False)
    reason = ReasonField(required=False)


@pytest.mark.parametrize("text", ["2026-11-23", "2026年11月23日", "2026/11/23", "2026.11.23", "2026.1.2", "20261123"])
def test_a_date_is_read_as_people_write_it(text):
    form = Sample({"day": text, "plain": text})
    assert form.is_valid()
    assert form.cleaned_data["day"].year == form.cleaned_data["plain"].year == 2026


def test_a_date_that_is_none_is_refused_with_an_example():
    assert Sample({"day": "2026-02-30"}).errors["day"] == ["请填写日期，如 2026-11-23。"]


def test_a_date_is_shown_in_the_offices_way_in_every_browser():
    html = str(Sample(initial={"day": date(2026, 1, 2), "plain": date(2026, 1, 3)}))
    assert 'type="text" name="day" value="2026-01-02"' in html
    assert 'type="text" name="plain" value="2026-01-03"' in html
    assert html.count("打开日历") == 2


def test_an_empty_choice_asks_to_choose():
    html = str(Sample()["kind"])
    assert ">请选择</option>" in html
    assert 'class="form-select"' in html


def test_a_refusal_goes_to_its_field_or_to_the_top():
    form = Sample({"day": "2026-11-23"})
    assert form.is_valid()
    form.refuse(DomainError("早于起始日期。", field="day"))
    form.refuse(DomainError("已被他人处理。", field="elsewhere"))
    assert form.errors["day"] == ["早于起始日期。"]
    assert form.non_field_errors() == ["已被他人处理。"]
