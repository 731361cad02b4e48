#!/usr/bin/env python3
"""Write the generated parts of the documentation, or check that they are up to date.

python3 scripts/docs.py            write
python3 scripts/docs.py --check    name outdated files and exit 1
python3 scripts/docs.py --site     build the pages that people read, into .cache/site/index.html
python3 scripts/docs.py --translated   note that the pages in docs/nl say what their originals say now
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


_POLICY_HEAD = """\
# The policy, setting by setting

Generated from the schema by `scripts/docs.py`. Everything is checked when the file is loaded. A value that
is not allowed ends the command with exit status 2 and a message with line and column. `[]` marks the
entries of a list.

On linkedin.com there are at least {pause} seconds between two profiles (`seconds_between` minus `jitter`),
and `daily_cap` is at most {cap}, whatever the policy says. The file may have at most 1,000,000 bytes of
UTF-8; tags (`!`), directives (`%`) and nesting deeper than 12 levels are refused.

Only people can decide what `entities[].privacy` (purpose, ground, dates, contact) and `permission` say.
While any of it is empty, commands that check people end with exit status 2; `run --dry-run`, `inspect`,
`banner`, `store`, `log` and most of `privacy` still work and say what must be filled in.

"""


_RULES_HEAD = """\
# The rules

Generated from the rules and their cases by `scripts/docs.py`. `auditor rules explain ID` prints a rule, and
`auditor rules cases --export DIR` writes the cases as JSON, with pictures and digests, for any other
implementation."""


_MESSAGES_HEAD = """\
# Messages, by code

Generated from the program's own words by `scripts/docs.py`. Each message has a code that never changes. The
terminal prints it under an error and in front of a notice, and the desk below the text. `auditor messages
CODE` prints what stands here. Words in braces, such as `{file}`, stand for what the message names.
"""
_MESSAGE_KINDS = {
    "ERROR": "The command has ended; what was stored before is kept.",
    "RUN": "They stand on the terminal and on the sheet *Run info*.",
    "ROSTER": "They stand on the sheet *Roster check*. `auditor inspect roster FILE` shows them row by row.",
    "FINDING": (
        "Why somebody has a finding or could not be verified. The workbook says it in words; "
        "`findings.json`, `auditor explain` and `auditor inspect` also show the code."
    ),
    "NOT_ASSESSED": (
        "The sheet *Not assessed* says it in words, `findings.json` in the small letters behind "
        "`NOT_ASSESSED_`, such as `long_leave`."
    ),
    "ANSWER": (
        "Decisions in a returned workbook, and ticks in a checklist. The sheet *Decisions* says it in words, "
        "`auditor decisions list` in the small letters behind `ANSWER_`, such as `two_answers`."
    ),
}


def main() -> int:
    stale = []
    for path, text in generated().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(str(path.relative_to(ROOT)))
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    word = "Stale" if "--check" in sys.argv else "Written"
    print(f"{word}: {', '.join(stale)}" if stale else "Everything is current.")
    return 1 if stale and "--check" in sys.argv else 0


def generated() -> dict[Path, str]:
    """Every generated file and the text that it should contain."""
    schema = importlib.import_module("auditor.app.publish").findings_schema()
    readme = ROOT / "README.md"
    return {
        readme: _between(readme.read_text(encoding="utf-8"), "rules", rule_table()),
        ROOT / "docs" / "commands.md": command_pages(),
        ROOT / "docs" / "policy.md": policy_page(),
        ROOT / "docs" / "rules.md": rules_page(),
        ROOT / "docs" / "messages.md": message_page(),
        ROOT / "docs" / "findings.schema.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n",
    }


def rule_table() -> str:
    """The rules as a Markdown table, from their own docstrings."""
    families = importlib.import_module("auditor.app.registry")
    texts = {text.id: text for text in families.rule_texts()}
    owners = importlib.import_module("auditor.reports.codes").OWNERS
    days_to_act = importlib.import_module("auditor.offboarding.next_step").DAYS_TO_ACT
    headings = ("id", "rule", "severity", "what it says", "why it matters", "how to fix", "who acts", "days")
    lines = ["| " + " | ".join(headings) + " |", "|---" * len(headings) + "|"]
    for rule in families.rules():
        sections = (texts[rule.id].sections[one] for one in ("Summary", "Why it matters", "How to fix"))
        described = [one for one in rule.words if one.says]
        who = ", ".join(dict.fromkeys(owners[one.owner] for one in described))
        days = {days_to_act[rule.severity] if one.days is None else one.days for one in described}
        own = (" ".join(text.split()) for text in sections)
        cells = (
            rule.id,
            rule.name,
            rule.severity,
            *own,
            who,
            ", ".join(sorted("-" if one is None else str(one) for one in days)),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def rules_page() -> str:
    """Every rule in full: its own text, its findings, what it gets wrong, its cases."""
    families = importlib.import_module("auditor.app.registry")
    cases = {one.rule_id: one for one in importlib.import_module("auditor.app.rule_cases").rule_cases()}
    owners = importlib.import_module("auditor.reports.codes").OWNERS
    days_to_act = importlib.import_module("auditor.offboarding.next_step").DAYS_TO_ACT
    rules = {rule.id: rule for rule in families.rules()}
    lines = _RULES_HEAD.splitlines()
    for text in families.rule_texts():
        rule, own = rules[text.id], cases[text.id]
        lines += ["", f"## {text.id} {text.name}", "", text.sections["Summary"]]
        for heading in ("What it checks", "Why it matters", "How to fix", "Settings"):
            lines += ["", f"**{heading}.** " + " ".join(text.sections[heading].split())]
        lines += ["", f"**What it gets wrong.** {own.gets_wrong}", ""]
        lines += [
            "| code | what it says | why it matters | how to fix | who acts | days |",
            "|---|---|---|---|---|---|",
        ]
        for one in (word for word in text.words if word.says):
            days = days_to_act[rule.severity] if one.days is None else one.days
            acts = (owners[one.owner], "-" if days is None else str(days))
            lines.append("| " + " | ".join((f"`{one.code}`", one.says, one.why, one.do, *acts)) + " |")
        lines += ["", "| case | situation | right outcome | code |", "|---|---|---|---|"]
        for case in own.cases:
            lines.append(f"| {case.id} | {case.title} | {case.outcome} | `{case.code}` |")
    return "\n".join(lines) + "\n"


def command_pages() -> str:
    """The help text of every command."""
    click = importlib.import_module("click")
    program = importlib.import_module("auditor.cli.main").program
    parts = ["# Commands", "", "Generated from the program's own help by `scripts/docs.py`."]

    def describe(command: object, name: str) -> None:
        settings = {"max_content_width": 100, "terminal_width": 100, **program.context_settings}
        context = click.Context(command, info_name=name, **settings)
        parts.extend(["", f"## {name}", "", "```", command.get_help(context).rstrip(), "```"])
        if isinstance(command, click.Group):
            for child in sorted(command.list_commands(context)):
                describe(command.get_command(context, child), f"{name} {child}")

    describe(program, "auditor")
    return "\n".join(parts) + "\n"


def message_page() -> str:
    """Every message with a code: what it means and what to do."""
    explained = importlib.import_module("auditor.app.message_texts")
    texts = explained.message_texts()
    lines = _MESSAGES_HEAD.splitlines()
    for kind in explained.MessageKind:
        lines += ["", f"## {kind}", "", _MESSAGE_KINDS[kind.name]]
        for one in texts:
            if one.kind is kind:
                do = f"**What to do:** {one.do}" if one.do else ""
                lines += ["", f"### {one.code}", "", f"*{one.says}*"]
                lines += [*(["", one.why] if one.why else []), *(["", do] if do else [])]
    return "\n".join(lines) + "\n"


def policy_page() -> str:
    """Every setting of the policy with its allowed values, default and meaning."""
    families = importlib.import_module("auditor.app.registry")
    whole_file = importlib.import_module("auditor.config.settings").whole_file
    schema = whole_file(tuple(families.rules()), tuple(families.sources().values())).model_json_schema()
    hosts = importlib.import_module("auditor.model.hosts")
    head = _POLICY_HEAD.format(pause=hosts.LEAST_PAUSE, cap=hosts.HIGHEST_DAILY_CAP)
    lines = [
        *head.splitlines(),
        "| setting | allowed values | default | meaning |",
        "|---|---|---|---|",
        *_setting_rows("", schema, schema["$defs"]),
    ]
    return "\n".join(lines) + "\n"


def _setting_rows(name: str, schema: dict, known: dict) -> list[str]:
    rows = []
    for key, part in schema.get("properties", {}).items():
        own = f"{name}.{key}" if name else key
        full = _resolved(part, known)
        inner = _resolved(full.get("items", {}), known)
        if inner.get("properties"):
            rows += _setting_rows(own + "[]", inner, known)
        elif full.get("properties"):
            rows += _setting_rows(own, full, known)
        else:
            default = json.dumps(full["default"], ensure_ascii=False) if "default" in full else ""
            required = "required" if key in schema.get("required", ()) else f"`{default}`" if default else ""
            meaning = " ".join(str(part.get("description", "")).split()).rstrip(".")
            rows.append(f"| `{own}` | {_may_hold(full, known)} | {required} | {meaning} |".replace("  ", " "))
    return rows


def _resolved(part: dict, known: dict) -> dict:
    """The schema with what it refers to; of alternatives the one that is not null."""
    for one in (part, *(one for one in part.get("anyOf", ()) if one.get("type") != "null")):
        part = {**part, **{key: value for key, value in one.items() if key != "anyOf"}}
        part = {**known.get(one.get("$ref", "").rpartition("/")[2], {}), **part}
    return part


def _may_hold(part: dict, known: dict) -> str:
    kind = part.get("type", "")
    if "words" in part or "const" in part:
        return str(part.get("words", part.get("const")))
    if "enum" in part:
        return "one of " + ", ".join(str(one) for one in part["enum"] if one)
    if kind == "array":
        return "a list: " + _may_hold(_resolved(part.get("items", {}), known), known)
    if kind == "object":
        return "names, each with " + _may_hold(_resolved(part.get("additionalProperties", {}), known), known)
    if kind in ("integer", "number"):
        word = "a whole number" if kind == "integer" else "a number"
        return f"{word} from {part['minimum']} to {part['maximum']}"
    return (
        "true or false"
        if kind == "boolean"
        else f"a text of at most {part.get('maxLength', 1000)} characters"
    )


def _between(text: str, name: str, content: str) -> str:
    begin = f"<!-- {name}: generated by scripts/docs.py -->"
    pattern = re.compile(re.escape(begin) + r".*?<!-- /" + name + " -->", re.DOTALL)
    return pattern.sub(lambda _: f"{begin}\n{content}\n<!-- /{name} -->", text)


if __name__ == "__main__":
    if {"--site", "--translated"} & set(sys.argv):
        import _docs_site

        if "--translated" in sys.argv:
            print("Marked:", ", ".join(path.name for path in _docs_site.mark_translations()) or "nothing")
            raise SystemExit(0)
        raise SystemExit(_docs_site.build())
    if importlib.util.find_spec("auditor") is None:
        import _setup

        _setup.ready("requirements.txt")
        raise SystemExit(_setup.run([str(Path(__file__).resolve()), *sys.argv[1:]]))
    raise SystemExit(main())
