"""GET /api/v1/indicators: who sees which figures, in which steps, pages and forms."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from django.conf import settings as configured
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from callstats.calls.operations import note_feed
from callstats.feeds.rate_limits import SourceThrottle
from callstats.figures_api import api_errors
from callstats.figures_api import api_examples as examples
from callstats.figures_api.answers import FIELDS, REASONS
from callstats.indicators.definitions import all_definitions
from callstats.indicators.worked_example import VECTOR
from callstats.periods import operations
from callstats.periods.models import IndicatorPeriod
from legevakt.lib.periods import Period, rolling_months
from tests.factories.callstats import SourceFactory, TokenFactory, call, stored
from tests.factories.municipalities import CentralFactory, CooperationFactory

URL = "/api/v1/indicators"
DOCS = Path(configured.BASE_DIR) / "docs" / "api"
OCTOBER = Period.month(2025, 10)
SPRING_NIGHT, AUTUMN_NIGHT = date(2025, 3, 30), date(2025, 10, 26)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def no_requests_yet():
    cache.clear()


@pytest.fixture
def source(central):
    return SourceFactory(slug="pbx", central=central)


@pytest.fixture
def ask(source):
    """`ask("?step=day")` asks with a token of the source, unless another is given."""
    own = TokenFactory(source=source, scopes=["stats:read"])

    def ask(path="", *, token=own, **headers):
        headers = {"Authorization": f"Bearer {token.key}"} | headers
        return Client().get(f"{URL}{path}", headers=headers)

    return ask


def compute(central, period=OCTOBER):
    return operations.compute(central=central, period=period, at=timezone.now())


def publish(period, *, by, reason="feed was down"):
    at = timezone.now()
    seen = operations.fingerprint(period)
    checked = operations.check(period=period, seen=seen, by=by, at=at)
    return operations.publish(period=checked, by=by, at=at, provisional_reason=reason)


@pytest.fixture
def vector(source):
    """The worked example as calls of October 2025."""
    rows = [
        call(f"c{number}", outcome=outcome, wait_seconds=wait)
        for number, (outcome, wait) in enumerate(VECTOR)
    ]
    stored(source=source, rows=rows)
    note_feed(source_id=source.pk, first_at=OCTOBER.starts_at, last_at=OCTOBER.starts_at)


@pytest.fixture
def october(central, vector):
    return compute(central)


def items_of(answer) -> list[dict]:
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def code_of(answer) -> tuple[int, str]:
    assert answer["Content-Type"].startswith("application/problem+json")
    return answer.status_code, answer.json()["code"]


# --- what is told ------------------------------------------------------------------------


def test_a_month_is_told_with_everything_it_rests_on(ask, october):
    (item,) = items_of(ask())
    assert item == examples.ITEM
    assert tuple(item) == FIELDS


def test_every_definition_is_told_from_the_same_calls(ask, october):
    items = {item["definition"]: item for item in items_of(ask("?definition=all"))}
    assert set(items) == set(all_definitions())
    share = items["lvs-2min-of-answered-v1"]
    assert (share["numerator"], share["denominator"], share["percent"]) == (3, 6, "50.0")
    median = items["lvs-median-v1"]
    assert (median["value_seconds"], median["percent"], median["denominator"]) == (120.5, None, 6)
    assert (median["reason"], median["meets_target"]) == (None, None)
    assert items["lvs-abandonment-bands-v1"]["bands"] == {
        "0-5": 1, "5-30": 0, "30-120": 3, "120-600": 1, "600-": 0, "unknown": 0,
    }  # fmt: skip


def test_a_year_is_not_told_among_months_nor_they_among_years(ask, central, october):
    compute(central, Period.year(2025))
    assert [i["step"] for i in items_of(ask("?from=2025-01-01&to=2026-01-01"))] == ["month"]
    (year,) = items_of(ask("?step=year&from=2025-01-01&to=2026-01-01"))
    assert year["period"] == {"from": "2025-01-01", "to": "2026-01-01"}
    assert (year["numerator"], year["completeness"]["hours_in_period"]) == (3, 8760)


def test_twelve_whole_months_are_told_unless_asked_otherwise(ask, central):
    for month in rolling_months(14, before=date(2025, 12, 1)).months():
        compute(central, month)
    told = [item["period"]["from"] for item in items_of(ask())]
    assert (told[0], told[-1], len(told)) == ("2024-11-01", "2025-10-01", 12)


@pytest.mark.parametrize(
    ("step", "first", "count"), [("day", "2025-10-10", 31), ("hour", "2025-11-09", 24)]
)
def test_days_and_hours_of_lately_are_told_unless_asked_otherwise(ask, step, first, count):
    told = items_of(ask(f"?step={step}"))
    assert (told[0]["period"]["from"], len(told)) == (first, count)


# --- no figure -------------------------------------------------------------------------


def test_null_has_its_reason(ask, source):
    day = "?step=day&from=2025-10-24&to=2025-10-25"
    (none,) = items_of(ask(day))
    assert (none["percent"], none["reason"]) == (None, "no_data")
    at = datetime(2025, 10, 24, 12, tzinfo=UTC)
    note_feed(source_id=source.pk, first_at=at, last_at=at)
    (none,) = items_of(ask(day))
    assert (none["percent"], none["reason"], none["denominator"]) == (None, "no_calls", 0)
    stored(source=source, rows=[call(f"a{n}", outcome="abandoned") for n in range(5)])
    (unanswered, median) = items_of(ask(f"{day}&definition=lvs-2min-of-answered-v1,lvs-median-v1"))
    assert (unanswered["percent"], unanswered["reason"]) == (None, "none_counted")
    assert (median["value_seconds"], median["reason"]) == (None, "none_counted")
    (share,) = items_of(ask(day))
    assert (share["percent"], share["reason"], share["denominator"]) == ("0.0", None, 5)


def test_a_call_with_an_unknown_wait_is_counted_and_told(ask, source):
    stored(source=source, rows=[call(f"a{n}", wait_seconds=None) for n in range(5)])
    (item,) = items_of(ask("?step=day&from=2025-10-24&to=2025-10-25"))
    assert (item["percent"], item["denominator"], item["unknown_waits"]) == ("0.0", 5, 5)


def test_days_and_hours_in_which_few_called_are_hidden(ask, source):
    days = [datetime(2025, 10, day, 12, tzinfo=UTC) for day in (3, 4, 5, 6)]
    calls = (9, 2, 7, 30)
    stored(
        source=source,
        rows=[call(f"{at}-{n}", arrived_at=at) for at, c in zip(days, calls, strict=True)
              for n in range(c)],
    )  # fmt: skip
    told = items_of(ask("?step=day&from=2025-10-03&to=2025-10-07"))
    assert [item["denominator"] for item in told] == [9, None, None, 30]
    hidden = told[1]
    assert (hidden["percent"], hidden["reason"], hidden["numerator"]) == (None, "suppressed", None)
    assert [hidden[name] for name in ("before_queue", "excluded", "meets_target")] == [None] * 3
    assert hidden["completeness"]["hours_in_period"] == 24
    alone = items_of(ask("?step=day&from=2025-10-05&to=2025-10-06"))
    assert alone[0]["denominator"] is None
    hours = items_of(ask("?step=hour&from=2025-10-04&to=2025-10-05"))
    assert {item["denominator"] for item in hours} == {0, None}


def test_a_day_on_which_few_were_late_is_hidden_too(ask, source):
    for day, late in ((3, 2), (4, 20), (5, 30)):
        at = datetime(2025, 10, day, 12, tzinfo=UTC)
        waits = [1] * 20 + [300] * late
        stored(
            source=source,
            rows=[
                call(f"{day}-{n}", arrived_at=at, wait_seconds=wait) for n, wait in enumerate(waits)
            ],
        )
    told = items_of(ask("?step=day&from=2025-10-03&to=2025-10-06"))
    assert [item["numerator"] for item in told] == [None, None, 20]
    assert [item["reason"] for item in told] == ["suppressed", "suppressed", None]


def test_what_rounds_to_the_target_may_be_below_it(ask, central, source):
    rows = [call(f"c{n}", wait_seconds=200 if n < 1 + 400 else 1) for n in range(2001)]
    stored(source=source, rows=rows)
    compute(central)
    (item,) = items_of(ask())
    assert (item["percent"], item["meets_target"]) == ("80.0", False)


# --- days on which the clock is moved -------------------------------------------------


@pytest.mark.parametrize(("night", "hours"), [(SPRING_NIGHT, 23), (AUTUMN_NIGHT, 25)])
def test_a_day_on_which_the_clock_is_moved_has_its_own_hours(ask, source, night, hours):
    period = Period(night, night + timedelta(days=1))
    begun = [period.starts_at + timedelta(hours=n) for n in range(hours)]
    rows = [call(f"c{n}-{k}", arrived_at=at) for n, at in enumerate(begun) for k in range(5)]
    stored(source=source, rows=rows)
    note_feed(source_id=source.pk, first_at=begun[0], last_at=begun[-1])
    span = f"from={period.starts_on}&to={period.ends_on}"
    (day,) = items_of(ask(f"?step=day&{span}"))
    assert day["denominator"] == 5 * hours
    assert day["completeness"] == {
        "hours_with_data": hours, "hours_in_period": hours, "is_provisional": False,
    }  # fmt: skip
    told = items_of(ask(f"?step=hour&{span}"))
    assert [item["denominator"] for item in told] == [5] * hours
    assert {item["period"]["from"] for item in told} == {night.isoformat()}


def test_both_hours_of_the_doubled_one_are_told_apart(ask):
    told = [item["starts_at"] for item in items_of(ask("?step=hour&from=2025-10-26&to=2025-10-27"))]
    assert told[2:4] == ["2025-10-26T02:00:00+02:00", "2025-10-26T02:00:00+01:00"]
    assert len(set(told)) == 25


# --- published ------------------------------------------------------------------------


def test_a_published_figure_stays_when_data_come_late(ask, source, october, leader):
    publish(october, by=leader)
    before = items_of(ask())
    assert (before[0]["state"], before[0]["published_at"]) == (
        "published",
        "2025-11-10T12:00:00.000Z",
    )
    stored(source=source, rows=[call("late")])
    compute(source.central)
    assert items_of(ask()) == before


def test_a_revision_counts_when_it_is_published(ask, source, october, leader):
    published = publish(october, by=leader)
    revision = operations.open_revision(
        period=published, reason="late log", by=leader, at=timezone.now()
    )
    stored(source=source, rows=[call("late")])
    revision = compute(source.central)
    assert [(i["revision"], i["denominator"]) for i in items_of(ask())] == [(1, 11)]
    publish(revision, by=leader)
    assert [(i["revision"], i["denominator"]) for i in items_of(ask())] == [(2, 12)]


def test_only_one_state_can_be_asked_for(ask, central, october, leader):
    publish(october, by=leader)
    compute(central, Period.month(2025, 9))
    for state, months in {"published": [10], "open": [9], "checked": [], "any": [9, 10]}.items():
        told = items_of(ask(f"?state={state}"))
        assert [int(item["period"]["from"][5:7]) for item in told] == months


# --- who -------------------------------------------------------------------------------


def test_a_token_sees_the_central_of_its_source_alone(ask, october, cooperation):
    other = SourceFactory(slug="other", central=CentralFactory(cooperation=cooperation))
    compute(other.central)
    assert {item["central"] for item in items_of(ask())} == {"nordhordland"}
    foreign = TokenFactory(source=other, scopes=["stats:read"])
    there = ask("?central=nordhordland", token=foreign)
    nowhere = ask("?central=nowhere", token=foreign)
    assert code_of(there) == code_of(nowhere) == (404, "not_found")
    assert without_id(there) == without_id(nowhere)


def without_id(answer) -> dict:
    return answer.json() | {"request_id": ""}


@pytest.mark.parametrize("scopes", [["calls:write"], ["imports:read"]])
def test_a_token_without_the_scope_is_refused(ask, source, october, scopes):
    token = TokenFactory(source=source, scopes=scopes)
    for path in ("", "/definitions", "/definitions/lvs-2min-v1", "/periods/nordhordland/2025-10"):
        answer = ask(path, token=token)
        assert code_of(answer) == (403, "missing_scope")
        assert "stats:read" in answer.json()["detail"]


def test_a_token_for_figures_sends_no_calls_and_reads_no_imports(source):
    headers = {"Authorization": f"Bearer {TokenFactory(source=source, scopes=['stats:read']).key}"}
    imports = "/api/v1/call-imports"
    assert code_of(Client().get(imports, headers=headers)) == (403, "missing_scope")
    sent = Client().post(imports, "{}", content_type="application/json", headers=headers)
    assert code_of(sent) == (403, "missing_scope")


def test_nobody_is_told_anything(client, october):
    for path in ("", "/definitions", "/periods/nordhordland/2025-10"):
        assert code_of(client.get(f"{URL}{path}")) == (401, "not_authenticated")


def test_a_partner_sees_the_figures_and_an_outsider_an_empty_list(
    as_person, partner_director, outsider, october
):
    assert len(items_of(as_person(partner_director).get(URL))) == 1
    browser = as_person(outsider)
    assert items_of(browser.get(URL)) == []
    there, nowhere = (browser.get(f"{URL}?central={slug}") for slug in ("nordhordland", "nowhere"))
    assert code_of(there) == code_of(nowhere) == (404, "not_found")
    assert without_id(there) == without_id(nowhere)


def test_a_person_sees_every_central_of_the_cooperations(as_person, leader, october, cooperation):
    second = CentralFactory(slug="aust", cooperation=cooperation)
    foreign = CentralFactory(slug="foreign", cooperation=CooperationFactory(slug="elsewhere"))
    sandbox = CentralFactory(slug="sand", cooperation=cooperation, is_sandbox=True)
    for central in (second, foreign, sandbox):
        compute(central)
    told = items_of(as_person(leader).get(URL))
    assert [item["central"] for item in told] == ["aust", "nordhordland"]


def test_a_person_can_only_read(as_person, leader):
    answer = as_person(leader).post(URL, {}, content_type="application/json")
    assert code_of(answer) == (405, "method_not_allowed")


def test_a_wrong_token_is_not_made_good_by_a_session(as_person, leader):
    answer = as_person(leader).get(URL, headers={"Authorization": "Bearer no.token"})
    assert code_of(answer) == (401, "not_authenticated")


def test_requests_are_counted_by_person(as_person, leader, monkeypatch):
    monkeypatch.setattr(SourceThrottle, "THROTTLE_RATES", {"call-imports": "1/min"})
    browser = as_person(leader)
    assert browser.get(URL)["RateLimit"].startswith('"token";r=0')
    assert code_of(browser.get(URL)) == (429, "throttled")


# --- wrong questions -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("centre=x", "invalid_parameter", "centre"),
        ("step=week", "invalid_parameter", "step"),
        ("state=frozen", "invalid_parameter", "state"),
        ("step=day&state=open", "invalid_parameter", "state"),
        ("limit=0", "invalid_parameter", "limit"),
        ("limit=1001", "invalid_parameter", "limit"),
        ("cursor=x", "invalid_parameter", "cursor"),
        ("cursor=eCB5IHo", "invalid_parameter", "cursor"),
        ("definition=lvs-9min-v1", "unknown_definition", "lvs-9min-v1"),
        ("definition=", "unknown_definition", "lvs-2min-v1"),
        ("definition=lvs-2min-v1,", "unknown_definition", "lvs-2min-v1"),
        ("fields=percent,share", "unknown_field", "share"),
        ("from=1.10.2025", "invalid_period", "from"),
        ("from=20251001", "invalid_period", "from"),
        ("from=2025-02-30", "invalid_period", "from"),
        ("to=1999-12-01", "invalid_period", "to"),
        ("to=9999-12-01", "invalid_period", "to"),
        ("from=2025-10-02", "invalid_period", "first day"),
        ("step=year&from=2025-10-01", "invalid_period", "first day"),
        ("from=2025-10-01&to=2025-10-01", "invalid_period", "2025-10-01"),
        ("from=2025-10-01&to=2025-09-01", "invalid_period", "2025-09-01"),
        ("step=day&from=2024-01-01&to=2025-02-05", "span_too_long", "400"),
        ("step=hour&from=2025-01-01&to=2025-02-02", "span_too_long", "31"),
    ],
)
def test_a_wrong_question_is_told_by_name(ask, query, code, words):
    answer = ask(f"?{query}")
    assert code_of(answer) == (400, code)
    assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    "query", ["step=day&from=2024-01-01&to=2025-02-04", "step=hour&from=2025-01-01&to=2025-02-01"]
)
def test_the_longest_time_can_be_asked_for(ask, query):
    assert ask(f"?{query}&limit=1").status_code == 200


@pytest.mark.parametrize("path", ["/definitions?limit=1", "/periods/nordhordland/2025-10?step=day"])
def test_a_parameter_that_is_not_known_is_refused_everywhere(ask, october, path):
    assert code_of(ask(path)) == (400, "invalid_parameter")


@pytest.mark.parametrize("slug", ["%00", "a%20b", "", "N" * 200])
def test_no_name_of_a_central_breaks_anything(ask, slug):
    assert code_of(ask(f"?central={slug}")) == (404, "not_found")


# --- pages -----------------------------------------------------------------------------


def every_page(ask, query) -> list[list[dict]]:
    pages, cursor = [], ""
    while True:
        answer = ask(f"?{query}{cursor}")
        pages.append(items_of(answer))
        following = answer.json()["next"]
        if following is None:
            assert "Link" not in answer
            return pages
        assert answer["Link"].endswith('>; rel="next"')
        assert following in answer["Link"]
        cursor = f"&cursor={following}"


def test_thirty_months_come_in_pages_of_seven(ask, central):
    months = rolling_months(30, before=date(2025, 11, 1))
    for month in months.months():
        compute(central, month)
    pages = every_page(ask, f"from={months.starts_on}&to={months.ends_on}&limit=7")
    assert [len(page) for page in pages] == [7, 7, 7, 7, 2]
    told = [item["period"]["from"] for page in pages for item in page]
    assert told == [month.starts_on.isoformat() for month in months.months()]


@pytest.mark.parametrize("step", ["month", "day", "hour"])
def test_pages_of_any_length_have_the_same_figures(as_person, leader, october, cooperation, step):
    compute(CentralFactory(slug="aust", cooperation=cooperation))
    browser = as_person(leader)
    span = {"month": "from=2025-10-01&to=2025-11-01"}.get(step, "from=2025-10-25&to=2025-10-27")
    query = f"step={step}&{span}&definition=lvs-2min-v1,lvs-10min-v1,lvs-asa-v1"

    def ask(path):
        return browser.get(f"{URL}{path}")

    (whole,) = every_page(ask, f"{query}&limit=1000")
    places = [(i["central"], i["period"]["from"], i["starts_at"], i["definition"]) for i in whole]
    assert len(set(places)) == len(whole) == {"month": 6, "day": 12, "hour": 294}[step]
    assert [place[0] for place in places] == sorted(place[0] for place in places)
    for limit in (1, 5) if step != "hour" else (41,):
        pages = every_page(ask, f"{query}&limit={limit}")
        assert [item for page in pages for item in page] == whole


def test_a_month_that_comes_between_two_pages_moves_none(ask, central):
    for month in (6, 8, 9):
        compute(central, Period.month(2025, month))
    first = ask("?limit=2").json()
    compute(central, Period.month(2025, 7))
    (last,) = items_of(ask(f"?limit=2&cursor={first['next']}"))
    assert last["period"]["from"] == "2025-09-01"


# --- asked again -------------------------------------------------------------------------


def test_what_is_known_is_not_sent_again(ask, source, october):
    first = ask()
    assert first["Cache-Control"] == "private, no-cache"
    again = ask("", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    stored(source=source, rows=[call("late")])
    compute(source.central)
    changed = ask("", **{"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed.json()["items"][0]["denominator"]) == (200, 12)


def test_the_tag_is_of_the_form_and_the_fields_too(ask, october):
    asked = [ask(), ask("?fields=percent"), ask(Accept="text/csv")]
    assert len({answer["ETag"] for answer in asked}) == 3


def test_counting_again_is_no_change(ask, source, clock):
    query = "?step=day&from=2025-10-24&to=2025-10-25"
    first = ask(query)
    clock.shift(timedelta(minutes=5))
    assert ask(query, **{"If-None-Match": first["ETag"]}).status_code == 304
    stored(source=source, rows=[call("a")])
    assert ask(query, **{"If-None-Match": first["ETag"]}).status_code == 200


# --- fields and CSV ----------------------------------------------------------------------


def test_only_the_fields_that_are_asked_for_are_told(ask, october):
    assert items_of(ask("?fields=percent,central")) == [
        {"central": "nordhordland", "percent": "27.3"}
    ]


def rows_of(answer) -> list[dict]:
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_csv_has_the_same_figures(ask, october):
    rows = rows_of(ask("?definition=all", Accept="text/csv"))
    items = items_of(ask("?definition=all"))
    assert len(rows) == len(items) == 16
    for row, item in zip(rows, items, strict=True):
        assert row["definition"] == item["definition"]
        assert row["percent"].replace(",", ".") == (item["percent"] or "")
        assert row["denominator"] == str(item["denominator"])
        assert row["period.to"] == item["period"]["to"]
        assert row["completeness.is_provisional"] == "true"
    by_id = {row["definition"]: row for row in rows}
    assert by_id["lvs-median-v1"]["value_seconds"] == "120,5"
    assert by_id["lvs-abandonment-bands-v1"]["bands.30-120"] == "3"
    assert by_id["lvs-2min-v1"]["bands.30-120"] == ""


def test_a_csv_has_the_fields_that_are_asked_for(ask, october):
    answer = ask("?fields=percent,period", Accept="text/csv")
    assert answer.content.decode("utf-8-sig") == (
        "period.from;period.to;percent\r\n2025-10-01;2025-11-01;27,3\r\n"
    )


def test_a_csv_has_pages_too(ask, october):
    answer = ask("?definition=all&limit=10&format=csv")
    assert len(rows_of(answer)) == 10
    following = re.fullmatch(r'<(.*)>; rel="next"', answer["Link"]).group(1)
    assert len(rows_of(ask(following.removeprefix(URL)))) == 6


def test_a_problem_is_a_problem_with_csv_too(ask):
    assert code_of(ask("?step=week", Accept="text/csv")) == (400, "invalid_parameter")


# --- the document ----------------------------------------------------------------------


def documented(path: str, status: str = "200") -> list:
    """The examples of the committed document."""
    document = yaml.safe_load((DOCS / "openapi.yaml").read_text(encoding="utf-8"))
    content = document["paths"][f"{URL}{path}"]["get"]["responses"][status]["content"]
    return [e["value"] for told in content.values() for e in told.get("examples", {}).values()]


def test_the_examples_of_the_document_are_true(ask, october):
    as_json, as_csv = documented("")
    assert ask().json() == as_json
    answer = ask(f"?fields={examples.CSV_FIELDS}", Accept="text/csv")
    assert answer.content.decode("utf-8-sig") == as_csv
    (problem,) = documented("", "400")
    wrong = ask("?step=day&from=2024-01-01&to=2025-02-05").json()
    assert wrong | {"request_id": problem["request_id"]} == problem
    (definition,) = documented("/definitions/{definition_id}")
    assert ask("/definitions/lvs-2min-v1").json() == definition


def test_the_page_for_integrators_explains_codes_fields_and_reasons():
    told = set(re.findall(r"`([\w.]+)`", (DOCS / "README.md").read_text(encoding="utf-8")))
    codes = {getattr(each, "code", "") for each in vars(api_errors).values()} - {""}
    assert (codes | set(FIELDS) | set(REASONS)) - told == set()


# --- definitions -----------------------------------------------------------------------


def test_definitions_are_told_as_their_files_have_them(ask):
    answer = ask("/definitions")
    assert [item["id"] for item in items_of(answer)] == list(all_definitions())
    assert ask("/definitions", **{"If-None-Match": answer["ETag"]}).status_code == 304
    one = ask("/definitions/lvs-2min-v1")
    assert one.json() == all_definitions()["lvs-2min-v1"].as_dict()
    assert ask("/definitions/lvs-2min-v1", **{"If-None-Match": one["ETag"]}).status_code == 304
    assert code_of(ask("/definitions/lvs-9min-v1")) == (404, "not_found")


# --- a stored period ---------------------------------------------------------------------


def test_a_period_is_told_with_its_evidence_and_revisions(ask, source, october, leader):
    published = publish(october, by=leader)
    operations.open_revision(period=published, reason="late log", by=leader, at=timezone.now())
    stored(source=source, rows=[call("late")])
    compute(source.central)
    told = ask("/periods/nordhordland/2025-10").json()
    assert (told["state"], told["revision"], told["step"]) == ("published", 1, "month")
    assert told["checked_at"] == told["published_at"] == "2025-11-10T12:00:00.000Z"
    assert told["provisional_reason"] == "feed was down"
    assert told["imports"] == IndicatorPeriod.objects.get(revision=1).imports
    assert told["completeness"]["hours_in_period"] == 745
    figures = {each["definition"]: each for each in told["figures"]}
    assert set(figures) == set(all_definitions())
    assert figures["lvs-2min-v1"]["percent"] == "27.3"
    assert [(r["revision"], r["state"], r["reason"]) for r in told["revisions"]] == [
        (1, "published", ""),
        (2, "open", "late log"),
    ]
    shorts = [
        {each["definition"]: each["denominator"] for each in revision["figures"]}
        for revision in told["revisions"]
    ]
    assert [short["lvs-2min-v1"] for short in shorts] == [11, 12]


def test_no_name_of_a_person_is_told(ask, october, leader):
    leader.first_name, leader.last_name = "Kari", "Nordmann"
    leader.save()
    publish(october, by=leader)
    text = ask("/periods/nordhordland/2025-10").content.decode()
    assert leader.email not in text
    assert "Nordmann" not in text


def test_an_open_period_tells_of_the_imports_as_they_are(ask, central, october):
    told = ask("/periods/nordhordland/2025-10").json()
    assert told["imports"]["imports"] == 0
    assert re.fullmatch("[0-9a-f]{64}", told["imports"]["sha256"])
    compute(central, Period.year(2025))
    assert ask("/periods/nordhordland/2025").json()["step"] == "year"


def test_a_period_has_its_tag(ask, source, october):
    path = "/periods/nordhordland/2025-10"
    first = ask(path)
    assert ask(path, **{"If-None-Match": first["ETag"]}).status_code == 304
    stored(source=source, rows=[call("late")])
    compute(source.central)
    assert ask(path, **{"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("nordhordland/2025-09", "nordhordland/2024", "nordhordland/2025-13"),
        *("nordhordland/0000", "nordhordland/x", "nordhordland/2025-1", "nowhere/2025-10"),
    ],
)
def test_a_period_that_is_not_stored_is_not_there(ask, october, path):
    assert code_of(ask(f"/periods/{path}")) == (404, "not_found")


def test_a_period_of_another_central_is_not_there(ask, october, cooperation, as_person, outsider):
    other = SourceFactory(slug="other", central=CentralFactory(cooperation=cooperation))
    foreign = TokenFactory(source=other, scopes=["stats:read"])
    path = "/periods/nordhordland/2025-10"
    assert code_of(ask(path, token=foreign)) == (404, "not_found")
    assert code_of(as_person(outsider).get(f"{URL}{path}")) == (404, "not_found")


# --- queries -----------------------------------------------------------------------------


def test_the_number_of_queries_does_not_grow(ask, source, october, django_assert_num_queries):
    ask()
    with django_assert_num_queries(2):
        ask()
    for month in (7, 8, 9):
        compute(source.central, Period.month(2025, month))
    with django_assert_num_queries(2):
        ask("?definition=all")
    with django_assert_num_queries(2):
        ask("?step=day&from=2025-10-01&to=2025-11-01")
    with django_assert_num_queries(5):
        ask("/periods/nordhordland/2025-10")
