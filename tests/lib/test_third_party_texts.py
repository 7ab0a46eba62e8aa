"""The texts we translate for libraries are texts that the libraries still have."""

from pathlib import Path

import allauth
import django
import polib
import pytest

ROOT = Path(__file__).parents[2]
CATALOGUES = (
    Path(allauth.__file__).parent / "locale" / "nb",
    Path(django.__file__).parent / "conf" / "locale" / "en",
    Path(django.__file__).parent / "contrib" / "auth" / "locale" / "en",
)


@pytest.mark.parametrize("language", ["nn", "nb"])
def test_each_text_is_one_that_a_library_shows(language):
    theirs = {
        entry.msgid
        for folder in CATALOGUES
        for entry in polib.pofile(str(folder / "LC_MESSAGES" / "django.po"))
    }
    ours = polib.pofile(str(ROOT / "locale/third_party" / language / "LC_MESSAGES/django.po"))

    assert {entry.msgid for entry in ours} - theirs == set()
