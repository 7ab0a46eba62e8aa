"""What becomes known of a mail after it was sent: it came back, it arrived, it was unwanted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from reporting.deliveries.errors import CannotBeNoted
from reporting.deliveries.models import Declined, Delivery, DeliveryState, Schedule

# From which state a person, or a returned mail, may say what it is.
MAY_BE_NOTED = {
    DeliveryState.SENT: (DeliveryState.UNKNOWN,),
    DeliveryState.RETURNED: (DeliveryState.SENT, DeliveryState.UNKNOWN),
    DeliveryState.COMPLAINED: (DeliveryState.SENT, DeliveryState.UNKNOWN),
}
CAME_BACK = (DeliveryState.RETURNED, DeliveryState.COMPLAINED)


@transaction.atomic
def note(*, delivery: Delivery, state: str, at: datetime, code: str = "") -> Delivery:
    """The mail arrived after all, came back, or was marked as unwanted.

    Noting the same again changes nothing. Who complains of what is optional gets it no more.
    Raises CannotBeNoted.
    """
    found = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if found.state == state:
        return found
    if not _may_be_noted(found, state):
        raise CannotBeNoted(f"{found.pk} {found.state} {state}")
    found.state, found.error_code = state, code
    found.sent_at = found.sent_at or at
    if state != DeliveryState.SENT:
        found.returned_at = at
    found.save()
    if state == DeliveryState.COMPLAINED and found.dispatch.schedule.is_optional:
        decline(schedule=found.dispatch.schedule, email=found.email, at=at)
    return found


def _may_be_noted(delivery: Delivery, state: str) -> bool:
    """A mail can also come back before its worker has noted that it was taken."""
    if delivery.state == DeliveryState.SENDING:
        return state in CAME_BACK
    return delivery.state in MAY_BE_NOTED.get(DeliveryState(state), ())


def decline(*, schedule: Schedule, email: str, at: datetime) -> None:
    """Send the address what the schedule sends no more; nothing where it is owed to all."""
    if schedule.is_optional:
        row = Declined(schedule=schedule, email=email, declined_at=at)
        Declined.objects.bulk_create([row], ignore_conflicts=True)


def want_again(*, schedule: Schedule, email: str) -> None:
    """Send it to the address again, from the next time on."""
    schedule.declined.filter(email__iexact=email).delete()
