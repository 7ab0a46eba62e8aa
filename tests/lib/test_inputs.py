"""No form takes a day that days or years cannot be added to."""

import importlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.conf import settings

from legevakt.lib.inputs import AmountField, DateField, HappenedField
from municipalities.decisions.event_forms import EventForm
from municipalities.decisions.rules import EventKind

APPS = ("legevakt", "municipalities", "callstats", "reporting")
OUT_OF_REACH = ("9999-12-31", "0001-01-01", "2201-01-01", "1899-12-31")


def classes_below(base: type) -> Iterator[type]:
    for each in base.__subclasses__():
        yield each
        yield from classes_below(each)


def forms_with_dates() -> list[type[forms.BaseForm]]:
    """Every form of the project with a date; the addresses import them all."""
    importlib.import_module(settings.ROOT_URLCONF)
    found = {
        each
        for each in classes_below(forms.BaseForm)
        if each.__module__.partition(".")[0] in APPS and dates_of(each)
    }
    return sorted(found, key=lambda each: (each.__module__, each.__qualname__))


def dates_of(form) -> dict[str, forms.Field]:
    kinds = (forms.DateField, forms.DateTimeField)
    fields = getattr(form, "base_fields", {})
    return {name: field for name, field in fields.items() if isinstance(field, kinds)}


@pytest.mark.parametrize("form", forms_with_dates(), ids=lambda form: form.__qualname__)
def test_a_form_refuses_days_out_of_reach(form):
    for field in dates_of(form).values():
        for written in OUT_OF_REACH:
            with pytest.raises(forms.ValidationError):
                field.clean(written)


def test_a_date_that_a_form_makes_as_it_goes_is_of_the_same_kind():
    """Those are no fields of the class, so the source is looked through."""
    made = [
        path
        for app in APPS
        for path in Path(settings.BASE_DIR, app).rglob("*.py")
        if re.search(r"forms\.Date(Time)?Field\(", path.read_text(encoding="utf-8"))
    ]
    form = EventForm({"value": "9999-12-31"}, event=EventKind.APPEAL, before=None)

    assert made == []
    assert form.has_error("value", code="out_of_reach")


def test_the_first_and_the_last_day_are_taken_and_told_to_the_browser():
    field = DateField()

    assert field.clean("1900-01-01") == date(1900, 1, 1)
    assert field.clean("2200-12-31") == date(2200, 12, 31)
    assert (field.widget.attrs["min"], field.widget.attrs["max"]) == ("1900-01-01", "2200-12-31")


def test_what_has_happened_is_not_to_come():
    field = HappenedField()
    field.today = date(2025, 11, 10)

    assert field.clean("2025-11-10") == field.today
    with pytest.raises(forms.ValidationError) as refused:
        field.clean("2025-11-11")
    assert refused.value.code == "to_come"


@pytest.mark.parametrize("written", ["100000000000", "−999 999 999 999,99", "123456789012345"])
def test_an_amount_that_the_database_has_no_room_for_is_refused(written):
    with pytest.raises(forms.ValidationError, match=r"too large|for stort"):
        AmountField().clean(written)


def test_the_largest_amount_is_taken():
    assert str(AmountField().clean("99999999999,99")) == "99999999999.99"
