"""One box over what was agreed and decided, for what the reader may see."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import translation

from municipalities.models import Agreement, AgreementVersion, Clause, Decision, Hearing
from municipalities.searching.queries import MOST, search
from municipalities.searching.rules import END, FOUND
from municipalities.searching.sources import SOURCES
from tests.factories.competence import OperatorFactory, RequirementFactory
from tests.factories.documents import kept
from tests.factories.municipalities import CooperationFactory
from tests.factories.obligations import established

AT = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def decided(cooperation, partner):
    def make(**told):
        facts = {
            "cooperation": cooperation,
            "title": "Vaktberedskap for legar",
            "case_number": "24/118",
            "body": "Kommunestyret",
            "summary": "Fritaka skal vurderast på nytt.",
            "level": "political",
            "decided_date": date(2025, 1, 1),
        }
        return Decision.objects.create(municipality=partner, registered_at=AT, **(facts | told))

    return make


@pytest.fixture
def clause(cooperation):
    agreement = Agreement.objects.create(
        cooperation=cooperation, layer="political", title="Avtale", adopter="council"
    )
    version = AgreementVersion.objects.create(
        agreement=agreement, number=1, dated_date=date(2025, 1, 1), created_at=AT
    )
    return Clause.objects.create(
        version=version, position=1, heading="Oppseiing", text="Kvar part kan seia opp avtalen."
    )


def found(text, cooperation, user):
    return {
        group.source.kind.slug: [hit.title for hit in group.hits]
        for group in search(text=text, cooperation=cooperation, user=user)
    }


@pytest.mark.parametrize(
    "text", ["24/118", "vurdere", "kommunestyret", "beredskap", "vaktberedskap legar", "24/11"]
)
def test_a_decision_is_found_by_number_by_words_and_by_pieces(text, cooperation, auditor, decided):
    decided()

    assert found(text, cooperation, auditor) == {"decision": ["Vaktberedskap for legar"]}


def test_hearings_documents_and_participants_are_found(cooperation, auditor):
    hearing = Hearing.objects.create(
        cooperation=cooperation,
        title="Ny turnus",
        question="Fedje spør",
        opened_at=AT,
        deadline_date=date(2025, 12, 1),
    )
    hearing.documents.add(kept(cooperation=cooperation, name="fedje.pdf"))
    kept(cooperation=cooperation, name="fedje-kladd.pdf")

    assert found("fedje", cooperation, auditor) == {
        "hearing": ["Ny turnus"],
        "participant": ["Fedje"],
        "document": ["fedje.pdf"],
    }


def test_a_draft_s_clause_is_found_by_who_writes_it_alone(cooperation, auditor, secretary, clause):
    assert found("oppseiing", cooperation, auditor) == {}
    assert found("oppseiing", cooperation, secretary) == {
        "clause": ["Oppseiing · Avtale, version 1"]
    }


@pytest.mark.parametrize(
    ("text", "language", "title", "under"),
    [
        ("ordførarane", "nb", "Orientering til ordførerne", "Avtaleprinsippene: årlig orientering"),
        ("ordførerne", "nn", "Orientering til ordførarane", "Avtaleprinsippa: årleg orientering"),
        ("Regionrådet", "nn", "Orientering til ordførarane", "i *regionrådet*"),
    ],
)
def test_an_obligation_of_the_principles_is_found_in_both_forms_and_shown_in_the_reader_s(
    cooperation, auditor, text, language, title, under
):
    established(cooperation=cooperation)

    with translation.override(language):
        (group,) = search(text=text, cooperation=cooperation, user=auditor)

    (hit,) = group.hits
    assert (group.source.kind.slug, hit.title) == ("obligation", title)
    assert under in hit.marked.replace(FOUND, "*").replace(END, "*")


def test_another_cooperation_s_decision_is_not_found(auditor, decided):
    decided(cooperation=CooperationFactory(slug="elsewhere"))

    assert found("24/118", CooperationFactory(slug="elsewhere"), auditor) == {}


def test_only_so_many_are_shown(cooperation, auditor, decided):
    for number in range(MOST + 1):
        decided(case_number=f"24/{number}")

    (group,) = search(text="vaktberedskap", cooperation=cooperation, user=auditor)

    assert len(group.hits) == MOST
    assert group.has_more


def test_the_page_marks_what_was_found_and_escapes_the_rest(as_person, auditor, decided):
    decided(summary="<b>Fritak</b> frå vakt")

    answer = as_person(auditor).get(
        reverse("agreement_search", args=["nordhordland"]), {"q": "fritak"}
    )

    assert "<mark>Fritak</mark>" in answer.text
    assert "<b>" not in answer.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write at least two characters"),
        ("zzz", "Nothing was found for “zzz”"),
        ("'; -- & | ! (", "Nothing was found for"),
    ],
)
def test_a_search_that_finds_nothing_tells_how_to_go_on(as_person, auditor, text, words):
    answer = as_person(auditor).get(reverse("agreement_search", args=["nordhordland"]), {"q": text})

    assert words in answer.text


def test_an_operator_is_found_by_the_leader_alone(cooperation, central, leader, auditor):
    OperatorFactory(central=central, label="Seat twelve")
    RequirementFactory(central=central, name="Seat course")

    course = {"competencerequirement": ["Seat course"]}
    assert found("seat", cooperation, leader) == course | {"operator": ["Seat twelve"]}
    assert found("seat", cooperation, auditor) == course


def test_a_search_takes_one_query_a_source(
    cooperation, auditor, decided, django_assert_num_queries
):
    decided()

    with django_assert_num_queries(len(SOURCES)):
        search(text="vakt", cooperation=cooperation, user=auditor)
