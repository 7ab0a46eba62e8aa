"""Sources made, changed and copied to a sandbox; queues mapped."""

import pytest

from callstats.feeds import operations as feeds
from callstats.feeds.models import MappingVersion, Source
from municipalities.models import Central
from tests.conftest import NOW
from tests.factories.callstats import CallImportFactory
from tests.factories.municipalities import CentralFactory

WHAT = {"name": "Puzzel", "profile": "puzzel-call-events", "zone": "Europe/Oslo"}


def test_a_table_may_be_set_up_before_its_mapping(central):
    made = feeds.make_source(slug="t", central=central, **WHAT | {"profile": "table"})
    assert (made.profile, made.mapping_version, made.is_expected) == ("table", None, True)


@pytest.mark.parametrize(
    "wrong", [{"slug": "p bx"}, {"profile": "fax"}, {"zone": "Oslo"}, {"slug": "pbx"}]
)
def test_a_wrong_set_up_makes_nothing(central, source, wrong):
    with pytest.raises(feeds.SetupError):
        feeds.make_source(**{"slug": "new", "central": central} | WHAT | wrong)
    assert Source.objects.get() == source


def test_settings_are_changed(source):
    feeds.change_source(source=source, is_expected=False, silent_after_minutes=None, **WHAT)
    source.refresh_from_db()
    assert (source.name, source.profile, source.is_expected) == (
        "Puzzel",
        "puzzel-call-events",
        False,
    )


def test_the_queue_map_is_what_was_given_and_no_more(source):
    feeds.set_queues(source=source, queues={"new": "116117", "*": "other"})
    assert dict(source.queue_lines.values_list("queue", "line__line_class")) == {
        "new": "116117",
        "*": "other",
    }


def test_a_sandbox_is_made_once_and_nobody_counts_it(central):
    sister = feeds.make_sandbox(central=central)
    assert feeds.make_sandbox(central=central) == sister
    assert feeds.make_sandbox(central=sister) == sister
    assert sister.is_sandbox
    assert sister.cooperation == central.cooperation
    assert list(Central.objects.counted()) == [central]


def test_a_source_s_copy_in_the_sandbox_reads_as_it_does(source):
    MappingVersion.objects.create(source=source, version=3, mapping={"a": 1}, saved_at=NOW)

    copy = feeds.copy_to_sandbox(source=source, at=NOW)

    assert feeds.copy_to_sandbox(source=source, at=NOW) == copy
    assert (copy.slug, copy.profile, copy.zone) == ("pbx-sandbox", source.profile, source.zone)
    assert copy.central.is_sandbox
    assert copy.mapping_version.mapping == {"a": 1}
    told = [
        dict(each.queue_lines.values_list("queue", "line__line_class")) for each in (source, copy)
    ]
    assert told[0] == told[1]
    assert set(copy.queue_lines.values_list("line__central", flat=True)) == {copy.central_id}


def test_a_sandbox_takes_no_other_central_s_place(central):
    CentralFactory(slug="nordhordland-sandbox")
    with pytest.raises(feeds.SetupError):
        feeds.make_sandbox(central=central)


def test_a_new_source_can_be_a_sandbox_from_the_start(central):
    made = feeds.make_source(slug="new", central=central, is_sandbox=True, **WHAT)
    assert made.central == feeds.make_sandbox(central=central)
    assert not made.is_expected


def test_an_unmapped_queue_is_asked_for_until_it_has_a_number(source):
    from callstats.feeds.queries import unmapped_queues

    CallImportFactory(
        source=source,
        state="failed",
        error_code="unmapped_queues",
        error_params={"queues": ["new", "+4… (11)", "lv_amk"]},
    )
    assert unmapped_queues(source) == ["new"]
    feeds.map_queue(source=source, queue="new", target="116117")
    assert unmapped_queues(source) == []


@pytest.mark.parametrize(
    ("profile", "mapping", "told"),
    [
        ("3cx-call-report", {"date_order": "ymd"}, "date_order"),
        ("puzzel-call-events", {"media": ["1"]}, "media"),
        ("table", None, "needs a mapping"),
        ("canonical", {"columns": {}}, "without a mapping"),
    ],
)
def test_a_mapping_is_judged_by_the_profile_it_is_for(central, profile, mapping, told):
    with pytest.raises(feeds.SetupError, match=told):
        feeds.add_source(
            slug="new", central=central, profile=profile, mapping=mapping, queues={}, at=NOW
        )
