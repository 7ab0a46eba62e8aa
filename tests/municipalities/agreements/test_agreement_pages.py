"""The pages of agreements: who sees and does what, and what bad input is answered."""

import re
from datetime import date

import pghistory.models
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from legevakt.lib.pdf import PdfUnavailable
from municipalities.agreements import drafting, leaving, operations
from municipalities.agreements.models import (
    Adoption,
    Agreement,
    AgreementVersion,
    Delegation,
    Layer,
    VersionState,
    Withdrawal,
)
from municipalities.cooperations.models import Participant
from tests.factories.agreements import (
    AT,
    IN_FORCE,
    adopted,
    agreement,
    agreement_in_force,
    daytime,
    draft_of,
    sent,
)
from tests.factories.documents import PDF
from tests.factories.municipalities import MunicipalityFactory
from tests.factories.obligations import obligation

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def writer(secretary, as_person):
    return as_person(secretary)


@pytest.fixture
def partners(partner_director, as_person):
    return as_person(partner_director)


@pytest.fixture
def in_force(cooperation):
    return agreement_in_force(cooperation)


@pytest.fixture
def waits(cooperation):
    return sent(cooperation=cooperation)


def words_of(answer) -> str:
    """The text of the page on one line."""
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def address(version, step="agreement_version", *more):
    found = version.agreement
    return reverse(step, args=[found.cooperation.slug, found.pk, version.number, *more])


def refused(answer) -> str:
    """The words of a form that was not taken."""
    assert answer.status_code == 422
    return words_of(answer)


def decision(**facts):
    return {"decision": "adopted", "decided_date": "2025-10-01", "case_number": "KS 9/25"} | facts


# --- The list ---


def test_the_list_tells_what_holds_and_how_far_the_next_has_come(
    partners, cooperation, partner, in_force, django_assert_max_num_queries
):
    version = sent(cooperation=cooperation, dated_date=date(2025, 9, 1))
    adopted(version=version, municipalities=[partner], by=None, decided_date=date(2025, 10, 1))
    with django_assert_max_num_queries(13):
        told = words_of(partners.get(reverse("agreements", args=[cooperation.slug])))
    assert "Version 1: in force since 1 January 2025" in told
    assert "Version 2: 1 of 2 municipalities have adopted it" in told
    assert "The administrative and professional agreement is not in force" in told


def test_the_list_is_content_when_the_administrative_agreement_is_in_force(
    writer, cooperation, in_force
):
    agreement_in_force(cooperation, layer=Layer.ADMINISTRATIVE)
    told = words_of(writer.get(reverse("agreements", args=[cooperation.slug])))
    assert "is not in force" not in told


def test_a_draft_is_seen_by_those_who_write_it_alone(writer, partners, cooperation, in_force):
    draft = draft_of(cooperation=cooperation, dated_date=date(2025, 9, 1))
    comparing = reverse("agreement_compare", args=[cooperation.slug, draft.agreement_id])
    told = reverse("api_agreements", args=[cooperation.slug])
    history = [
        reverse("history", args=[cooperation.slug, kind, row.pk])
        for kind, row in (("agreementversion", draft), ("clause", draft.clauses.get()))
    ]
    for do in (lambda: None, lambda: operations.drop(version=draft)):
        do()
        for url in (address(draft), f"{comparing}?from=1&to=2", *history):
            assert (writer.get(url).status_code, partners.get(url).status_code) == (200, 404)
        versions = partners.get(told).json()["items"][0]["versions"]
        assert [each["number"] for each in versions] == [1]


def test_what_was_dropped_after_it_was_sent_can_still_be_read(partners, waits):
    operations.drop(version=waits)
    assert partners.get(address(waits)).status_code == 200


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"layer": "bilateral"}, "Choose the service that the agreement is about."),
        ({"adopter": "director"}, "Each council must adopt the political agreement itself."),
        ({"service": True}, "Only a bilateral agreement is about one service."),
        ({}, "The cooperation has this agreement already."),
    ],
)
def test_an_agreement_that_cannot_be_is_refused_in_words(writer, cooperation, facts, words):
    agreement(cooperation=cooperation)
    service = daytime(cooperation)
    told = {"layer": "political", "title": "Avtale", "adopter": "council"} | facts
    told = told | ({"service": service.pk} if "service" in facts else {})
    answer = writer.post(reverse("agreement_new", args=[cooperation.slug]), told)
    assert words in refused(answer)
    assert Agreement.objects.count() == 1


def test_the_title_is_changed_with_its_reason(writer, cooperation, in_force):
    page = reverse("agreement_change", args=[cooperation.slug, in_force.agreement_id])
    assert writer.post(page, {"title": "Ny tittel"}).status_code == 422
    writer.post(page, {"title": "Ny tittel", "reason": "Skrivefeil."})
    assert "Ny tittel" in words_of(writer.get(address(in_force)))
    history = reverse("history", args=[cooperation.slug, "agreement", in_force.agreement_id])
    assert "Why: Skrivefeil." in words_of(writer.get(history))


# --- From a draft to a version in force ---


def test_an_agreement_goes_from_nothing_into_force_through_the_pages(
    writer, partners, as_person, host_director, cooperation
):
    told = {"layer": "political", "title": "Avtale", "adopter": "council"}
    started = writer.post(reverse("agreement_new", args=[cooperation.slug]), told)
    made = Agreement.objects.get()
    assert started["Location"] == reverse("agreement_versions", args=[cooperation.slug, made.pk])
    drafting_page = reverse("agreement_draft", args=[cooperation.slug, made.pk])
    writer.post(drafting_page, {"dated_date": "2025-09-01"})
    version = made.versions.get()

    clause = {"heading": "Alt", "text": "Alver\r\nog Fedje.", "items": list("abcdefg")}
    writer.post(address(version, "agreement_clause_new"), clause)
    found = version.clauses.get()
    assert found.text == "Alver\nog Fedje."
    assert "letter h (How the cooperation is dissolved)" in refused(
        writer.post(address(version, "agreement_send"))
    )
    change = address(version, "agreement_clause", found.pk)
    writer.post(change, clause | {"items": list("abcdefgh")})
    writer.post(address(version, "agreement_send"))
    version.refresh_from_db()
    assert version.state == VersionState.SENT

    for browser, number in ((partners, "4633"), (as_person(host_director), "4631")):
        answer = browser.post(address(version, "agreement_adoption", number), decision())
        assert answer["Location"] == address(version)
    assert "Everybody has adopted it" in words_of(writer.get(address(version)))
    writer.post(address(version, "agreement_put_in_force"), {"day": "2025-11-01"})
    assert "in force since 1 November 2025" in words_of(partners.get(address(version)))


def test_the_facts_and_the_document_of_a_draft_are_changed(writer, cooperation):
    draft = draft_of(cooperation=cooperation)
    told = {
        "dated_date": "2024-09-02",
        "changes": "Ny nøkkel.",
        "notice_months": "24",
        "leaves_at_new_year": "on",
        "document": SimpleUploadedFile("avtale.pdf", PDF),
    }
    assert writer.post(address(draft, "agreement_facts"), told).status_code == 302
    page = words_of(writer.get(address(draft)))
    assert "24 months, and then to the turn of the year" in page
    assert "avtale.pdf" in page


def test_clauses_are_moved_and_deleted_by_their_buttons(writer, cooperation):
    draft = draft_of(cooperation=cooperation)
    second = drafting.add_clause(version=draft, heading="Andre", text="Tekst.", items=[])
    writer.post(address(draft, "agreement_clause_move", second.pk), {"direction": "up"})
    assert draft.clauses.first() == second
    writer.post(address(draft, "agreement_clause_delete", second.pk))
    assert [each.heading for each in draft.clauses.all()] == ["Oppgåver og ansvar"]


def test_a_draft_is_dropped_with_a_reason_that_the_history_keeps(writer, cooperation):
    draft = draft_of(cooperation=cooperation)
    assert "required" in refused(writer.post(address(draft, "agreement_drop"), {}))
    writer.post(address(draft, "agreement_drop"), {"reason": "Vi ventar."})
    draft.refresh_from_db()
    assert draft.state == VersionState.DROPPED
    event = pghistory.models.Events.objects.tracks(draft).latest("pgh_id")
    assert event.pgh_context["reason"] == "Vi ventar."


def test_a_joining_municipality_becomes_a_party_and_one_that_has_ended_does_not(
    writer, cooperation, host, partner
):
    draft = draft_of(cooperation=cooperation)
    MunicipalityFactory(number="4632", name="Austrheim")
    MunicipalityFactory(number="4699", name="Lindås", valid_to=date(2024, 3, 1))
    page = address(draft, "agreement_parties")
    told = {"parties": [host.pk, partner.pk], "host": host.pk}
    ended = refused(writer.post(page, told | {"joining": "4699"}))
    assert "The number 4699 Lindås ended on 1 March 2024. Choose the municipality" in ended
    assert "No municipality has this number" in refused(writer.post(page, told | {"joining": "1"}))
    alone = refused(writer.post(page, {"parties": [partner.pk], "host": host.pk}))
    assert "A version binds the host and at least one other municipality." in alone
    assert writer.post(page, told | {"joining": "4632"}).status_code == 302
    names = set(draft.parties.values_list("municipality__name", flat=True))
    assert names == {"Alver", "Fedje", "Austrheim"}


def test_what_is_sent_is_not_changed_by_a_page_that_was_open_before(writer, waits):
    clause = waits.clauses.get()
    told = {"heading": "Ny", "text": "Ny tekst."}
    page = address(waits, "agreement_clause", clause.pk)
    assert "no longer where this can be done" in refused(writer.post(page, told))
    writer.post(address(waits, "agreement_clause_delete", clause.pk))
    assert waits.clauses.get().text == clause.text


# --- Adoption ---


def test_a_director_records_for_the_own_municipality_and_the_secretary_for_all(
    writer, partners, waits
):
    own, other = (address(waits, "agreement_adoption", number) for number in ("4633", "4631"))
    assert partners.get(own).status_code == 200
    assert partners.post(other, decision()).status_code == 404
    writer.post(other, decision(decision="rejected", remark="For dyrt."))
    page = words_of(partners.get(address(waits)))
    assert "For dyrt." in page
    assert "0 of 2 municipalities have adopted it" in page
    assert page.count("Record : ") == 1


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"decided_date": "2024-08-31"}, "The decision is dated before the version."),
        ({"decided_date": "2025-11-11"}, "The day is still to come."),
        ({"decided_date": "31.02.2025"}, "Enter a valid date."),
        ({"decision": ""}, "This field is required."),
    ],
)
def test_a_decision_that_cannot_be_is_refused_in_words(writer, waits, facts, words):
    page = address(waits, "agreement_adoption", "4633")
    assert words in refused(writer.post(page, decision(**facts)))
    assert not Adoption.objects.exists()


def test_who_is_no_party_has_no_page_to_adopt_on(writer, waits):
    MunicipalityFactory(number="4632", name="Austrheim")
    assert writer.get(address(waits, "agreement_adoption", "4632")).status_code == 404


def test_a_version_is_not_in_force_before_all_have_adopted_nor_beside_another(
    writer, cooperation, in_force, partner, host
):
    version = sent(cooperation=cooperation)
    page = address(version, "agreement_put_in_force")
    assert "Not adopted yet by: Alver, Fedje." in refused(writer.post(page, {"day": "2025-12-01"}))
    adopted(version=version, by=None)
    early = refused(writer.post(page, {"day": "2024-10-01"}))
    assert "The last party adopted it on 15 October 2024." in early
    overlapping = refused(writer.post(page, {"day": "2024-12-01"}))
    assert "A version is in force from 1 January 2025. Choose a day after that." in overlapping


def test_a_rejected_version_is_taken_back_into_a_draft(writer, waits):
    told = {"reason": "Fedje vil ha ein annan nøkkel.", "dated_date": "2025-11-10"}
    answer = writer.post(address(waits, "agreement_take_back"), told)
    again = AgreementVersion.objects.get(state=VersionState.DRAFT)
    assert answer["Location"] == address(again)
    assert again.number == 2


def test_the_end_needs_all_parties_and_the_governor_s_letter_is_kept(writer, in_force):
    told = {"informed_date": "2025-01-10", "reference": "25/123"}
    writer.post(address(in_force, "agreement_governor"), told)
    assert "10 January 2025, 25/123" in words_of(writer.get(address(in_force)))
    page = address(in_force, "agreement_dissolve")
    ending = {"day": "2025-12-31", "reason": "Alle er samde."}
    obliged = obligation(cooperation=in_force.agreement.cooperation)
    assert "Only all parties together" in refused(writer.post(page, ending))
    writer.post(page, ending | {"all_agree": "on"})
    assert "in force until 31 December 2025" in words_of(writer.get(address(in_force)))
    obliged.refresh_from_db()
    assert obliged.ends_date == date(2025, 12, 31)


# --- Comparing, and on paper ---


def test_two_versions_are_compared_in_words_and_not_by_colour_alone(
    partners, cooperation, in_force
):
    draft = draft_of(cooperation=cooperation, dated_date=date(2025, 9, 1))
    facts = {"changes": "Lengre frist.", "notice_months": 24, "leaves_at_new_year": False}
    drafting.change_facts(version=draft, dated_date=date(2025, 9, 1), **facts)
    clause = draft.clauses.get()
    text = clause.text.replace("for alle", "for fem")
    drafting.change_clause(clause=clause, heading=clause.heading, text=text, items=clause.items)
    drafting.add_clause(version=draft, heading="Ny <b>", text="Heilt ny.", items=[])
    operations.send(version=draft, at=AT)

    url = reverse("agreement_compare", args=[cooperation.slug, draft.agreement_id])
    answer = partners.get(url, {"from": 1, "to": 2})

    assert '<ins><span class="ds-sr-only">added: </span>fem.</ins>' in answer.text
    assert '<del><span class="ds-sr-only">removed: </span>alle.</del>' in answer.text
    assert "Ny &lt;b&gt;" in answer.text
    assert "12 months 24 months" in words_of(answer)


@pytest.mark.parametrize("query", ["", "?from=1", "?from=1&to=7", "?from=1&to=x"])
def test_a_comparison_with_what_is_not_there_is_not_found(partners, cooperation, in_force, query):
    url = reverse("agreement_compare", args=[cooperation.slug, in_force.agreement_id])
    assert partners.get(f"{url}{query}").status_code == 404


@pytest.mark.pdf
def test_a_version_is_downloaded_as_an_accessible_pdf(partners, in_force):
    answer = partners.get(address(in_force, "agreement_pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_where_no_pdf_can_be_made_the_page_says_what_to_do(partners, in_force, monkeypatch):
    def unavailable(*_, **__):
        raise PdfUnavailable("libpango")

    monkeypatch.setattr("municipalities.agreements.pdf_views.write_pdf", unavailable)
    answer = partners.get(address(in_force, "agreement_pdf"), follow=True)
    assert "Print this page from the browser instead." in words_of(answer)


def test_a_version_takes_few_queries_however_many_clauses(
    writer, waits, cooperation, django_assert_max_num_queries
):
    with django_assert_max_num_queries(13):
        writer.get(address(waits))


# --- Delegation and notice ---


def test_a_director_records_the_own_delegation_and_withdraws_it(partners, cooperation, partner):
    page = reverse("delegation", args=[cooperation.slug, "4633"])
    listed = reverse("delegations", args=[cooperation.slug])
    assert "instruction and letter are missing" in words_of(partners.get(listed))
    told = {"instructed_date": "2024-11-01", "case_number": "KS 80/24"}
    partners.post(page, told)
    assert "the letter is missing" in words_of(partners.get(listed))
    letter = {"letter_date": "2024-12-01", "document": SimpleUploadedFile("brev.pdf", PDF)}
    partners.post(page, told | letter)
    assert "1 of 1 participant has delegated" in words_of(partners.get(listed))
    assert Delegation.objects.get().letter.name == "brev.pdf"
    early = refused(partners.post(page, told | {"letter_date": "2024-10-01"}))
    assert "The letter is dated before the council's instruction." in early.replace("&#x27;", "'")

    ending = reverse("delegation_withdraw", args=[cooperation.slug, "4633"])
    told = {"day": "2024-10-01", "reason": "Ny sak."}
    assert "cannot be withdrawn before" in refused(partners.post(ending, told))
    partners.post(ending, told | {"day": "2025-11-10"})
    assert "instruction and letter are missing" in words_of(partners.get(listed))


def test_the_host_does_not_delegate_to_itself(writer, cooperation, host):
    assert writer.get(reverse("delegation", args=[cooperation.slug, "4631"])).status_code == 404


def test_a_director_gives_notice_for_the_own_municipality_and_takes_it_back(
    partners, cooperation, in_force, partner, host
):
    page = reverse("withdrawal_new", args=[cooperation.slug])
    told = {
        "agreement": in_force.agreement_id,
        "municipality": partner.pk,
        "received_date": "2025-11-10",
        "case_number": "KS 99/25",
        "reason": "Eiga legevakt.",
    }
    assert "Select a valid choice" in refused(partners.post(page, told | {"municipality": host.pk}))
    before = refused(partners.post(page, told | {"received_date": "2024-12-31"}))
    assert "No version of the agreement was in force on that day." in before
    assert "agreed" not in words_of(partners.get(page)).lower()
    partners.post(page, told | {"agreed_date": "2025-12-31", "all_agree": "on"})
    assert "given notice already" in refused(partners.post(page, told))

    listed = words_of(partners.get(reverse("withdrawals", args=[cooperation.slug])))
    assert "is leaving" in listed
    assert "10 November 2026" in listed
    cancel = reverse("withdrawal_cancel", args=[cooperation.slug, Withdrawal.objects.get().pk])
    partners.post(cancel, {"reason": "Dei blir."})
    assert Participant.objects.get(municipality=partner).left_date is None


def test_who_manages_the_agreement_records_another_day_that_all_have_agreed_on(
    writer, cooperation, in_force, partner, host
):
    page = reverse("withdrawal_new", args=[cooperation.slug])
    told = {
        "agreement": in_force.agreement_id,
        "municipality": partner.pk,
        "received_date": "2025-11-10",
        "case_number": "KS 99/25",
        "reason": "Eiga legevakt.",
        "agreed_date": "2025-12-31",
    }
    assert "Tick this only if it is so." in refused(writer.post(page, told))
    told["all_agree"] = "on"
    assert "Select a valid choice" in refused(writer.post(page, told | {"municipality": host.pk}))
    writer.post(page, told)
    assert Withdrawal.objects.get().leaves_date == date(2025, 12, 31)


def test_nobody_else_cancels_a_notice(partners, cooperation, secretary):
    other = MunicipalityFactory(number="4632", name="Austrheim")
    cooperation.participants.create(municipality=other, joined_date=date(2024, 1, 1))
    found = leaving.give_notice(
        agreement=agreement_in_force(cooperation).agreement,
        municipality=other,
        received_date=IN_FORCE,
        case_number="1",
        reason="R",
        by=secretary,
        at=AT,
    )
    url = reverse("withdrawal_cancel", args=[cooperation.slug, found.pk])
    assert partners.get(url).status_code == 404
