"""Apache PDFBox Preflight, a validator of PDF/A-1b, asked of a file that claims PDF/A-2a.

What the two have in common is fonts with their glyphs and widths, colours, XMP with its schemas,
streams, actions and annotations. So the same objects are written as the older part wants the file
(PDF 1.4 without object streams, named as 1b); what only that part demands is left out.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

JAVA = Path("/usr/share/java")
JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation")
PACKAGES = "libpdfbox2-java libactivation-java libjaxb-api-java default-jre-headless"
VALIDATOR = "org.apache.pdfbox.preflight.Validator_A1b"
FINDING = re.compile(r"^\d+(\.\d+)+ : ")
# ISO 19005-1 sections 6.3.5 and 6.4: part 2 does without CIDSet, and allows transparency.
OF_PART_1_ONLY = re.compile(r"The CIDSet entry is missing|^2\.2\.1 : |^4\.1\.[12] : ")


def findings_of(path: Path, *, folder: Path) -> list[str]:
    """What Preflight finds; the test is skipped without it, under CI it fails."""
    jars = [JAVA / f"{name}.jar" for name in (*JARS, "jaxb-api")]
    if not shutil.which("java") or not all(jar.exists() for jar in jars):
        reason = f"Preflight is not installed (Debian packages {PACKAGES})"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    older = _as_part_1(path, folder=folder)
    done = subprocess.run(
        ["java", "-cp", os.pathsep.join(map(str, jars)), VALIDATOR, str(older)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "PDF/A-1b file" in done.stdout, done.stderr
    found = [line for line in done.stdout.splitlines() if FINDING.match(line)]
    return [line for line in found if not OF_PART_1_ONLY.search(line)]


def _as_part_1(path: Path, *, folder: Path) -> Path:
    older = folder / "older.pdf"
    with pikepdf.open(path) as document:
        claimed = document.Root.Metadata.read_bytes()
        for name, value, instead in (("part", "2", "1"), ("conformance", "A", "B")):
            claimed = claimed.replace(
                f"<pdfaid:{name}>{value}<".encode(), f"<pdfaid:{name}>{instead}<".encode()
            )
        document.Root.Metadata = document.make_stream(
            claimed, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        document.save(
            older,
            force_version="1.4",
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
        )
    return older
