"""Files as Statistics Norway gives them: encodings, separators, rows and columns, and damage."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from municipalities.register import population_files, words
from municipalities.register.figures import UnreadablePopulation

SAMPLES = Path(__file__).parents[2] / "samples/register"
SAMPLE = SAMPLES / "ssb_07459_region_alder_2021_semikolon_latin1.csv"
REAL = SAMPLE.read_bytes().decode("latin-1")
HEADER = '"07459: Population"\n\n"region";"age";"Persons 2021"\n'
FIRST_OF_2021, FIRST_OF_2024 = date(2021, 1, 1), date(2024, 1, 1)


def table(*rows: str) -> bytes:
    return (HEADER + "\n".join(rows) + "\n").encode("latin-1")


def lines(*told: str) -> bytes:
    return "\n".join(told).encode()


def figures(content: bytes, **more) -> dict[tuple[str | None, int], int]:
    read = population_files.read(content, **more)
    return {(f.number, f.counted_date.year): f.inhabitants for f in read.figures}


def refusal(content: bytes, **more) -> str:
    """Why the file is refused, in words."""
    with pytest.raises(UnreadablePopulation) as refused:
        population_files.read(content, **more)
    with translation.override(None):
        return words.of_file(refused.value)


def test_the_ages_of_a_municipality_are_summed():
    read = population_files.read(SAMPLE.read_bytes())
    by_number = {figure.number: figure for figure in read.figures}

    assert sum(figure.inhabitants for figure in read.figures) == 5_391_369
    assert len(by_number) == 356
    assert by_number["4631"].inhabitants == 29_337
    assert by_number["4631"].counted_date == FIRST_OF_2021
    assert read.source == "Statistisk sentralbyrå, tabell 07459 (CC BY 4.0)"


def test_regions_that_nobody_lives_in_have_no_figure():
    assert "K-21-22 Svalbard and Jan Mayen" in REAL
    assert "K-23 Continental shelf" in REAL
    assert all(figure.number for figure in population_files.read(SAMPLE.read_bytes()).figures)


def test_a_region_with_people_that_is_no_municipality_is_kept_without_a_number():
    content = lines("region;Personer 2024", "4631 Alver;29", "K-Rest Uoppgitt;3")
    assert figures(content) == {("4631", 2024): 29, (None, 2024): 3}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_the_real_file_says_the_same_in_every_encoding(encoding):
    assert figures(REAL.encode(encoding)) == figures(SAMPLE.read_bytes())


@pytest.mark.parametrize("separator", ["\t", ","])
def test_the_real_file_says_the_same_with_other_separators(separator):
    assert figures(REAL.replace(";", separator).encode()) == figures(SAMPLE.read_bytes())


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.encode("latin-1").decode("utf-8", errors="replace"),
        lambda text: text.encode().decode("cp1252", errors="replace"),
        lambda text: text.encode("ascii", errors="replace").decode(),
        lambda text: text.replace("K-", ""),
        lambda text: text.replace("K-", "K_"),
        lambda text: text.replace('"', ""),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.partition("\n\n")[2],
        lambda text: text.replace("Persons", "Personer").replace("age", "alder", 1),
    ],
)
def test_the_real_file_says_the_same_when_letters_are_damaged_or_left_out(damage):
    assert figures(damage(REAL).encode()) == figures(SAMPLE.read_bytes())


def test_norwegian_ages_with_a_letter_that_is_lost():
    content = (
        "region;alder;Personer 2024\n4631 Alver;0-17 \ufffdr;7\n4631 Alver;18 ?r eller eldre;9"
    )
    assert figures(content.encode()) == {("4631", 2024): 16}


def test_ages_in_columns_and_years_in_rows():
    content = lines(
        "region;år;Personer 0-17 år;Personer 18 år eller eldre",
        "4631 Alver;2023;6000;23000",
        "4631 Alver;2024;6100;23886",
    )
    assert figures(content) == {("4631", 2023): 29_000, ("4631", 2024): 29_986}


def test_sex_and_year_in_columns_and_ages_in_rows():
    content = lines(
        '"region";"alder";"Menn Personer 2024";"Kvinner Personer 2024"',
        '"4631 Alver";"0-66 år";10;20',
        '"4631 Alver";"67 år eller eldre";3;4',
    )
    assert figures(content) == {("4631", 2024): 37}


def test_contents_in_rows_and_years_alone_in_columns():
    content = lines("region\tstatistikkvariabel\t2023\t2024*", "4631 Alver\tPersoner\t1\t2")
    read = population_files.read(content).figures
    assert [(f.counted_date.year, f.is_provisional) for f in read] == [(2023, False), (2024, True)]


def test_a_relational_table_has_its_counts_in_the_last_column():
    content = lines(
        '"region","kjønn","år","statistikkvariabel","07459: Befolkning, etter region"',
        '"4631 Alver","Menn","2024","Personer",14',
        '"4631 Alver","Kvinner","2024","Personer",15',
    )
    assert figures(content) == {("4631", 2024): 29}


def test_counties_and_the_country_are_left_out():
    rows = ["0 Hele landet;90", "46 Vestland;50", "F-46 Vestland;50", "4631 Alver;29"]
    assert figures(lines("region;Personer 2024", *rows)) == {("4631", 2024): 29}


def test_a_number_that_was_not_in_use_has_no_figure():
    content = lines("region;Personer 2019;Personer 2024", "4631 Alver;0;29", "1263 Lindås;..;-")
    assert figures(content) == {("4631", 2024): 29}


def test_spaces_in_thousands_stars_and_footnotes_are_read():
    content = lines("region;Personer 2024", "4631 Alver;29 986*", "4633 Fedje;512", "Kilde: SSB")
    assert figures(content) == {("4631", 2024): 29_986, ("4633", 2024): 512}
    assert [f.is_provisional for f in population_files.read(content).figures] == [True, False]


def test_the_same_total_twice_does_no_harm():
    content = lines("region;Personer 2024", "4631 Alver;29", "K-4631 Alver;29")
    assert figures(content) == {("4631", 2024): 29}


def test_two_figures_of_one_municipality_are_refused_with_both_places():
    content = lines("region;Personer 2024", "4631 Alver;29", "4633 Fedje;5", "K-4631 Alver;30")
    told = refusal(content)
    assert "29 (line 2) and 30 (line 4)" in told
    assert "K-4631 Alver" in told


def test_a_day_is_needed_where_the_file_has_no_year():
    content = lines("region;Personer", "4631 Alver;29")
    assert "Give the day" in refusal(content)
    assert figures(content, counted_date=FIRST_OF_2024) == {("4631", 2024): 29}


ALVER = '"K-4631 Alver"'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"PK\x03\x04\x00\xff", "neither CSV nor JSON"),
        (b"hello", "column “region”"),
        (b"region;age;count\n4631;1;2\n", "“count” is not known"),
        (b"region;age\n4631;1\n", "columns of persons"),
        (b"region;Personer 2024;Areal 2024\n", "“Areal 2024” is not known"),
        (b"region;Personer 2024;Personer 2024\n", "“Personer 2024” stands twice"),
        (b"region;region;Personer 2024\n", "“region” stands twice"),
        (b"region;Personer 2024K1\n4631 Alver;3\n", "“Personer 2024K1” is not known"),
        (HEADER.encode(), "no figure"),
        (table(f'{ALVER};"0 years";-3'), "Line 4: “-3” is no count"),
        (table(f'{ALVER};"0 years";"29,5"'), "Line 4: “29,5” is no count"),
        (table(f'{ALVER};"0 years";".."'), "no figure"),
        (table(f'{ALVER};"0 years"'), "Line 4 has 2 cells, not 3"),
        (table(ALVER), "Line 4 has 1 cells"),
        (table('"";"0 years";5'), "Line 4 has no region"),
        (table(f'{ALVER};"Total";9', f'{ALVER};"0 years";9'), "both a total and its parts"),
        (
            table(f'{ALVER};"0+ years";1', f'{ALVER};"0+ years";1'),
            "0+ stands twice, line 4 and line 5",
        ),
        (table(f'{ALVER};"0 years";1', '"4631 Alver";"0 years";1'), "line 4 and line 5"),
        (table(f'{ALVER};"0 years";1'), "the age 1+ is missing"),
        (table(f'{ALVER};"0 years";1', f'{ALVER};"2+ years";1'), "the age 1 is missing"),
        (table(f'{ALVER};"0-4 years";1', f'{ALVER};"3+ years";1'), "overlap at 3+"),
        (table(f'{ALVER};"0 years";1', f'{ALVER};"1+ years";".."'), "line 5: no count"),
        (table(f'{ALVER};"youths";1'), "Line 4: “youths” is no sex, age"),
        (lines("region;kjønn;2024", "4631 Alver;Menn;4"), "one sex is there alone"),
        (
            lines(
                "region;Menn 0-4 år 2024;Menn 5+ år 2024;Kvinner 0-4 år 2024",
                "4631 Alver;1;2;3",
            ),
            "women, 5+ is missing",
        ),
        (lines("region;Personer 2024", "Alver;29"), "no municipality number"),
        (lines("region;år;Personer", "4631 Alver;2024K1;29"), "Line 2: “2024K1”"),
        (lines("region;contents;2024", "4631 Alver;Areal;29"), "Line 2: “Areal”"),
        (lines("region;Personer 2024", "4631 Alver;99999999"), "is no count of people"),
        (b'[{"k_id": "4631"}]', "Give the day"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_the_place(content, reason):
    assert reason in refusal(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[", "JSON is damaged"),
        (b"[" * 100_000, "JSON is damaged"),
        (b'[{"id": 1}]', "Entry 1 has no number"),
        (b"[7]", "Entry 1 has no number"),
        (b'[{"k_id": "4631", "k_population": -1}]', "Entry 1: “-1” is no count"),
        (b'[{"k_id": "4631", "k_population": true}]', "Entry 1: “True” is no count"),
        (
            b'[{"k_id": "4631", "k_population": 1}, {"k_id": "4631", "k_population": 2}]',
            "1 (entry 1) and 2 (entry 2)",
        ),
    ],
)
def test_a_list_of_something_else_is_refused(content, reason):
    assert reason in refusal(content, counted_date=FIRST_OF_2021)


def test_a_date_that_the_table_does_not_have_is_refused():
    assert "no count of" in refusal(SAMPLE.read_bytes(), counted_date=date(2023, 1, 1))


@pytest.mark.parametrize("language", ["nn", "nb", "en", None])
def test_every_refusal_has_words(language):
    params = {
        name: "x"
        for name in [
            "name",
            "limit",
            "column",
            "value",
            "first",
            "cells",
            "width",
            "day",
            "region",
            "part",
            "second",
            "one",
            "other",
            "about",
        ]
    }
    with translation.override(language):
        for code in words.FILE:
            assert words.of_file(UnreadablePopulation(code, **params))
