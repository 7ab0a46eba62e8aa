from datetime import date
from pathlib import Path

import pytest

from municipalities.register import population_files
from municipalities.register.figures import UnreadablePopulation

SAMPLE = (
    Path(__file__).parents[2] / "samples/register/ssb_07459_region_alder_2021_semikolon_latin1.csv"
)
HEADER = '"07459: Population"\n\n"region";"age";"Persons 2021"\n'
FIRST_OF_2021 = date(2021, 1, 1)


def table(*rows: str) -> bytes:
    return (HEADER + "\n".join(rows) + "\n").encode("latin-1")


def test_the_ages_of_a_municipality_are_summed():
    figures = population_files.read(SAMPLE.read_bytes()).figures
    by_number = {figure.number: figure for figure in figures if figure.number}

    assert sum(figure.inhabitants for figure in figures) == 5_391_369
    assert by_number["4631"].inhabitants == 29_337
    assert by_number["4631"].counted_date == FIRST_OF_2021


def test_a_region_that_is_no_municipality_has_no_number():
    figures = population_files.read(SAMPLE.read_bytes()).figures

    assert [figure.region for figure in figures if figure.number is None] == [
        "K-21-22 Svalbard and Jan Mayen",
        "K-23 Continental shelf",
        "K-Rest Divided municalities and unknown",
    ]


def test_norwegian_headings_and_utf_8_are_read_too():
    content = '\ufefftittel\n"region";"alder";"Personer 2024"\n"4619 Eidfjord";"0 år";7\n'.encode()

    figure = population_files.read(content).figures[0]

    assert (figure.number, figure.inhabitants) == ("4619", 7)
    assert figure.counted_date == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"PK\x03\x04\x00\xff", "semicolons"),
        (b"region,age,count\n", "semicolons"),
        (b"region;age;count\n", "Persons YEAR"),
        (HEADER.encode(), "no figures"),
        (table('"K-4631 Alver";"0 years";-3'), "line 4"),
        (table('"K-4631 Alver";"0 years";".."'), "line 4"),
        (table('"K-4631 Alver";"0 years"'), "line 4 has 2 cells"),
        (table('"K-4631 Alver";"Total";9'), "total"),
        (table('"K-4631 Alver";"0 years";1', '"K-4631 Alver";"0 years";1'), "twice"),
        (
            table(
                '"K-4631 Alver";"0 years";1',
                '"K-4631 Alver";"1 year";1',
                '"K-4633 Fedje";"0 years";1',
            ),
            "K-4633 Fedje: 1 year is missing",
        ),
        (table('"K-4631 Alver";"0 years";1', '"4631 Alver";"0 years";1'), "4631 is the number"),
        (b'[{"k_id": "4631"}]', "date"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_the_place(content, reason):
    with pytest.raises(UnreadablePopulation, match=reason):
        population_files.read(content)


def test_json_of_something_else_is_refused():
    with pytest.raises(UnreadablePopulation, match="list of municipalities"):
        population_files.read(b'[{"id": 1}]', counted_date=FIRST_OF_2021)


def test_a_date_that_the_table_does_not_have_is_refused():
    with pytest.raises(UnreadablePopulation, match="2023-01-01"):
        population_files.read(SAMPLE.read_bytes(), counted_date=date(2023, 1, 1))
