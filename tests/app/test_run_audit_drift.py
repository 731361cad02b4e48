"""The site renames the headline's class: the run says so, and nobody is newly accused."""

import re
import shutil

import pytest

from auditor.demo.careers import TODAY
from auditor.demo.cases import Shape
from auditor.demo.loopback import Reply
from auditor.demo.pages.profile import profile_page
from auditor.demo.people import invent
from auditor.demo.site import SCENARIOS, Visit
from auditor.demo.world import PEOPLE, SEED, write_files
from tests.calling import call
from tests.whole import findings, run

HOST = "127.0.0.1:9"
FIELD = "field saved_pages.profile_full.headline was read on"
HEADLINE = re.compile(rb"(top-card-layout__headline[^>]*>)[^<]*<")


class Firm:
    """The invented company with its pages saved in a folder, as the site served them that day."""

    def __init__(self, folder, people):
        self.folder, self.people = folder, people
        self.roster, self.policy = folder / "roster.xlsx", folder / "config" / "policy.yaml"

    def save_pages(self, scenario, *, still_old=lambda person: False, headlines=None):
        """Every page as the site of this scenario serves it; a headline is replaced by `headlines`."""
        saved = self.folder / "saved"
        shutil.rmtree(saved, ignore_errors=True)
        saved.mkdir()
        for person in self.people:
            if person.case.shape is not Shape.NOT_FOUND:
                body = self._page(person, "sound" if still_old(person) else scenario)
                if person.slug in (headlines or {}):
                    body, count = HEADLINE.subn(rb"\1" + headlines[person.slug].encode() + b"<", body)
                    assert count
                (saved / f"{person.slug}.html").write_bytes(body)

    def audit(self, name):
        done = call(
            "run", "--roster", self.roster, "--policy", self.policy, "--source", "saved_pages", "--captures",
            self.folder / "saved", "--output", self.folder / name, "--today", TODAY, "--fresh",
        )  # fmt: skip
        return done, findings(self.folder / name)

    def _page(self, person, scenario):
        origin = f"http://{HOST}"
        answer = Reply(profile_page(person, origin).encode())
        visit = Visit(f"{origin}/in/{person.slug}", origin, 0, 1, False, lambda: answer)
        return SCENARIOS[scenario](visit).body


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """A firm with one sound run behind it, and that run's findings."""
    firm = Firm(tmp_path_factory.mktemp("audited"), invent(PEOPLE, SEED))
    write_files(firm.folder, firm.people, HOST)
    firm.save_pages("sound")
    done, content = firm.audit("sound")
    assert done.returncode == 1, done.stderr
    assert content["run"]["health"] == {"verdict": "sound", "reasons": []}
    return firm, content


@pytest.fixture
def firm(audited, tmp_path):
    """The same firm in a folder of its own."""
    before, content = audited
    shutil.copytree(before.folder, tmp_path, dirs_exist_ok=True)
    firm = Firm(tmp_path, before.people)
    firm.before = content
    return firm


def results_of(content, rule):
    return {
        person["employee_id"]: result
        for person in content["employees"]
        for result in person["results"]
        if result["rule"] == rule
    }


def test_a_renamed_class_degrades_the_run_and_accuses_nobody(firm):
    firm.save_pages("drifted")
    done, content = firm.audit("drifted")
    assert done.returncode == 3, done.stderr
    assert f"{FIELD} 2% of pages, earlier on 100%" in done.stderr
    assert [reason for reason in content["run"]["health"]["reasons"] if FIELD in reason]
    headlines = results_of(content, "HDL001")
    assert "new" not in {result["state"] for result in headlines.values()}
    earlier = {one for one, result in results_of(firm.before, "HDL001").items() if result["state"]}
    assert earlier
    assert {headlines[one]["state"] for one in earlier} == {"unverified"}


def test_while_the_change_rolls_out_nothing_is_concluded_from_pages_that_can_still_be_read(firm):
    passed = {one for one, r in results_of(firm.before, "HDL001").items() if r["outcome"] == "passed"}
    wrong = {one for one, r in results_of(firm.before, "HDL001").items() if r["state"] == "new"}
    by_id = {truth.employee_id: person for person in firm.people for truth in [person.expected()]}
    accused, mended = by_id[min(passed)], by_id[min(wrong)]
    some = {person.slug for person in firm.people[::3]} | {accused.slug, mended.slug}
    headlines = {accused.slug: "Keeper of bees", mended.slug: "Keeper of bees"}
    firm.save_pages("drifted", still_old=lambda person: person.slug in some, headlines=headlines)
    done, content = firm.audit("rolling-out")
    assert done.returncode == 3, done.stderr
    seen = results_of(content, "HDL001")
    assert seen[min(passed)]["outcome"] == "undetermined"
    assert seen[min(passed)]["code"] == "LAYOUT_DRIFT"
    assert "headline" in seen[min(passed)]["reason"]
    assert seen[min(passed)]["state"] is None
    assert seen[min(wrong)]["state"] == "open", "what was open and is still seen stays open"
    again = call("report", content["run"]["id"], "--policy", firm.policy, "--output", firm.folder / "x")
    assert again.returncode == 0, again.stderr
    assert findings(firm.folder / "x") == content


@pytest.mark.browser
@pytest.mark.long
def test_the_demo_shows_it_through_a_real_browser(tmp_path):
    sound = run("demo", "--output", str(tmp_path), "--no-progress")
    assert sound.returncode == 1, sound.stderr
    drifted = run("demo", "--output", str(tmp_path), "--no-progress", "--scenario", "drifted")
    assert drifted.returncode == 3, drifted.stderr
    assert "field public_page.profile_full.headline was read on" in drifted.stderr
    assert "new" not in {result["state"] for result in results_of(findings(tmp_path), "HDL001").values()}
