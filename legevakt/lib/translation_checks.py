"""What makes a catalogue unfit: holes, guesses, lost placeholders, the wrong written standard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib

# Whole words of one written standard that the other never has. A text may keep one of them
# (a name, a quotation) when its entry has the translator's comment `allow: word`.
FOREIGN = {
    "nn": "annet et fra hva hvem hver hvor hvordan ikke jeg kommunene kun mye noe noen sykefravær "
    "uke være",
    "nb": "anna berre eg eit frå ikkje kommunane korleis kva kvar kven mykje noko nokon "
    "sjukefråvær veke vere",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif](?!\w)|\{\w*\}")
WORD = re.compile(r"[^\W\d_]+")
ALLOW = re.compile(r"allow:\s*(.+)")

Key = tuple[str, str]


def findings(paths: Mapping[str, Path], *, template: polib.POFile | None) -> list[str]:
    """One line for each thing wrong in the catalogues, named by the keys of `paths`.

    `template` has the texts of the source, or is None when they cannot be read.
    """
    found: list[str] = []
    keys: dict[str, dict[Key, None]] = {}
    for name, path in paths.items():
        try:
            catalogue = polib.pofile(str(path), check_for_duplicates=True)
            catalogue.to_binary()
        except (OSError, ValueError) as error:
            found.append(f"{name}: cannot be compiled: {error}")
            continue
        keys[name] = dict.fromkeys(_key(entry) for entry in catalogue if not entry.obsolete)
        language = path.parent.parent.name
        found += [f"{name}: {line}" for entry in catalogue for line in _wrong(entry, language)]
    return found + list(_missing(keys=keys, template=template))


def _key(entry: polib.POEntry) -> Key:
    return (entry.msgctxt or "", entry.msgid)


def _wrong(entry: polib.POEntry, language: str) -> Iterator[str]:
    start = repr(entry.msgid[:60])
    if entry.obsolete:
        yield f"{start} is no longer used"
        return
    if entry.fuzzy:
        yield f"{start} is fuzzy"
    if not entry.translated() and not entry.fuzzy:
        yield f"{start} is not translated"
        return
    if not _same_placeholders(entry):
        yield f"{start} has other placeholders than its translation"
    for word in _foreign_words(entry, language):
        yield f"{start} has the word {word!r}, which is not {language}"


def _same_placeholders(entry: polib.POEntry) -> bool:
    """A singular may leave the number out; every other form must have them all."""
    if not entry.msgid_plural:
        return _placeholders(entry.msgid) == _placeholders(entry.msgstr)
    wanted = _placeholders(entry.msgid_plural)
    one, *others = (_placeholders(entry.msgstr_plural[n]) for n in sorted(entry.msgstr_plural))
    return set(one) <= set(wanted) and all(each == wanted for each in others)


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def _foreign_words(entry: polib.POEntry, language: str) -> list[str]:
    said = " ".join([entry.msgstr, *entry.msgstr_plural.values()])
    allowed = {word for line in ALLOW.findall(entry.tcomment) for word in _words(line)}
    foreign = set(FOREIGN.get(language, "").split())
    return sorted((_words(PLACEHOLDER.sub(" ", said)) & foreign) - allowed)


def _words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


def _missing(
    *, keys: Mapping[str, Mapping[Key, None]], template: polib.POFile | None
) -> Iterator[str]:
    """Texts that one catalogue has and another has not, or that only the source has."""
    in_source = {_key(entry) for entry in template or ()}
    wanted = in_source.union(*keys.values()) if keys else in_source
    for name, own in keys.items():
        for _, text in sorted(wanted - set(own)):
            yield f"{name}: {text[:60]!r} is missing"
        for _, text in sorted(set(own) - in_source if template is not None else ()):
            yield f"{name}: {text[:60]!r} is no longer in the source"
