"""What the form shows of a mapping is what it gives back."""

from types import SimpleNamespace

import polars as pl
import pytest

from callstats.mappings.assembling import words_in
from callstats.mappings.columns import FileColumn
from callstats.mappings.forms import MappingForm
from callstats.mappings.queries import Queues
from callstats.mappings.trying import Trial
from callstats.sources.examples import all_examples
from callstats.sources.table_mapping import headers
from tests.callstats.mappings.conftest import MAPPING, shown_in

NO_QUEUES = Queues(unknown=(), calls={}, known={}, lines=())
EXTRAS = MAPPING | {
    "zone": "UTC",
    "quote": "none",
    "duration_unit": "min",
    "short_clock": "hm",
    "filters": [
        {"column": "Status", "in": ["Besvart", "Tapt", ""]},
        {"column": "Kø", "matches": "^LV"},
    ],
    "repeats": "newest",
    "columns": MAPPING["columns"] | {"version": "Endret", "number": "Kø"},
    "forwarded": {"AMK": "amk"},
    "wait": "column",
}
BY_LEG = MAPPING | {
    "kind": "row-per-leg",
    "group": ["Dato", "Samtale-ID"],
    "wait": "sum_of_legs",
    "columns": MAPPING["columns"] | {"forwarded_to": "Videre"},
    "forwarded": {"AMK": "amk"},
}
WEAK = {key: value for key, value in MAPPING.items() if key != "queue"} | {
    "id": {"weak": True},
    "queue": "lv_116117",
    "number": "116117",
    "columns": {"arrived_at": ["Klokkeslett", "Dato"], "answered_at": "Svart"},
}
KNOWN = {
    "nasty": MAPPING,
    "by leg": BY_LEG,
    "weak": {key: value for key, value in WEAK.items() if key != "outcomes"},
} | {example.name: example.mapping for example in all_examples()}


def form_of(mapping, data=None):
    """The form of a mapping for a file that has just its columns, in another order."""
    keys = sorted(headers(mapping), key=str)
    columns = tuple(
        FileColumn(key=key, name=str(key), number=1000 + n, values=pl.Series(["x"]), examples=())
        for n, key in enumerate(keys)
    )
    draft = SimpleNamespace(mapping=mapping, choices={}, source=SimpleNamespace(zone="Europe/Oslo"))
    return MappingForm(data, draft=draft, trial=Trial(words={}, columns=columns), queues=NO_QUEUES)


def given_back(mapping):
    form = form_of(mapping, shown_in(form_of(mapping)))
    assert form.is_valid(), form.errors
    return form.mapping()


@pytest.mark.parametrize("mapping", KNOWN.values(), ids=KNOWN)
def test_a_form_that_nobody_touched_gives_the_same_mapping(mapping):
    assert given_back(mapping) == mapping


def test_what_two_fields_share_and_what_the_form_does_not_show_stays():
    again = given_back(EXTRAS)

    assert again == {key: value for key, value in EXTRAS.items() if key != "forwarded"}


def test_words_are_parted_by_semicolons_and_nothing_is_an_empty_cell():
    assert words_in("Inn ; Ut") == ["Inn", "Ut"]
    assert words_in("") == [""]


def test_a_column_ticked_where_there_was_no_id_is_the_id():
    weak = KNOWN["weak"]
    sent = shown_in(form_of(weak))
    assert sent["has_no_id"]

    form = form_of(weak, sent | {"id_0": "on"})

    assert form.is_valid(), form.errors
    assert "id" not in form.mapping()
    assert form.mapping()["columns"]["id"] == "Dato"


def test_no_id_said_beside_an_id_from_before_is_no_id():
    form = form_of(MAPPING, shown_in(form_of(MAPPING)) | {"has_no_id": "on"})

    assert form.is_valid(), form.errors
    assert form.mapping()["id"] == {"weak": True}
