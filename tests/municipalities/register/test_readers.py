import pytest

from municipalities.register import bundled, readers
from municipalities.register.readers import Listed, RegisterMismatch

NEWER = """Nr,Kommunenavn,Adm. senter,Fylke,Målform,Domene
4631,Alver,Knarvik,Vestland,Nynorsk,alver.kommune.no
""".encode()


def entries() -> dict[str, readers.Entry]:
    return {entry.number: entry for entry in bundled.register().entries}


def test_norway_has_357_municipalities_in_15_counties():
    found = entries()

    assert len(found) == 357
    assert len({entry.county for entry in found.values()}) == 15
    assert "9999" not in found


def test_a_number_keeps_its_leading_zero():
    assert entries()["0301"].name == "Oslo"


def test_the_name_is_the_norwegian_one():
    assert entries()["5612"].name == "Kautokeino"
    assert entries()["1515"].name == "Herøy"


def test_a_municipality_missing_in_the_newer_list_gets_its_countys_name():
    haram = entries()["1580"]

    assert (haram.county_number, haram.county) == ("15", "Møre og Romsdal")
    assert haram.written_form == "neutral"


def test_the_newer_list_decides_the_written_form_and_the_others_word_is_kept():
    disagreements = {row.number: row for row in bundled.register().disagreements}

    assert set(disagreements) == {"1114", "1146", "1508", "4010", "4213"}
    assert (disagreements["1508"].chosen, disagreements["1508"].other) == ("nn", "neutral")
    assert entries()["1508"].written_form == "nn"


def test_the_bundled_figures_are_those_of_1_january_2024():
    figures = {figure.number: figure.inhabitants for figure in bundled.population().figures}

    assert sum(figures.values()) == 5_550_203
    assert figures["4631"] == 29_986


def test_written_forms_are_read_whatever_their_case():
    assert readers.list_of_2026(NEWER)["4631"].written_form == "nn"


def test_a_number_without_a_name_stops_the_match():
    with pytest.raises(RegisterMismatch, match="4632 has no name"):
        readers.match(numbers=["4632"], newer={}, older={})


def test_a_county_with_two_names_stops_the_match():
    newer = {
        "4631": Listed(name="Alver", written_form="nn", county="Vestland"),
        "4632": Listed(name="Austrheim", written_form="nn", county="Hordaland"),
    }

    with pytest.raises(RegisterMismatch, match="county 46"):
        readers.match(numbers=[], newer=newer, older={})


def test_an_unknown_written_form_is_named_with_its_number():
    with pytest.raises(RegisterMismatch, match="4631"):
        readers.list_of_2026(NEWER.replace(b"Nynorsk", b"dansk"))
