"""The pages of a settlement: prepared, verified by the partners, approved by another, corrected."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from municipalities.costs.errors import Refused
from municipalities.costs.settlements import operations, presenters
from municipalities.costs.settlements.models import Settlement, SettlementComment
from municipalities.costs.settlements.queries import waiting_for
from municipalities.costs.settlements.told import told, words
from tests.factories import costs

RESTS = {"Stjørdal": 738_723, "Selbu": 172_084, "Meråker": 123_383, "Tydal": 76_921}


@pytest.fixture(autouse=True)
def in_february():
    with time_machine.travel(datetime(2026, 2, 10, 9, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def year(vaernes):
    """2025 with the reference's figures, closed."""
    return costs.settled_year(cooperation=vaernes.cooperation)


@pytest.fixture
def sent(year, vaernes):
    """The final settlement, prepared by the controller and sent until 24 February."""
    draft = costs.settlement(pool_year=year, by=vaernes.controller)
    return operations.send(
        settlement=draft, comments_until=date(2026, 2, 24), at=datetime(2026, 2, 9, 9, tzinfo=UTC)
    )


def address(name="settlement", *arguments):
    return reverse(name, args=["vaernes", "legevakt", 2025, *arguments])


def said(settlement, name, *, is_accepted, text=""):
    return operations.comment(
        settlement=settlement,
        municipality=costs.municipality(name),
        is_accepted=is_accepted,
        text=text,
        by=None,
        at=datetime(2026, 2, 9, 10, tzinfo=UTC),
    )


def test_from_accounts_to_an_approved_settlement(as_person, vaernes, year):
    controller, director = as_person(vaernes.controller), as_person(vaernes.director)
    assert "No settlement yet" in controller.get(address("settlements")).text

    prepared = controller.post(address("settlement_prepare"), {"kind": "final"}, follow=True)
    assert "The settlement is prepared" in prepared.text
    assert 'value="2026-02-24"' in controller.get(address("settlement_send", 1)).text
    sent = controller.post(
        address("settlement_send", 1), {"comments_until": "2026-02-24"}, follow=True
    )
    assert "told by e-mail" in sent.text
    assert controller.get(address("settlement_approve", 1)).status_code == 404
    approved = director.post(address("settlement_approve", 1), {"is_read": "on"}, follow=True)

    assert "The settlement is approved" in approved.text
    found = Settlement.objects.get()
    assert (found.state, found.approved_by) == ("approved", vaernes.director)
    assert "Final settlement 1" in director.get(address("settlements")).text


def test_the_file_has_the_settlement_of_the_reference(as_person, vaernes, sent):
    browser, url = as_person(vaernes.tydal), address("settlement", 1)
    answer = browser.get(url, {"format": "csv"})

    heading, *rows = csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";")
    rest = heading.index("Rest to pay")
    by_name = {row[0]: Decimal(row[rest].replace(",", ".")) for row in rows}
    assert by_name == RESTS | {"All": 1_111_111}
    assert "773" in next(row for row in rows if row[0] == "Tydal")[1]
    assert browser.get(url, {"format": "xlsx"}).status_code == 200
    assert browser.get(url, {"format": "exe"}).status_code == 404


def test_the_page_shows_the_way_to_the_net_each_line_and_why(as_person, vaernes, sent):
    browser = as_person(vaernes.tydal)
    with translation.override("nb"):
        vaernes.tydal.language = "nb"
        vaernes.tydal.save()
        text = browser.get(address("settlement", 1)).text.replace("\N{NO-BREAK SPACE}", " ")

    for amount in ("12 345 678", "−1 234 567", "11 111 111", "738 723", "76 921", "1 111 111"):
        assert amount in text, amount
    assert "773" in text
    assert "175" not in presenters.check_290(sent)["text"]


def test_a_draft_is_the_host_s_and_the_auditor_s_alone(as_person, vaernes, year):
    costs.settlement(pool_year=year)

    assert as_person(vaernes.auditor).get(address("settlement", 1)).status_code == 200
    assert as_person(vaernes.tydal).get(address("settlement", 1)).status_code == 404
    assert "Final settlement 1" not in as_person(vaernes.tydal).get(address("settlements")).text


def test_a_partner_comments_for_its_own_municipality_alone(as_person, vaernes, sent):
    browser = as_person(vaernes.tydal)
    objection = {"answer": "objection", "text": "Folketallet er feil."}

    assert "Answer for Tydal" in browser.get(address("settlement", 1)).text
    assert browser.post(address("settlement_comment", 1, "5032"), objection).status_code == 404
    assert (
        as_person(vaernes.controller).get(address("settlement_comment", 1, "5033")).status_code
        == 404
    )
    silent = browser.post(address("settlement_comment", 1, "5033"), {"answer": "objection"})
    assert (silent.status_code, SettlementComment.objects.count()) == (422, 0)

    browser.post(address("settlement_comment", 1, "5033"), objection)

    comment = SettlementComment.objects.get()
    assert (comment.municipality.name, comment.written_by) == ("Tydal", vaernes.tydal)
    shown = as_person(vaernes.selbu).get(address("settlement", 1)).text
    assert "Folketallet er feil." in shown
    assert "Has not answered:" in shown


def test_objections_are_shown_and_confirmed_before_approval(as_person, vaernes, sent):
    said(sent, "Tydal", is_accepted=False, text="Folketallet er feil.")
    said(sent, "Selbu", is_accepted=True)
    browser, url = as_person(vaernes.director), address("settlement_approve", 1)

    shown = browser.get(url).text
    assert "Tydal objects" in shown
    assert "Folketallet er feil." in shown
    assert "Meråker" in shown
    assert browser.post(url).status_code == 422
    assert Settlement.objects.get().state == "sent"


def test_where_all_agree_nothing_is_to_be_confirmed(as_person, vaernes, sent):
    said(sent, "Tydal", is_accepted=False, text="Folketallet er feil.")
    for name in ("Selbu", "Meråker", "Tydal"):
        said(sent, name, is_accepted=True)

    as_person(vaernes.director).post(address("settlement_approve", 1))

    assert Settlement.objects.get().state == "approved"


def test_whoever_prepared_it_is_told_to_ask_another(as_person, vaernes, year):
    costs.sent_settlement(pool_year=year, by=vaernes.director)

    answer = as_person(vaernes.director).post(address("settlement_approve", 1), {"is_read": "on"})

    assert answer.status_code == 422
    assert "Ask another who may" in answer.text


def test_a_correction_names_the_old_and_shows_the_difference(as_person, vaernes, year):
    old = costs.approved_settlement(pool_year=year)
    browser = as_person(vaernes.controller)
    url = address("settlement_correct", old.number)
    assert browser.post(url, {"reason": ""}).status_code == 422
    year.closed_at = None
    year.save()
    costs.accounts(pool=year.pool, year=2025, lines={"010": 12_345_679, "700": -1_234_567})
    year.closed_at = costs.AT
    year.save()

    browser.post(url, {"reason": "En krone manglet."})

    new = Settlement.objects.get(corrects=old)
    text = browser.get(address("settlement", new.number)).text
    assert "This settlement corrects:" in text
    assert "En krone manglet." in text
    assert "What the correction changes" in text
    table = presenters.difference_table(old.lines.all(), new.lines.all())
    assert table.rows[-1].cells[1:] == (11_111_111, 11_111_112, 1)
    assert f'href="{url}"' in text, "a draft of a correction is made anew as a correction"
    assert "En krone manglet." in browser.get(url).text
    corrected = browser.get(address("settlement", old.number)).text
    assert "This settlement is corrected by:" in corrected
    assert "settlements/1/correct" not in corrected


def test_it_is_dropped_with_why(as_person, vaernes, sent):
    as_person(vaernes.controller).post(address("settlement_drop", 1), {"reason": "Feil nøkkel"})

    assert Settlement.objects.get().state == "dropped"
    history = reverse("history", args=["vaernes", "settlement", sent.pk])
    assert "Feil nøkkel" in as_person(vaernes.tydal).get(history).text


def test_what_is_refused_is_told_on_the_form(as_person, vaernes, year):
    costs.approved_settlement(pool_year=year)

    answer = as_person(vaernes.controller).post(address("settlement_prepare"), {"kind": "final"})

    assert answer.status_code == 422
    assert "2025 is settled already" in answer.text


@pytest.mark.parametrize(
    ("total", "tone", "words_in_it"),
    [
        (None, "info", "not kept on function 290"),
        (Decimal(30_000), "success", "in order"),
        (Decimal("30000.01"), "warning", "too little"),
        (Decimal(-30_001), "warning", "more is claimed"),
    ],
)
def test_function_290_is_told_in_words(total, tone, words_in_it):
    check = presenters.check_290(Settlement(function_290=total))

    assert check["tone"] == tone
    assert words_in_it in check["text"]


def test_a_bilateral_pool_is_found_by_its_own_alone(as_person, vaernes):
    pool = costs.pool(cooperation=vaernes.cooperation, is_bilateral=True)
    costs.pools.add_member(
        pool=pool, municipality=costs.municipality("Tydal"), joined_date=costs.STARTS
    )
    costs.sent_settlement(
        pool_year=costs.settled_year(cooperation=vaernes.cooperation, parts={"equal": 100})
    )

    for name in ("settlements", "settlement"):
        arguments = [1] if name == "settlement" else []
        assert as_person(vaernes.tydal).get(address(name, *arguments)).status_code == 200
        assert as_person(vaernes.selbu).get(address(name, *arguments)).status_code == 404
        assert as_person(vaernes.auditor).get(address(name, *arguments)).status_code == 200


def todo(vaernes, user):
    found = waiting_for(cooperation=vaernes.cooperation, user=user, today=date(2026, 2, 10))
    return [(each.text, each.due_date) for each in found]


def test_it_waits_for_partners_to_verify_and_the_director_to_approve(
    vaernes, sent, django_assert_max_num_queries
):
    until = date(2026, 2, 24)
    with django_assert_max_num_queries(2):
        assert todo(vaernes, vaernes.tydal) == [
            ("Verify for Tydal: final settlement, Legevakt 2025", until)
        ]
    assert todo(vaernes, vaernes.director) == [("Approve: final settlement, Legevakt 2025", until)]
    assert todo(vaernes, vaernes.controller) == []

    said(sent, "Tydal", is_accepted=True)

    assert todo(vaernes, vaernes.tydal) == []
    assert len(todo(vaernes, vaernes.selbu)) == 1


def test_the_pages_take_few_queries(as_person, vaernes, sent, django_assert_max_num_queries):
    browser = as_person(vaernes.controller)
    browser.get(address("settlements"))

    with django_assert_max_num_queries(12):
        browser.get(address("settlements"))
    with django_assert_max_num_queries(16):
        browser.get(address("settlement", 1))


@pytest.mark.parametrize("code", sorted(words()))
def test_every_refusal_has_words(code):
    refused = told(Refused(code, year=2025, municipality="Tydal", number=1, state="sent"))

    assert refused.endswith(".")
    assert "%(" not in refused
