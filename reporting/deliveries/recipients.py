"""Who receives what a schedule sends: people by their role, and somebody outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from municipalities.models import Municipality, User
from municipalities.queries import people_with
from municipalities.rules import Role
from reporting.deliveries.models import (
    Delivery,
    DeliveryState,
    Dispatch,
    OutsideRecipient,
    Schedule,
)

NOT_ARRIVED = (DeliveryState.FAILED, DeliveryState.RETURNED)


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One person: a user, or somebody without a login."""

    name: str
    email: str
    language: str
    municipality: Municipality
    user: User | None = None
    outside: OutsideRecipient | None = None

    @property
    def key(self) -> tuple[int | None, int | None]:
        """What tells the person from others in the rows of a dispatch."""
        return self.user.pk if self.user else None, self.outside.pk if self.outside else None


def recipients(schedule: Schedule) -> list[Recipient]:
    """Each address once, users first; without those who declined what is optional."""
    declined = _declined(schedule)
    found: dict[str, Recipient] = {}
    for each in (*_users(schedule), *_outside(schedule)):
        if each.email.lower() not in declined:
            found.setdefault(each.email.lower(), each)
    return list(found.values())


def recipient_of(delivery: Delivery) -> Recipient | None:
    """The delivery's person as of today; None who does not receive what is sent any more."""
    key = delivery.recipient_id, delivery.outside_id
    found = recipients(delivery.dispatch.schedule)
    return next((each for each in found if each.key == key), None)


def not_told(dispatch: Dispatch) -> list[Recipient]:
    """The recipients without a permit in the dispatch.

    Who is added anew, or as a user too, is not among them where their address has a permit, unless
    that mail did not arrive.
    """
    rows = list(dispatch.deliveries.values_list("recipient", "outside", "email", "state"))
    keys = {(user, outside) for user, outside, _email, _state in rows}
    told = {email.lower() for _user, _outside, email, state in rows if state not in NOT_ARRIVED}
    return [
        each
        for each in recipients(dispatch.schedule)
        if each.key not in keys and each.email.lower() not in told
    ]


def _declined(schedule: Schedule) -> set[str]:
    if not schedule.is_optional:
        return set()
    return {email.lower() for email in schedule.declined.values_list("email", flat=True)}


def _users(schedule: Schedule) -> Iterator[Recipient]:
    roles = {Role(role) for role in schedule.roles}
    for each in people_with(cooperation=schedule.cooperation, roles=roles):
        yield Recipient(
            name=each.user.name,
            email=each.user.email,
            language=each.user.language,
            municipality=each.municipality,
            user=each.user,
        )


def _outside(schedule: Schedule) -> Iterator[Recipient]:
    rows = schedule.outside.filter(removed_at__isnull=True).select_related("municipality")
    for each in rows.order_by("municipality__number", "name", "pk"):
        yield Recipient(
            name=each.name,
            email=each.email,
            language=each.language,
            municipality=each.municipality,
            outside=each,
        )
