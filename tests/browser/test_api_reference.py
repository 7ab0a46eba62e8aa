"""The API's reference page: Swagger UI, mended until axe finds nothing serious."""

import pytest

from legevakt.guide import GUIDE
from tests.browser.conftest import PAGE_WIDTH, VENDOR, WIDTHS

pytestmark = [pytest.mark.broker, pytest.mark.browser]

SERIOUS = """async () => {
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
  const found = await axe.run(document, {runOnly});
  return found.violations
    .filter(v => ['serious', 'critical'].includes(v.impact))
    .map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '));
}"""


@pytest.mark.django_db(transaction=True)
def test_the_reference_can_be_read_and_tried_by_everybody(live_server, page):
    page.goto(f"{live_server.url}/api/")
    page.locator(".opblock").first.wait_for()
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(PAGE_WIDTH) <= width
    page.set_viewport_size({"width": WIDTHS["wide"], "height": 900})
    page.evaluate((VENDOR / "axe" / "axe.min.js").read_text(encoding="utf-8"))

    assert page.evaluate(SERIOUS) == []
    for number in (0, 3):  # event lines, and calls
        page.locator(".opblock-summary-control").nth(number).click()
    page.locator(".try-out__btn").first.click()
    page.locator("textarea.body-param__text").first.wait_for()
    assert page.evaluate(SERIOUS) == []
    page.locator(".btn.authorize").first.click()
    page.locator(".close-modal").wait_for()
    assert page.evaluate(SERIOUS) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [page.name for page in GUIDE if page.name.endswith(".md")])
def test_the_guide_can_be_read_by_everybody(live_server, page, look, name):
    page.goto(f"{live_server.url}/api/guide/{name}")
    look(f"guide-{name}")
