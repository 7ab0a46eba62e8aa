"""./run manage simulate_key, which needs no database: these tests have none."""

import doctest
import json
import unicodedata
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from municipalities.costs.allocation import arguments, printed

FOUR = {"Stjørdal": 24717, "Selbu": 4216, "Meråker": 2454, "Tydal": 773}
INHABITANTS = [f"--inhabitants={name}={count}" for name, count in FOUR.items()]
USAGE = ["--usage=Stjørdal=20000", "--usage=Selbu=3000", "--usage=Meråker=1500", "--usage=Tydal=0"]
AMOUNT = "--amount=10000000"


def run(*given) -> str:
    out = StringIO()
    call_command("simulate_key", *given, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("module", [arguments, printed])
def test_the_examples_hold(module):
    assert doctest.testmod(module).failed == 0


def test_the_example_of_the_issue():
    words = ["--amount", "10000000", "--equal", "10", "--population", "90", "--json"]
    for name, count in FOUR.items():
        words += ["--inhabitants", f"{name}={count}"]

    answer = json.loads(run(*words))

    assert answer == {
        "amount": 10_000_000,
        "unit": "krone",
        "amounts": {
            "Stjørdal": 7_167_071,
            "Selbu": 1_429_851,
            "Meråker": 936_754,
            "Tydal": 466_324,
        },
        "sum": 10_000_000,
        "key": {"equal": 10, "population": 90},
    }
    assert list(answer["amounts"]) == list(FOUR)
    assert all(type(amount) is int for amount in answer["amounts"].values())


def test_ore_are_exact_decimal_numbers():
    answer = run(
        "--amount=10 000 000,50",
        "--equal=12,5",
        "--population=87.5",
        "--unit=ore",
        "--json",
        *INHABITANTS,
    )

    assert '"amount": 10000000.50' in answer
    assert '"Tydal": 522815.63' in answer
    assert '"equal": 12.5' in answer
    assert '"sum": 10000000.50' in answer


def test_an_amount_that_is_rounded_says_from_what():
    given = ["--amount=100,50", "--population=100", *INHABITANTS]

    answer = json.loads(run(*given, "--json"))

    assert (answer["amount"], answer["given"], answer["sum"]) == (101, 100.5, 101)
    assert "101 kroner (rounded from 100.50)" in run(*given)


def test_without_json_there_is_a_table():
    told = run(AMOUNT, "--equal=10", "--population=90", *INHABITANTS).splitlines()

    assert told[0] == "10 000 000 kroner: 10 % equal, 90 % population"
    assert told[2].split() == ["kroner", "per", "inhabitant", "percent"]
    assert told[6] == "Tydal        466 324          603.27     4.66"
    assert told[7] == "sum       10 000 000"


def test_usage_host_floor_and_cap_are_parts_of_the_key():
    answer = json.loads(
        run(
            *(AMOUNT, "--population=80", "--share-usage=15", "--share-host=5", "--host=Stjørdal"),
            *("--floor=400 000", "--cap=60%", "--json"),
            *(*INHABITANTS, *USAGE),
        )
    )

    assert answer["amounts"]["Stjørdal"] == 6_000_000
    assert answer["amounts"]["Tydal"] == 400_000
    assert answer["key"] == {
        "population": 80,
        "usage": 15,
        "host": 5,
        "floor": {"unit": "nok", "value": 400_000},
        "cap": {"unit": "percent", "value": 60},
    }


def test_usage_alone_names_those_who_share():
    answer = json.loads(
        run("--amount=100", "--share-usage=100", "--json", "--usage=A=1", "--usage=B=2,5")
    )

    assert answer["amounts"] == {"A": 29, "B": 71}


def test_a_cap_may_be_in_kroner_per_inhabitant():
    capped = run(AMOUNT, "--equal=100", "--cap=800/inhabitant", "--json", *INHABITANTS)

    assert json.loads(capped)["amounts"]["Tydal"] == 618_400


def test_a_letter_of_two_characters_is_the_same_name():
    taken_apart = unicodedata.normalize("NFD", "--usage=Meråker=1")
    alone = "--inhabitants=Meråker=2 454"

    answer = json.loads(
        run(AMOUNT, "--population=50", "--share-usage=50", "--json", alone, taken_apart)
    )

    assert answer["amounts"] == {"Meråker": 10_000_000}


def test_the_name_is_all_before_the_last_equals_sign():
    answer = json.loads(run("--amount=5", "--population=100", "--json", "--inhabitants=A = B=1"))

    assert answer["amounts"] == {"A = B": 5}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--amount=1.234,50"], "--amount: '1.234,50': the point or comma may set off thousands"),
        (["--amount=ti"], "--amount: 'ti': no amount of kroner"),
        (["--amount=-5"], "--amount: '-5' is below 0"),
        (["--amount=0"], "--amount: there is nothing to share of 0 kroner"),
        (["--amount=0,4"], "--amount: there is nothing to share of 0.4 kroner"),
        (["--population=80"], r"must sum to 100, not 90 \(--equal 10 \+ --population 80\)"),
        (["--equal=0", "--population=0"], r"must sum to 100, not 0 \(none is given\)"),
        (["--equal=ti"], "--equal: 'ti' is no percent"),
        (["--equal=-10"], "--equal: '-10' is no percent"),
        (["--equal=110"], "--equal: '110' is more than 100 percent"),
        (["--inhabitants=Tydal=1"], "--inhabitants: Tydal is given twice"),
        (["--inhabitants=Nome"], "--inhabitants: 'Nome' is not NAME=N"),
        (["--inhabitants==5"], "--inhabitants: '=5' is not NAME=N"),
        (["--inhabitants=Nome=0"], "--inhabitants: 'Nome=0': there must be at least one"),
        (["--inhabitants=Nome=-3"], "--inhabitants: 'Nome=-3': the inhabitants must be a whole"),
        (["--inhabitants=Nome=2,5"], "--inhabitants: 'Nome=2,5': the inhabitants must be a whole"),
        (["--inhabitants=Nome="], "--inhabitants: 'Nome=': the inhabitants must be a whole"),
        (["--usage=Nome=5"], "--inhabitants: Nome has none. Add --inhabitants Nome=N"),
        (["--usage=Tydal=x"], "--usage: 'Tydal=x': the usage must be a number"),
        (["--usage=Tydal=-1"], "--usage: 'Tydal=-1': the usage is below 0"),
        (["--equal=0", "--share-usage=10"], "--usage: Stjørdal has none. Add --usage Stjørdal=N"),
        (["--equal=0", "--share-host=10"], "--share-host: nobody is host. Name it by --host"),
        (["--host=Nome"], "--host: Nome has neither --inhabitants nor --usage"),
        (["--floor=mye"], "--floor: 'mye': no amount of kroner"),
        (["--cap=x%"], "--cap: 'x' is no percent"),
        (["--floor=30%"], "--floor: the floors sum to more than the amount"),
        (["--cap=20%"], "--cap: the caps do not reach the amount"),
        (["--floor=20%", "--cap=10%"], "for .* the floor is above the cap"),
        (["--unit=euro"], "--unit: invalid choice: 'euro'"),
    ],
)
def test_what_cannot_be_shared_names_its_argument(given, told):
    with pytest.raises(CommandError, match=told):
        run(AMOUNT, "--equal=10", "--population=90", *INHABITANTS, *given)


def test_usage_that_is_nothing_cannot_be_shared_by():
    with pytest.raises(CommandError, match="--usage: all are 0"):
        run(AMOUNT, "--share-usage=100", "--usage=A=0", "--usage=B=0")


def test_somebody_must_share():
    with pytest.raises(CommandError, match="Name those who share by --inhabitants NAME=N"):
        run(AMOUNT, "--equal=100")


def test_the_amount_must_be_given():
    with pytest.raises(CommandError, match="--amount"):
        run("--equal=100", *INHABITANTS)
