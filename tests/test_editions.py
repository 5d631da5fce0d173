"""The forms of reports: those that are shipped, one of data alone, and some that are wrong."""

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.rooms.definitions.coverage import Miscount, coverage
from ledger.rooms.definitions.editions import EditionError, editions_in, read_edition
from ledger.words.figures import Edition, Ref, Term, Text, numbered

ROOT = Path(__file__).parents[1]
PROJECTIONS = ROOT / "projections"
SCHEMA = json.loads((ROOT / "schemas/edition.v1.json").read_text(encoding="utf-8"))
LISTS = {
    path.name.removesuffix(".v1.json"): json.loads(path.read_text(encoding="utf-8"))
    for path in (ROOT / "schemas/codes").glob("*.json")
}
STATES = LISTS.pop("states")["states"]
CODES = {name: {code["const"]: code for code in each["oneOf"]} for name, each in LISTS.items()}
EDITIONS = editions_in([PROJECTIONS], STATES, CODES, SCHEMA)
OLD, NEW = EDITIONS["cn-annual-report-2019"], EDITIONS["cn-annual-report-2021"]

Change = Callable[[Any], None]


def read(folder: Path) -> Edition:
    return read_edition(folder, STATES, CODES, SCHEMA)


def altered(folder: Path, file: str, change: Change) -> Path:
    """A copy of the 2021 form with one thing changed in one of its files.

    What prose calls its figures is left out, unless it is the file that changes.
    """
    copied = folder / NEW.id
    shutil.copytree(PROJECTIONS / NEW.id, copied)
    if file != "wording.json":
        (copied / "wording.json").unlink()
    content = json.loads((copied / file).read_text(encoding="utf-8"))
    change(content)
    (copied / file).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return copied


def refusal(folder: Path) -> str:
    with pytest.raises(EditionError) as error:
        read(folder)
    (sentence,) = error.value.sentences
    return sentence


def texts(value: Any) -> Iterator[dict[str, str]]:
    """Every text in two languages, however deep."""
    if isinstance(value, dict) and "zh-CN" in value:
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


# The forms that are shipped


def test_each_report_year_has_one_national_form() -> None:
    forms = {
        year: [e.id for e in EDITIONS.values() if e.usual and e.is_for(year)]
        for year in range(2018, 2027)
    }
    assert forms[2018] == []
    assert forms[2019] == forms[2020] == ["cn-annual-report-2019"]
    assert all(forms[year] == ["cn-annual-report-2021"] for year in range(2021, 2027))


def test_the_tables_have_the_sizes_of_the_printed_forms() -> None:
    size = {e.id: {table.id: len(table.figures) for table in e.tables} for e in (OLD, NEW)}
    proactive = ("regulations", "services", "enforcement", "fees", "procurement")
    assert sum(size[OLD.id][table] for table in proactive) == 22
    assert sum(size[NEW.id].get(table, 0) for table in proactive) == 10
    assert (size[OLD.id]["applications"], size[NEW.id]["applications"]) == (161, 175)
    assert (size[OLD.id]["reviews"], size[NEW.id]["reviews"]) == (15, 15)


def test_the_six_sections_are_the_same_in_both_forms() -> None:
    captions = [section.caption().zh for section in NEW.sections]
    assert captions == [section.caption().zh for section in OLD.sections]
    assert captions[0] == "一、总体情况"
    assert captions[3] == "四、政府信息公开行政复议、行政诉讼情况"
    assert [section.tables for section in NEW.sections][2:] == [
        ("applications",),
        ("reviews",),
        (),
        (),
    ]


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_a_total_counts_each_code_exactly_once(edition: Edition) -> None:
    assert coverage(edition, STATES, CODES) == ()


@pytest.mark.parametrize("file", sorted(PROJECTIONS.rglob("*.json")), ids=lambda p: p.stem)
def test_no_english_text_is_left_in_chinese(file: Path) -> None:
    content = json.loads(file.read_text(encoding="utf-8"))
    assert [t for t in texts(content) if not t["en"].isascii() and "〔" not in t["en"]] == []


def test_a_cell_joins_its_row_with_its_column() -> None:
    cell = NEW.figures["applications/refused-state-secret/natural-person"]
    clauses = (("applicant", ("natural-person",)), ("outcome", ("refused-state-secret",)))
    assert cell.terms == (Term("flow", "application.decided", clauses),)
    assert cell.row_label.zh == "三、本年度办理结果 / （三）不予公开 / 1.属于国家秘密"
    assert cell.column_label.zh == "申请人情况 / 自然人"
    assert [source.zh for source in cell.sources] == [
        "《政府信息公开条例》第十四条",
        "《政府信息公开条例》第二十七条",
    ]


def test_the_total_column_asks_for_no_kind_of_applicant() -> None:
    entries = (("entry", ("received", "transferred")),)
    received = NEW.figures["applications/new/total"]
    assert received.terms == (Term("flow", "application.pending", entries),)
    assert NEW.figures["applications/total/total"].terms == (Term("flow", "application.decided"),)


def test_a_change_of_the_list_is_what_stands_at_the_end_less_what_stood_before() -> None:
    change = OLD.figures["services/licence/change"]
    licence = (("kind", ("licence",)),)
    assert change.terms == (
        Term("closing", "item.listed", licence),
        Term("opening", "item.listed", licence, -1),
    )
    assert (change.unit.code, change.format) == ("项", "signed")


def test_money_is_counted_in_fen_and_shown_in_the_unit_of_the_form() -> None:
    assert NEW.figures["fees/fee/amount"].scale == 1_000_000
    assert NEW.figures["summary/information-fee-amount/total"].scale == 100
    procurement = OLD.figures["procurement/centralised/amount"]
    assert (procurement.unit.code, procurement.show_unit) == ("万元", True)
    assert OLD.figures["procurement/centralised/projects"].scale == 1


def test_the_one_other_row_of_2019_is_split_in_three_in_2021() -> None:
    def outcomes(edition: Edition, *rows: str) -> set[str]:
        terms = [edition.figures[f"applications/{row}/total"].terms[0] for row in rows]
        return {code for term in terms for code in dict(term.where)["outcome"]}

    split = outcomes(NEW, "other-not-clarified", "other-fee-unpaid", "other")
    assert split == outcomes(OLD, "other")
    assert {"withdrawn", "transferred"} < split


def test_the_printed_identity_holds_for_each_column() -> None:
    (identity,) = [c for c in NEW.constraints if c.id == "applications.identity"]
    assert (identity.origin, identity.severity) == ("printed", "error")
    assert len(identity.equations) == 7
    equation = identity.equations[0]
    assert equation.at == "natural-person"
    assert [ref.address for ref in equation.left] == [
        "applications/new/natural-person",
        "applications/carried-in/natural-person",
    ]
    assert [ref.address for ref in equation.right] == [
        "applications/total/natural-person",
        "applications/carried-out/natural-person",
    ]


def test_a_carry_over_is_compared_with_last_years_report() -> None:
    for edition in (OLD, NEW):
        (carry,) = [c for c in edition.constraints if c.id == "applications.carry-over"]
        assert len(carry.equations) == 7
        assert carry.equations[6].right == (Ref("applications/carried-out/total", 1, -1),)


def test_a_stock_rolls_from_last_years_and_only_warns() -> None:
    (stock,) = [c for c in NEW.constraints if c.id == "regulations.stock"]
    assert (stock.origin, stock.severity) == ("derived", "warning")
    assert stock.equations[0].right == (
        Ref("regulations/regulation/in-force", 1, -1),
        Ref("regulations/regulation/issued"),
        Ref("regulations/regulation/repealed", -1),
    )


def test_an_organ_without_the_power_reports_no_rules() -> None:
    (power,) = [c for c in NEW.constraints if c.id == "regulations.power"]
    assert power.only_if == (("makes_regulations", False),)
    assert [equation.right for equation in power.equations] == [(), (), ()]


def test_a_derived_constraint_never_is_an_error() -> None:
    derived = [c for e in EDITIONS.values() for c in e.constraints if c.origin == "derived"]
    assert {c.severity for c in derived} == {"warning"}


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        ("三", "三、结果", "III. Outcome"),
        ("（六）", "（六）结果", "(6) Outcome"),
        ("十二", "十二、结果", "12. Outcome"),
        ("4", "4.结果", "4. Outcome"),
        ("", "结果", "Outcome"),
    ],
)
def test_a_number_is_printed_as_the_form_prints_it(number: str, chinese: str, english: str) -> None:
    assert numbered(number, Text("结果", "Outcome")) == Text(chinese, english)


# The local forms that are shipped

LOCAL = {id_: edition for id_, edition in EDITIONS.items() if edition.scope == "local"}


def test_the_local_forms_are_a_monthly_and_two_quarterly_returns() -> None:
    assert {id_: edition.period for id_, edition in LOCAL.items()} == {
        "local-dingxi-monthly": "month",
        "local-luan-quarterly": "quarter",
        "local-xuancheng-quarterly": "quarter",
    }


@pytest.mark.parametrize("edition", LOCAL.values(), ids=LOCAL)
def test_a_local_form_says_in_the_report_and_in_every_row_that_it_is_local(
    edition: Edition,
) -> None:
    assert edition.note is not None and edition.note.en.startswith("A local form")
    for table in edition.tables:
        for row in table.rows:
            assert row.source.zh.startswith("地方格式：")
            assert row.source.en.startswith("Local form: ")


@pytest.mark.parametrize("edition", LOCAL.values(), ids=LOCAL)
def test_what_a_local_form_leaves_to_inference_is_marked_and_what_is_not_recorded_explained(
    edition: Edition,
) -> None:
    for table in edition.tables:
        for row in table.rows:
            told = row.note.en.startswith("Inference: ") if row.note else False
            assert row.inferred == told, row.id
            assert not (row.inferred and row.not_recorded)
            assert row.note or not row.not_recorded


def test_the_monthly_return_has_all_its_35_rows_and_both_its_columns() -> None:
    form = LOCAL["local-dingxi-monthly"].table("return")
    assert [row.number for row in form.rows] == [f"{n:02}" for n in range(1, 36)]
    assert [column.label.zh for column in form.columns] == ["本期实际", "本年累计"]
    period, to_date = (form.figures[at].terms for at in (0, 1))
    assert [term.span for term in (*period, *to_date)] == ["period", "year-to-date"]
    assert period[0].where == to_date[0].where


def test_a_row_without_events_is_there_and_has_no_terms() -> None:
    form = LOCAL["local-dingxi-monthly"]
    blank = {row.number for row in form.table("return").rows if row.not_recorded}
    unknown = {"21", "22", *map(str, range(25, 32))}
    assert blank == {"02", "04", "05", "06", "07", "08", "34", "35"} | unknown
    views = form.figures["return/page-views/to-date"]
    assert (views.recorded, views.terms, views.unit.code) == (False, (), "人次")


def test_a_refusal_of_today_counts_among_those_refused_and_under_no_reason_of_the_old_form() -> (
    None
):
    form = LOCAL["local-dingxi-monthly"]
    refusals = {code for code in CODES["outcome"] if code.startswith("refused-")}
    for figure in form.figures.values():
        named = {
            code
            for term in figure.terms
            if term.sign > 0
            for name, codes in term.where
            if name == "outcome"
            for code in codes
        }
        assert not named & refusals, figure.address
    whole = [
        dict(term.where).get("outcome", ())
        for term in form.figures["return/replies-refused/period"].terms
    ]
    assert whole[0] == () and not set(whole[1]) & refusals


def test_what_belongs_to_no_other_row_is_the_whole_less_the_other_rows() -> None:
    form = LOCAL["local-luan-quarterly"]
    terms = form.figures["return/published-other/quantity"].terms
    assert [term.sign for term in terms] == [1, -1, -1]
    named = {
        code for term in terms for key, codes in term.where if key == "topic" for code in codes
    }
    assert set(CODES["topic"]) - named == {"article-20-15", "unspecified"}


# A form made of data alone


def quarterly(folder: Path) -> Path:
    """A district's quarterly return, as a local notice might prescribe it."""

    def text(chinese: str, english: str) -> dict[str, str]:
        return {"zh-CN": chinese, "en": english}

    def row(name: str, label: dict[str, str], **where: Any) -> dict[str, Any]:
        clauses = {"state": "application.pending", "entry": "received", **where}
        return {
            "id": name,
            "number": "",
            "label": label,
            "unit": "件",
            "terms": [{"measure": "flow", "where": clauses}],
            "source": text("区政务公开办通知", "Notice of the district"),
        }

    of_which = text("其中", "Of which")
    written = ["post", "registered-post", "ordinary-post", "fax"]
    every = row("received", text("信息公开申请数", "Applications")) | {"number": "一", "sum": True}
    rows = [
        every,
        row("in-person", text("当面申请数", "In person"), channel="in-person"),
        row("online", text("网上及电子邮件申请数", "Online"), channel=["online", "email"]),
        row("written", text("信函及传真申请数", "By post or fax"), channel=written),
        row("otherwise", text("其他形式申请数", "Otherwise"), channel="other"),
    ]
    for leaf in rows[1:]:
        leaf["under"] = [of_which]
    constraint = {
        "id": "channels.sum",
        "severity": "error",
        "origin": "implied",
        "source": of_which,
        "message": text("申请数应等于各渠道之和。", "Applications must equal the channels."),
        "each": "column",
        "left": ["received"],
        "right": [leaf["id"] for leaf in rows[1:]],
    }
    table = {
        "id": "channels",
        "number": "1",
        "label": text("依申请公开", "Applications"),
        "corner": text("指标名称", "Indicator"),
        "kind": "table",
        "columns": [{"id": "quantity", "label": text("数量", "Quantity")}],
        "rows": rows,
        "constraints": [constraint],
    }
    edition = {
        "$schema": "edition.v1.json",
        "id": "some-district-quarterly",
        "scope": "local",
        "label": text("政府信息公开情况统计表", "Quarterly return"),
        "title": text("{organ}{year}年政府信息公开情况统计表", "{organ}: quarterly return, {year}"),
        "source": text("区政务公开办通知", "Notice of the district"),
        "period": "quarter",
        "years": {"from": 2024},
        "sections": [
            {"number": "一", "id": "all", "label": text("统计表", "Return"), "tables": ["channels"]}
        ],
        "constraints": [],
    }
    place = folder / "some-district-quarterly"
    (place / "tables").mkdir(parents=True)
    for file, content in (("edition.json", edition), ("tables/channels.json", table)):
        (place / file).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return place


def test_a_new_form_is_a_folder_of_data(tmp_path: Path) -> None:
    edition = read(quarterly(tmp_path))
    assert (edition.scope, edition.period, edition.is_for(2030)) == ("local", "quarter", True)
    labels = [row.path().zh for row, _ in edition.table("channels").lines()]
    assert labels[:2] == ["一、信息公开申请数", "其中 / 当面申请数"]
    assert coverage(edition, STATES, CODES) == ()


def test_forms_of_several_folders_stand_side_by_side(tmp_path: Path) -> None:
    quarterly(tmp_path)
    both = editions_in([PROJECTIONS, tmp_path], STATES, CODES, SCHEMA)
    assert set(both) == {*EDITIONS, "some-district-quarterly"}


def test_two_folders_may_not_hold_the_same_form(tmp_path: Path) -> None:
    shutil.copytree(PROJECTIONS / NEW.id, tmp_path / NEW.id)
    with pytest.raises(EditionError, match="another folder already holds"):
        editions_in([PROJECTIONS, tmp_path], STATES, CODES, SCHEMA)


# Forms that are wrong, by one thing each


def _set(*path: Any) -> Change:
    *steps, last, value = path

    def change(content: Any) -> None:
        for step in steps:
            content = content[step]
        content[last] = value

    return change


def _drop(*path: Any) -> Change:
    *steps, last = path

    def change(content: Any) -> None:
        for step in steps:
            content = content[step]
        del content[last]

    return change


GRANTED = ("rows", 2, "terms", 0)
OUTCOME = (*GRANTED, "where", "outcome")
WRONG: list[tuple[str, str, Change, str]] = [
    ("an unknown key", "applications", _set("rows", 2, "colour", "red"), "/rows/2: .*'colour'"),
    ("no english label", "applications", _drop("rows", 2, "label", "en"), "/rows/2/label: .*en"),
    ("no chinese label", "reviews", _drop("columns", 0, "label", "zh-CN"), "/columns/0/label: "),
    ("a row without a source", "fees", _drop("rows", 0, "source"), "/rows/0: .*source"),
    ("an unknown unit", "fees", _set("columns", 0, "unit", "斤"), "/columns/0/unit: .*斤"),
    ("an unknown measure", "applications", _set(*GRANTED, "measure", "stock"), "/measure: .*stock"),
    ("an unknown code", "applications", _set(*OUTCOME, "granted-twice"), "/rows/2/.*granted-twice"),
    (
        "an unknown dimension",
        "applications",
        _set(*GRANTED, "where", "channel", "online"),
        "/rows/2/terms/0/where/channel: channel is not a dimension of application.decided",
    ),
    (
        "an unknown state",
        "applications",
        _set(*GRANTED, "where", "state", "application.lost"),
        '/rows/2/terms/0/where/state: "application.lost" is not a known state',
    ),
    (
        "no state",
        "applications",
        _drop(*GRANTED, "where", "state"),
        '/rows/2/terms/0: "" is not a known state',
    ),
    (
        "money in cases",
        "fees",
        _set("columns", 0, "unit", "件"),
        "/columns/0/terms/0: administrative-fee.collected is in fen; the unit 件 is not",
    ),
    (
        "cases in money",
        "enforcement",
        _set("columns", 0, "unit", "万元"),
        "administrative-decision.made is in count; the unit 万元 is not",
    ),
    (
        "the stock of an act",
        "applications",
        _set(*GRANTED, "measure", "closing"),
        "application.decided is an act: it has a flow, and no closing",
    ),
    (
        "a flow that would count balances",
        "applications",
        _drop("rows", 0, "terms", 0, "where", "entry"),
        "/rows/0/terms/0: a flow of application.pending must name its entry codes",
    ),
    (
        "a clause set twice",
        "regulations",
        _set("columns", 1, "where", {"kind": "regulation"}),
        "/columns/1/where/kind: kind is already set at /rows/[01]/where/kind",
    ),
    (
        "terms in the row and in the column",
        "fees",
        _set("rows", 0, "terms", [{"measure": "flow", "where": {"state": "document.repealed"}}]),
        "/rows/0: fee/amount has terms in its row and in its column",
    ),
    ("no terms at all", "fees", _drop("columns", 0, "terms"), "/rows/0: fee/amount has no terms"),
    (
        "a constraint on an unknown row",
        "reviews",
        _set("constraints", 0, "left", 0, "grand-total"),
        "/constraints/0/left/0: there is no column grand-total",
    ),
    (
        "a derived constraint that is an error",
        "regulations",
        _set("constraints", 0, "severity", "error"),
        "/constraints/0/severity: ",
    ),
    (
        "a row that is not recorded and says what it counts",
        "applications",
        _set("rows", 2, "not_recorded", True),
        "/rows/2: it is not recorded and has terms; keep one",
    ),
    (
        "a row inferred without a word on what its terms rest on",
        "applications",
        _set("rows", 2, "inferred", True),
        '/rows/2: .*"note"',
    ),
    (
        "a span said twice",
        "regulations",
        lambda table: (
            table["columns"][0].update(span="year-to-date"),
            table["columns"][0]["terms"][0].update(span="period"),
        ),
        "/columns/0/span: span is already set at /columns/0/terms/0/span; set it once",
    ),
    (
        "an unknown span",
        "regulations",
        _set("columns", 0, "span", "decade"),
        "/columns/0/span: .*decade",
    ),
    ("a row that stands twice", "enforcement", _set("rows", 1, "id", "penalty"), "/rows: penalty"),
    ("a table under another name", "fees", _set("id", "charges"), "/id: charges is not the name"),
]


@pytest.mark.parametrize(
    ("table", "change", "expected"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG]
)
def test_a_wrong_table_is_refused_with_its_place(
    tmp_path: Path, table: str, change: Change, expected: str
) -> None:
    with pytest.raises(EditionError, match=expected) as error:
        read(altered(tmp_path, f"tables/{table}.json", change))
    place = f"{NEW.id}/tables/{table}.json /"
    assert all(sentence.startswith(place) for sentence in error.value.sentences)


def test_one_mistake_in_a_row_is_told_once_for_its_seven_cells(tmp_path: Path) -> None:
    sentence = refusal(altered(tmp_path, "tables/applications.json", _set(*OUTCOME, "lost")))
    assert sentence.endswith(
        "/rows/2/terms/0/where/outcome: lost is not a code of the list outcome"
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_set("id", "cn-annual-report-2022"), "/id: .* is not the name of its folder"),
        (_set("years", "to", 2020), "/years: they end before they begin"),
        (_set("sections", 4, "tables", ["staff"]), "/sections: there is no tables/staff.json"),
        (_set("sections", 3, "tables", []), "/sections: no section holds table reviews"),
        (_set("sections", 4, "tables", ["fees"]), "/sections: table fees stands more than once"),
        (_set("constraints", 0, "each", "row"), "/constraints/0/each: .*write null"),
        (_set("title", "zh-CN", "年度报告"), "/title/zh-CN: "),
        (_set("constraints", 1, "id", "narrative.received"), "/constraints: narrative.received"),
    ],
)
def test_a_wrong_edition_is_refused_with_its_place(
    tmp_path: Path, change: Change, expected: str
) -> None:
    with pytest.raises(EditionError, match=f"{NEW.id}/edition.json {expected}"):
        read(altered(tmp_path, "edition.json", change))


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    folder = altered(tmp_path, "tables/fees.json", lambda table: None)
    file = folder / "tables/fees.json"
    written = file.read_text(encoding="utf-8").replace('"id": "fee"', '"id": "fee", "id": "fee"', 1)
    file.write_text(written, encoding="utf-8")
    assert refusal(folder).endswith("fees.json /: a name stands twice in one object, keep one: id")


def test_a_folder_without_an_edition_is_refused(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    assert "drafts/edition.json /: cannot be read" in refusal(tmp_path / "drafts")


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    def spoil(table: Any) -> None:
        table["rows"][2]["terms"][0]["where"]["outcome"] = "lost"
        table["constraints"][0]["left"] = ["old"]

    with pytest.raises(EditionError) as error:
        read(altered(tmp_path, "tables/applications.json", spoil))
    assert len(error.value.sentences) == 2


def test_a_local_form_may_be_copied_and_changed(tmp_path: Path) -> None:
    copied = tmp_path / "our-quarterly"
    shutil.copytree(PROJECTIONS / "local-luan-quarterly", copied)
    for file, change in (
        ("edition.json", _set("id", "our-quarterly")),
        ("tables/return.json", _set("rows", 18, "label", {"zh-CN": "投诉", "en": "Complaints"})),
    ):
        content = json.loads((copied / file).read_text(encoding="utf-8"))
        change(content)
        (copied / file).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    assert read(copied).figures["return/complaints/quantity"].row_label.en == "III. Complaints"


# What the leaves of a total leave out


def _miscounts(tmp_path: Path, table: str, change: Change) -> tuple[Miscount, ...]:
    return coverage(read(altered(tmp_path, f"tables/{table}.json", change)), STATES, CODES)


def test_an_outcome_that_no_row_counts_is_found(tmp_path: Path) -> None:
    def forget(table: Any) -> None:
        del table["rows"][2]
        del table["constraints"][1]["right"][0]

    (found,) = _miscounts(tmp_path, "applications", forget)
    assert found == Miscount(
        "applications", "application.decided", "flow", (("outcome", "granted"),), 0
    )


def test_an_outcome_that_two_rows_count_is_found(tmp_path: Path) -> None:
    twice = _set(*OUTCOME, ["granted", "partially-granted"])
    (found,) = _miscounts(tmp_path, "applications", twice)
    assert (found.where, found.times) == ((("outcome", "partially-granted"),), 2)


def test_a_column_that_is_missing_is_found(tmp_path: Path) -> None:
    def merge(table: Any) -> None:
        table["columns"][0]["where"] = copy.copy(table["columns"][1]["where"])

    found = _miscounts(tmp_path, "applications", merge)
    assert {(f.where[0][1], f.times) for f in found if len(f.where) == 1} == {
        ("natural-person", 0),
        ("commercial-enterprise", 2),
    }


def test_a_total_of_nothing_is_found(tmp_path: Path) -> None:
    def change(table: Any) -> None:
        table["rows"][0] |= {"sum": True}
        table["columns"] = table["columns"][:1]
        table["constraints"] = []

    (found,) = _miscounts(tmp_path, "enforcement", lambda t: (change(t), t["rows"].pop()))
    assert (found.state, found.where, found.times) == ("administrative-decision.made", (), 0)


# What prose calls the figures


@pytest.mark.parametrize("edition", [OLD, NEW], ids=lambda edition: edition.id)
def test_the_national_forms_say_what_prose_calls_their_figures(edition: Edition) -> None:
    said = {phrase.id: phrase for phrase in edition.wording.phrases}
    assert said["new"].sums == (("applications/new/total",),)
    assert said["received"].sums == (
        ("applications/new/total",),
        ("applications/new/total", "applications/carried-in/total"),
    )
    assert len(said["unavailable"].sums[0]) == 3
    assert edition.wording.topics[0].id == "applications"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda w: w["leads"].append("(因"), r"wording.json /leads: \(因 is not a regular"),
        (
            lambda w: w["phrases"][0].update(topic="fees"),
            "/phrases/0/topic: there is no topic fees",
        ),
        (
            lambda w: w["phrases"][0]["sums"].append(["applications/new/all"]),
            "/phrases/0/sums: there is no figure applications/new/all",
        ),
        (lambda w: w.update(words=[]), "wording.json /: .*words"),
    ],
    ids=["a broken pattern", "an unknown topic", "an unknown figure", "an unknown name"],
)
def test_a_wrong_wording_is_refused_with_its_place(
    tmp_path: Path, change: Change, expected: str
) -> None:
    folder = altered(tmp_path, "wording.json", change)
    with pytest.raises(EditionError, match=expected):
        read(folder)


def test_a_form_need_not_say_what_prose_calls_its_figures(tmp_path: Path) -> None:
    edition = read(altered(tmp_path, "edition.json", lambda head: None))
    assert edition.wording.phrases == ()


def test_the_digest_of_a_form_is_of_what_it_says_and_not_of_how_others_word_it(
    tmp_path: Path,
) -> None:
    def worded(table: Any) -> None:
        table["rows"][0]["also"] = ["本年收到"]

    def relabelled(table: Any) -> None:
        table["rows"][0]["label"]["zh-CN"] += "（改）"

    file = "tables/applications.json"
    assert read(altered(tmp_path / "worded", file, worded)).digest == NEW.digest
    assert read(altered(tmp_path / "changed", file, relabelled)).digest != NEW.digest
