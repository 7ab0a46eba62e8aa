"""A slow second way to share a year: month by month, bounds by trying, units one at a time."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product

STEP = {"krone": Decimal(1), "ore": Decimal("0.01")}


def amounts(*, amount, capital, months):
    """By code; `months` are twelve pairs of a key and its members."""
    step = STEP[months[0][0].unit]
    amount, capital = amount.quantize(step, ROUND_HALF_UP), capital.quantize(step, ROUND_HALF_UP)
    exact = {}
    for key, members in months:
        for code, share in month_of(key, members, amount=amount, capital=capital).items():
            exact[code] = exact.get(code, 0) + share
    return handed_out(exact, amount=amount, step=step), exact


def month_of(key, members, *, amount, capital):
    rent = Fraction(capital) / 12 if key.capital_parts else Fraction(0)
    running = Fraction(amount) / 12 - rent
    shares = {}
    for member in members:
        share = sum(running * p.percent_of(member, members) for p in parts(key.parts))
        share += sum(rent * p.percent_of(member, members) for p in parts(key.capital_parts))
        shares[member.code] = share
    if key.floor is None and key.cap is None:
        return shares
    return held(shares, [(m.code, *bounds(key, m, amount=amount)) for m in members])


def parts(given):
    return [PartOf(part) for part in given if part.percent]


class PartOf:
    def __init__(self, part):
        self.part = part

    def percent_of(self, member, members):
        """The fraction of the amount that the part lays on the member."""
        match self.part.kind.value:
            case "equal":
                own = Fraction(1, len(members))
            case "population":
                own = Fraction(member.inhabitants, sum(each.inhabitants for each in members))
            case "usage":
                own = Fraction(member.usage) / Fraction(sum(each.usage for each in members))
            case "host":
                own = Fraction(1 if member.is_host else 0)
            case "fixed":
                own = Fraction(self.part.fixed.get(member.code, 0)) / 100
        return own * Fraction(self.part.percent) / 100


def bounds(key, member, *, amount):
    """A month's floor and cap of one."""
    step = STEP[key.unit]
    floor = of_year(key.floor, member, amount).quantize(step, ROUND_CEILING) if key.floor else 0
    cap = of_year(key.cap, member, amount).quantize(step, ROUND_FLOOR) if key.cap else 10**15
    return Fraction(floor) / 12, Fraction(cap) / 12


def of_year(bound, member, amount):
    by_unit = {
        "nok": Decimal(1),
        "percent": amount / 100,
        "nok_per_inhabitant": Decimal(member.inhabitants or 0),
    }
    return bound.value * by_unit[bound.unit.value]


def held(shares, limits):
    """Try who is at the floor, who at the cap and who is free, until it fits."""
    amount = sum(shares.values())
    for where in product(["free", "floor", "cap"], repeat=len(limits)):
        placed = dict(zip((code for code, *_ in limits), where, strict=True))
        bound = {
            code: floor if placed[code] == "floor" else cap
            for code, floor, cap in limits
            if placed[code] != "free"
        }
        free = sum(share for code, share in shares.items() if code not in bound)
        if free == 0:
            continue
        factor = (amount - sum(bound.values())) / free
        if factor >= 0 and fits(factor, shares, limits, placed):
            return {code: bound.get(code, factor * share) for code, share in shares.items()}
    raise AssertionError("no way to place them was found")


def fits(factor, shares, limits, placed):
    return all(
        {
            "free": floor <= factor * shares[code] <= cap,
            "floor": factor * shares[code] <= floor,
            "cap": factor * shares[code] >= cap,
        }[placed[code]]
        for code, floor, cap in limits
    )


def handed_out(exact, *, amount, step):
    """Rounded down, then sorted by what each lacks: one unit more to the first ones."""
    units = {code: int(share / Fraction(step)) for code, share in exact.items()}
    lacks = sorted(exact, key=lambda code: (units[code] - exact[code] / Fraction(step), code))
    while sum(units.values()) * step < amount:
        units[lacks.pop(0)] += 1
    return {code: count * step for code, count in units.items()}
