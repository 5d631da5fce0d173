"""The catalogue of official documents, as an office files it and as its figures say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.drawing.catalogues import catalogue_document, catalogue_sheet
from ledger.drawing.text import plain
from ledger.rooms.storage import figures
from ledger.rooms.storage.journal import Journal
from ledger.verbs.cataloguing import Catalogue, catalogue
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question
from ledger.words.facts import read_shape
from ledger.words.figures import Term
from ledger.words.predicates import satisfies
from ledger.words.years import Period, quarter, year
from test_command_line import lines, runs

HOUSE = House()
ATTRIBUTES = tuple(HOUSE.definitions.codes["disclosure-attribute"])
Json = dict[str, Any]
FIRST = quarter(2020, 1)


def draft(type_: str, subject: str, on: str, organ: str = "office", **data: Any) -> Json:
    return {"type": type_, "organ": organ, "subject": subject, "occurred_on": on, "data": data}


def made(nth: int, on: str, organ: str = "office", **data: Any) -> Json:
    told = {"kind": "official-document", "title": f"公文{nth}", "attribute": "proactive"}
    return draft("document.made", f"document:{nth}", on, organ, **(told | data))


EVENTS = [
    draft("organ.registered", "organ:county", "2015-01-01", "county", name="示例县"),
    draft("organ.registered", "organ:office", "2015-01-01", name="示例机关", parent="county"),
    made(
        1,
        "2020-01-15",
        kind="normative-document",
        number="示例发〔2020〕1号",
        topic="article-20-1",
        summary="适用范围和程序",
        classified=False,
    ),
    made(2, "2020-02-03", attribute="none", attribute_reason="过程性信息", classified=True)
    | {"id": "made-2"},
    made(3, "2020-03-31", attribute="on-application"),
    made(4, "2020-04-01"),
    made(5, "2020-03-01", kind="other-information"),
    made(6, "2020-03-02", "county"),
    draft("document.published", "document:1", "2020-01-20", channels=["website"]),
    draft("document.reevaluated", "document:3", "2020-08-01", attribute="proactive", reason="审查"),
    draft("document.repealed", "document:1", "2020-09-01"),
]


@pytest.fixture
def journal(database_url: str) -> Iterator[Journal]:
    journal = open_journal(database_url, create=True)
    record(journal, HOUSE.definitions, EVENTS, "clerk")
    yield journal
    journal.engine.dispose()


def ask(journal: Journal, period: Period = FIRST, **more: Any) -> Catalogue:
    with journal.reading() as connection:
        return catalogue(connection, Question(period, **({"organ": "office"} | more)))


def rows(found: Catalogue) -> dict[str, Json]:
    documents = catalogue_document(found, HOUSE.definitions)["documents"]
    return {document["subject"].partition("@")[0]: document for document in documents}


def test_the_documents_made_in_the_period_stand_in_the_order_of_their_days(
    journal: Journal,
) -> None:
    assert list(rows(ask(journal))) == ["document:1", "document:2", "document:3"]
    assert list(rows(ask(journal, quarter(2020, 2)))) == ["document:4"]
    assert list(rows(ask(journal, below=True, organ="county"))) == [
        "document:1",
        "document:2",
        "document:6",
        "document:3",
    ]


def test_an_entry_has_the_fields_of_a_catalogue(journal: Journal) -> None:
    first, second, _ = rows(ask(journal)).values()
    assert first["title"] == "公文1"
    assert first["number"] == "示例发〔2020〕1号"
    assert first["made_on"].isoformat() == "2020-01-15"
    assert first["attribute"]["code"] == "proactive"
    assert first["attribute"]["label"] == {
        "zh-CN": "主动公开",
        "en": HOUSE.definitions.code("document.in-force", "attribute", "proactive", "en"),
    }
    assert first["topic"]["code"] == "article-20-1"
    assert first["summary"] == "适用范围和程序"
    assert (first["classified"], second["classified"]) == (False, True)
    assert second["number"] is None
    assert first["repealed_on"].isoformat() == "2020-09-01"


def test_an_entry_names_the_events_that_say_what_it_says(journal: Journal) -> None:
    first, second, third = rows(ask(journal)).values()
    assert (first["events"], second["events"], third["events"]) == ((3, 9, 11), (4,), (5, 10))
    told = {"event": "made-2", "reason": "wrong-code", "data": {"attribute": "on-application"}}
    correction = draft("event.corrected", "document:2", "2020-10-01", **told)
    record(journal, HOUSE.definitions, [correction], "clerk")
    corrected = rows(ask(journal))["document:2"]
    assert (corrected["attribute"]["code"], corrected["events"]) == ("on-application", (4, 12))


def test_the_attribute_is_the_one_that_stands_with_the_reevaluation_that_gave_it(
    journal: Journal,
) -> None:
    third = rows(ask(journal))["document:3"]
    assert third["attribute"]["code"] == "proactive"
    assert third["first_attribute"]["code"] == "on-application"
    assert [(change["position"], change["reason"]) for change in third["reevaluations"]] == [
        (10, "审查")
    ]
    shown = plain(catalogue_sheet(ask(journal), HOUSE.definitions, "zh-CN"))
    assert "公文3\t\t2020-03-31\t其他公文\t主动公开\t\t\t\t5, 10" in shown
    assert "公文3\t\t2020-08-01\t公开属性由“依申请公开”改为“主动公开”\t审查\t10" in shown
    before = rows(ask(journal, as_at="9"))["document:3"]
    assert (before["attribute"]["code"], before["reevaluations"]) == ("on-application", [])


def test_the_totals_by_attribute_are_those_of_the_facts(journal: Journal) -> None:
    statement = draft(
        "statement.counted",
        "statement:1",
        "2020-03-31",
        state="document.in-force",
        dimensions={"kind": "official-document", "attribute": "proactive"},
        **{"from": "2020-01-01", "to": "2020-03-31"},
        quantity=7,
    )
    record(journal, HOUSE.definitions, [statement | {"source": {"title": "发文登记簿"}}], "clerk")
    for period, organ, below in (FIRST, "office", False), (year(2020), "county", True):
        found = ask(journal, period, organ=organ, below=below)
        totals = {total.attribute: total.made for total in found.totals(ATTRIBUTES)}
        counted = dict.fromkeys(totals, 0)
        with journal.reading() as connection:
            numbers = figures.numbered_shapes(connection)
            for attribute in counted:
                clauses = (("attribute", (attribute,)), ("entry", ("made",)))
                kinds = ("kind", ("regulation", "normative-document", "official-document"))
                term = Term("flow", "document.in-force", (*clauses, kinds))
                wanted = [n for key, n in numbers.items() if satisfies(read_shape(key), term)]
                sums = figures.totals(connection, {"flow": wanted}, found.stands.scope)
                counted[attribute] = sum(sums["flow"].values())
        assert totals == counted
        listed = len(found.entries) + sum(stated.quantity for stated in found.stated)
        assert sum(totals.values()) == listed
    assert {total.attribute: total.standing for total in ask(journal).totals(ATTRIBUTES)} == {
        "none": 1,
        "on-application": 0,
        "proactive": 1,
    }, "one of the three was repealed since"


def test_documents_that_a_statement_only_counts_are_said_to_be_left_out(journal: Journal) -> None:
    statement = draft(
        "statement.counted",
        "statement:1",
        "2020-05-31",
        state="document.in-force",
        dimensions={"kind": "official-document"},
        **{"from": "2020-05-01", "to": "2020-05-31"},
        quantity=7,
    )
    record(journal, HOUSE.definitions, [statement | {"source": {"title": "发文登记簿"}}], "clerk")
    found = ask(journal, quarter(2020, 2))
    assert [entry.subject for entry in found.entries] == ["document:4@office"]
    told = catalogue_document(found, HOUSE.definitions)
    assert [(stated["quantity"], stated["events"]) for stated in told["stated"]] == [(7, (12,))]
    assert any(
        "7" in line and "12" in line
        for line in plain(catalogue_sheet(found, HOUSE.definitions, "en"))
    )


def test_a_document_known_only_by_its_publication_is_named_apart(journal: Journal) -> None:
    only_published = [
        draft("document.published", "document:8", "2020-02-01", kind="official-document")
        | {"data": {"kind": "official-document", "title": "通知", "channels": ["website"]}},
        draft("document.withdrawn", "document:8", "2020-02-09"),
        draft("document.published", "document:8", "2020-02-10", channels=["website"]),
        draft("document.published", "document:9", "2020-02-02", channels=["website"])
        | {"data": {"kind": "other-information", "channels": ["website"]}},
    ]
    record(journal, HOUSE.definitions, only_published, "clerk")
    found = ask(journal)
    assert "document:8@office" not in [entry.subject for entry in found.entries]
    (told,) = catalogue_document(found, HOUSE.definitions)["unmade"]
    assert (told["subject"], told["title"]) == ("document:8@office", "通知")
    assert (told["published_on"].isoformat(), told["events"]) == ("2020-02-01", (12, 13, 14))
    assert sum(total.made for total in found.totals(ATTRIBUTES)) == len(found.entries)
    shown = plain(catalogue_sheet(found, HOUSE.definitions, "en"))
    assert any(line.startswith("Published in the period, with no record") for line in shown)
    record(journal, HOUSE.definitions, [made(8, "2020-01-31")], "clerk")
    later = ask(journal)
    assert "document:8@office" in [entry.subject for entry in later.entries]
    assert later.unmade == ()


def test_an_attribute_changed_twice_tells_both_changes_and_stands_as_the_last(
    journal: Journal,
) -> None:
    again = draft("document.reevaluated", "document:3", "2020-08-01", attribute="none")
    record(journal, HOUSE.definitions, [again], "clerk")
    third = rows(ask(journal))["document:3"]
    assert third["attribute"]["code"] == "none"
    assert [change["attribute"]["code"] for change in third["reevaluations"]] == [
        "proactive",
        "none",
    ]


def test_the_organ_has_a_column_only_where_there_are_several(journal: Journal) -> None:
    one, several = ask(journal), ask(journal, below=True, organ="county")
    for found, has in (one, False), (several, True):
        sheet = catalogue_sheet(found, HOUSE.definitions, "en")
        assert (
            "Organ" in next(part for part in sheet.parts if hasattr(part, "rows")).headings
        ) == has


@pytest.mark.slow
def test_the_command_gives_the_catalogue_as_text_and_as_json(
    sqlite_url: str, tmp_path: Path
) -> None:
    ledger = runs(sqlite_url, tmp_path)
    ledger("import", "-", stdin=lines(*EVENTS))
    asked = ["catalogue", "2020-Q1", "--organ", "office"]
    document = json.loads(ledger(*asked, "--format", "json").stdout)
    assert [each["title"] for each in document["documents"]] == ["公文1", "公文2", "公文3"]
    assert document["period"]["id"] == "2020-Q1"
    shown = ledger(*asked).stdout
    assert shown.startswith("示例机关2020年第一季度公文类信息目录\n")
    assert "公文1\t示例发〔2020〕1号\t2020-01-15\t规范性文件\t主动公开" in shown
    refused = ledger("--lang", "en", "catalogue", "2020-Q7", "--organ", "office")
    assert refused.returncode == 1
    assert "2020-Q7 is not a year, a quarter or a month" in refused.stderr


def test_a_period_without_documents_says_so(journal: Journal) -> None:
    found = ask(journal, quarter(2019, 1))
    assert found.entries == ()
    for language in "zh-CN", "en":
        assert len(plain(catalogue_sheet(found, HOUSE.definitions, language))) >= 4
