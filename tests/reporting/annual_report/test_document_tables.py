"""Where the columns of a section's table stand in the document."""

from django.template.loader import render_to_string

from legevakt.lib.tables import Row, Table
from municipalities.queries import Page
from reporting.annual_report.chapters import Section
from reporting.annual_report.document.chapters import _section

TABLE = Table(
    caption="Caption",
    headings=("Municipality", "Service", "From", "Shifts", "Share", "Ended"),
    rows=(
        Row(("Alver", "daytime", "1 March 2025", 12_345, "88.8%", "–")),
        Row(("Fedje", "–", "–", 4, "not reported", "–")),
    ),
)


def test_words_begin_at_the_left_and_numbers_end_at_the_right():
    told = _section(Section(key="k", title="T", page=Page(lead="", tables=(TABLE,))))

    (table,) = told["tables"]
    left = [heading for heading, is_words in table["heads"] if is_words]
    assert left == ["Municipality", "Service", "From"]
    html = render_to_string("documents/annual_report/_table.html", {"table": table})
    assert '<td class="text">daytime</td>' in html
    assert "<td>12,345</td>" in html.replace("\u202f", ",").replace("\xa0", ",")
    assert '<th scope="row">Alver</th>' in html


def test_a_table_without_rows_has_its_headings():
    empty = Table(caption="C", headings=("A", "B"), rows=())
    chart = type("Chart", (), {"table": empty})()

    told = _section(Section(key="k", title="T", page=Page(lead="", charts=(chart,))))

    assert told["charts"][0]["table"]["heads"] == [("A", False), ("B", False)]
