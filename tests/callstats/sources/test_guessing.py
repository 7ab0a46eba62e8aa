"""Files nobody has described: the guess must be right, or say that it is a guess."""

import json
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstats.sources.frames import Unreadable
from callstats.sources.guessing import Guess, guess
from callstats.sources.table import check_mapping
from tests.callstats.sources.tables import parsed
from tests.callstats.sources.workbooks import Shown, xlsx

BOKMAAL = "Anrops-ID;Dato;Klokkeslett;A-nummer;Kø;Status;Ventetid;Samtaletid"
ROWS = [
    "9001;24.10.2025;21:51:03;22334455;main;Besvart;00:01:30;00:04:00",
    "9002;25.10.2025;21:52:03;22334456;main;Lagt på;00:00:30;",
    "9003;26.10.2025;21:53:03;;over;Kastet;00:00:05;",
]
BOKMAAL_FILE = "\n".join([BOKMAAL, *ROWS, ""])


def guessed(data: str | bytes, name: str = "anrop.csv") -> Guess:
    told = data.encode() if isinstance(data, str) else data
    return guess(told, file_name=name, zone="Europe/Oslo")


def test_a_norwegian_call_log_is_understood():
    told = guessed(BOKMAAL_FILE)

    assert told.mapping == {
        "encoding": "utf-8",
        "delimiter": ";",
        "zone": "Europe/Oslo",
        "columns": {
            "id": "Anrops-ID",
            "arrived_at": ["Dato", "Klokkeslett"],
            "queue": "Kø",
            "outcome": "Status",
            "wait_seconds": "Ventetid",
            "talk_seconds": "Samtaletid",
        },
        "time_formats": ["%d.%m.%Y %H:%M:%S"],
        "outcomes": {"Besvart": "answered", "Lagt på": "abandoned"},
    }
    assert told.outcome_words == {"Besvart": "answered", "Lagt på": "abandoned", "Kastet": None}
    assert (told.date_orders, told.warnings) == (["dmy"], ["unknown_outcomes"])
    assert told.samples["A-nummer"] == ["22334455", "22334456"]
    assert "A-nummer" not in told.roles
    assert (told.header_line, told.sheets) == (1, [])


def test_titles_and_footers_are_seen():
    text = "Anropslogg\nPeriode: oktober\n\n" + BOKMAAL_FILE + "Sum;3\n"

    told = guessed(text)

    assert (told.header_line, bool(told.footer_regex)) == (4, True)
    call_log = parsed(text, told.mapping)
    assert (call_log.calls.height, call_log.refused["code"].to_list()) == (2, ["unknown_outcome"])


def test_both_orders_that_fit_every_row_are_told():
    told = guessed(
        BOKMAAL_FILE.replace("24.10", "04.10").replace("25.10", "05.10").replace("26.", "06.")
    )

    assert told.date_orders == ["dmy", "mdy"]
    assert "date_order_unproven" in told.warnings


def test_a_doubt_in_one_column_is_resolved_by_another():
    text = (
        "id,start time,end time,queue,status\n"
        "a1,01/05/2026 11:59:00 PM,01/13/2026 12:01:00 AM,q,answered\n"
        "a2,01/06/2026 1:59:00 PM,01/06/2026 2:01:00 PM,q,abandoned\n"
    )

    told = guessed(text)

    assert told.date_orders == ["mdy"]
    assert told.mapping["time_formats"][0] == "%m/%d/%Y %I:%M:%S %p"


def test_without_a_header_columns_have_numbers():
    told = guessed("".join(f"{row}\n" for row in ROWS))

    assert (told.header_line, told.headers[:2]) == (None, ["1", "2"])
    assert told.mapping["header_line"] == "none"
    assert told.mapping["columns"]["arrived_at"] == [2, 3]
    assert "no_header" in told.warnings


def test_without_an_id_the_guess_says_that_the_key_is_weak():
    text = "\n".join(line.split(";", 1)[1] for line in [BOKMAAL, *ROWS])

    told = guessed(text)

    assert told.mapping["id"] == {"weak": True}
    assert "weak_key" in told.warnings


def test_a_header_without_known_words_is_read_by_its_values():
    text = "x;y;z;w\n" + "".join(
        f"call-{n}00;2{n}.10.2025 21:51:03;Besvart;q\n" for n in range(1, 6)
    )

    roles = {header: role.field for header, role in guessed(text).roles.items()}

    assert roles == {"x": "id", "y": "arrived_at", "z": "outcome"}


def test_a_workbook_is_understood_with_its_sheets():
    rows = [["Rapport"], BOKMAAL.split(";"), *(row.split(";") for row in ROWS[:2])]
    rows[2][1:3] = [45954, 0.9104513889]
    rows[3][1:3] = [Shown(45955.0, "date"), Shown(0.911145833, "time")]

    told = guessed(xlsx(rows), "anrop.xlsx")

    assert (told.sheet, told.sheets, told.header_line) == ("Anrop", ["Anrop"], 2)
    call_log = parsed(xlsx(rows), check_mapping(told.mapping))
    assert [at.isoformat() for at in call_log.calls["arrived_at"]] == [
        "2025-10-24T19:51:03+00:00",
        "2025-10-25T19:52:03+00:00",
    ]


def test_nested_json_is_understood_by_its_paths():
    one = {"ContactId": "c-1", "Queue": {"Name": "q", "EnqueueTimestamp": "2025-10-24T19:51:03Z"}}
    one |= {"Agent": {"ConnectedToAgentTimestamp": "2025-10-24T19:52:03Z"}}

    told = guessed(json.dumps([one, one | {"ContactId": "c-2", "Agent": None}]), "contacts.json")

    assert told.mapping["format"] == "json"
    assert told.mapping["columns"]["arrived_at"] == "Queue.EnqueueTimestamp"
    assert told.mapping["columns"]["answered_at"] == "Agent.ConnectedToAgentTimestamp"
    assert told.mapping["time_formats"] == ["rfc3339"]


@pytest.mark.parametrize(("wrap", "records"), [("calls", "calls"), ("data.items", "data.items")])
def test_the_list_in_a_wrapped_answer_is_found(wrap, records):
    rows = [{"CallId": f"c-{n}", "StartTime": f"2025-10-24T19:51:0{n}Z"} for n in range(3)]
    told = rows
    for name in reversed(wrap.split(".")):
        told = {name: told, "page": 1, "links": [{"next": "x"}]}

    found = guessed(json.dumps(told), "calls.json")

    assert found.mapping["records"] == records
    assert found.mapping["columns"]["arrived_at"] == "StartTime"


def test_one_object_alone_and_one_in_a_list_are_rows_themselves():
    one = {"CallId": "c-1", "StartTime": "2025-10-24T19:51:03Z", "Legs": [{"Queue": "q"}]}

    assert "records" not in guessed(json.dumps([one]), "a.json").mapping
    assert "records" not in guessed(json.dumps(one | {"Legs": []}), "a.json").mapping


def test_single_bytes_of_another_encoding_are_warned_about():
    data = BOKMAAL_FILE.encode() + "9004;27.10.2025;21:51:03;;Sør;Besvart;5;\n".encode("cp1252")

    assert "mixed_encoding" in guessed(data).warnings


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04xx", b"\x1f\x8b\x08", b"a\x00b"])
def test_what_cannot_be_read_is_refused_by_name(data):
    with pytest.raises(Unreadable):
        guessed(data)


@pytest.mark.parametrize(
    ("header", "short"),
    [("Ventetid (tt:mm)", "hm"), ("Ventetid (tt:mm:ss)", None), ("Ventetid (mm:ss)", None)],
)
def test_a_header_may_say_that_a_short_clock_is_hours_and_minutes(header, short):
    told = guessed(f"Id;Tidspunkt;Kø;Status;{header}\na;24.10.2025 21:51:03;m;Besvart;0:02\n")

    assert told.mapping.get("short_clock") == short


def test_half_a_character_in_json_is_refused_by_name():
    with pytest.raises(Unreadable) as refusal:
        guessed('[{"CallId": "\\ud800"}]', "calls.json")
    assert refusal.value.code == "invalid_json"


@given(st.text(max_size=200))
def test_any_text_gets_a_guess_or_a_named_refusal(text):
    with suppress(Unreadable):
        guessed(text.encode("utf-8", "ignore"))


LANGUAGES = {
    "nb": "Anrops-ID Dato Klokkeslett Kø Status Ventetid|Besvart|Lagt på",
    "nn": "Samtale-ID Dato Klokkeslett Kø Utfall Ventetid|Svara|Ikkje svara",
    "sv": "Samtals-ID Datum Klockslag Kö Resultat Väntetid|Besvarad|Tappat",
    "da": "Opkalds-ID Dato Klokkeslæt Kø Udfald Ventetid|Besvaret|Opgivet",
    "en": "Call_ID Date Time Queue Status Wait_time|Answered|Abandoned",
}
DATES = {
    "dmy": "%d.%m.%Y",
    "short": "%d.%m.%y",
    "mdy": "%m/%d/%Y",
    "ymd": "%Y-%m-%d",
    "c": "%Y%m%d",
}


@st.composite
def call_logs(draw) -> tuple[bytes, int]:
    """(a table, its number of rows): days past the twelfth, so that the order is proven."""
    heads, answered, lost = LANGUAGES[draw(st.sampled_from(sorted(LANGUAGES)))].split("|")
    mark = draw(st.sampled_from(";,\t|"))
    form = DATES[draw(st.sampled_from(sorted(DATES)))]
    count = draw(st.integers(2, 12))
    days = draw(st.lists(st.integers(13, 25), min_size=count, max_size=count))
    lines = draw(st.sampled_from([[], ["Rapport", ""]]))
    lines += [mark.join(head.replace("_", " ") for head in heads.split(" "))]
    for n, day in enumerate(days):
        at = datetime.fromisoformat("2025-09-01T00:00:00") + timedelta(
            days=day - 1, seconds=n * 4999
        )
        wait = draw(st.sampled_from(["90", "00:01:30", "1:05"]))
        ended = draw(st.sampled_from([answered, lost]))
        row = [f"77{n:05}", at.strftime(form), at.strftime("%H:%M:%S"), "lege", ended, wait]
        lines.append(mark.join(row))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"]))
    return "\r\n".join([*lines, ""]).encode(encoding), count


@settings(deadline=None, max_examples=25)
@given(call_logs())
def test_the_guess_reads_every_row(made):
    data, count = made

    told = guessed(data)
    call_log = parsed(data, check_mapping(told.mapping))

    assert (call_log.calls.height, call_log.refused.height) == (count, 0)
    assert set(call_log.calls["arrived_at"].dt.month()) == {9}
    assert call_log.calls["wait_seconds"].null_count() == 0
