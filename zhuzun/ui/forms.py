"""Base of all forms: labels above the fields, help under them, errors beside them and summed up at the top.

Forms are plain forms: they read what a person typed, and the view hands it to a service. There is no ModelForm here,
so that nothing is saved going round the service.
"""

from django import forms
from django.utils.html import format_html, format_html_join

from zhuzun.errors import DomainError
from zhuzun.ui.formats import DAY_FORMATS
from zhuzun.ui.icons import svg


class DayInput(forms.DateInput):
    """A date written as 2026-11-23, whatever the browser's own language; a button beside it opens its calendar."""

    def __init__(self, attrs=None):
        usual = {"placeholder": "年-月-日", "autocomplete": "off", "maxlength": 12}
        super().__init__(attrs={**usual, **(attrs or {})}, format="%Y-%m-%d")

    def render(self, name, value, attrs=None, renderer=None):
        """The field with its calendar button; the script shows the button, without it one types."""
        return format_html(
            '<span class="day-field">{}'
            '<button type="button" class="day-button" aria-label="打开日历" hidden>{}</button>'
            '<input type="date" class="day-calendar" tabindex="-1" aria-hidden="true">'
            "</span>",
            super().render(name, value, attrs, renderer),
            svg("calendar"),
        )


class SuggestedInput(forms.TextInput):
    """A text field that offers some words and takes any other; no script is needed."""

    def __init__(self, words=(), attrs=None):
        super().__init__(attrs)
        self.words = words

    def render(self, name, value, attrs=None, renderer=None):
        """The field and its list of words."""
        if not self.words:
            return super().render(name, value, attrs, renderer)
        key = f"{(attrs or {}).get('id', name)}-words"
        field = super().render(name, value, {**(attrs or {}), "list": key, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((word,) for word in self.words))
        return format_html('{}<datalist id="{}">{}</datalist>', field, key, options)


class DayField(forms.DateField):
    """A date; also read as 2026年11月23日, 2026/11/23, 2026.11.23 and 20261123."""

    widget = DayInput
    default_error_messages = {"invalid": "请填写日期，如 2026-11-23。"}

    def __init__(self, **kwargs):
        super().__init__(input_formats=DAY_FORMATS, **kwargs)


class ReasonField(forms.CharField):
    """Why something is done; kept in the trail."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs):
        kwargs = {"label": "原因", "max_length": 500, "help_text": "将记入办理记录。", **kwargs}
        super().__init__(**kwargs)


def dress(field: forms.Field, *, small: bool = False):
    """Give a field's widget the classes of the house, and a date field the browser's date picker."""
    if isinstance(field, forms.DateField):
        field.input_formats = DAY_FORMATS
        if not isinstance(field.widget, DayInput):
            field.widget = DayInput(attrs=field.widget.attrs)
    widget = field.widget
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return
    kind = "form-select" if isinstance(widget, forms.Select) else "form-control"
    widget.attrs.setdefault("class", f"{kind} {kind}-sm" if small else kind)
    if isinstance(widget, forms.Select):
        _name_the_empty_choice(field, "全部" if small else "请选择")


def _name_the_empty_choice(field: forms.Field, word: str):
    """Say 请选择 (or 全部 in a filter) where Django draws a row of dashes."""
    if getattr(field, "empty_label", None):
        field.empty_label = word
    elif isinstance(field.choices, list):
        field.choices = [(value, word if value in ("", None) else label) for value, label in field.choices]


class Form(forms.Form):
    """Base of all forms that a person fills in."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = "请选择。" if chosen else "请填写。"
            dress(field)
            if isinstance(field, forms.CharField) and field.max_length:
                field.widget.attrs.pop("maxlength", None)  # a browser would cut a paste without a word: we refuse it

    @property
    def has_uploads(self) -> bool:
        """Whether the form takes files; the page then says what must not be uploaded."""
        return self.is_multipart()

    def refuse(self, error: DomainError):
        """Show what a service refused beside its field, or at the top where it belongs to none."""
        self.add_error(error.field if error.field in self.fields else None, error.message)
