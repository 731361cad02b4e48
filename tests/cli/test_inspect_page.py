import json

from auditor.proof.pages.signed_in import Job, Member, mercado
from tests.calling import call
from tests.config.test_load import ACCEPTED, TWO_ENTITIES, write

JOB = Job("Planner", "Tessel Stroom", "18364207", "Mar 2021", None)


def test_a_page_saved_while_signed_in_is_shown_on_demand_or_as_the_policy_says(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(mercado(Member(jobs=((JOB,),), cut=True)), "utf-8")

    def kind(*options):
        done = call("inspect", "page", page, "--format", "json", *options)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)["page_kind"]

    assert kind() == "logged_in"
    assert kind("--signed-in") == "profile_signed_in"
    assert kind("--policy", write(tmp_path, TWO_ENTITIES + ACCEPTED)) == "profile_signed_in"
    assert kind("--policy", write(tmp_path, TWO_ENTITIES)) == "logged_in"
    told = call("inspect", "page", page, "--signed-in").stdout
    assert "Planner at Tessel Stroom [company/18364207], current Mar 2021" in told
    assert "experience: partial" in told
