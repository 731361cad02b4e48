"""What may happen to a desk that is open: others work on the same store, files break and vanish."""

import shutil
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from auditor.app import latest_report
from auditor.app.registry import policy_of
from auditor.app.run_plan import open_store
from auditor.errors import UsageError
from auditor.model.decision import DecisionReason
from auditor.store.database import PATIENCE, alone, writing
from auditor.store.decisions import DecisionStore
from auditor.web.desk import DeskSettings
from auditor.web.server import serve
from tests.feedback.firm import MONTHS, RIGHT, WRONG, Firm
from tests.web.serving import served
from tests.web.test_review import address, answer, stored

PAGES = ("/", "/collect", "/review", "/leavers", "/people", "/settings")


def audited(folder):
    firm = Firm(folder)
    firm.audit(MONTHS[0], {"0101": WRONG, "0102": WRONG, "0103": RIGHT, "0104": RIGHT})
    return firm


def settings(firm, by="Els"):
    return DeskSettings(firm.policy.path, firm.folder / "reports", by, firm.folder / "people.csv")


@pytest.fixture
def own(tmp_path):
    firm = audited(tmp_path)
    with served(settings(firm)) as made:
        made.firm = firm
        yield made


def ended(desk, seconds=60):
    until = time.monotonic() + seconds
    while desk.progress.running and time.monotonic() < until:
        time.sleep(0.05)
    assert not desk.progress.running


def test_a_run_of_the_command_holds_the_lock_and_the_desk_says_so(own):
    browser = own.browser()
    with alone(own.firm.store.engine):
        browser.post("/run/start", browser.get("/").form("/run/start"))
        ended(own.desk)
        assert "Another run is using this store." in browser.get("/").words
        assert answer(browser, address(own.firm, "0101"), "fixed").status == 200
    assert stored(own.firm) == [("fixed", "Els", True, None)]
    browser.post("/run/start", browser.get("/").form("/run/start"))
    ended(own.desk)
    assert "The run has ended" in browser.get("/").words


def test_the_run_goes_on_when_the_browser_is_closed(own):
    browser = own.browser()
    browser.post("/run/start", browser.get("/").form("/run/start"))
    with socket.create_connection(("127.0.0.1", own.port), timeout=20) as line:
        head = f"GET /run/events HTTP/1.1\r\nHost: 127.0.0.1:{own.port}\r\nCookie: {browser.cookie}\r\n\r\n"
        line.sendall(head.encode())
        assert b"200 OK" in line.recv(2000)
    ended(own.desk)
    assert own.desk.progress.end.report is not None


def test_a_desk_that_is_ended_waits_for_the_person_whose_turn_it_is(own, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def slow(request, stopping, events):
        with stopping as asked:
            begun.set()
            while not asked():
                time.sleep(0.01)
            go_on.wait(20)
        raise UsageError("stopped in order", code="COMMAND_LINE")

    monkeypatch.setattr("auditor.web.desk.perform_run", slow)
    assert own.desk.start_run()
    assert begun.wait(10)
    threading.Timer(0.3, go_on.set).start()
    own.desk.end()
    assert own.desk.progress.text == "stopped in order"


def test_a_broken_policy_is_said_on_every_page_and_mended_ones_go_on(own):
    browser = own.browser()
    browser.get("/collect")
    path = own.firm.policy.path
    good = path.read_text("utf-8")
    path.write_text(good.replace("version: 1", "version: [") + "nonsense: 1\n", "utf-8")
    for page in PAGES:
        shown = browser.get(page)
        assert shown.status == 409
        assert "policy.yaml" in shown.words
    assert browser.ask("GET", "/static/desk.css").status == 200
    assert browser.ask("GET", "/", Host="evil.example").status == 403
    path.write_text(good, "utf-8")
    assert [browser.get(page).status for page in PAGES] == [200] * len(PAGES)


def test_a_roster_that_vanishes_or_breaks_is_said(own):
    browser = own.browser()
    people = own.firm.folder / "people.csv"
    good = people.read_bytes()
    people.unlink()
    assert browser.get("/collect").status == 409
    people.write_bytes(b"\0\xff nothing")
    assert browser.get("/collect").status == 409
    assert browser.get("/review").status == 200
    people.write_bytes(good)
    assert browser.get("/collect").status == 200


def test_a_store_that_was_deleted_is_said_and_nothing_is_answered_into_thin_air(own):
    browser = own.browser()
    fields = browser.get(address(own.firm, "0101")).form("/review/answer")
    state = own.firm.folder / "state"
    aside = own.firm.folder / "aside"
    state.rename(aside)
    for page in ("/", "/review", "/leavers", "/people", "/collect"):
        shown = browser.get(page)
        assert shown.status == 409
        assert "store" in shown.words
    assert browser.post("/review/answer", {**fields, "word": "fixed"}).status == 409
    assert not state.exists(), "an empty store in its place would look like a first month"
    aside.rename(state)
    assert [browser.get(page).status for page in PAGES] == [200] * len(PAGES)
    assert answer(browser, address(own.firm, "0101"), "fixed").status == 200


def test_a_store_put_back_from_a_backup_is_read_anew(own):
    browser = own.browser()
    store = next((own.firm.folder / "state").glob("*.sqlite3"))
    shutil.copy(store, own.firm.folder / "backup")
    answer(browser, address(own.firm, "0101"), "fixed")
    assert "Fixed" in browser.get("/review?show=answered").words
    store.unlink()
    shutil.copy(own.firm.folder / "backup", store)
    assert "Fixed" not in browser.get("/review?show=answered").words
    answer(browser, address(own.firm, "0102"), "asked")
    assert [one.word for one in DecisionStore(open_store(own.firm.policy).engine).all()] == ["asked"]


def test_a_locked_store_is_said_and_pages_can_be_read(own, monkeypatch):
    browser = own.browser()
    fields = browser.get(address(own.firm, "0101")).form("/review/answer")
    with writing(own.firm.store.engine) as connection:
        connection.execute(sa.text("UPDATE decisions SET remark = remark"))
        assert browser.get("/review").status == 200
        begun = time.monotonic()
        locked = browser.post("/review/answer", {**fields, "word": "fixed"})
        assert time.monotonic() - begun < PATIENCE * 3
        assert (locked.status, "Another program is using the store" in locked.words) == (409, True)
    assert "Kept." in browser.post("/review/answer", {**fields, "word": "fixed"}).words


def test_a_large_report_is_read_aside_and_the_page_opens_itself_again(own, monkeypatch):
    go_on = threading.Event()
    read = latest_report._reported

    def slow(*given):
        go_on.wait(30)
        return read(*given)

    monkeypatch.setattr(latest_report, "_reported", slow)
    own.desk.latest.patience = 0.1
    browser = own.browser()
    for page in ("/", "/review", "/collect"):
        answered = browser.get(page)
        assert (answered.status, answered.headers["refresh"]) == (503, "3")
        assert "is being read" in answered.words
    assert browser.get("/settings").status == 200
    go_on.set()
    own.desk.latest.patience = None
    assert [browser.get(page).status for page in PAGES] == [200] * len(PAGES)


def test_a_port_that_is_taken_is_said(own):
    with pytest.raises(UsageError, match=f"port {own.port} cannot be used"):
        serve(own.desk.settings, own.port, lambda _text: None, browser=False)


@pytest.fixture
def shared(tmp_path, fresh_postgresql):
    """Two desks of two people on one PostgreSQL store."""
    folder = tmp_path / "firm"
    firm = Firm(folder)
    policy = firm.policy.path
    policy.write_text(policy.read_text("utf-8") + f'store: {{address: "{fresh_postgresql}"}}\n', "utf-8")
    firm.policy = policy_of(policy)
    firm.store = open_store(firm.policy)
    firm.audit(MONTHS[0], {"0101": WRONG, "0102": WRONG, "0103": RIGHT, "0104": RIGHT})
    with served(settings(firm)) as els, served(settings(firm, "Marga")) as marga:
        yield firm, els, marga


def test_two_desks_on_one_store_that_answer_at_the_same_moment_contradict_each_other(shared):
    firm, els, marga = shared
    one, two = els.browser(), marga.browser()
    for number, words in (("0101", ("fixed", "asked")), ("0102", ("asked", "asked"))):
        path = address(firm, number)
        sent = [
            (who, {**who.get(path).form("/review/answer"), "word": w})
            for who, w in zip((one, two), words, strict=True)
        ]
        with ThreadPoolExecutor(2) as pool:
            got = list(pool.map(lambda pair: pair[0].post("/review/answer", pair[1]), sent))
        assert [one.status for one in got] == [200, 200], [one.words for one in got]
    kept = stored(firm)
    assert sorted(one for one in kept if one[3])[0:2] == [
        ("asked", "Marga", False, DecisionReason.TWO_ANSWERS),
        ("fixed", "Els", False, DecisionReason.TWO_ANSWERS),
    ]
    assert [(word, applied) for word, _, applied, reason in kept if reason is None] == [("asked", True)] * (
        len(kept) - 2
    )
    for who in (one, two):
        assert "has two different answers" in who.get("/").words
    assert "Els" in two.get(address(firm, "0101")).words


def test_odd_letters_reach_no_database_as_a_fault(shared):
    """PostgreSQL takes no zero byte in a text."""
    firm, els, _ = shared
    browser = els.browser()
    kept = answer(
        browser, address(firm, "0101"), "asked", remark="a\x00b\ud800".encode("utf-8", "surrogatepass")
    )
    assert kept.status == 200
    for path in (
        "/people/one?person=%00",
        "/people/one?person=0101&run=%00",
        "/review?q=%00",
        "/review/picture?finding=%00",
    ):
        assert browser.get(path).status in (200, 404, 409)
    assert [one.remark[:1] for one in DecisionStore(firm.store.engine).all()] == ["a"]
