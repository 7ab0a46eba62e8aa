"""Keeps the catalogues: `python -m legevakt.lib.translations [--check | --extract]`.

Without an option each .po that is newer than its .mo is compiled. No gettext program is needed
for that; reading the texts out of the source needs `xgettext`.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import polib

from legevakt.lib.translation_checks import findings
from legevakt.lib.translation_sources import GETTEXT_PACKAGE, can_extract, extracted

LANGUAGES = ("nb", "nn")
OWN = "locale/*/LC_MESSAGES/django.po"
# Texts of libraries that have no nynorsk or a poor one; they do not stand in our source.
THIRD_PARTY = "locale/third_party/*/LC_MESSAGES/django.po"


def compile_catalogues(root: Path) -> list[Path]:
    """Writes a .mo beside each .po that is newer than it; returns those written."""
    return [_compile(source) for source in catalogues(root) if _is_outdated(source)]


def catalogues(root: Path) -> list[Path]:
    """Our catalogues and those for the libraries, below `root`/locale."""
    return sorted([*root.glob(OWN), *root.glob(THIRD_PARTY)])


def _is_outdated(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> Path:
    compiled = source.with_suffix(".mo")
    unfinished = compiled.with_suffix(f".{os.getpid()}.part")
    polib.pofile(str(source)).save_as_mofile(str(unfinished))
    unfinished.replace(compiled)
    return compiled


def lacking(root: Path) -> list[str]:
    """A line for each language that has no catalogue at all."""
    return [
        f"{each}: there is no catalogue" for each in LANGUAGES if not _path(root, each).exists()
    ]


def check(root: Path) -> list[str]:
    """What is wrong with the catalogues, one line each; where a part is skipped it says so."""
    template = extracted(root) if can_extract() else None
    if template is None:
        _say(f"skipped: texts missing from the catalogues (needs {GETTEXT_PACKAGE})")
    own = findings(_named(root, OWN), template=template)
    return own + findings(_named(root, THIRD_PARTY), template=None)


def extract(root: Path) -> list[Path]:
    """Adds the texts of the source to both catalogues and drops those no longer used."""
    template = extracted(root)
    return [_update(root / "locale" / each, template=template) for each in LANGUAGES]


def _path(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def _update(folder: Path, *, template: polib.POFile) -> Path:
    path = folder / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.pofile(str(path)) if path.exists() else _empty(language=folder.name)
    catalogue.merge(template)
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.save(str(path))
    return path


def _empty(*, language: str) -> polib.POFile:
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return catalogue


def _named(root: Path, pattern: str) -> dict[str, Path]:
    return {_name(path, root=root): path for path in sorted(root.glob(pattern))}


def _name(path: Path, *, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _say(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


def main(arguments: list[str] | None = None) -> int:
    """0 when all is well; 1 after findings; 2 where the extraction has no xgettext."""
    parser = argparse.ArgumentParser(prog="translations", description=__doc__)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--check", action="store_true", help="say what is wrong, write nothing")
    choice.add_argument("--extract", action="store_true", help="update the .po files")
    chosen, root = parser.parse_args(arguments), Path.cwd()
    if chosen.check:
        found = lacking(root) + check(root)
        _say(*(found or ["the catalogues are in order"]))
        return int(bool(found))
    if chosen.extract and not can_extract():
        sys.stderr.write(f"install the Debian package {GETTEXT_PACKAGE} to extract texts\n")
        return 2
    for path in extract(root) if chosen.extract else compile_catalogues(root):
        _say(_name(path, root=root))
    return 0


if __name__ == "__main__":
    sys.exit(main())
