"""The catalogue keeper on catalogues and sources made for the test."""

import gettext
import os
import subprocess
import sys
from pathlib import Path

import pytest

from legevakt.lib import translations
from legevakt.lib.translation_sources import can_extract

ROOT = Path(__file__).parents[2]
HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
needs_xgettext = pytest.mark.skipif(not can_extract(), reason="gettext is not installed")


@pytest.fixture
def write(tmp_path):
    def write_catalogue(language, body):
        path = tmp_path / "locale" / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + body, encoding="utf-8")
        return path

    return write_catalogue


@pytest.fixture
def without_xgettext(monkeypatch):
    monkeypatch.setattr(translations, "can_extract", lambda: False)


@pytest.fixture
def write_third_party(tmp_path):
    def write_catalogue(language, body):
        path = tmp_path / "locale" / "third_party" / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + body, encoding="utf-8")
        return path

    return write_catalogue


def entry(msgid, msgstr, comment=""):
    return f'{comment}msgid "{msgid}"\nmsgstr "{msgstr}"\n\n'


def source(root, text):
    path = root / "reporting" / "views.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"from django.utils.translation import gettext as _\n{text}\n")
    return path


def test_a_catalogue_is_compiled_for_gettext(write, tmp_path):
    path = write("nn", entry("Meeting", "Møte"))

    assert translations.compile_catalogues(tmp_path) == [path.with_suffix(".mo")]
    with path.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Meeting") == "Møte"
    assert sorted(p.name for p in path.parent.iterdir()) == ["django.mo", "django.po"]


def test_a_catalogue_is_compiled_again_only_when_it_is_newer(write, tmp_path):
    path = write("nn", entry("Meeting", "Møte"))
    (compiled,) = translations.compile_catalogues(tmp_path)

    assert translations.compile_catalogues(tmp_path) == []

    newer = compiled.stat().st_mtime + 5
    os.utime(path, (newer, newer))
    assert translations.compile_catalogues(tmp_path) == [compiled]


def test_good_catalogues_have_no_findings(write, tmp_path, without_xgettext, capsys):
    for language, word in (("nn", "ikkje"), ("nb", "ikke")):
        write(language, entry("Not %(n)s", f"{word} %(n)s"))

    assert translations.check(tmp_path) == []
    assert "skipped: texts missing" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        (entry("Meeting", ""), "not translated"),
        (entry("Meeting", "Møte", "#, fuzzy\n"), "fuzzy"),
        (entry("By %(name)s", "Av %(namn)s"), "other placeholders"),
        (entry("By {name}", "Av"), "other placeholders"),
        (entry("Not so", "Ikke slik"), "'ikke', which is not nn"),
        ('#~ msgid "Old"\n#~ msgstr "Gammal"\n', "no longer used"),
        ('nonsense "Meeting"\n', "cannot be compiled"),
        (entry("A", "A") + entry("A", "B"), "cannot be compiled"),
        (
            'msgid "%(n)s call"\nmsgid_plural "%(n)s calls"\nmsgstr[0] "eitt"\nmsgstr[1] "anrop"\n',
            "other placeholders",
        ),
    ],
)
def test_a_fault_in_a_catalogue_is_found(body, finding, write, tmp_path, without_xgettext):
    write("nn", body)

    (line,) = translations.check(tmp_path)

    assert line.startswith("locale/nn/LC_MESSAGES/django.po: ")
    assert finding in line


def test_a_singular_may_leave_the_number_out(write, tmp_path, without_xgettext):
    write(
        "nn",
        'msgid "%(n)s call"\nmsgid_plural "%(n)s calls"\n'
        'msgstr[0] "eitt anrop"\nmsgstr[1] "%(n)s anrop"\n',
    )

    assert translations.check(tmp_path) == []


def test_a_word_may_be_allowed_in_one_entry(write, tmp_path, without_xgettext):
    write("nb", entry("Name", "Anna", "# allow: Anna\n") + entry("Other", "Anna"))

    (line,) = translations.check(tmp_path)

    assert "'Other'" in line


def test_a_word_within_a_word_is_not_foreign(write, tmp_path, without_xgettext):
    write("nn", entry("Departure", "Frakoplinga, etter møtet"))

    assert translations.check(tmp_path) == []


def test_both_languages_have_the_same_texts(write, tmp_path, without_xgettext):
    write("nn", entry("Meeting", "Møte"))
    write("nb", "")

    assert translations.check(tmp_path) == ["locale/nb/LC_MESSAGES/django.po: 'Meeting' is missing"]


@needs_xgettext
def test_a_text_in_the_source_must_be_in_the_catalogue(write, tmp_path):
    write("nn", entry("Gone", "Borte"))
    source(tmp_path, '_("Meeting")')
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text('{% load i18n %}{% translate "Agenda" %}')

    found = translations.check(tmp_path)

    assert [line.split(": ")[1] for line in found] == [
        "'Agenda' is missing",
        "'Meeting' is missing",
        "'Gone' is no longer in the source",
    ]
    assert [path.name for path in (tmp_path / "templates").iterdir()] == ["a.html"]


@needs_xgettext
def test_a_text_of_a_library_need_not_be_in_the_source(write_third_party, tmp_path):
    path = write_third_party("nn", entry("Sign Out", "Logg ut"))

    assert translations.check(tmp_path) == []
    assert translations.compile_catalogues(tmp_path) == [path.with_suffix(".mo")]


def test_a_text_of_a_library_must_be_in_both_languages(
    write_third_party, tmp_path, without_xgettext
):
    write_third_party("nn", entry("Sign Out", "Logg ut"))
    write_third_party("nb", "")

    (line,) = translations.check(tmp_path)

    assert line == "locale/third_party/nb/LC_MESSAGES/django.po: 'Sign Out' is missing"


@needs_xgettext
def test_extracting_adds_what_is_new_keeps_what_is_said_and_drops_what_is_gone(write, tmp_path):
    write("nn", entry("Gone", "Borte") + entry("Meeting", "Møte", "# a note\n"))
    source(tmp_path, '_("Meeting"); _("Call on %(day)s")')

    nb, nn = translations.extract(tmp_path)

    text = nn.read_text()
    assert 'msgid "Meeting"\nmsgstr "Møte"' in text
    assert "# a note" in text
    assert 'msgid "Call on %(day)s"\nmsgstr ""' in text
    assert "Gone" not in text
    assert 'msgid "Meeting"\nmsgstr ""' in nb.read_text()


def test_without_xgettext_extraction_names_the_package(without_xgettext, capsys):
    assert translations.main(["--extract"]) == 2
    assert "Debian package gettext" in capsys.readouterr().err


def test_the_command_needs_no_django_settings(write, tmp_path):
    write("nn", entry("Meeting", "Møte"))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-m", "legevakt.lib.translations"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "locale/nn/LC_MESSAGES/django.mo\n"
