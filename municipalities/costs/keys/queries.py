"""Keys of a pool, how far their adoption has come, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.access.models import User
from municipalities.access.queries import municipalities_acted_for
from municipalities.access.rules import Permission
from municipalities.cooperations.models import Cooperation
from municipalities.costs.keys.models import AllocationKey, KeyAdoption, KeyState, UsageFigure
from municipalities.costs.pools.models import Pool, PoolMember
from municipalities.register.models import Municipality
from municipalities.todo import Todo


@dataclass(frozen=True)
class Decided:
    """A municipality whose council must adopt the key, and what it has decided, if anything."""

    municipality: Municipality
    adoption: KeyAdoption | None


def keys_of(*, pool: Pool, user: User) -> QuerySet[AllocationKey]:
    """The pool's keys that the user may see, newest first."""
    found = AllocationKey.objects.visible_to(user).filter(pool=pool)
    return found.prefetch_related("parts").order_by("-number")


def key_on(*, pool: Pool, day: date) -> AllocationKey | None:
    """The adopted key that holds on the day."""
    keys = pool.keys.filter(state=KeyState.ADOPTED, valid_from__lte=day).order_by("-valid_from")
    return next((key for key in keys if key.valid_to is None or key.valid_to > day), None)


def deciding(key: AllocationKey) -> QuerySet[Municipality]:
    """The municipalities whose councils must adopt the key, by number."""
    sharing = (
        PoolMember.objects.filter(pool=key.pool_id)
        .within(starts=key.valid_from, ends=date.max)
        .filter(joined_date__lte=key.valid_from)
    )
    return Municipality.objects.filter(pk__in=sharing.values("municipality")).order_by("number")


def decided(key: AllocationKey) -> list[Decided]:
    """Each municipality that must adopt the key, by number. Two queries."""
    known = {each.municipality_id: each for each in key.adoptions.all()}
    return [Decided(each, known.get(each.pk)) for each in deciding(key)]


def usage_of(*, cooperation: Cooperation, user: User) -> QuerySet[UsageFigure]:
    """Usage figures that the user may see, by measure, municipality and year."""
    found = UsageFigure.objects.visible_to(user).filter(cooperation=cooperation)
    return found.select_related("municipality").order_by(
        "measure", "municipality__number", "year", "pk"
    )


def waiting_for(*, cooperation: Cooperation, user: User, today: date) -> list[Todo]:
    """Keys that wait for the councils of the user's municipalities. Two queries."""
    own = municipalities_acted_for(
        user=user, permission=Permission.ANSWER_FOR_MUNICIPALITY, cooperation=cooperation
    )
    keys = AllocationKey.objects.filter(pool__cooperation=cooperation, state=KeyState.SENT)
    decided = KeyAdoption.objects.filter(
        key=OuterRef(OuterRef("pk")), municipality=OuterRef("municipality")
    )
    undecided = PoolMember.objects.filter(
        Q(left_date__isnull=True) | Q(left_date__gt=OuterRef("valid_from")),
        ~Exists(decided),
        pool=OuterRef("pool"),
        municipality__in=own,
        joined_date__lte=OuterRef("valid_from"),
    )
    waiting = keys.filter(Exists(undecided))
    return [
        Todo(
            text=_("%(pool)s: the council is to decide on a new allocation key")
            % {"pool": key.pool.name},
            url=reverse("key", args=[cooperation.slug, key.pool.slug, key.number]),
            due_date=key.valid_from,
        )
        for key in waiting.select_related("pool").order_by("valid_from", "pk")
    ]
