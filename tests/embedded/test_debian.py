"""Debian packages: installed by root, named to everybody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from legevakt.embedded import debian


def test_a_missing_library_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {"libnowhere.so.0": "libnowhere0"}
    monkeypatch.setattr(debian, "PDF_LIBRARIES", wanted)

    assert debian.pdf().packages == ("libnowhere0",)


def test_the_checker_of_the_archive_needs_its_library_and_java(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(debian, "PREFLIGHT", tmp_path / "preflight.jar")
    assert debian.archive_checker().packages == debian.OF_PREFLIGHT

    (tmp_path / "preflight.jar").touch()
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    assert debian.archive_checker().packages == ()


def test_an_ordinary_user_is_told_what_to_install_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("os.getuid", lambda: 1000)
    need = debian.Need(("libnowhere0", "libelse1"), "documents cannot be made as PDF")

    assert not debian.provide(need, log=tmp_path / "apt.log")
    assert (
        "Missing: libnowhere0 libelse1, so documents cannot be made as PDF. "
        "As root: apt-get install libnowhere0 libelse1" in capsys.readouterr().err
    )


def test_nothing_is_said_when_nothing_is_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert debian.provide(debian.Need((), "nothing works"), log=tmp_path / "apt.log")
    assert capsys.readouterr().err == ""
