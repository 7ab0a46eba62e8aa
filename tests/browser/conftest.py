"""A real browser: headless Chromium and axe; with --pictures each page looked at is kept.

./run test tests/browser --pictures       → artifacts/screenshots, wide and narrow
"""

import os
import shutil
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARTIFACTS = Path(__file__).parents[2] / "artifacts" / "screenshots"
VENDOR = Path(__file__).parent / "vendor"
WIDTHS = {"wide": 1280, "narrow": 360}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGE_WIDTH = "() => document.documentElement.scrollWidth"
# What axe is asked: WCAG 2.1 A and AA, as EN 301 549 demands, and best practice.
AXE_RUN = """async () => {
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
  const found = await axe.run(document, {runOnly});
  return found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '));
}"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium():
    """One browser for a module; its event loop must not outlive it.

    Without Chromium the test is skipped; under CI it fails.
    """
    if CHROMIUM is None:
        reason = "Chromium is not installed (Debian package chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A new page; a script error or a violated Content-Security-Policy fails the test."""
    context = chromium.new_context(viewport={"width": WIDTHS["wide"], "height": 900})
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def look(page, request):
    """`look("name")`: the page never scrolls sideways, wide or narrow, and axe finds nothing."""
    are_kept = request.config.getoption("--pictures")

    def looked_at(name: str) -> None:
        for width_name, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            if are_kept:
                page.screenshot(path=ARTIFACTS / f"{name}-{width_name}.png", full_page=True)
            assert page.evaluate(PAGE_WIDTH) <= width, f"{name} scrolls sideways, {width_name}"
        page.set_viewport_size({"width": WIDTHS["wide"], "height": 900})
        page.evaluate((VENDOR / "axe" / "axe.min.js").read_text(encoding="utf-8"))
        assert page.evaluate(AXE_RUN) == [], name

    return looked_at
