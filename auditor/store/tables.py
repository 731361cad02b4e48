"""The tables of the store. Alembic's migrations make them; this is how the code speaks of them."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

#: One row a run. `state`: running, incomplete (ended before everybody was attempted), complete. `roster`: how
#: many entries of each kind its roster has.
runs = sa.Table(
    "runs",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(64), nullable=False, unique=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("today", sa.Date, nullable=False),
    sa.Column("input_sha256", sa.String(64), nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.Column("roster", sa.JSON, nullable=False),
    sa.Column("health", sa.JSON),
)

#: The rosters of the runs in pieces. `kind`: employees, rows or notices; `content` lists some hundreds.
rosters = sa.Table(
    "rosters",
    metadata,
    sa.Column("run_id", sa.String(64), sa.ForeignKey("runs.id"), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("content", sa.JSON, nullable=False),
)

#: One row a person and run, written in one transaction when the person is done. `basis` is what the content
#: rests on; NULL where it is not to be gone by another time.
examinations = sa.Table(
    "examinations",
    metadata,
    sa.Column("run_id", sa.String(64), sa.ForeignKey("runs.id"), primary_key=True),
    sa.Column("employee_id", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("final", sa.Boolean, nullable=False),
    sa.Column("unverified", sa.Boolean, nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("basis", sa.JSON(none_as_null=True)),
)

#: The pictures kept as evidence of a finding.
pictures = sa.Table(
    "pictures",
    metadata,
    sa.Column("run_id", sa.String(64), sa.ForeignKey("runs.id"), primary_key=True),
    sa.Column("employee_id", sa.Text, primary_key=True),
    sa.Column("rule_id", sa.String(16), primary_key=True),
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

#: What was made out of a person's banner the last time, by a digest of all that it rests on, so that the same
#: picture is not judged anew. `pictured`: evidence pictures are among it.
judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("employee_id", sa.Text, primary_key=True),
    sa.Column("used_on", sa.Date, nullable=False, index=True),
    sa.Column("pictured", sa.Boolean, nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
)

#: Where every finding stood at the end of each run.
tracked = sa.Table(
    "tracked",
    metadata,
    sa.Column("run_id", sa.String(64), sa.ForeignKey("runs.id"), primary_key=True),
    sa.Column("fingerprint", sa.String(64), primary_key=True),
    sa.Column("employee_id", sa.Text, nullable=False, index=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
)

#: What HR decided, as read from a returned workbook; `applied` False = only listed, for the `reason`.
#: `report_id` is the run whose report it was written in, `after_run` the newest run when it was read.
decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("fingerprint", sa.String(64), nullable=False, index=True),
    sa.Column("employee_id", sa.Text, nullable=False, index=True),
    sa.Column("decision", sa.String(32), nullable=False),
    sa.Column("decided_on", sa.Date),
    sa.Column("until", sa.Date),
    sa.Column("remark", sa.Text, nullable=False),
    sa.Column("decided_by", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("file_sha256", sa.String(64), nullable=False),
    sa.Column("read_on", sa.Date, nullable=False),
    sa.Column("applied", sa.Boolean, nullable=False),
    sa.Column("reason", sa.String(32)),
    sa.Column("typed", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("replaces", sa.Text, nullable=False),
    sa.Column("page_name", sa.Text, nullable=False, server_default=""),
    sa.Column("report_id", sa.String(64), nullable=False),
    sa.Column("after_run", sa.String(64), nullable=False),
)

#: People who objected: keyed hashes, never a name or number. All hashes of one person (number, profile,
#: work mail) share `objection`; `key_id` tells which key made them.
objections = sa.Table(
    "objections",
    metadata,
    sa.Column("person_hash", sa.String(64), primary_key=True),
    sa.Column("recorded_on", sa.Date, nullable=False),
    sa.Column("objection", sa.String(32), nullable=False),
    sa.Column("key_id", sa.String(16), nullable=False),
)

#: Notices that wait to be sent, and those that were.
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("written_at", sa.String(40), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("sent_at", sa.String(40)),
    sa.Column("trouble", sa.Text, nullable=False),
)

#: The audit log: append-only, each line carries the hash of the one before.
log = sa.Table(
    "log",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("event", sa.String(64), nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)

#: What a person recorded about a departure: a fresh look at the profile, a letter that was sent.
case_events = sa.Table(
    "case_events",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("employee_id", sa.Text, nullable=False, index=True),
    sa.Column("last_day", sa.Date),
    sa.Column("event", sa.String(16), nullable=False),
    sa.Column("on_day", sa.Date, nullable=False),
)

#: Departures as cases: a person and a last day. `closed_in` is the run that closed it; `clean_on` the day on
#: which a run saw the profile put right, with no sighting of the opposite since.
cases = sa.Table(
    "cases",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("employee_id", sa.Text, nullable=False, index=True),
    sa.Column("last_day", sa.Date),
    sa.Column("opened_on", sa.Date, nullable=False),
    sa.Column("closed_on", sa.Date),
    sa.Column("closed_in", sa.String(64), nullable=False),
    sa.Column("reopened_on", sa.Date),
    sa.Column("clean_on", sa.Date),
)

#: What was noted about the steps of a case on returned checklists; `applied` False = only listed, for the
#: `reason`. `state` and what follows it are the answer, `typed` the word that stood in the file.
step_notes = sa.Table(
    "step_notes",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("step_id", sa.String(64), nullable=False, index=True),
    sa.Column("case_id", sa.String(64), nullable=False),
    sa.Column("employee_id", sa.Text, nullable=False, index=True),
    sa.Column("last_day", sa.Date),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("done_on", sa.Date),
    sa.Column("done_by", sa.Text, nullable=False),
    sa.Column("typed", sa.Text, nullable=False),
    sa.Column("noted_by", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("file_sha256", sa.String(64), nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("read_on", sa.Date, nullable=False),
    sa.Column("report_id", sa.String(64), nullable=False),
    sa.Column("after_run", sa.String(64), nullable=False),
    sa.Column("applied", sa.Boolean, nullable=False),
    sa.Column("reason", sa.String(32)),
)

#: When a source may be asked again after a refusal; `times` refusals in a row doubled the wait.
cool_downs = sa.Table(
    "cool_downs",
    metadata,
    sa.Column("source", sa.String(64), primary_key=True),
    sa.Column("until", sa.String(40), nullable=False),
    sa.Column("times", sa.Integer, nullable=False),
)

#: The register of consents: one row a person. `grant` is the id of the consent that stands, else empty.
consents = sa.Table(
    "consents",
    metadata,
    sa.Column("employee_id", sa.Text, primary_key=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("invited_on", sa.Date),
    sa.Column("consented_on", sa.Date),
    sa.Column("ends_on", sa.Date),
    sa.Column("reminded_on", sa.Date),
    sa.Column("refused_on", sa.Date),
    sa.Column("withdrawn_on", sa.Date),
    sa.Column("expired_on", sa.Date),
    sa.Column("grant", sa.String(32), nullable=False),
)

#: Personal links. Only a hash of a link's secret is kept, so that the store opens no page.
consent_invitations = sa.Table(
    "consent_invitations",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("employee_id", sa.Text, nullable=False, index=True),
    sa.Column("purpose", sa.String(16), nullable=False),
    sa.Column("secret_hash", sa.String(64), nullable=False),
    sa.Column("issued_at", sa.String(40), nullable=False),
    sa.Column("expires_at", sa.String(40), nullable=False),
    sa.Column("revoked_at", sa.String(40)),
    sa.Column("opened_at", sa.String(40)),
    sa.Column("opened", sa.Integer, nullable=False),
)

#: Visits to LinkedIn's consent page that have not come back; each state is good for one return.
consent_requests = sa.Table(
    "consent_requests",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("employee_id", sa.Text, nullable=False, index=True),
    sa.Column("invitation_id", sa.String(32), nullable=False),
    sa.Column("issued_at", sa.String(40), nullable=False),
)

#: LinkedIn's tokens, encrypted; the key is outside the store.
consent_tokens = sa.Table(
    "consent_tokens",
    metadata,
    sa.Column("employee_id", sa.Text, primary_key=True),
    sa.Column("grant", sa.String(32), nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

#: The audited fields as they were fetched under a consent, encrypted: of each person the latest only.
consent_snapshots = sa.Table(
    "consent_snapshots",
    metadata,
    sa.Column("employee_id", sa.Text, primary_key=True),
    sa.Column("grant", sa.String(32), nullable=False),
    sa.Column("period", sa.String(7), nullable=False),
    sa.Column("fetched_at", sa.String(40), nullable=False, index=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

#: How often something was tried since a moment; `name` is a keyed hash and names nobody.
throttles = sa.Table(
    "throttles",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("began_at", sa.String(40), nullable=False),
    sa.Column("times", sa.Integer, nullable=False),
)
