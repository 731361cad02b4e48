"""The list of pages that are wanted: whom it names, what it links to, and whose turn a sample makes it."""

import base64
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from auditor.app.collect import Collector
from auditor.app.registry import policy_of
from auditor.app.run_plan import RunRequest, today_of
from auditor.app.wanted_people import People, Wanted
from auditor.app.worklist import Worklist, worklist_of, write_worklist
from auditor.model.employee import Employee, RosterState
from tests.feedback.firm import RIGHT, Firm, page, slug


@pytest.fixture
def firm(tmp_path):
    made = Firm(tmp_path)
    made._write_roster()
    return made


def request_of(firm):
    return RunRequest(
        firm.folder / "people.csv", firm.policy.path, firm.folder / "reports", captures=firm.folder / "saved",
        resume=False, keep=False,
    )  # fmt: skip


def test_everybody_without_a_page_is_listed_with_a_link(firm):
    (firm.folder / "saved" / "one.html").write_text(page("0101", RIGHT, slug("0101")), "utf-8")
    found, plan = worklist_of(request_of(firm))
    assert [one.employee.employee_id for one in found.wanted] == ["0102", "0103", "0104"]
    files = {path.suffix: path for path in write_worklist(found, plan, firm.folder / "reports")}
    book, page_file = files[".xlsx"], files[".html"]
    sheet = load_workbook(book).worksheets[0]
    links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"https://www.linkedin.com/in/{slug(n)}/" for n in ("0102", "0103", "0104")]
    text = page_file.read_text("utf-8")
    assert text.count("https://www.linkedin.com/in/invented-") == 3
    assert "3 pages are still wanted, of 4 people." in text


def test_a_large_firms_page_links_the_first_and_says_how_many_the_workbook_lists_beside_them(firm):
    _, plan = worklist_of(request_of(firm))
    wanted = [*(Wanted(one, None, leaver=True) for one in staff(400, RosterState.LEAVER_OVERDUE))]
    wanted += [Wanted(one) for one in staff(900, start=400)]
    files = {one.suffix: one for one in write_worklist(Worklist(tuple(wanted), 1300, 0), plan, firm.folder)}
    text = files[".html"].read_text("utf-8")
    assert text.count("https://www.linkedin.com/in/invented-") == 500
    assert "Employed (900)" in text
    assert "800 more people: the workbook lists everybody." in text, "400 leavers come first, then 100 of 900"


def test_nobody_left_says_so(firm):
    found, plan = worklist_of(request_of(firm))
    empty = Worklist((), found.people, 0)
    files = {path.suffix: path for path in write_worklist(empty, plan, firm.folder / "reports", "nl")}
    cells = {cell.value for row in load_workbook(files[".xlsx"]).worksheets[0].iter_rows() for cell in row}
    assert "Alle pagina's die nodig zijn, zijn er." in cells
    footer = load_workbook(files[".xlsx"]).worksheets[0].oddFooter
    assert footer.left.text == "Vertrouwelijk - alleen HR"
    assert footer.right.text == "Pagina &P van &N"


def staff(count, state=RosterState.ACTIVE, start=0):
    return [
        Employee(f"{n:03}", f"Invented {n:03}", state, f"https://www.linkedin.com/in/invented-{n}/")
        for n in range(start, start + count)
    ]


def test_a_sample_is_fair_over_the_months_and_leavers_are_always_in_it(firm):
    """Nine people, three a month: after three months it was everybody's turn; the two leavers' each month."""
    path = firm.policy.path
    path.write_text(path.read_text("utf-8") + "run: {sample: 3}\n", "utf-8")
    policy = policy_of(path)
    leavers = staff(2, RosterState.LEAVER_OVERDUE, start=90)
    people = People({one.employee_id: one for one in (*staff(9), *leavers)})
    collector = Collector(policy, people, None, firm.folder, {})
    first_of_month = today_of(policy).replace(day=1)
    asked = []
    for month in range(3):
        wanted = collector.wanted()
        assert [one.employee.employee_id for one in wanted[:2]] == ["090", "091"]
        chosen = [one.employee.employee_id for one in wanted[2:]]
        assert len(chosen) == 3
        asked += chosen
        for number in chosen:  # their page came, in an earlier month than the next one
            collector.note_seen(people.wanted[number], first_of_month - timedelta(days=40 - month))
    assert sorted(asked) == [f"{n:03}" for n in range(9)]


def test_who_was_looked_at_this_month_counts_towards_the_sample(firm):
    path = firm.policy.path
    path.write_text(path.read_text("utf-8") + "run: {sample: 3}\n", "utf-8")
    policy = policy_of(path)
    collector = Collector(policy, People({one.employee_id: one for one in staff(9)}), None, firm.folder, {})
    collector.note_seen(staff(1)[0], today_of(policy))
    assert [one.employee.employee_id for one in collector.wanted()] == ["001", "002"]


@pytest.mark.parametrize(
    ("people", "sample", "months"), [(9, 3, 3), (10, 3, 4), (5, 50, 1), (7, 0, 1), (0, 3, 1)]
)
def test_in_how_many_months_everybodys_turn_comes(people, sample, months):
    assert Worklist((), people, sample).months_for_all == months


@pytest.mark.parametrize(
    ("language", "seen"),
    [
        ("en", {"Private window", "Ctrl", "+", "S", "File type", "Webpage, complete", "Save", "Saved pages"}),
        ("de", {"Privates Fenster", "Strg", "+", "S", "Dateityp", "Webseite, komplett", "Speichern",
                "Gespeicherte Seiten"}),
    ],
)  # fmt: skip
def test_three_drawings_show_how_a_page_is_saved(firm, language, seen):
    found, plan = worklist_of(request_of(firm))
    files = {path.suffix: path for path in write_worklist(found, plan, firm.folder / "reports", language)}
    drawings = re.findall(
        r'src="data:image/svg\+xml;base64,([^"]+)" alt="([^"]+)"', files[".html"].read_text("utf-8")
    )
    assert len(drawings) == 3
    assert len({words for _, words in drawings}) == 3
    trees = [ElementTree.fromstring(base64.b64decode(data)) for data, _ in drawings]
    assert {text.text for tree in trees for text in tree.iter("{http://www.w3.org/2000/svg}text")} == seen
    cells = [cell.value for row in load_workbook(files[".xlsx"]).worksheets[0].iter_rows() for cell in row]
    assert [str(value)[0] for value in cells if re.match(r"\d\. ", str(value))] == ["1", "2", "3"]
