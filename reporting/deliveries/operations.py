"""Setting schedules and who receives them, releasing, sending, and sending once more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time

from django.db import transaction

from municipalities.models import Cooperation, Municipality, User
from municipalities.queries import is_held
from municipalities.rules import Permission
from reporting.deliveries.errors import (
    CannotBeNoted,
    IsNoRecipient,
    IsNotToBeSentAgain,
    MayNotSend,
    NotOfThisCooperation,
    ReasonIsMissing,
    ReportIsNotIssued,
)
from reporting.deliveries.models import (
    ENDED_BADLY,
    Delivery,
    DeliveryState,
    OutsideRecipient,
    Schedule,
)
from reporting.deliveries.noting import decline, note, want_again
from reporting.deliveries.recipients import recipient_of
from reporting.deliveries.releasing import (
    correct_letter,
    release,
    release_due,
    release_letter,
)
from reporting.deliveries.returned import Taken
from reporting.deliveries.returned import take as take_returned
from reporting.deliveries.sending import send, settle_lost

__all__ = [
    "CannotBeNoted",
    "IsNoRecipient",
    "IsNotToBeSentAgain",
    "MayNotSend",
    "NotOfThisCooperation",
    "ReasonIsMissing",
    "ReportIsNotIssued",
    "Taken",
    "add_outside",
    "correct_letter",
    "decline",
    "note",
    "release",
    "release_due",
    "release_letter",
    "remove_outside",
    "send",
    "send_again",
    "set_schedule",
    "settle_lost",
    "take_returned",
    "want_again",
]


@transaction.atomic
def set_schedule(
    *,
    cooperation: Cooperation,
    kind: str,
    months_after: int,
    day: int,
    local_time: time,
    roles: Collection[str],
    is_active: bool,
    at: datetime,
    is_attached: bool = True,
) -> Schedule:
    """The cooperation's one schedule of the kind: made, or changed at the moment.

    Saving the same once more is no change, and moves nothing.
    """
    wanted = {"months_after": months_after, "day": day, "local_time": local_time}
    wanted |= {"is_active": is_active, "is_attached": is_attached, "roles": sorted(roles)}
    same = Schedule.objects.filter(cooperation=cooperation, kind=kind, **wanted).first()
    if same is not None:
        return same
    schedule, _ = Schedule.objects.update_or_create(
        cooperation=cooperation, kind=kind, defaults={**wanted, "changed_at": at}
    )
    return schedule


@transaction.atomic
def add_outside(
    *,
    schedule: Schedule,
    municipality: Municipality,
    name: str,
    email: str,
    language: str,
    at: datetime,
) -> OutsideRecipient:
    """Let somebody without a login receive what the schedule sends from now on.

    Adding an address that is there already changes nothing.
    """
    Schedule.objects.select_for_update(no_key=True).get(pk=schedule.pk)  # one at a time
    there = schedule.outside.filter(removed_at__isnull=True, email__iexact=email).first()
    if there is not None:
        return there
    return schedule.outside.create(
        municipality=municipality, name=name, email=email, language=language, added_at=at
    )


@transaction.atomic
def remove_outside(*, outside: OutsideRecipient, at: datetime) -> None:
    """Send nothing more to the person; what was sent stays as it is."""
    found = OutsideRecipient.objects.select_for_update().get(pk=outside.pk)
    if found.removed_at is None:
        found.removed_at = at
        found.save(update_fields=["removed_at"])


@transaction.atomic
def send_again(*, delivery: Delivery, reason: str, by: User, at: datetime) -> Delivery:
    """Let a delivery that failed, came back, or whose outcome nobody knows, wait once more.

    The same permit and message id, new attempts, to the address and in the language that
    the person has now. `delivery` is as the caller saw it. Raises MayNotSend,
    ReasonIsMissing, IsNotToBeSentAgain or IsNoRecipient.
    """
    found = Delivery.objects.select_for_update().get(pk=delivery.pk)
    schedule, sending = found.dispatch.schedule, Permission.SEND_DELIVERIES
    if not is_held(user=by, permission=sending, cooperation=schedule.cooperation):
        raise MayNotSend(str(found.pk))
    if not reason.strip():
        raise ReasonIsMissing(str(found.pk))
    if found.state not in ENDED_BADLY or found.state != delivery.state:
        raise IsNotToBeSentAgain(str(found.pk))
    person = recipient_of(found)
    if person is None:
        raise IsNoRecipient(str(found.pk))
    found.state, found.attempts, found.error_code = DeliveryState.WAITING, 0, ""
    found.email, found.language = person.email, person.language
    found.sent_at = found.returned_at = None
    found.reason, found.next_attempt_at = reason.strip(), at
    found.save()
    return found
