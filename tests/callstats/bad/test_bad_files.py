"""Every bad file, read by its profile: a refusal by name and place, and nothing lost."""

import pytest

from callstats.aggregates import messages as of_counts
from callstats.imports import messages as of_calls
from callstats.sources.frames import Unreadable
from tests.callstats.bad.corpus import AGGREGATES, BAD, CASES, read
from tests.samples.bad import make

PACKED = (b"PK", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")


@pytest.mark.parametrize("bad", [bad for bad in CASES if bad.code], ids=repr)
def test_a_file_that_gives_nothing_says_why_and_where(bad):
    with pytest.raises(Unreadable) as refusal:
        read(bad.path, profile=bad.profile, mapping=bad.mapping)

    told = refusal.value
    assert told.code == bad.code, told.params
    assert {key: told.params.get(key) for key in bad.place} == bad.place


@pytest.mark.parametrize("bad", [bad for bad in CASES if not bad.code], ids=repr)
def test_of_the_others_the_good_rows_are_read_and_each_bad_one_is_named(bad):
    told = read(bad.path, profile=bad.profile, mapping=bad.mapping)

    assert told.refused == sorted(bad.refused)
    counted = (told.rows, told.pending, told.ignored)
    assert counted == (bad.calls, bad.pending, bad.ignored)
    assert told.received == told.rows + len(told.refused) + told.pending


def test_each_case_expects_a_refusal_that_has_words():
    for bad in CASES:
        known = of_counts if bad.profile == AGGREGATES else of_calls
        assert bad.wrong, bad
        assert bad.code or bad.refused or bad.pending, bad
        assert bad.code is None or bad.code in {**of_calls.FILE_MESSAGES, **known.FILE_MESSAGES}
        rows = {**of_calls.ROW_MESSAGES, **known.ROW_MESSAGES}
        assert {code for _, _, code in bad.refused} <= set(rows), bad


def test_there_are_two_hundred_and_every_file_is_a_case():
    files = {
        path.relative_to(BAD).as_posix()
        for path in BAD.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and path.name != "cases.json"
    }
    assert files == {bad.file for bad in CASES}
    assert len(CASES) >= 200
    assert sum((BAD / name).stat().st_size for name in files) < 1_500_000


def test_the_files_are_those_that_make_writes():
    """Packed files are left out: another zlib packs otherwise."""
    assert (BAD / "cases.json").read_text(encoding="utf-8") == make.index()
    for case in make.every_case():
        if not case.data.startswith(PACKED):
            assert (BAD / case.name).read_bytes() == case.data, case.name
