"""The pages of the wizard: sample, look again, save; versions; who may."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from callstats.calls.models import Call
from callstats.feeds.models import MappingVersion, QueueLine
from callstats.feeds.operations import save_mapping
from callstats.mappings import sample_files
from callstats.mappings.models import MappingDraft
from callstats.mappings.queries import versions_of
from tests.callstats.mappings.conftest import MAPPING, shown_in
from tests.factories.callstats import SourceFactory


def page_of(draft) -> str:
    return reverse("mapping_draft", args=[draft.source.slug, draft.pk])


@pytest.fixture
def in_use(source, leader):
    """The source's files are read already."""
    return save_mapping(source=source, mapping=MAPPING, at=timezone.now(), by=leader)


@pytest.fixture
def draft(begin, in_use):
    """A draft that begins with the mapping in use."""
    return begin(start="in_use")


def test_the_sample_is_kept_for_us_alone_and_nothing_is_stored(draft):
    assert draft.path.stat().st_mode & 0o777 == 0o600
    assert draft.path.parent == settings.UPLOADS_DIR / "drafts"
    assert not Call.objects.exists()


def test_the_page_shows_calls_totals_and_what_the_columns_are(browser, draft):
    page = browser.get(page_of(draft))

    assert page.status_code == 200
    assert page.context["counts"][0][1] == "3"
    assert [call[3] for call in page.context["calls"]] == [
        "answered",
        "abandoned by the caller",
        "answered",
    ]
    roles = {row.column.name: row.role.value() for row in page.context["column_rows"]}
    assert roles["Dato"] == roles["Klokkeslett"] == "arrived_at"
    assert roles["Kø"] == "queue"
    assert roles["Innringer"] in (None, "")


def test_no_callers_number_is_on_the_page(browser, draft):
    page = browser.get(page_of(draft)).text.replace(" ", "")

    for number in ("91234567", "92345678", "93456789"):
        assert number not in page


def test_sending_the_form_untouched_changes_nothing(browser, draft):
    form = browser.get(page_of(draft)).context["form"]

    answer = browser.post(page_of(draft), shown_in(form))

    assert answer["Location"] == page_of(draft) + "#result"
    draft.refresh_from_db()
    assert draft.mapping == MAPPING


def test_two_orders_of_the_date_must_be_chosen_between(browser, draft):
    draft.choices = {}
    draft.save()
    page = browser.get(page_of(draft))
    sent = shown_in(page.context["form"])
    assert "date_order" not in sent
    assert "4 March 2025" in page.text
    assert "3 April 2025" in page.text

    refused = browser.post(page_of(draft), sent | {"save": "yes"})

    assert refused.status_code == 422
    assert "date_order" in refused.context["form"].errors
    assert MappingVersion.objects.count() == 1


def test_the_other_order_turns_the_dates_and_is_shown_before_it_is_saved(browser, draft):
    sent = shown_in(browser.get(page_of(draft)).context["form"]) | {"date_order": "mdy"}

    page = browser.post(page_of(draft), sent | {"save": "yes"}, follow=True)

    assert MappingVersion.objects.count() == 1
    draft.refresh_from_db()
    assert draft.mapping["time_formats"] == ["%m.%d.%Y %H:%M:%S"]
    sent = shown_in(page.context["form"])
    browser.post(page_of(draft), sent | {"save": "yes"})
    assert MappingVersion.objects.latest("version").mapping == draft.mapping


def test_the_warning_of_two_orders_goes_when_one_is_chosen(browser, draft):
    draft.choices = {}
    draft.save()
    page = browser.get(page_of(draft))
    warning = "a wrong choice puts every call on a wrong day"
    assert warning in page.text

    sent = shown_in(page.context["form"]) | {"date_order": "dmy"}
    page = browser.post(page_of(draft), sent, follow=True)

    assert warning not in page.text
    assert "Which day is" in page.text  # and can still be chosen otherwise


def test_the_first_calls_are_shown_to_the_second(browser, draft):
    text = browser.get(page_of(draft)).text

    assert "08:00:05" in text
    assert "61 s" in text


def test_saving_maps_the_queues_and_leaves_no_sample(
    browser, draft, source, leader, django_capture_on_commit_callbacks
):
    sent = shown_in(browser.get(page_of(draft)).context["form"])
    sent |= {"date_order": "dmy", "role_4": "number", "queue_0": "116117:116117"}
    browser.post(page_of(draft), sent)
    sent = shown_in(browser.get(page_of(draft)).context["form"])

    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(page_of(draft), sent | {"save": "yes"})

    assert answer["Location"] == reverse("mapping_versions", args=[source.slug])
    version = MappingVersion.objects.latest("version")
    assert (version.version, version.saved_by) == (2, leader)
    assert version.mapping["columns"]["number"] == "Innringer"
    assert QueueLine.objects.get(source=source, queue="LV 116117").line.number == "116117"
    assert not MappingDraft.objects.exists()
    assert not list((settings.UPLOADS_DIR / "drafts").iterdir())


def test_a_mapping_is_made_by_hand_from_nothing(browser, begin, source):
    draft = begin()
    draft.mapping = {"columns": {}, "encoding": "cp1252", "footer_regex": "^Totalt"}
    draft.save()
    page = browser.get(page_of(draft))
    assert "Say what the columns are." in page.text
    sent = shown_in(page.context["form"]) | {
        "id_0": "on",
        "role_1": "arrived_at",
        "role_2": "arrived_at",
        "role_3": "queue",
        "role_5": "outcome",
        "role_6": "wait_seconds",
        "time_format": "%d.%m.%Y %H:%M:%S",
        "decimal": ",",
    }
    page = browser.post(page_of(draft), sent, follow=True)
    sent = shown_in(page.context["form"])
    words = [row.field.label for row in page.context["word_sections"][0][1]]
    assert words == ["Besvart", "Tapt"]

    page = browser.post(
        page_of(draft), sent | {"outcome_0": "answered", "outcome_1": "abandoned"}, follow=True
    )

    assert page.context["counts"][0][1] == "3"
    draft.refresh_from_db()
    assert draft.mapping["columns"]["arrived_at"] == ["Dato", "Klokkeslett"]
    assert draft.mapping["outcomes"] == {"Besvart": "answered", "Tapt": "abandoned"}


def test_rows_are_left_out_by_a_filter(browser, draft):
    sent = shown_in(browser.get(page_of(draft)).context["form"])
    sent |= {"filter_0_column": "3", "filter_0_test": "not_in", "filter_0_words": "lokal; test"}

    page = browser.post(page_of(draft), sent, follow=True)

    draft.refresh_from_db()
    assert draft.mapping["filters"] == [{"column": "Kø", "not_in": ["lokal", "test"]}]
    assert page.context["counts"][0][1] == "2"
    assert page.context["form"]["filter_0_words"].value() == "lokal; test"


def test_a_page_from_before_another_change_is_not_taken(browser, draft):
    sent = shown_in(browser.get(page_of(draft)).context["form"])
    browser.post(page_of(draft), sent | {"decimal": ""})

    answer = browser.post(page_of(draft), sent)

    assert answer.status_code == 422
    draft.refresh_from_db()
    assert "decimal" not in draft.mapping


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("header_line", "0"),
        ("header_line", "(["),
        ("footer_regex", "(["),
        ("other_formats", "%d.%m.%Y; %m.%d.%Y"),
        ("filter_0_words", "(["),
    ],
)
def test_what_cannot_be_understood_is_said_at_its_field(browser, draft, field, value):
    sent = shown_in(browser.get(page_of(draft)).context["form"])
    sent |= {
        "filter_0_column": "3",
        "filter_0_test": "matches",
        "filter_0_words": "x",
        field: value,
    }

    answer = browser.post(page_of(draft), sent)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_a_mapping_that_gives_no_call_is_not_saved(browser, draft):
    sent = shown_in(browser.get(page_of(draft)).context["form"]) | {"date_order": "dmy"}
    sent |= {"outcome_0": "", "outcome_1": ""}
    page = browser.post(page_of(draft), sent, follow=True)

    answer = browser.post(page_of(draft), shown_in(page.context["form"]) | {"save": "yes"})

    assert answer.status_code == 422
    assert MappingVersion.objects.count() == 1


def test_discarding_leaves_nothing(browser, draft, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(reverse("mapping_discard", args=[draft.source.slug, draft.pk]))

    assert answer.status_code == 302
    assert not MappingDraft.objects.exists()
    assert not draft.path.exists()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x1f\x8b\x08"])
def test_what_is_no_table_is_refused_and_not_kept(browser, source, data):
    file = SimpleUploadedFile("log.csv", data)

    answer = browser.post(
        reverse("mapping_start", args=[source.slug]), {"file": file, "start": "guess"}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not MappingDraft.objects.exists()


def test_a_sample_over_the_limit_is_refused(browser, source, monkeypatch):
    for module in ("sample_files", "forms", "uploads"):
        monkeypatch.setattr(f"callstats.mappings.{module}.BYTES_LIMIT", 100)
    file = SimpleUploadedFile("log.csv", b"x" * 200)

    answer = browser.post(
        reverse("mapping_start", args=[source.slug]), {"file": file, "start": "guess"}
    )

    assert answer.status_code == 422
    assert sample_files.BYTES_LIMIT == 100
    assert not MappingDraft.objects.exists()


def test_a_profile_that_needs_no_mapping_says_so(browser, central):
    source = SourceFactory(slug="rows", central=central, profile="canonical")

    page = browser.get(reverse("mapping_start", args=[source.slug]))

    assert "No mapping is needed" in page.text
    assert '<input type="file"' not in page.text


def test_the_versions_tell_what_changed_and_one_can_go_back(browser, source, in_use, leader):
    save_mapping(source=source, mapping=MAPPING | {"decimal": "."}, at=timezone.now(), by=leader)
    page = browser.get(reverse("mapping_versions", args=[source.slug]))
    newest, first = page.context["versions"]
    assert newest.changes == [["decimal mark", "comma: 12,5", "point: 12.5"]]
    assert (newest.is_newest, first.is_newest) == (True, False)

    browser.post(reverse("mapping_go_back", args=[source.slug, 1]))

    assert source.mapping_version.version == 3
    assert source.mapping_version.mapping == MAPPING
    assert source.mapping_version.saved_by == leader


def test_a_saved_mapping_leads_on_to_the_import(browser, as_person, auditor, source, in_use):
    versions = reverse("mapping_versions", args=[source.slug])
    import_page = f"{reverse('import_upload')}?source={source.slug}"

    assert import_page in browser.get(versions).text
    assert import_page not in as_person(auditor).get(versions).text


def test_a_source_without_a_mapping_says_what_to_do(browser, source):
    page = browser.get(reverse("mapping_versions", args=[source.slug]))

    assert reverse("mapping_start", args=[source.slug]) in page.text


def test_who_may_only_look_sees_the_versions_alone(as_person, auditor, draft):
    browser, slug = as_person(auditor), draft.source.slug

    assert browser.get(reverse("mapping_versions", args=[slug])).status_code == 200
    assert browser.get(reverse("mapping_start", args=[slug])).status_code == 404
    assert browser.get(page_of(draft)).status_code == 404
    assert browser.post(page_of(draft)).status_code == 404
    assert browser.post(reverse("mapping_go_back", args=[slug, 1])).status_code == 404
    assert browser.post(reverse("mapping_discard", args=[slug, draft.pk])).status_code == 404


def test_an_outsider_finds_nothing(as_person, outsider, draft):
    browser, slug = as_person(outsider), draft.source.slug

    assert browser.get(reverse("mapping_versions", args=[slug])).status_code == 404
    assert browser.get(page_of(draft)).status_code == 404


def test_the_versions_are_one_query(source, leader, django_assert_num_queries):
    for decimal in (",", ".", ","):
        save_mapping(
            source=source, mapping=MAPPING | {"decimal": decimal}, at=timezone.now(), by=leader
        )

    with django_assert_num_queries(1):
        told = versions_of(source)
        assert [(each.version.version, str(each.version.saved_by)) for each in told] == [
            (number, str(leader)) for number in (3, 2, 1)
        ]


def test_a_queue_of_a_known_number_is_not_asked_for(browser, draft):
    page = browser.get(page_of(draft))

    assert [row.field.label for row in page.context["queue_fields"]] == ["LV 116117"]
    assert [row[1] for row in page.context["queues"]] == ["not known yet", "local 8-digit number"]


def test_an_id_that_looks_like_phone_numbers_is_warned_of(browser, draft):
    assert not any("Innringer" in each for each in browser.get(page_of(draft)).context["warnings"])
    sent = shown_in(browser.get(page_of(draft)).context["form"]) | {"id_4": "on"}

    page = browser.post(page_of(draft), sent, follow=True)

    assert any("Innringer" in each for each in page.context["warnings"])


def test_a_column_that_tells_every_row_apart_is_proposed_as_the_id(browser, begin, source):
    rows = "".join(f"{n};0{n}.03.2025 08:00:0{n};LV;Besvart;9123456{n};{n}\n" for n in range(1, 8))
    draft = begin(("Løpetal;Starttid;Kø;Status;Innringer;Ventetid\n" + rows).encode())

    text = browser.get(page_of(draft)).text

    assert "“Løpetal” is another on every row" in text
    assert "“Innringer” is another" not in text


def test_a_sample_that_needs_no_mapping_leads_to_the_settings(browser, begin, source):
    draft = begin(b"1761336670|1761336644.142|lv|NONE|ENTERQUEUE||0047|1\n" * 3)

    text = browser.get(page_of(draft)).text

    assert "looks like “Asterisk queue_log, the file itself”" in text
    assert reverse("source_edit", args=[source.slug]) in text
