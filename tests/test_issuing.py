"""The life of a report: drafted, checked, approved by another, issued, regenerated, restated."""

import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update

from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof.notes import LOG
from ledger.rooms.proof.tiles import entries_in
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.mapper import encode
from ledger.rooms.storage.tables import events
from ledger.verbs import issuing
from ledger.verbs.checking import check_report
from ledger.verbs.checkpointing import checkpoint
from ledger.verbs.closing import close_year, late_entries
from ledger.verbs.differing import differences
from ledger.verbs.full_reports import FullReport, canonical, digest_of, full_report, regenerated
from ledger.verbs.issues import CLOSED, ISSUED, all_issues, life_at
from ledger.verbs.issuing import Office
from ledger.verbs.opening import open_journal
from ledger.verbs.previewing import preview
from ledger.verbs.recording import record
from ledger.verbs.regenerating import issue_faults
from ledger.verbs.reporting import Question
from ledger.words.problems import Refusal
from ledger.words.years import quarter as quarter_of
from ledger.words.years import year
from small_ledgers import HOUSE, ORGANS, YEARS, drafts, ledger_of
from test_command_line import Ledger, runs

YEAR = Question(year(2022), "office")
TEXT = {"overview": "本年新收{applications/new/total}件，结转{applications/carried-out/total}件。"}
CARRIED_OUT = "applications/carried-out/natural-person"


def event(type_: str, subject: str, on: str, organ: str = "office", **data: Any) -> dict[str, Any]:
    return {"type": type_, "organ": organ, "subject": subject, "occurred_on": on, "data": data}


RECEIVED = {"applicant": "natural-person", "channel": "online"}
HISTORY = [
    event("organ.registered", "organ:office", "2019-01-01", name="示例县办公室"),
    event("application.received", "application:1", "2022-03-01", **RECEIVED),
    event("application.decided", "application:1", "2022-03-11", outcome="granted"),
    event("application.received", "application:2", "2022-12-20", **RECEIVED),
]
LATE = event("application.decided", "application:2", "2022-12-28", outcome="refused-third-party")


class Bureau:
    """An office with its people: `li` drafts, `wang` approves."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    def by(self, person: str) -> Office:
        return Office(self.journal, HOUSE.definitions, HOUSE.editions, person)

    def record(self, *told: dict[str, Any]) -> None:
        record(self.journal, HOUSE.definitions, told, "clerk")

    def issue(
        self, question: Question = YEAR, told: Mapping[str, str] = TEXT, **draft: Any
    ) -> FullReport:
        issuing.draft(self.by("li"), question, told, **draft)
        issuing.check_for_issue(self.by("li"), question)
        issuing.approve(self.by("wang"), question)
        return issuing.issue(self.by("li"), question)

    def full_report(self, question: Question) -> FullReport:
        with self.journal.reading() as connection:
            return full_report(connection, HOUSE.editions, question)

    def faults(self) -> list[tuple[str, str]]:
        with self.journal.reading() as connection:
            found = issue_faults(connection, HOUSE.definitions, HOUSE.editions)
            return [(fault.what, fault.place) for fault in found]


@pytest.fixture
def bureau(database_url: str) -> Iterator[Bureau]:
    journal = open_journal(database_url, create=True)
    bureau = Bureau(journal)
    bureau.record(*HISTORY)
    yield bureau
    journal.engine.dispose()


def refused(step: Any, *args: Any, **more: Any) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        step(*args, **more)
    return [problem.code for problem in refusal.value.problems]


def lines(told: FullReport, section: str = "overview") -> list[str]:
    document = json.loads(canonical(told))
    found: list[str] = document["narrative"][section]
    return found


# Drafted, checked, approved, issued


def test_a_report_is_issued_with_the_numbers_of_its_tables_in_its_text(bureau: Bureau) -> None:
    made = bureau.issue()
    assert lines(made) == ["本年新收2件，结转1件。"]
    assert made.issue is not None
    assert made.issue.data["cells"][CARRIED_OUT] == 1
    assert made.issue.data["digest"] == digest_of(made)
    assert bureau.faults() == []


def test_a_text_refers_to_figures_and_sections_that_the_form_has(bureau: Bureau) -> None:
    told = {"overview": "共{applications/new/nobody}件", "annex": "附件"}
    codes = refused(issuing.draft, bureau.by("li"), YEAR, told)
    assert codes == ["no-such-reference", "no-such-section"]


def test_steps_out_of_their_order_are_refused(bureau: Bureau) -> None:
    li, wang = bureau.by("li"), bureau.by("wang")
    assert refused(issuing.check_for_issue, li, YEAR) == ["never-happened"]
    issuing.draft(li, YEAR, TEXT)
    assert refused(issuing.approve, wang, YEAR) == ["not-checked"]
    issuing.check_for_issue(li, YEAR)
    assert refused(issuing.issue, li, YEAR) == ["never-happened"]
    assert refused(issuing.approve, li, YEAR) == ["own-draft"]
    issuing.approve(wang, YEAR)
    issuing.draft(wang, YEAR, {"problems": "无"})
    assert refused(issuing.issue, li, YEAR) == ["not-checked"]
    issuing.check_for_issue(li, YEAR)
    assert refused(issuing.approve, wang, YEAR) == ["own-draft"]
    issuing.approve(bureau.by("zhao"), YEAR)
    assert issuing.issue(li, YEAR).issue is not None


def test_a_figure_that_moved_after_the_check_is_checked_again(bureau: Bureau) -> None:
    li, wang = bureau.by("li"), bureau.by("wang")
    issuing.draft(li, YEAR, TEXT)
    issuing.check_for_issue(li, YEAR)
    bureau.record(LATE)
    assert refused(issuing.approve, wang, YEAR) == ["figures-moved"]
    issuing.check_for_issue(li, YEAR)
    issuing.approve(wang, YEAR)
    bureau.record(event("application.received", "application:3", "2023-01-03", **RECEIVED))
    assert lines(issuing.issue(li, YEAR)) == ["本年新收2件，结转0件。"]


def test_a_year_that_still_runs_is_neither_issued_nor_closed(bureau: Bureau) -> None:
    running = Question(year(issuing.today().year), "office")
    issuing.draft(bureau.by("li"), running, TEXT)
    assert refused(issuing.check_for_issue, bureau.by("li"), running) == ["year-not-over"]
    assert refused(close_year, bureau.by("li"), running) == ["year-not-over"]


def test_what_the_ledger_works_out_is_not_told_to_it(bureau: Bureau) -> None:
    bureau.issue()
    digest = f"sha256:{'0' * 64}"
    for told in (
        event("report.approved", "report:2022", "2023-01-20", digest=digest),
        event("year.closed", "year:2022", "2023-01-20", position=1, balances=[]),
    ):
        assert refused(bureau.record, told) == ["own-command"]
    with bureau.journal.reading() as connection:
        issue = next(all_issues(connection))
    for type_ in ("event.corrected", "event.voided"):
        told = event(type_, "report:2022", "2023-02-01", event=issue.id, reason="other")
        if type_ == "event.corrected":
            told["data"]["data"] = {"period": "2021"}
        assert refused(bureau.record, told) == ["lasting"]


def test_a_difference_since_an_issue_is_by_the_form_of_that_issue(bureau: Bureau) -> None:
    quarter = Question(quarter_of(2022, 4), "office", edition="local-luan-quarterly")
    bureau.issue(quarter, {})
    bureau.record(event("application.received", "application:3", "2022-11-02", **RECEIVED))
    asked = Question(quarter_of(2022, 4), "office")
    with bureau.journal.reading() as connection:
        told = differences(connection, HOUSE.editions, asked, ISSUED)
    assert told.setting.edition.id == "local-luan-quarterly"
    assert told.cells


def test_an_issue_drawn_by_another_form_does_not_pass_for_the_issue(bureau: Bureau) -> None:
    issued = bureau.issue()
    as_issued = bureau.full_report(Question(year(2022), "office", as_at=ISSUED))
    assert as_issued == issued
    other = Question(year(2022), "office", as_at=ISSUED, edition="cn-annual-report-2019")
    assert bureau.full_report(other).issue is None


# Waivers


def test_a_breach_stands_in_the_way_until_it_is_waived_and_is_then_printed(bureau: Bureau) -> None:
    """More was handled than was received: a counted statement of another system says so."""
    stated = event(
        "statement.counted",
        "statement:1",
        "2022-12-31",
        **{"state": "application.decided", "from": "2022-01-01", "to": "2022-12-31"},
        dimensions={"applicant": "natural-person", "outcome": "granted"},
        quantity=2,
    )
    bureau.record(stated | {"source": {"title": "另一系统的统计"}})
    li, wang = bureau.by("li"), bureau.by("wang")
    issuing.draft(li, YEAR, TEXT)
    checked = issuing.check_for_issue(li, YEAR)
    broken = {
        (finding.constraint.id, finding.equation.at)
        for finding in checked.findings
        if finding.verdict == "broken" and finding.constraint.severity == "error"
    }
    assert broken
    assert refused(issuing.approve, wang, YEAR) == ["check-failed"]
    ids = {constraint for constraint, _ in broken}
    for constraint in ids:
        issuing.waive(li, YEAR, constraint, None, "另一系统重复统计")
    assert refused(issuing.approve, wang, YEAR) == ["not-checked"]
    again = issuing.check_for_issue(li, YEAR)
    assert again.event.data["errors"] == 0
    assert again.event.data["waived"] == len(broken)
    issuing.approve(wang, YEAR)
    printed = json.loads(canonical(issuing.issue(li, YEAR)))["waivers"]
    assert {waiver["constraint"] for waiver in printed} == ids
    assert {(waiver["reason"], waiver["by"]) for waiver in printed} == {("另一系统重复统计", "li")}


def test_a_waiver_names_a_constraint_of_the_form_and_can_be_withdrawn(bureau: Bureau) -> None:
    li = bureau.by("li")
    issuing.draft(li, YEAR, TEXT)
    constraint = HOUSE.editions["cn-annual-report-2021"].constraints[0].id
    assert refused(issuing.waive, li, YEAR, "no.such", None, "示例") == ["no-such-constraint"]
    assert refused(issuing.withdraw_waiver, li, YEAR, constraint, None) == ["never-happened"]
    issuing.waive(li, YEAR, constraint, None, "示例")
    assert [waiver.reason for waiver in bureau.full_report(YEAR).waivers] == ["示例"]
    issuing.withdraw_waiver(li, YEAR, constraint, None)
    assert bureau.full_report(YEAR).waivers == ()


# Restated


def test_late_knowledge_leaves_the_issue_and_shows_in_the_next_year(bureau: Bureau) -> None:
    issued = canonical(bureau.issue())
    bureau.record(LATE)
    as_issued = bureau.full_report(Question(year(2022), "office", as_at=ISSUED))
    assert canonical(as_issued) == issued
    assert bureau.full_report(YEAR).report.cells[CARRIED_OUT].quantity == 0
    (natural, total) = bureau.full_report(Question(year(2023), "office")).carried
    assert (natural.figure.address, natural.issued, natural.known) == (CARRIED_OUT, 1, 0)
    assert (total.figure.column, total.restated) == ("total", None)
    with bureau.journal.reading() as connection:
        _, findings = check_report(connection, HOUSE.editions, Question(year(2023), "office"))
        told = differences(connection, HOUSE.editions, YEAR, ISSUED)
    assert {finding.verdict for finding in findings} == {"holds"}
    assert {cause.kind for cause in told.causes.values()} == {"late"}


def test_a_restatement_replaces_what_was_issued_and_lists_its_changes(bureau: Bureau) -> None:
    first = bureau.issue()
    bureau.record(LATE)
    assert refused(issuing.draft, bureau.by("li"), YEAR, TEXT) == ["restate-with-reason"]
    second = bureau.issue(kind="material", reason="一件申请的办结晚记")
    assert first.issue is not None
    assert second.issue is not None
    assert second.issue.data["replaces"] == first.issue.id
    changes = {change["address"]: change for change in second.issue.data["changes"]}
    assert (changes[CARRIED_OUT]["old"], changes[CARRIED_OUT]["new"]) == (1, 0)
    told = json.loads(canonical(second))["restates"]
    assert told["digest"] == digest_of(first)
    assert {"address": CARRIED_OUT, "old": "1", "new": "0"} in told["changes"]
    natural, _ = bureau.full_report(Question(year(2023), "office")).carried
    assert natural.restated == second.issue
    assert bureau.faults() == []


def test_a_restatement_says_something_else_and_calls_changed_figures_material(
    bureau: Bureau,
) -> None:
    li = bureau.by("li")
    assert refused(issuing.draft, li, YEAR, TEXT, "material", "示例") == ["nothing-to-restate"]
    bureau.issue()
    assert refused(bureau.issue, kind="editorial", reason="示例") == ["same-as-issued"]
    bureau.record(LATE)
    assert refused(bureau.issue, kind="editorial", reason="示例") == ["figures-are-material"]


def test_restatements_are_a_chain_that_cannot_branch(bureau: Bureau) -> None:
    chain = [bureau.issue().issue]
    for nth, outcome in enumerate(["granted", "other", "partially-granted"], 3):
        received = event("application.received", f"application:{nth}", "2022-05-01", **RECEIVED)
        decided = event("application.decided", f"application:{nth}", "2022-06-01", outcome=outcome)
        bureau.record(received, decided)
        chain.append(bureau.issue(kind="material", reason=f"补记第{nth}件").issue)
    for earlier, later in itertools.pairwise(chain):
        assert earlier is not None
        assert later is not None
        assert later.data["replaces"] == earlier.id
    with bureau.journal.reading() as connection:
        life = life_at(connection, "office", year(2022), below=False)
    assert life.issues == chain


def test_a_preview_names_the_issued_reports_that_keep_the_old_figures(bureau: Bureau) -> None:
    issue = bureau.issue().issue
    told = preview(bureau.journal, HOUSE.definitions, HOUSE.editions, [LATE], "li")
    of_year = {moved.year: moved.issues for moved in told.years}
    assert of_year[2022] == (issue,)
    assert of_year[2023] == ()


# Closed


def test_a_closed_year_hands_over_its_balances_and_takes_late_entries(bureau: Bureau) -> None:
    closing = close_year(bureau.by("li"), YEAR)
    (pending,) = closing.data["balances"]
    assert (pending["state"], pending["quantity"]) == ("application.pending", 1)
    assert pending["dimensions"]["applicant"] == "natural-person"
    assert refused(close_year, bureau.by("li"), YEAR) == ["closed-once"]
    (receipt,) = record(bureau.journal, HOUSE.definitions, [LATE], "clerk")
    with bureau.journal.reading() as connection:
        assert list(late_entries(connection, [receipt.event])) == [(receipt.event, closing)]
        told = differences(connection, HOUSE.editions, YEAR, CLOSED)
    assert [cause.event for cause in told.causes.values()] == [receipt.event]
    assert bureau.faults() == []


# What was altered


UNLOCK = {
    "sqlite": "DROP TRIGGER IF EXISTS events_are_not_changed",
    "postgresql": "DROP TRIGGER IF EXISTS events_are_not_changed ON events",
}


def _rewrite(bureau: Bureau, id_: str, **changes: Any) -> None:
    """Alters the stored bytes of an event, as a person with the database in hand could."""
    with bureau.journal.reading() as connection:
        issue = next(each for each in all_issues(connection) if each.id == id_)
    issue.data.update(changes)
    with bureau.journal.exclusively() as connection:
        connection.execute(text(UNLOCK[connection.dialect.name]))
        connection.execute(
            update(events).where(events.c.position == issue.position).values(state=encode(issue))
        )


def test_an_issued_report_that_was_altered_is_found(bureau: Bureau) -> None:
    issue = bureau.issue().issue
    assert issue is not None
    cells = issue.data["cells"] | {CARRIED_OUT: 7}
    _rewrite(bureau, issue.id, cells=cells)
    assert bureau.faults() == [("issued-cell", f"{issue.position} {CARRIED_OUT}")]
    _rewrite(bureau, issue.id, cells=issue.data["cells"], edition_digest=f"sha256:{'1' * 64}")
    assert bureau.faults() == [("issued-edition", str(issue.position))]


def test_events_altered_under_an_issued_report_are_found(bureau: Bureau) -> None:
    bureau.issue()
    close_year(bureau.by("li"), YEAR)
    with bureau.journal.exclusively() as connection:
        connection.execute(text("DELETE FROM facts WHERE until = 99991231"))
    assert {what for what, _ in bureau.faults()} == {
        *("issued-cell", "issued-digest", "closed-balances")
    }


def test_an_event_that_no_entry_of_the_published_log_could_hold_is_refused(
    bureau: Bureau, tmp_path: Path
) -> None:
    li = bureau.by("li")
    with pytest.raises(Refusal) as refusal:
        issuing.draft(li, YEAR, {"overview": "甲" * 20_000, "problems": "乙" * 20_000})
    (problem,) = refusal.value.problems
    assert "This event has 120" in problem.sentence("en")
    assert "more than 65535. Shorten what it says" in problem.sentence("en")
    assert "超过 65535 字节。请缩短其内容，或分开记录" in problem.sentence("zh-CN")
    issuing.draft(li, YEAR, {"overview": "甲" * 20_000})
    issuing.draft(li, YEAR, {"problems": "乙" * 20_000})
    keyring.make(tmp_path / "keys", LOG, "ledger.example/long")
    checkpoint(bureau.journal, keyring.load(tmp_path / "keys", LOG), tmp_path / "tiles")
    bundle = tmp_path / "tiles/tile/entries/000.p" / str(len(HISTORY) + 2)
    assert sorted(map(len, entries_in(bundle.read_bytes())))[-2] > 60_000


# At the command line


@pytest.fixture
def ledger(sqlite_url: str, tmp_path: Path) -> Ledger:
    return runs(sqlite_url, tmp_path)


@pytest.mark.slow
def test_a_clerk_issues_a_report_and_anyone_can_take_its_digest(ledger: Ledger) -> None:
    told = "\n".join(json.dumps(each) for each in HISTORY)
    assert ledger("import", "-", stdin=told).returncode == 0
    assert "总体情况" in ledger("draft", "2022").stdout
    text_ = f"overview={TEXT['overview']}"
    for words in (
        ["draft", "2022", text_, "--by", "li"],
        ["check", "2022", "--record", "--by", "li"],
        ["approve", "2022", "--by", "wang"],
        ["issue", "2022", "--on", "2023-01-20", "--by", "li"],
    ):
        done = ledger(*words)
        assert done.returncode == 0, done.stderr
    assert "　　本年新收2件，结转1件。" in done.stdout
    digest = json.loads(ledger("issued", "2022", "--format", "json").stdout)["issues"][0]["digest"]
    canonical_ = ledger("issued", "2022", "--canonical").stdout.encode()
    assert digest == f"sha256:{hashlib.sha256(canonical_).hexdigest()}"
    shown = ledger("--lang", "en", "report", "2022", "--as-at", "issued").stdout
    assert "Issued: 2023-01-20" in shown
    assert digest in shown
    assert "Closed" in ledger("--lang", "en", "close", "2022").stdout.title()
    late = ledger("--lang", "en", "record", "--json", "-", stdin=json.dumps(LATE))
    assert "Late entry" in late.stdout
    changed = ledger("diff", "2022", "--from", "issued").stdout
    assert CARRIED_OUT in changed
    assert CARRIED_OUT in ledger("diff", "2022", "--from", "closed").stdout
    assert "1 issued reports and 1 closed years" in ledger("--lang", "en", "verify").stdout


@pytest.mark.slow
def test_wrong_words_end_in_a_sentence(ledger: Ledger) -> None:
    told = "\n".join(json.dumps(each) for each in HISTORY)
    ledger("import", "-", stdin=told)
    for words in (
        ["issue", "2022"],
        ["approve", "2022"],
        ["waive", "2022", "applications.identity"],
        ["draft", "2022", "overview=@no-such-file"],
        ["draft", "2022", "overview={x}"],
        ["issue", "2022", "--on", "someday"],
        ["report", "2022", "--as-at", "issued"],
        ["diff", "2022", "--from", "closed"],
        ["check", "2022", "--record", "--as-at", "1"],
    ):
        done = ledger(*words)
        assert done.returncode == 1, words
        assert done.stderr
        assert "Traceback" not in done.stderr


# Laws


@settings(max_examples=40)
@given(told=drafts(4, 24), data=st.data())
def test_what_was_issued_comes_out_the_same_after_all_that_follows(
    told: list[dict[str, Any]], data: st.DataObject
) -> None:
    """Issued somewhere in a random ledger, each report has the same bytes at its end; so have closings."""
    with ledger_of(told[:2]) as (journal, _):
        bureau = Bureau(journal)
        issued: list[tuple[bytes, FullReport]] = []
        reported: set[Question] = set()
        for draft in told[2:]:
            if data.draw(st.booleans()):
                organ, below = data.draw(
                    st.sampled_from([("city", True), *((o, False) for o in ORGANS)])
                )
                question = Question(year(data.draw(st.sampled_from(YEARS))), organ, below)
                restates = {"kind": "material", "reason": "示例"} if question in reported else {}
                try:
                    made = bureau.issue(question, **restates)
                except Refusal:
                    pass
                else:
                    reported.add(question)
                    issued.append((canonical(made), made))
            try:
                bureau.record(draft)
            except Refusal:
                continue
        with journal.reading() as connection:
            for before, made in issued:
                assert made.issue is not None
                assert canonical(regenerated(connection, HOUSE.editions, made.issue)) == before
        assert bureau.faults() == []
