"""Three people whose pages are collected, and files that arrive."""

from auditor.app.collect import Collector
from auditor.app.wanted_people import People
from auditor.model.employee import Employee, RosterState
from tests.feedback.firm import RIGHT, slug
from tests.sources.invented import export_files, written, zipped

PEOPLE = {"0101": "Anneke Voorbeeld", "0102": "Bram Verzonnen", "0103": "Chloë Bedacht"}


def employee(number, state=RosterState.ACTIVE, name=""):
    address = f"https://www.linkedin.com/in/{slug(number)}/"
    return Employee(number, name or PEOPLE[number], state, address, title="Planner")


def collectors_of(firm):
    """Makes collectors of this firm's folder."""
    inbox = firm.folder / "inbox"
    places = {n: firm.folder / "evidence" / n for n in ("saved_pages", "member_export")}
    for folder in (inbox, *places.values()):
        folder.mkdir(parents=True)

    def made(wanted=None, others=(), reported=None):
        people = People(
            {one.employee_id: one for one in (wanted or map(employee, PEOPLE))},
            {one.employee_id: one for one in others},
        )
        return Collector(firm.policy, people, reported, inbox, places)

    return made


def save(collector, text, name="page.html"):
    path = collector.inbox / name
    path.write_text(text, "utf-8")
    return path


def export(path, first, last):
    """The archive that a member gets, for a person of this name."""
    heading = "First Name,Last Name,Maiden Name,Headline\n"
    written(path, zipped(export_files(**{"Profile.csv": f"{heading}{first},{last},,{RIGHT}\n"})))


def arrive(collector, text, name="page.html", **more):
    """A file that lies in the folder for two looks: what became of it, and where it was saved."""
    path = save(collector, text, name)
    collector.look(**more)
    (found,) = collector.look(**more)
    return found, path
