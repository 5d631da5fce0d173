"""Which figures of two forms are the same: derived from what they count, and true of every ledger."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.verbs.crosswalking import Counterpart, compare_editions, crosswalk
from ledger.verbs.reporting import Question
from ledger.words.figures import Edition
from ledger.words.years import year
from small_ledgers import HOUSE, YEARS, drafts, ledger_of
from test_command_line import DECIDED, RECEIVED, REGISTERED, Ledger, lines, runs

OLD, NEW = HOUSE.editions["cn-annual-report-2019"], HOUSE.editions["cn-annual-report-2021"]
WALKED = crosswalk(OLD, NEW, HOUSE.definitions)
FORWARD = {one.figure.address: one for one in WALKED.forward}
BACKWARD = {one.figure.address: one for one in WALKED.backward}


@pytest.fixture
def ledger(sqlite_url: str, tmp_path: Path) -> Ledger:
    return runs(sqlite_url, tmp_path)


def others(one: Counterpart) -> list[str]:
    return [cell.address for cell in one.cells]


def without(edition: Edition, *addresses: str) -> Edition:
    """An edition whose cells of these addresses count nothing."""
    tables = tuple(
        msgspec.structs.replace(
            table,
            figures=tuple(
                msgspec.structs.replace(figure, terms=()) if figure.address in addresses else figure
                for figure in table.figures
            ),
        )
        for table in edition.tables
    )
    return msgspec.structs.replace(edition, tables=tables)


def test_every_cell_of_both_forms_is_judged_once() -> None:
    assert [one.figure for one in WALKED.forward] == list(OLD.figures.values())
    assert [one.figure for one in WALKED.backward] == list(NEW.figures.values())


def test_the_other_row_of_2019_is_the_sum_of_three_rows_of_2021_column_by_column() -> None:
    for column in (column.id for column in OLD.table("applications").columns):
        one = FORWARD[f"applications/other/{column}"]
        rows = ("other-not-clarified", "other-fee-unpaid", "other")
        assert one.relation == "sum"
        assert others(one) == [f"applications/{row}/{column}" for row in rows]
        for row in rows:
            back = BACKWARD[f"applications/{row}/{column}"]
            assert (back.relation, others(back)) == ("part", [f"applications/other/{column}"])
    assert {one.figure.row for one in WALKED.forward if one.relation == "sum"} == {"other"}


def test_what_is_counted_alike_is_equal_whatever_it_is_called() -> None:
    made = FORWARD["regulations/normative-document/made"]
    assert (made.relation, others(made)) == ("equal", ["regulations/normative-document/issued"])
    penalties = FORWARD["enforcement/penalty/decisions"]
    assert others(penalties) == ["enforcement/penalty/decisions"]
    narrative = FORWARD["summary/applications-handled/total"]
    assert others(narrative) == ["summary/applications-handled/total", "applications/total/total"]


@pytest.mark.parametrize(
    "address",
    [
        "fees/fee/previous-items",
        "fees/fee/change",
        "regulations/regulation/public-total",
        "regulations/normative-document/public-total",
        "services/other-service/decisions",
        "enforcement/coercion/change",
        "procurement/centralised/amount",
    ],
)
def test_what_only_sounds_alike_has_no_equivalent_in_2021(address: str) -> None:
    assert (FORWARD[address].relation, FORWARD[address].cells) == ("none", ())


@pytest.mark.parametrize(
    "address",
    [
        "fees/fee/amount",
        "regulations/regulation/in-force",
        "regulations/normative-document/repealed",
    ],
)
def test_what_2021_asks_for_the_first_time_has_no_equivalent_in_2019(address: str) -> None:
    assert (BACKWARD[address].relation, BACKWARD[address].cells) == ("none", ())


def test_a_form_is_wholly_equal_to_itself() -> None:
    for edition in HOUSE.editions.values():
        walked = crosswalk(edition, edition, HOUSE.definitions)
        for one in (*walked.forward, *walked.backward):
            if one.figure.recorded:
                assert one.relation == "equal"
                assert one.cells[0] == one.figure
            else:
                assert (one.relation, one.cells) == ("none", ())


@pytest.mark.parametrize("row", ["total", "new"])
def test_leaves_are_no_total_where_the_kind_of_a_case_may_be_unknown(row: str) -> None:
    narrative = {"total": "applications-handled", "new": "applications-received"}[row]
    gone = without(OLD, f"applications/{row}/total", f"summary/{narrative}/total")
    walked = crosswalk(OLD, gone, HOUSE.definitions)
    forward = {one.figure.address: one for one in walked.forward}
    assert forward[f"applications/{row}/total"].relation == "none"
    assert forward[f"applications/{row}/natural-person"].relation == "equal"


def test_a_figure_that_counts_several_kinds_is_the_sum_of_the_figures_of_each() -> None:
    gone = without(OLD, "summary/suits/total")
    split = {"suit-direct-total", "suit-after-total"}
    one = next(
        one
        for one in crosswalk(OLD, gone, HOUSE.definitions).forward
        if one.figure.address == "summary/suits/total"
    )
    assert one.relation == "sum"
    assert {cell.column for cell in one.cells} == split


@settings(max_examples=30)
@given(told=drafts(), of=st.sampled_from(YEARS))
def test_equal_and_summed_cells_are_equal_on_every_ledger(
    told: list[dict[str, Any]], of: int
) -> None:
    with ledger_of(told) as (journal, _), journal.reading() as connection:
        for before, after in ((OLD.id, NEW.id), (NEW.id, OLD.id)):
            compared = compare_editions(
                connection,
                HOUSE.editions,
                HOUSE.definitions,
                Question(year(of), "city", below=True),
                before,
                after,
            )
            for one in compared.crosswalk.forward:
                if one.has_equivalent:
                    assert (
                        compared.across(one).quantity
                        == compared.before.cells[one.figure.address].quantity
                    )


# On the command line


def test_a_crosswalk_is_a_page_and_a_document(ledger: Ledger) -> None:
    shown = ledger("--lang", "en", "crosswalk", OLD.id, NEW.id)
    assert shown.returncode == 0, shown.stderr
    assert "= applications/other-not-clarified + applications/other-fee-unpaid" in shown.stdout
    assert "fees/fee\t" in shown.stdout
    assert "Only a part of: applications/other" in shown.stdout
    assert "没有对应的数字" in ledger("crosswalk", OLD.id, NEW.id).stdout
    told = json.loads(ledger("crosswalk", OLD.id, NEW.id, "--format", "json").stdout)
    assert len(told["cells"]) == len(OLD.figures)
    relations = {cell["address"]: cell["relation"] for cell in told["backwards"]}
    assert relations["fees/fee/amount"] == "none"
    refused = ledger("crosswalk", OLD.id, "nowhere")
    assert refused.returncode == 1
    assert "nowhere" in refused.stderr


def test_a_year_is_shown_by_two_forms_side_by_side(ledger: Ledger) -> None:
    decided = DECIDED | {"data": {"outcome": "other-fee-unpaid"}}
    ledger("import", "-", stdin=lines(REGISTERED, RECEIVED, decided))
    words = ["diff", "2021", "--edition-from", OLD.id]
    shown = ledger("--lang", "en", *words)
    assert shown.returncode == 0, shown.stderr
    total = "applications/other-not-clarified/total + applications/other-fee-unpaid/total"
    assert f"applications/other/total\t1\t{total} + applications/other/total\t1" in shown.stdout
    assert "applications/other-fee-unpaid/total\t1" in shown.stdout
    told = json.loads(ledger(*words, "--to", "2", "--format", "json").stdout)
    assert told["position"] == 2
    cells = {cell["address"]: cell for cell in told["cells"]}
    assert (cells["applications/carried-out/total"]["value"],) == (1,)
    assert cells["applications/carried-out/total"]["other"] == 1
    assert cells["fees/fee/change"]["other"] is None
    assert "fees/fee/amount" in {cell["address"] for cell in told["only_in_to"]}
    refused = ledger("--lang", "en", *words, "--from", "1")
    assert refused.returncode == 1
    assert "without --from" in refused.stderr
