"""An agreement from its draft through five councils into force, and what it obliges to kept.

By the pages, as the secretary and five directors use them; the reminder comes over real SMTP.
"""

from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from django.urls import reverse

from municipalities.access.rules import Role
from municipalities.agreements.models import Agreement, AgreementVersion, VersionState
from municipalities.obligations import tasks
from municipalities.obligations.models import Due, Reminder
from municipalities.obligations.queries import due_now
from municipalities.obligations.rules import Status
from tests.conftest import person
from tests.factories.municipalities import CooperationFactory, MunicipalityFactory

pytestmark = pytest.mark.broker

NAMES = {"4631": "Alver", "4632": "Austrheim", "4633": "Fedje", "4634": "Masfjorden", "4629": "Mo"}
SPRING = datetime(2025, 2, 3, 9, tzinfo=UTC)
LETTERS = {
    "a": "Partar",
    "b": "Vertskommune",
    "c": "Oppgåver",
    "d": "Overføring",
    "e": "Underretning",
    "f": "Oppgjer",
    "g": "Uttreden",
    "h": "Oppløysing",
}


@pytest.fixture
def five(db):
    """A cooperation of five municipalities; the first is host."""
    host, *partners = [
        MunicipalityFactory(number=number, name=name) for number, name in NAMES.items()
    ]
    return CooperationFactory(slug="nordhordland", host=host, partners=partners)


@pytest.fixture
def directors(five):
    """Municipality → its chief executive."""
    found = {}
    for participant in five.participants.select_related("municipality"):
        is_host = participant.municipality == five.host
        role = Role.HOST_DIRECTOR if is_host else Role.PARTNER_DIRECTOR
        user = person(cooperation=five, municipality=participant.municipality, role=role)
        found[participant.municipality] = user
    return found


@pytest.mark.django_db(transaction=True, serialized_rollback=False)
def test_from_draft_through_five_councils_to_evidence_handed_in(
    five, directors, as_person, worker, mailbox, until, clock
):
    clock.move_to(SPRING)
    secretary = person(cooperation=five, municipality=five.host, role=Role.SECRETARY)
    office = as_person(secretary)
    version = drafted(office, five)

    done(office.post(url("agreement_send", version)))
    answer = office.post(url("agreement_put_in_force", version), {"day": "2025-04-01"})
    assert answer.status_code == 422, "nobody has adopted it yet"
    clock.move_to(datetime(2025, 3, 20, 9, tzinfo=UTC))
    adopted_by_all(directors, version, as_person)
    office = as_person(secretary)
    done(office.post(url("agreement_put_in_force", version), {"day": "2025-04-01"}))
    version.refresh_from_db()
    assert version.state == VersionState.IN_FORCE

    meetings = list(
        Due.objects.filter(obligation__code="director-meetings", year=2025).order_by("due_date")
    )
    assert [each.due_date for each in meetings] == [date(2025, 6, 15), date(2025, 10, 31)]
    bilateral = Due.objects.filter(obligation__code="bilateral-meeting", year=2025)
    assert bilateral.count() == 4, "one with each participant but the host"

    reminded(meetings[0], host=five.host, clock=clock, mailbox=mailbox, until=until)
    assert status(meetings[0], date(2025, 6, 16)) == Status.LATE
    assert status(meetings[1], date(2025, 6, 16)) == Status.OPEN

    clock.move_to(datetime(2025, 6, 20, 9, tzinfo=UTC))
    office = as_person(secretary)
    evidence = {
        "title": "Referat",
        "on": "2025-06-18",
        "path": "https://alver.example/referat",
        "topics": meetings[0].obligation.topics[:2],
    }
    done(office.post(reverse("evidence_new", args=[five.slug, meetings[0].pk]), evidence))
    assert status(meetings[0], date(2025, 6, 20)) == Status.KEPT_LATE

    partner = next(user for place, user in directors.items() if place != five.host)
    page = as_person(partner).get(reverse("obligations", args=[five.slug]), {"year": 2025})
    assert page.status_code == 200
    assert reverse("due", args=[five.slug, meetings[0].pk]) in page.text


def drafted(office, five) -> AgreementVersion:
    """The political agreement's first version, written clause by clause."""
    done(
        office.post(
            reverse("agreement_new", args=[five.slug]),
            {"layer": "political", "title": "Avtale om vertskommune", "adopter": "council"},
        )
    )
    agreement = Agreement.objects.get()
    done(
        office.post(
            reverse("agreement_draft", args=[five.slug, agreement.pk]),
            {"dated_date": "2025-02-03"},
        )
    )
    version = AgreementVersion.objects.get()
    for letter, heading in LETTERS.items():
        clause = {"heading": heading, "text": f"{heading} er avtalt.", "items": [letter]}
        done(office.post(url("agreement_clause_new", version), clause))
    return version


def adopted_by_all(directors, version, as_person) -> None:
    """Each director records what the own council decided, and nobody else's."""
    for place, (municipality, director) in enumerate(directors.items()):
        case = {
            "decision": "adopted",
            "decided_date": f"2025-03-{10 + place}",
            "case_number": f"PS {20 + place}/25",
        }
        answer = as_person(director).post(
            url("agreement_adoption", version, municipality.number), case
        )
        done(answer)
    host, *_ = directors
    foreign = as_person(director).get(url("agreement_adoption", version, host.number))
    assert foreign.status_code == 404


def reminded(due, *, host, clock, mailbox, until) -> None:
    """The host's director is written to before the deadline, and when it has passed."""
    for place, moment in enumerate([datetime(2025, 5, 26, 7, tzinfo=UTC), PASSED], 1):
        clock.move_to(moment)
        for _beat in range(2):
            tasks.remind.delay()
        sent = Reminder.objects.filter(due=due, sent_at__isnull=False)
        until(lambda rows=sent, count=place: rows.count() == count)
    received = [message_from_bytes(each.content, policy=default) for each in mailbox.received]
    of_due = [each for each in received if f"/due/{due.pk}/" in text_of(each)]
    director = f"host_director@{host.name.lower()}.example"
    assert [str(each["To"]) for each in of_due] == [director, director]


PASSED = datetime(2025, 6, 16, 7, tzinfo=UTC)


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content()


def status(due, today) -> Status:
    return due_now(Due.objects.with_kept().get(pk=due.pk), today=today).status


def url(name, version, *more) -> str:
    slug = version.agreement.cooperation.slug
    return reverse(name, args=[slug, version.agreement_id, version.number, *more])


def done(answer) -> None:
    """The step led on to a page; what was wrong otherwise is told by the form."""
    form = answer.context.get("form") if answer.context else None
    assert answer.status_code == 302, form.errors if form is not None else answer.status_code
    assert not answer["Location"].startswith(reverse("account_login"))
