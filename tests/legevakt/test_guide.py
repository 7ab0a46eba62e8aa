"""What an integrator reads is served, and the type of every problem leads to its explanation."""

import pytest
from django.test import Client

from legevakt.guide import GUIDE, codes
from legevakt.lib import problems


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.name)
def test_each_page_of_the_guide_is_plain_text(page):
    answer = Client().get(f"/api/guide/{page.name}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert len(answer.content) > 1000


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
