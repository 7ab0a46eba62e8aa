"""From a key that four councils adopt to the invoice basis, through the pages, by its people.

The figures are those of the reference (cooperation.md 2.3): 20/80, a-konto of 10 000 000, and a
settlement of 11 111 111 that claims +738 723, +172 084, +123 383 and +76 921.
"""

import io
import json
import re
import zipfile
from datetime import UTC, datetime

import fastexcel
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from lxml import etree

from legevakt.lib import pdf
from municipalities.access.rules import Role
from municipalities.costs.accounts.models import AccountsMapping
from municipalities.costs.invoicing.models import Claim
from municipalities.costs.settlements.models import Settlement, SettlementLine
from tests.conftest import person
from tests.factories import billing, costs

pytestmark = pytest.mark.django_db
RESTS = {"Stjørdal": 738_723, "Selbu": 172_084, "Meråker": 123_383, "Tydal": 76_921}
BUDGET = {"010": "11 000 000", "700": "-1 000 000"}
ACCOUNTS = """Ansvar;Funksjon;Art;Prosjekt;Periode;Tekst;Rekneskap
3420;290;010;;202506;Fast lønn;9 345 678,40
3420;290;020;;202509;Vikar;3 000 000,00
3420;290;700;;202512;HELFO;-1 234 567,00
3420;290;750;;202512;A konto;-10 000 000,00
3500;241;010;;202506;Noko anna;99 999,00
;;;;;Sum;1 211 110,40
"""


def url(name, *more):
    return reverse(name, args=["vaernes", *more])


@pytest.fixture
def people(as_person):
    """Role → a browser; each partner's chief executive by the municipality's name."""
    cooperation = costs.vaernes()
    billing.billed(cooperation)

    def browser(role, name="Stjørdal"):
        found = person(cooperation=cooperation, municipality=costs.municipality(name), role=role)
        return as_person(found)

    directors = {name: browser(Role.PARTNER_DIRECTOR, name) for name in RESTS if name != "Stjørdal"}
    return {
        "controller": browser(Role.CONTROLLER),
        "director": browser(Role.HOST_DIRECTOR),
        **directors,
    }


def done(browser, address, told=None):
    """What is sent is taken: the page goes on."""
    answer = browser.post(address, told or {})
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    return answer


def test_from_key_to_invoice_basis(people, clock):
    controller, director = people["controller"], people["director"]
    clock.move_to(datetime(2024, 11, 1, 9, tzinfo=UTC))
    _open_pool(controller)
    _adopt_key(people)
    _budget_and_instalments(controller, director)
    claim_instalments(controller)
    clock.move_to(datetime(2026, 1, 20, 9, tzinfo=UTC))
    _import_and_close(controller)

    settlement = _settle(people)

    assert _rests(settlement) == RESTS
    assert _as_json()["net"] == 11_111_111
    _claim_settlement(controller)
    _statement_of_tydal(people["Tydal"])


def _open_pool(controller):
    told = {
        "name": "Legevakt",
        "slug": "legevakt",
        "kind": "legevakt",
        "unit": "krone",
        "proration": "months",
        "instalments_a_year": "4",
        "deviation_rule": "settled",
        "starts_date": "2025-01-01",
    }
    done(controller, url("pool_new"), told)
    done(controller, url("pool_year_begin", "legevakt"), {"year": "2025"})


def _adopt_key(people):
    controller = people["controller"]
    done(controller, url("key_new", "legevakt"), {"valid_from": "2025-01-01"})
    terms = {
        "valid_from": "2025-01-01",
        "percent_equal": "20",
        "percent_population": "80",
        "population_date": "0",
        "usage_years": "1",
    }
    done(controller, url("key_write", "legevakt", 1), terms)
    done(controller, url("key_send", "legevakt", 1))
    for name, number in costs.NUMBERS.items():
        decided = {"decision": "adopted", "decided_date": "2024-10-30", "case_number": "PS 1/24"}
        who = people["director"] if name == "Stjørdal" else people[name]
        done(who, url("key_adoption", "legevakt", 1, number), decided)


def _budget_and_instalments(controller, director):
    done(controller, url("budget_draft", "legevakt", 2025))
    for art, amount in BUDGET.items():
        line = {"function": "290", "art": art, "amount": amount}
        done(controller, url("budget_line_new", "legevakt", 2025), line)
    adopted = {"adopted_date": "2024-10-31", "case_number": "24/98"}
    done(controller, url("budget_adopt", "legevakt", 2025), adopted)
    asked = controller.get(url("instalments_make", "legevakt", 2025)).context["form"]
    dates = {name: asked[name].initial for name in asked.fields}
    done(controller, url("instalments_make", "legevakt", 2025), dates)
    done(director, url("instalments_approve", "legevakt", 2025))
    shown = controller.get(url("instalments", "legevakt", 2025)).content.decode()
    assert "1 662 127" in plain(shown)
    assert "1 662 126" in plain(shown)


def claim_instalments(controller):
    for number in (1, 2, 3, 4):
        _claim(controller, f"instalment-{number}")


def _claim(controller, batch):
    address = url("claims_new", "legevakt", 2025, batch)
    form = controller.get(address).context["form"]
    days = {name: str(form.initial[name]) for name in ("issue_date", "due_date")}
    done(controller, address, days)


def _import_and_close(controller):
    address = url("accounts_mapping_new")
    sample = SimpleUploadedFile("rekneskap.csv", ACCOUNTS.encode())
    form = controller.post(address, {"sample": sample, "guess": "1"}).context["form"]
    guessed = {name: field.initial for name, field in form.fields.items() if field.initial}
    told = form.initial | guessed | {"name": "Visma", "select_legevakt_unit": "3420"}
    done(controller, address, told)
    given = {
        "file": SimpleUploadedFile("rekneskap.csv", ACCOUNTS.encode()),
        "mapping": AccountsMapping.objects.get().pk,
        "up_to_month": 12,
    }
    seen = controller.post(url("accounts_import", "legevakt", 2025), given)
    done(
        controller,
        url("accounts_store", "legevakt", 2025),
        {"rows": seen.context["payload"]},
    )
    done(controller, url("year_close", "legevakt", 2025))


def _settle(people):
    controller, tydal = people["controller"], people["Tydal"]
    done(controller, url("settlement_prepare", "legevakt", 2025), {"kind": "final"})
    assert tydal.get(url("settlement", "legevakt", 2025, 1)).status_code == 404
    until = {"comments_until": "2026-02-10"}
    done(controller, url("settlement_send", "legevakt", 2025, 1), until)
    page = plain(tydal.get(url("settlement", "legevakt", 2025, 1)).content.decode())
    assert "76 921" in page
    assert "773 of 32 160" in page
    done(tydal, url("settlement_comment", "legevakt", 2025, 1, "5033"), {"answer": "accepted"})
    approve = url("settlement_approve", "legevakt", 2025, 1)
    assert controller.post(approve, {"is_read": "on"}).status_code == 404
    done(people["director"], approve, {"is_read": "on"})
    return Settlement.objects.get(state="approved")


def _rests(settlement) -> dict:
    lines = SettlementLine.objects.filter(settlement=settlement).select_related("municipality")
    return {line.municipality.name: line.rest for line in lines}


def _as_json() -> dict:
    written = io.StringIO()
    call_command("settle", "--pool", "legevakt", "--year", "2025", "--json", stdout=written)
    return json.loads(written.getvalue())


def _claim_settlement(controller):
    _claim(controller, "settlement-1")
    claimed = Claim.objects.filter(settlement_line__isnull=False)
    assert {c.municipality.name: c.amount for c in claimed} == {
        name: amount for name, amount in RESTS.items() if name != "Stjørdal"
    }
    book = controller.get(url("claims_file", "basis"), {"format": "xlsx", "batch": "settlement-1"})
    rows = fastexcel.read_excel(book.content).load_sheet(0).to_polars().rows()
    assert 76_921 in [value for row in rows for value in row]
    invoices = controller.get(url("claims_zip"), {"batch": "settlement-1"})
    with zipfile.ZipFile(io.BytesIO(invoices.content)) as packed:
        roots = [etree.fromstring(packed.read(name)) for name in packed.namelist()]
    paid = [root.findtext(".//{*}PayableAmount") for root in roots]
    assert sorted(paid) == ["123383.00", "172084.00", "76921.00"]


def _statement_of_tydal(tydal):
    page = plain(tydal.get(url("statement", "5033", 2025)).content.decode())
    assert "769 210" in page
    if not pdf.missing_libraries():
        found = tydal.get(url("statement_pdf", "5033", 2025))
        assert found.content.startswith(b"%PDF-")


def plain(page: str) -> str:
    """Thousands apart by a blank, whatever the language sets them off by."""
    return re.sub(r"(?<=\d)(?:&nbsp;|[\xa0\u202f,])(?=\d{3})", " ", page)
