"""What an integrator reads is served, and the type of every problem leads to its explanation."""

from urllib.parse import urljoin

import pytest
from django.test import Client
from lxml import html

from legevakt.guide import GUIDE, codes
from legevakt.lib import problems

WRITTEN = [page for page in GUIDE if page.name.endswith(".md")]


def shown(name):
    """The page's links and the ids of its elements."""
    tree = html.fromstring(Client().get(f"/api/guide/{name}").content)
    return tree.xpath("//@href"), tree.xpath("//@id")


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.name)
def test_each_page_of_the_guide_is_shown(page):
    answer = Client().get(f"/api/guide/{page.name}")
    assert answer.status_code == 200
    assert len(answer.content) > 1000


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_each_link_of_a_page_leads_somewhere(page):
    links, ids = shown(page.name)
    assert ids
    for link in links:
        if link.startswith("#"):
            assert link[1:] in ids
        elif not link.startswith(("https://", "/static/")):
            assert Client().get(urljoin(f"/api/guide/{page.name}", link)).status_code == 200, link


def test_a_page_has_its_tables_and_its_commands():
    tree = html.fromstring(Client().get("/api/guide/README.md").content)
    assert "application/x-ndjson" in tree.xpath("string(//table[1])")
    assert "curl" in tree.xpath("string(//pre[1])")
    assert not tree.xpath("//main//*[contains(text(), '](')]")


def test_the_program_is_plain_text():
    answer = Client().get("/api/guide/queue_log_tail.py")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.startswith(b"#!")


@pytest.mark.parametrize("name", ["settings.py", "..%2fREADME.md", "openapi.yaml"])
def test_no_other_file_is_a_page(name):
    assert Client().get(f"/api/guide/{name}").status_code == 404


def test_the_type_of_a_problem_leads_to_its_row():
    page = Client().get("/api/").content.decode()
    for code in problems.TITLES:
        anchor = problems.body(status=400, code=code)["type"].partition("#")[2]
        assert page.count(f'id="{anchor}"') == 1, code


def test_every_code_is_told_with_its_status_once_or_at_each():
    told = [(row["status"], row["code"]) for row in codes()]
    assert len(told) == len(set(told)) > 30
    assert ("413", "too_large") in told
