BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
CREATE TABLE case_events (
	number INTEGER NOT NULL, 
	employee_id TEXT NOT NULL, 
	last_day DATE, 
	event VARCHAR(16) NOT NULL, 
	on_day DATE NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "case_events" VALUES(1,'Zoë, ''quoted''; \ %s
','2026-11-22','text','2026-11-22');
CREATE TABLE cases (
	id VARCHAR(64) NOT NULL, 
	employee_id TEXT NOT NULL, 
	last_day DATE, 
	opened_on DATE NOT NULL, 
	closed_on DATE, 
	closed_in VARCHAR(64) NOT NULL, 
	reopened_on DATE, 
	clean_on DATE, 
	PRIMARY KEY (id)
);
INSERT INTO "cases" VALUES('text','Zoë, ''quoted''; \ %s
','2026-11-22','2026-11-22','2026-11-22','text','2026-11-22','2026-11-22');
CREATE TABLE consent_invitations (
	id VARCHAR(32) NOT NULL, 
	employee_id TEXT NOT NULL, 
	purpose VARCHAR(16) NOT NULL, 
	secret_hash VARCHAR(64) NOT NULL, 
	issued_at VARCHAR(40) NOT NULL, 
	expires_at VARCHAR(40) NOT NULL, 
	revoked_at VARCHAR(40), 
	opened_at VARCHAR(40), 
	opened INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "consent_invitations" VALUES('text','Zoë, ''quoted''; \ %s
','text','text','text','text','text','text',7);
CREATE TABLE consent_requests (
	id VARCHAR(32) NOT NULL, 
	employee_id TEXT NOT NULL, 
	invitation_id VARCHAR(32) NOT NULL, 
	issued_at VARCHAR(40) NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "consent_requests" VALUES('text','Zoë, ''quoted''; \ %s
','text','text');
CREATE TABLE consent_snapshots (
	employee_id TEXT NOT NULL, 
	grant VARCHAR(32) NOT NULL, 
	period VARCHAR(7) NOT NULL, 
	fetched_at VARCHAR(40) NOT NULL, 
	body BLOB NOT NULL, 
	PRIMARY KEY (employee_id)
);
INSERT INTO "consent_snapshots" VALUES('Zoë, ''quoted''; \ %s
','text','text','text',X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF');
CREATE TABLE consent_tokens (
	employee_id TEXT NOT NULL, 
	grant VARCHAR(32) NOT NULL, 
	body BLOB NOT NULL, 
	PRIMARY KEY (employee_id)
);
INSERT INTO "consent_tokens" VALUES('Zoë, ''quoted''; \ %s
','text',X'000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F404142434445464748494A4B4C4D4E4F505152535455565758595A5B5C5D5E5F606162636465666768696A6B6C6D6E6F707172737475767778797A7B7C7D7E7F808182838485868788898A8B8C8D8E8F909192939495969798999A9B9C9D9E9FA0A1A2A3A4A5A6A7A8A9AAABACADAEAFB0B1B2B3B4B5B6B7B8B9BABBBCBDBEBFC0C1C2C3C4C5C6C7C8C9CACBCCCDCECFD0D1D2D3D4D5D6D7D8D9DADBDCDDDEDFE0E1E2E3E4E5E6E7E8E9EAEBECEDEEEFF0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF');
CREATE TABLE consents (
	employee_id TEXT NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	invited_on DATE, 
	consented_on DATE, 
	ends_on DATE, 
	reminded_on DATE, 
	refused_on DATE, 
	withdrawn_on DATE, 
	expired_on DATE, 
	grant VARCHAR(32) NOT NULL, 
	PRIMARY KEY (employee_id)
);
INSERT INTO "consents" VALUES('Zoë, ''quoted''; \ %s
','text','2026-11-22','2026-11-22','2026-11-22','2026-11-22','2026-11-22','2026-11-22','2026-11-22','text');
CREATE TABLE cool_downs (
	source VARCHAR(64) NOT NULL, 
	until VARCHAR(40) NOT NULL, 
	times INTEGER NOT NULL, 
	PRIMARY KEY (source)
);
INSERT INTO "cool_downs" VALUES('text','text',7);
CREATE TABLE decisions (
	number INTEGER NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	employee_id TEXT NOT NULL, 
	decision VARCHAR(32) NOT NULL, 
	decided_on DATE, 
	until DATE, 
	remark TEXT NOT NULL, 
	decided_by TEXT NOT NULL, 
	file_name TEXT NOT NULL, 
	file_sha256 VARCHAR(64) NOT NULL, 
	read_on DATE NOT NULL, 
	applied BOOLEAN NOT NULL, 
	reason VARCHAR(32), 
	typed TEXT NOT NULL, 
	place TEXT NOT NULL, 
	address TEXT NOT NULL, 
	replaces TEXT NOT NULL, 
	report_id VARCHAR(64) NOT NULL, 
	after_run VARCHAR(64) NOT NULL, page_name TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "decisions" VALUES(1,'text','Zoë, ''quoted''; \ %s
','text','2026-11-22','2026-11-22','Zoë, ''quoted''; \ %s
','Zoë, ''quoted''; \ %s
','Zoë, ''quoted''; \ %s
','text','2026-11-22',1,'text','Zoë, ''quoted''; \ %s
','Zoë, ''quoted''; \ %s
','Zoë, ''quoted''; \ %s
','Zoë, ''quoted''; \ %s
','text','text','Zoë, ''quoted''; \ %s
');
CREATE TABLE examinations (
	run_id VARCHAR(64) NOT NULL, 
	employee_id TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	final BOOLEAN NOT NULL, 
	unverified BOOLEAN NOT NULL, 
	content JSON NOT NULL, 
	PRIMARY KEY (run_id, employee_id), 
	FOREIGN KEY(run_id) REFERENCES runs (id)
);
INSERT INTO "examinations" VALUES('2026-10-05-01','0042',0,1,1,'{"employee": {"employee_id": "0042", "full_name": "=1+1 Zo\u00eb", "roster_state": "leaver_overdue", "profile_url": "https://www.linkedin.com/in/zoe-x/", "title": "", "entity": "", "manager": "", "language": "", "last_day": "2026-08-31", "roster_row": 0, "name": {"display": "Zo\u00eb X", "first": "Zo\u00eb", "prefix": "van", "last": "X", "others": ["X Zo\u00eb"]}, "address_note": "", "tier": "", "start_day": null, "grace_until": null, "confirmed_names": [], "state_code": "", "state_word": ""}, "trials": [{"source": "public_page", "status": "ok", "page_kind": "profile_masked", "captured_at": "2026-11-22T08:30:01.000005+00:00", "http_status": 200, "attempts": 1, "trouble": "", "layout": "", "fields": [["headline", "unseen"]], "decided": [], "notes": [], "postponed": false, "crashed": false, "from_file": false, "file_name": "", "digests": []}], "results": [{"rule_id": "BNR001", "employee_id": "0042", "outcome": {"code": "BANNER_PREVIOUS", "message": "m", "expected": "e", "observed": "o", "confidence": "probable", "severity": "low", "remedy": "", "key": "", "facts": [], "pictures": [], "outcome": "Failed"}, "severity": "high", "source": "public_page", "captured_at": "2026-11-22T08:30:01.000005+00:00"}, {"rule_id": "CMP001", "employee_id": "0042", "outcome": {"code": "ACT_UNDATED", "reason": "no dates", "review": false, "expected": "", "observed": "", "remedy": "", "facts": [], "pictures": [], "outcome": "Undetermined"}, "severity": "high", "source": "public_page", "captured_at": "2026-11-22T08:30:01.000005+00:00"}, {"rule_id": "HDL001", "employee_id": "0042", "outcome": {"code": "OK_EXACT", "expected": "e", "observed": "o", "reason": "", "facts": [], "outcome": "Passed"}, "severity": "high", "source": "public_page", "captured_at": "2026-11-22T08:30:01.000005+00:00"}, {"rule_id": "LVR001", "employee_id": "0042", "outcome": {"code": "STATE", "reason": "r", "outcome": "NotApplicable"}, "severity": "high", "source": "public_page", "captured_at": "2026-11-22T08:30:01.000005+00:00"}]}');
CREATE TABLE judgements (
	employee_id TEXT NOT NULL, 
	used_on DATE NOT NULL, 
	pictured BOOLEAN NOT NULL, 
	content JSON NOT NULL, 
	PRIMARY KEY (employee_id)
);
INSERT INTO "judgements" VALUES('Zoë, ''quoted''; \ %s
','2026-11-22',1,'{"text": "Zo\u00eb \u0000 \ud800 =1+1", "none": null, "deep": [1, 2.5, {"x": []}]}');
CREATE TABLE log (
	number INTEGER NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	event VARCHAR(64) NOT NULL, 
	content JSON NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "log" VALUES(1,'text','text','{"text": "Zo\u00eb \u0000 \ud800 =1+1", "none": null, "deep": [1, 2.5, {"x": []}]}','text','text');
CREATE TABLE objections (
	person_hash VARCHAR(64) NOT NULL, 
	recorded_on DATE NOT NULL, 
	objection VARCHAR(32) NOT NULL, 
	key_id VARCHAR(16) NOT NULL, 
	PRIMARY KEY (person_hash)
);
INSERT INTO "objections" VALUES('text','2026-11-22','text','text');
CREATE TABLE outbox (
	number INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	content JSON NOT NULL, 
	written_at VARCHAR(40) NOT NULL, 
	attempts INTEGER NOT NULL, 
	sent_at VARCHAR(40), 
	trouble TEXT NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "outbox" VALUES(1,'text','{"text": "Zo\u00eb \u0000 \ud800 =1+1", "none": null, "deep": [1, 2.5, {"x": []}]}','text',7,'text','Zoë, ''quoted''; \ %s
');
CREATE TABLE pictures (
	run_id VARCHAR(64) NOT NULL, 
	employee_id TEXT NOT NULL, 
	rule_id VARCHAR(16) NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	place INTEGER NOT NULL, 
	body BLOB NOT NULL, 
	PRIMARY KEY (run_id, employee_id, rule_id, name), 
	FOREIGN KEY(run_id) REFERENCES runs (id)
);
INSERT INTO "pictures" VALUES('2026-10-05-01','0042','BNR001','seen',0,X'00');
INSERT INTO "pictures" VALUES('2026-10-05-01','0042','CMP001','seen',1,X'FF');
INSERT INTO "pictures" VALUES('2026-10-05-01','0042','CMP001','difference',2,X'32');
CREATE TABLE rosters (
	run_id VARCHAR(64) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	place INTEGER NOT NULL, 
	content JSON NOT NULL, 
	PRIMARY KEY (run_id, kind, place), 
	FOREIGN KEY(run_id) REFERENCES runs (id)
);
INSERT INTO "rosters" VALUES('2026-10-05-01','employees',0,'[{"employee_id": "0042", "full_name": "=1+1 Zo\u00eb", "roster_state": "leaver_overdue", "profile_url": "https://www.linkedin.com/in/zoe-x/", "title": "", "entity": "", "manager": "", "language": "", "last_day": "2026-08-31", "roster_row": 0, "name": {"display": "Zo\u00eb X", "first": "Zo\u00eb", "prefix": "van", "last": "X", "others": ["X Zo\u00eb"]}, "address_note": "", "tier": "", "start_day": null, "grace_until": null, "confirmed_names": [], "state_code": "", "state_word": ""}]');
INSERT INTO "rosters" VALUES('2026-10-05-01','rows',0,'[{"row": 2, "fate": "person", "code": "", "sheet": "", "person": "", "message": "", "raw": ""}]');
INSERT INTO "rosters" VALUES('2026-10-05-01','notices',0,'[{"code": "F07", "message": "no leavers", "row": 0, "sheet": "", "facts": [], "raw": ""}]');
INSERT INTO "rosters" VALUES('2026-11-22-01','employees',0,'[{"employee_id": "0042", "full_name": "=1+1 Zo\u00eb", "roster_state": "leaver_overdue", "profile_url": "https://www.linkedin.com/in/zoe-x/", "title": "", "entity": "", "manager": "", "language": "", "last_day": "2026-08-31", "roster_row": 0, "name": {"display": "Zo\u00eb X", "first": "Zo\u00eb", "prefix": "van", "last": "X", "others": ["X Zo\u00eb"]}, "address_note": "", "tier": "", "start_day": null, "grace_until": null, "confirmed_names": [], "state_code": "", "state_word": ""}]');
INSERT INTO "rosters" VALUES('2026-11-22-01','rows',0,'[{"row": 2, "fate": "person", "code": "", "sheet": "", "person": "", "message": "", "raw": ""}]');
INSERT INTO "rosters" VALUES('2026-11-22-01','notices',0,'[{"code": "F07", "message": "no leavers", "row": 0, "sheet": "", "facts": [], "raw": ""}]');
CREATE TABLE runs (
	number INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	today DATE NOT NULL, 
	input_sha256 VARCHAR(64) NOT NULL, 
	facts JSON NOT NULL, 
	roster JSON NOT NULL, 
	health JSON, 
	PRIMARY KEY (number), 
	UNIQUE (id)
);
INSERT INTO "runs" VALUES(1,'2026-10-05-01','complete','2026-10-05','inputs','{"id": "2026-10-05-01", "started_at": "2026-11-22T08:30:01.000005+00:00", "finished_at": "2026-11-22T08:30:01.000005+00:00", "today": "2026-10-05", "policy_sha256": "pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp", "roster_sha256": "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr", "roster_name": "people.xlsx", "roster_date": null, "source": "", "program_version": "0.1.0", "counts": {}, "row_counts": {}, "entity_counts": {}, "retention_until": null, "interrupted": false, "source_notes": [], "partial": false, "left": 0, "banner_counts": null}','{"employees": 1, "rows": 1, "notices": 1}','{"captures_by_status": {"ok": 1}, "field_coverage": {"public_page.profile_masked.headline": 0.0}, "newly_failing_share": 0.0, "verdict": "sound", "reasons": [], "field_shown": {"public_page.profile_masked.headline": 0.0}, "pages": {"public_page.profile_masked": 1}}');
INSERT INTO "runs" VALUES(2,'2026-11-22-01','running','2026-11-22','other','{"id": "2026-11-22-01", "started_at": "2026-11-22T08:30:01.000005+00:00", "finished_at": null, "today": "2026-11-22", "policy_sha256": "pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp", "roster_sha256": "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr", "roster_name": "people.xlsx", "roster_date": null, "source": "", "program_version": "0.1.0", "counts": {}, "row_counts": {}, "entity_counts": {}, "retention_until": null, "interrupted": false, "source_notes": [], "partial": false, "left": 0, "banner_counts": null}','{"employees": 1, "rows": 1, "notices": 1}',NULL);
CREATE TABLE step_notes (
	number INTEGER NOT NULL, 
	step_id VARCHAR(64) NOT NULL, 
	case_id VARCHAR(64) NOT NULL, 
	employee_id TEXT NOT NULL, 
	last_day DATE, 
	state VARCHAR(16) NOT NULL, 
	evidence TEXT NOT NULL, 
	done_on DATE, 
	done_by TEXT NOT NULL, 
	typed TEXT NOT NULL, 
	noted_by TEXT NOT NULL, 
	file_name TEXT NOT NULL, 
	file_sha256 VARCHAR(64) NOT NULL, 
	place TEXT NOT NULL, 
	read_on DATE NOT NULL, 
	report_id VARCHAR(64) NOT NULL, 
	after_run VARCHAR(64) NOT NULL, 
	applied BOOLEAN NOT NULL, 
	reason VARCHAR(32), 
	PRIMARY KEY (number)
);
INSERT INTO "step_notes" VALUES(1,'text','text','Zoë, ''quoted''; \ %s
','2026-11-22','text','Zoë, ''quoted''; \ %s
','2026-11-22','Zoë, ''quoted''; \ %s
','Zoë, ''quoted''; \ %s
','Zoë, ''quoted''; \ %s
','Zoë, ''quoted''; \ %s
','text','Zoë, ''quoted''; \ %s
','2026-11-22','text','text',1,'text');
CREATE TABLE throttles (
	name VARCHAR(64) NOT NULL, 
	began_at VARCHAR(40) NOT NULL, 
	times INTEGER NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "throttles" VALUES('text','text',7);
CREATE TABLE tracked (
	run_id VARCHAR(64) NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	employee_id TEXT NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	content JSON NOT NULL, 
	PRIMARY KEY (run_id, fingerprint), 
	FOREIGN KEY(run_id) REFERENCES runs (id)
);
INSERT INTO "tracked" VALUES('2026-10-05-01','77e28433966f','0042','new','{"finding": {"fingerprint": "77e28433966f", "rule_id": "BNR001", "code": "BANNER_PREVIOUS", "employee_id": "0042", "severity": "low", "confidence": "probable", "message": "m", "expected": "e", "observed": "o", "remedy": "", "facts": [], "pictures": []}, "state": "new", "first_seen": "2026-10-05", "last_seen": "2026-10-05", "months_open": 0, "note": "", "claim": "", "claim_days": [], "more_days": 0, "reopened_on": null, "asked_on": null, "roster_wrong_on": null}');
CREATE INDEX ix_tracked_employee_id ON tracked (employee_id);
CREATE INDEX ix_decisions_fingerprint ON decisions (fingerprint);
CREATE INDEX ix_decisions_employee_id ON decisions (employee_id);
CREATE INDEX ix_case_events_employee_id ON case_events (employee_id);
CREATE INDEX ix_cases_employee_id ON cases (employee_id);
CREATE INDEX ix_step_notes_employee_id ON step_notes (employee_id);
CREATE INDEX ix_step_notes_step_id ON step_notes (step_id);
CREATE INDEX ix_consent_invitations_employee_id ON consent_invitations (employee_id);
CREATE INDEX ix_consent_requests_employee_id ON consent_requests (employee_id);
CREATE INDEX ix_consent_snapshots_fetched_at ON consent_snapshots (fetched_at);
CREATE INDEX ix_judgements_used_on ON judgements (used_on);
COMMIT;
