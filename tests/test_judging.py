"""Published reports judged: a sound one passes, each planted fault is found where it stands."""

import importlib
import json
import pkgutil
import string
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from ledger.verbs.judging import Judgement, judge, rules
from ledger.verbs.judging.findings import Finding
from ledger.verbs.judging.organs import kind_of, makes_regulations
from ledger.verbs.judging.pairing import last_years
from ledger.verbs.judging.rules import RULES
from ledger.verbs.opening import House
from ledger.verbs.published import read_published
from ledger.words.figures import Edition
from ledger.words.problems import Refusal
from ledger.words.published import Published
from made_reports import made
from offices import (
    Part,
    as_docx,
    as_framed_gbk_html,
    as_nested_docx,
    as_pdf,
    as_tabbed_text,
    as_xlsx,
)
from published import read
from test_published_reports import DOCUMENTS, ELSEWHERE, SEED, SUQIAN

HOUSE = House()
OLD, NEW = HOUSE.editions["cn-annual-report-2019"], HOUSE.editions["cn-annual-report-2021"]
NATIONAL = {OLD.id: OLD, NEW.id: NEW}
Cells = dict[str, str]


def printed(name: str) -> Cells:
    """The figures of a report of the collection as it prints them."""
    report = read(DOCUMENTS[name], HOUSE.editions)
    cells = {
        address: f"{(value or Decimal(0)).normalize():f}" for address, value in report.cells.items()
    }
    if "procurement/centralised/amount" in cells:
        cells["procurement/centralised/amount"] += "万元"
    return cells


TITLE = "示例市民政局2023年政府信息公开工作年度报告\n一、总体情况"
CITY_CELLS = printed(SUQIAN)
NO_RULES = {
    f"regulations/regulation/{column}": "0" for column in ("issued", "repealed", "in-force")
}
SOUND = {OLD.id: printed(SEED), NEW.id: CITY_CELLS | NO_RULES}
"""Of a department: it makes no government rules."""
YEARS = {OLD.id: 2020, NEW.id: 2023}
DOCUMENT_COLUMNS = ("made", "published", "public-total")


def report(
    edition: Edition = NEW,
    cells: Mapping[str, str] | None = None,
    overview: str = "",
    **more: Any,
) -> Published:
    """A sound report of the form, with some cells changed and an overview of ours."""
    figures = {} if cells is None else SOUND[edition.id] | dict(cells)
    more.setdefault("year", YEARS[edition.id])
    page = made(edition, figures, overview or "本年度各项工作按要求开展。", **more)
    return read_published("report.html", page, NATIONAL)


def judged(*arguments: Any, last: Published | None = None, **more: Any) -> Judgement:
    return judge(report(*arguments, **more), HOUSE.editions, last)


def told(judgement: Judgement) -> list[tuple[str, str]]:
    """Rule and severity of each finding."""
    return [(finding.rule, finding.severity) for finding in judgement.findings]


def the(rule: str, judgement: Judgement) -> Finding:
    """The one finding of a rule."""
    (finding,) = (finding for finding in judgement.findings if finding.rule == rule)
    return finding


# Sound reports

CITY = """（一）依申请公开。全市各级行政机关共收办政府信息公开申请案件3607件，\
其中自然人3493件，法人或其他组织114件。
全市新收政府信息公开申请3511件，上年结转96件，共办结3486件，结转下年度继续办理121件。其中，\
予以公开1191件，占34.2%；部分公开328件，占9.4%；不予公开142件，占4.1%；\
无法提供1078件，占30.9%；不予处理406件，占11.6%；其他处理341件，占9.8%。
主动公开政府信息1200条，其中政策文件300条、工作动态800条、其他信息100条。"""


def test_the_city_of_2023_is_sound_with_received_meaning_new_and_carried_in() -> None:
    judgement = judged(NEW, CITY_CELLS, CITY, organ="宿迁市人民政府")
    assert judgement.findings == ()
    assert len(judgement.case.statements) == 13
    assert judgement.published.cells.keys() == SOUND[NEW.id].keys()


def test_the_seed_is_sound() -> None:
    overview = (
        "今年以来，我中心主动公开政府信息数70条。其中，公文类政府信息10条，非公文类政府信息60条。\n"
        "今年，我中心未收到政府信息公开申请，未收到行政复议申请，没有发生因政府信息公开提起的行政诉讼。"
    )
    judgement = judged(OLD, {}, overview, organ="乐清市机关事务管理中心")
    assert judgement.findings == ()
    assert {stated.value for stated in judgement.case.statements} == {0}


@pytest.mark.parametrize(
    "sentence",
    [
        "我局新收政府信息公开申请70件，上年结转5件，办结72件，结转下年度继续办理3件。",
        "收到政府信息公开申请120件，比上年增加20件，增长20%。",
        "收到政府信息公开申请120件，较上年减少30件，下降20%。",
        "全年收到申请66件，其中自然人58件，法人或其他组织8件，分别占87.9%和12.1%。",
        "共收到申请100件，其中网络申请60件、信函申请40件，自然人90件、法人或其他组织10件。",
        "全年办理政府信息公开申请209件，其中去年结转42件，今年新收167件。",
        "因政府信息公开引发的行政复议3件，结果维持2件，结果纠正1件；行政诉讼2件，均被维持。",
        "发布信息133条（其中网站公开130条，动态74条，公告20条，机构12条，法规12条，指南12条）。",
        "公开信息100条，其中网站80条、微信公众号40条（部分信息同时发布）。",
        "公开信息1200余条，其中网站1000余条，微信公众号500条。",
        "发布信息114条，其中网站72条，其中机构类3条、动态类36条、政策类33条。",
        "公开信息22条，其中财务2条（其中预算1条、决算1条），人事15条，其他信息5条。",
        "公开信息81条，其中：1.政策文件30条；2.工作动态50条；3.其他1条。",
        "公开信息300条，其中政策20条、动态200条、财政80条。点击量12万次。",
        "区教育局收到政府信息公开申请10件，办结9件；区水利局收到申请5件，办结5件。",
        "县长信箱收到信件238件，办结99件。",
        "通过网络收到政府信息公开申请3件，通过信函收到政府信息公开申请4件。",
        "2022年收到政府信息公开申请50件，2023年收到政府信息公开申请60件。",
        "截至2023年12月31日，共收到政府信息公开申请7件，答复7件，按时答复率100%。",
        "2022年，我局获评先进单位。2023年，我局继续推进政务公开。",
        "依据国务院令第711号和国办公开办函〔2019〕60号、国办公开办函〔2021〕30号编制。",
        "规划自2021年1月1日起至2023年12月31日止。",
        "我局主动公开行政许可信息339条，行政处罚信息25条。",
        "全年收到网上申请105件，信函申请17件，合计122件，上年结转11件。",
        "公开信息20条，内容包括财政预决算、人事信息等，微信公众号发布信息50条。",
        "公开信息100条，其中政策20条；新闻报道300条。",
        "发布信息500条，较上年的400条增长25%；申请由100件增至120件，增长20%。",
        "受理依申请公开12件，主要涉及项目备案、土地审批。",
        "公开信息219条，其中要闻45条、通知12条、其他18条，调整栏目3个，公众号105条，微博39条。",
        "受理申请5件，予以公开处理1件，不予公开处理3件，部分公开处理1件。",
        "公开信息31条:公共服务20条,人事11条。",
        "共接到社会公众依申请公开18件，上年结转办理1件，办结16件，结转下年度继续办理3件。",
    ],
)
def test_a_sound_sentence_is_left_alone(sentence: str) -> None:
    assert told(judged(NEW, None, sentence)) == []


# Tables


@pytest.mark.parametrize("form", [OLD.id, NEW.id])
def test_a_broken_sum_is_found_in_its_row_and_its_column(form: str) -> None:
    edition = HOUSE.editions[form]
    cell = "applications/granted/natural-person"
    right = int(SOUND[edition.id][cell])
    judgement = judged(edition, {cell: str(right + 7)})
    assert told(judgement) == [
        ("applications.outcome-sum", "error"),
        ("applications.column-sum", "error"),
        ("table.suspect", "warning"),
    ]
    row = the("applications.column-sum", judgement)
    assert cell in row.where.cells
    assert int(row.expected["en"]) - int(row.found["en"]) == 7
    assert row.source == edition.table("applications").constraints[2].source
    assert "总计应等于六类申请人之和" in row.message["zh-CN"]
    assert row.where.place is not None and row.where.place.table == 2
    suspect = the("table.suspect", judgement)
    assert suspect.where.cells == (cell,)
    assert (suspect.found["en"], suspect.expected["en"]) == (str(right + 7), str(right))


def test_what_came_in_must_be_handled_or_carried_over() -> None:
    cells = {"applications/carried-out/total": "120"}
    judgement = judged(NEW, cells)
    identity = the("applications.identity", judgement)
    assert (identity.found["en"], identity.expected["en"]) == ("3607", "3606")
    assert "印" not in identity.source["zh-CN"] and "表内说明" in identity.source["zh-CN"]


def test_a_total_of_reviews_is_the_sum_of_their_results() -> None:
    cells = {"reviews/count/suit-direct-total": "99"}
    assert told(judged(NEW, cells)) == [("reviews.suit-direct-sum", "error")]


@pytest.mark.parametrize(("form", "sign"), [(OLD.id, "/"), (NEW.id, "-"), (NEW.id, "")])
def test_cells_left_blank_are_named_once_a_table(form: str, sign: str) -> None:
    edition = HOUSE.editions[form]
    cells = dict.fromkeys(("enforcement/penalty/decisions", "enforcement/coercion/decisions"), sign)
    judgement = judged(edition, cells)
    assert told(judgement) == [("table.blank", "warning")]
    blank = the("table.blank", judgement)
    assert (blank.found["en"], blank.where.cells) == ("2", tuple(cells))


def test_a_blank_that_hides_a_figure_is_an_error() -> None:
    judgement = judged(
        NEW, {"applications/granted/total": "", "applications/refused-register-enquiry/total": ""}
    )
    hidden = the("applications.column-sum", judgement)
    assert "（0 ≠ 1191）" in hidden.message["zh-CN"]
    assert ("table.blank", "warning") in told(judgement)


@pytest.mark.parametrize("wrong", ["-3", "2.5"])
def test_a_count_is_never_negative_nor_a_fraction(wrong: str) -> None:
    judgement = judged(NEW, {"services/licence/decisions": wrong})
    assert ("table.impossible", "error") in told(judgement) or judgement.published.cells[
        "services/licence/decisions"
    ].kind == "other"


def test_a_change_of_items_may_be_negative() -> None:
    cells = {"services/licence/previous-items": "20", "services/licence/change": "-3"}
    assert told(judged(OLD, cells)) == []


def test_items_written_into_the_column_of_decisions_are_pointed_out() -> None:
    def row(name: str, *figures: str) -> Cells:
        columns = ("previous-items", "change", "decisions")
        return dict(zip((f"{name}/{column}" for column in columns), figures, strict=True))

    confused = row("services/licence", "16", "+3", "19") | row(
        "services/other-service", "0", "+4", "4"
    )
    judgement = judged(OLD, confused)
    assert told(judgement) == [("table.columns-confused", "warning")]
    assert the("table.columns-confused", judgement).expected["en"] == "16+3, 0+4"
    counted = row("services/licence", "16", "+3", "19") | row(
        "enforcement/penalty", "9", "0", "240"
    )
    assert told(judged(OLD, counted)) == []
    assert told(judged(OLD, row("services/licence", "0", "+4", "4"))) == []


def test_an_amount_needs_a_unit() -> None:
    amount = "procurement/centralised/amount"
    assert told(judged(OLD, {amount: "8040"})) == [("table.unit-missing", "warning")]
    assert told(judged(OLD, {amount: "251000元"})) == []


# Form, documents, years


def test_the_tables_of_another_year_are_the_wrong_form() -> None:
    judgement = judged(OLD, {}, year=2023)
    wrong = the("edition.wrong", judgement)
    assert wrong.found == OLD.label and wrong.expected == NEW.label
    assert wrong.source == NEW.source
    assert told(judged(NEW, {}, year=2020)) == [("edition.wrong", "error")]


CITES_OLD = "根据《条例》和国办公开办函〔2019〕60号要求编制。"
CITES_NEW = "根据《条例》和国办公开办函〔2021〕30号要求编制。"


def test_a_notice_for_other_years_is_the_wrong_document() -> None:
    wrong = the("document.wrong", judged(NEW, {}, preamble=CITES_OLD))
    assert wrong.found["en"] == "国办公开办函〔2019〕60号"
    assert wrong.expected["en"] == "国办公开办函〔2021〕30号"
    assert told(judged(OLD, {}, preamble=CITES_NEW)) == [("document.wrong", "warning")]
    assert told(judged(NEW, {}, preamble=CITES_NEW)) == []
    assert told(judged(OLD, {}, preamble=CITES_OLD)) == []


def test_the_decree_before_the_revision_is_old_law() -> None:
    assert told(judged(NEW, {}, preamble="依据国务院令第492号编制。")) == [
        ("document.old-law", "warning")
    ]


def test_the_period_must_be_the_year_of_the_report() -> None:
    preamble = "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。"
    wrong = the("year.period", judged(NEW, {}, preamble=preamble))
    assert (wrong.found["en"], wrong.expected["en"]) == ("2022", "2023")
    named = "现公布示例市民政局2022年政府信息公开工作年度报告。"
    assert told(judged(NEW, {}, preamble=named)) == [("year.period", "error")]


def test_an_overview_left_over_from_last_year_is_stale() -> None:
    overview = "2022年，我局认真贯彻落实条例，深入推进政务公开。"
    stale = the("year.stale", judged(NEW, {}, overview))
    assert (stale.found["en"], stale.expected["en"]) == ("2022", "2023")
    assert stale.where.sentence == overview
    assert told(judged(NEW, {}, "2024年，我局将认真落实条例，继续推进政务公开。")) == []


def test_another_number_of_parts_than_the_form_has_is_pointed_out() -> None:
    preamble = "本报告由总体情况、主动公开政府信息情况等{}部分组成。"
    assert told(judged(NEW, {}, preamble=preamble.format("四"))) == [("preamble.parts", "warning")]
    assert told(judged(NEW, {}, preamble=preamble.format("六个"))) == []
    first = "本报告包括第一部分总体情况、第二部分主动公开政府信息情况。"
    assert told(judged(NEW, {}, preamble=first)) == []


@pytest.mark.parametrize(
    ("organ", "day", "late"),
    [
        ("示例市民政局", "2024-01-31", False),
        ("示例市民政局", "2024-02-20", True),
        ("示例县人民政府", "2024-02-20", False),
        ("示例县人民政府", "2024-04-01", True),
        ("示例县示例镇人民政府", "2024-04-01", False),
    ],
)
def test_a_report_is_published_in_time(organ: str, day: str, late: bool) -> None:
    judgement = judged(NEW, {}, organ=organ, preamble=f"发布日期：{day}")
    assert told(judgement) == [("published.late", "warning")] * late


@pytest.mark.parametrize(
    "sentence",
    [
        "全年收到申请XX件。",
        "主动公开信息  条。",
        "20XX年，我局开展工作。",
        "联系电话：____。",
        "（请填写本单位情况）",
    ],
)
def test_a_place_of_the_template_left_open_is_found(sentence: str) -> None:
    assert told(judged(NEW, {}, sentence)) == [("prose.placeholder", "error")]


# Powers and scope


def test_a_township_makes_no_government_rules() -> None:
    cells = {"regulations/regulation/issued": "2", "regulations/regulation/in-force": "14"}
    judgement = judged(NEW, cells, organ="示例县示例镇人民政府")
    assert told(judgement) == [("regulations.power", "warning")]
    assert "立法法" in the("regulations.power", judgement).source["zh-CN"]
    assert told(judged(NEW, cells, organ="示例市人民政府")) == []
    old = {"regulations/regulation/made": "2"}
    assert told(judged(OLD, old, organ="示例县示例镇人民政府")) == [
        ("regulations.power", "warning")
    ]


@pytest.mark.parametrize(
    ("name", "kind", "power"),
    [
        ("示例县示例镇人民政府", "township", False),
        ("示例区示例街道办事处", "township", False),
        ("示例市教育局", "department", False),
        ("示例县人民政府", "government", False),
        ("示例区人民政府", "government", False),
        ("示例自治区人民政府", "government", None),
        ("示例市人民政府", "government", None),
        ("示例市人民政府办公厅", "office", None),
        ("示例县人民政府办公室", "office", False),
        ("国家示例总局", "department", None),
        ("示例开发区管委会", "department", None),
        (None, None, None),
    ],
)
def test_a_name_tells_what_an_organ_is(
    name: str | None, kind: str | None, power: bool | None
) -> None:
    assert (kind_of(name), makes_regulations(name)) == (kind, power)


def test_figures_of_the_whole_county_are_not_those_of_its_office() -> None:
    overview = "全县共受理依申请公开62件（其中上年结转3件）。"
    assert told(judged(NEW, None, overview, organ="示例县人民政府办公室")) == [
        ("prose.scope", "warning")
    ]
    assert told(judged(NEW, None, overview, organ="示例县人民政府")) == []


def test_applications_to_another_organ_were_copied_from_its_report() -> None:
    overview = "受理公民、法人和其他组织向{}提出的政府信息公开申请5件。"
    organ = "示例市示例区示例街道办事处"
    copied = judged(NEW, None, overview.format("市政府及市政府办公室"), organ=organ)
    assert told(copied) == [("prose.other-organ", "warning")]
    for own in ("我街道", "示例街道办事处", "街道办"):
        assert told(judged(NEW, None, overview.format(own), organ=organ)) == []


def test_filings_are_not_applications() -> None:
    overview = "我局依申请公开事项7项，其中含车辆租赁经营备案、企业资格公示。"
    assert told(judged(NEW, None, overview)) == [("prose.not-applications", "warning")]


def test_items_published_are_not_documents_made() -> None:
    text = "主动公开政府信息200条，其中{}30条，政务动态94条，处罚强制类9条，业务服务67条。"
    cells = {f"regulations/normative-document/{column}": "30" for column in DOCUMENT_COLUMNS}
    decisions = {"enforcement/penalty/decisions": "9"}
    found = the("table.published-items", judged(OLD, cells | decisions, text.format("文件公开")))
    assert found.found["zh-CN"] == "文件公开30条、处罚强制类9条"
    assert told(judged(OLD, cells, text.format("规范性文件"))) == []
    assert told(judged(OLD, decisions, text.format("文件公开"))) == []
    older = cells | {"regulations/normative-document/public-total": "31"}
    assert told(judged(OLD, older, text.format("文件公开"))) == []


def test_decisions_are_not_a_change_of_the_items() -> None:
    cells = {
        "services/licence/previous-items": "0",
        "services/licence/change": "33",
        "services/licence/decisions": "0",
    }
    confused = judged(OLD, cells)
    assert told(confused) == [("table.change-alone", "warning")]
    assert "33" in the("table.change-alone", confused).message["zh-CN"]
    assert told(judged(OLD, cells | {"services/licence/decisions": "7"})) == []
    assert told(judged(OLD, cells, organ="示例县示例镇人民政府")) == []


# Prose and tables


@pytest.mark.parametrize(
    ("sentence", "found", "expected"),
    [
        ("全市新收政府信息公开申请3510件。", "3510件", "3511"),
        ("全市共收到政府信息公开申请3600件。", "3600件", "3511 或 3607"),
        ("全市上年结转政府信息公开申请69件。", "69件", "96"),
        ("全市办结政府信息公开申请3468件。", "3468件", "3486"),
        ("办结申请3486件，其中予以公开处理1119件。", "1119件", "1191"),
        ("全市答复政府信息公开申请3486件，其中予以公开1119件。", "1119件", "1191"),
        ("办结申请3486件，其中予以公开及部分公开1520件。", "1520件", "1519"),
        ("办结申请3486件，其中无法提供1000件。", "1000件", "1078"),
        ("未收到政府信息公开申请。", "未收到政府信息公开申请（0）", "3511 或 3607"),
        ("全市共收到和办理政府信息公开申请3607件。", "", ""),
        ("因信息公开涉行政复议、行政诉讼案件743件，结果维持461件。", "", ""),
        ("全市共收到依申请件3600件。", "3600件", "3511 或 3607"),
        ("收公民、法人或其他组织提交的政府信息公开申请3600件。", "", ""),
        ("收到公民、法人或其他组织提交的政府信息公开申请3600件。", "3600件", "3511 或 3607"),
        ("收到申请3511件（其中网上2000件），结转上年度政府信息公开申请69件。", "69件", "96"),
        ("受理政府信息公开申请3.6千件。", "", ""),
        ("收到政府信息公开申请约3500件。", "", ""),
    ],
)
def test_a_figure_of_the_prose_must_be_that_of_the_table(
    sentence: str, found: str, expected: str
) -> None:
    judgement = judged(NEW, {}, sentence, organ="示例市人民政府")
    findings = [f for f in judgement.findings if f.rule == "prose.table"]
    assert [(f.found["zh-CN"], f.expected["zh-CN"]) for f in findings] == [
        (found, expected)
    ] * bool(found)


def test_reviews_said_to_be_upheld_must_be_upheld_in_the_table() -> None:
    cells = SOUND[NEW.id]
    total = cells["reviews/count/reconsideration-total"]
    judgement = judged(
        NEW, {}, f"因政府信息公开引发的行政复议{total}件，均被维持。", organ="示例市人民政府"
    )
    wrong = the("prose.table", judgement)
    assert wrong.expected["en"] == cells["reviews/count/reconsideration-upheld"]
    assert wrong.where.cells == ("reviews/count/reconsideration-upheld",)


def test_a_blank_total_is_worked_out_before_prose_is_held_against_it() -> None:
    cells = {"applications/granted/total": ""}
    sentence = "办结申请3486件，其中予以公开{}件。"
    more = {"organ": "示例市人民政府"}
    assert "prose.table" not in dict(told(judged(NEW, cells, sentence.format(1191), **more)))
    assert "prose.table" in dict(told(judged(NEW, cells, sentence.format(1190), **more)))


def test_figures_of_the_prose_must_balance_among_themselves() -> None:
    overview = "我局新收政府信息公开申请70件，上年结转5件，办结72件，结转下年度继续办理2件。"
    wrong = the("prose.sum", judged(NEW, None, overview))
    assert (wrong.found["en"], wrong.expected["en"]) == ("5+70=75", "2+72=74")
    assert wrong.source == NEW.table("applications").constraints[0].source
    received = overview.replace("新收", "收到")
    assert told(judged(NEW, None, received.replace("办结72", "办结68"))) == []
    assert told(judged(NEW, None, received)) == [("prose.sum", "error")]


def test_every_outcome_named_must_add_up_to_what_was_answered() -> None:
    overview = (
        "答复政府信息公开申请805件。予以公开及部分公开258件；不予公开35件；无法提供265件；"
        "不予处理158件；其他处理0件。"
    )
    wrong = the("prose.sum", judged(OLD, None, overview))
    assert wrong.found["en"] == "805" and wrong.expected["en"].endswith("=716")


def test_one_figure_has_one_number() -> None:
    overview = "我局新收政府信息公开申请6件。\n（二）依申请公开。新收政府信息公开申请7件。"
    twice = the("prose.twice", judged(NEW, None, overview))
    assert (twice.found["en"], twice.expected["en"]) == ("7件", "6件")


@pytest.mark.parametrize(
    ("sentence", "found", "expected"),
    [
        ("发布信息53篇，其中机构2篇、文件5篇、动态43篇、财政4篇。", "53篇", "54"),
        ("共发布信息2483条，其中网站（含转发）319条、微信851条、微博2348条。", "2483条", "3518"),
        ("公开信息300条，其中政策20条、动态200条、其他信息70条。", "300条", "290"),
        ("收到申请88件，分别为予以公开45件、不予公开12件、无法提供27件。", "88件", "84"),
        ("全年收到网上申请105件，信函申请17件，合计123件。", "123件", "122"),
        ("公开信息300条，其中公共服务20条、动态200条、其他信息70条。", "300条", "290"),
        ("发布信息30条:动态20条,人事11条,财政4条。", "30条", "35"),
        ("网站20条，公众号80条，其他4条。其中微博90条、微信20条。", "80条", "110"),
        ("发布信息40条，其中省级媒体36条、今日头条5条、微信20条。", "40条", "61"),
    ],
)
def test_parts_must_add_up(sentence: str, found: str, expected: str) -> None:
    """Pieces counted again in another channel may explain it, so that is no error."""
    wrong = the("prose.parts", judged(NEW, None, sentence))
    assert (wrong.found["en"], wrong.expected["en"]) == (found, expected)
    assert (wrong.severity == "warning") == ("微信" in sentence)


@pytest.mark.parametrize(
    ("sentence", "found", "expected", "severity"),
    [
        ("收到申请66件，其中网络申请58件，占78.9%。", "78.9%", "87.9%", "error"),
        ("收到申请66件，其中网络申请58件，占87.8%。", "87.8%", "87.9%", "warning"),
        ("办结申请805件。予以公开258件，占33.9%。", "33.9%", "32.0%", "error"),
        ("其中网络申请58件、信函申请8件，分别占79%和12%。", "", "", ""),
    ],
)
def test_a_share_is_recomputed(sentence: str, found: str, expected: str, severity: str) -> None:
    shares = [f for f in judged(NEW, None, sentence).findings if f.rule == "prose.share"]
    assert [(f.found["en"], f.expected["en"], f.severity) for f in shares] == [
        (found, expected, severity)
    ] * bool(found)


@pytest.mark.parametrize(
    ("sentence", "found", "expected"),
    [
        ("收到政府信息公开申请120件，比上年增加20件，增长25%。", "25%", "+20%"),
        ("收到政府信息公开申请120件，较上年减少30件，下降25%。", "25%", "-20%"),
        ("发布信息500条，较上年的400条增长20%。", "20%", "+25%"),
        ("申请由100件增至120件，增长12%。", "12%", "+20%"),
        ("收到申请90件，较2022年的100件增长10%。", "10%", "-10%"),
    ],
)
def test_growth_is_recomputed(sentence: str, found: str, expected: str) -> None:
    wrong = the("prose.growth", judged(NEW, None, sentence))
    assert (wrong.found["en"], wrong.expected["en"]) == (found, expected)


# Files of every kind


@pytest.mark.slow
@pytest.mark.parametrize(
    "file", [as_docx, as_nested_docx, as_xlsx, as_framed_gbk_html, as_tabbed_text, as_pdf]
)
def test_the_same_is_found_in_files_of_every_kind(file: Callable[[list[Part]], bytes]) -> None:
    more: dict[str, Any] = {"organ": "示例市人民政府", "file": file}
    assert judged(NEW, CITY_CELLS, CITY, **more).findings == ()
    cells = CITY_CELLS | {"applications/granted/natural-person": "1200"}
    judgement = judged(NEW, cells, CITY.replace("96件", "69件"), **more)
    assert the("table.suspect", judgement).where.cells == ("applications/granted/natural-person",)
    assert the("prose.table", judgement).found["en"] == "69件"


# Last year's report beside it


NORMATIVE = "regulations/normative-document"
STOCK = 597 - 109 + 489
"""In force at the end of the year before the report of the city."""


def last_year(cells: Cells) -> Published:
    """Last year's report, sound by itself, which carried over what this year's carries in."""
    figures = dict.fromkeys(SOUND[NEW.id], "0")
    for column in NEW.table("applications").columns:
        carried = SOUND[NEW.id][f"applications/carried-in/{column.id}"]
        figures[f"applications/carried-out/{column.id}"] = carried
        figures[f"applications/new/{column.id}"] = carried
    figures[f"{NORMATIVE}/in-force"] = str(STOCK)
    return report(NEW, figures | cells, year=2022)


def test_last_year_beside_it_is_in_order() -> None:
    beside = last_year({})
    assert told(judge(beside, HOUSE.editions)) == []
    assert told(judged(NEW, {}, last=beside)) == []


def test_what_last_year_carried_over_is_carried_in_for_each_kind_of_applicant() -> None:
    cells = {
        "applications/carried-out/natural-person": "90",
        "applications/new/natural-person": "90",
        "applications/carried-out/commercial-enterprise": "3",
        "applications/new/commercial-enterprise": "3",
    }
    natural = int(SOUND[NEW.id]["applications/carried-in/natural-person"])
    judgement = judged(NEW, {}, last=last_year(cells))
    carried = [f for f in judgement.findings if f.rule == "applications.carry-over"]
    assert carried[0].where.cells == ("applications/carried-in/natural-person",)
    assert (carried[0].found["en"], carried[0].expected["en"]) == (str(natural), "90")
    assert {f.severity for f in carried} == {"error"}


def test_the_stock_of_normative_documents_follows_from_last_year() -> None:
    judgement = judged(NEW, {}, last=last_year({f"{NORMATIVE}/in-force": str(STOCK - 7)}))
    assert told(judgement) == [("regulations.stock", "warning")]
    stock = the("regulations.stock", judgement)
    assert int(stock.found["en"]) - int(stock.expected["en"]) == 7


def test_growth_is_held_against_last_years_table() -> None:
    new = int(SOUND[NEW.id]["applications/new/total"])
    overview = f"全市新收政府信息公开申请{new}件，同比增长12.5%。"
    more: dict[str, Any] = {"organ": "示例市人民政府"}
    before = {"applications/new/total": "3000"}
    wrong = the("prose.growth", judged(NEW, {}, overview, last=last_year(before), **more))
    assert (wrong.found["en"], wrong.expected["en"]) == ("12.5%", "+17.0%")
    right = overview.replace("12.5%", "17.0%")
    findings = judged(NEW, {}, right, last=last_year(before), **more).findings
    assert [f.rule for f in findings if f.rule.startswith("prose")] == []


def test_last_year_is_the_same_organ_a_year_before() -> None:
    this, beside = report(year=2023), report(year=2022)
    other = report(year=2023, organ="示例市教育局")
    assert last_years([other, this], [beside]) == {1: beside}
    with pytest.raises(Refusal, match="2022"):
        last_years([beside], [this])
    with pytest.raises(Refusal, match="示例市教育局"):
        last_years([other], [beside])


# Laws

LEAVES = {
    edition.id: [
        figure.address for figure in edition.table("applications").figures if not figure.sum
    ]
    for edition in (OLD, NEW)
}
READ = {edition.id: report(edition, {}) for edition in (OLD, NEW)}


@given(data=st.data())
@pytest.mark.parametrize("form", [OLD.id, NEW.id])
def test_one_wrong_leaf_is_found_by_name_and_a_sound_report_never(
    form: str, data: st.DataObject
) -> None:
    sound = READ[form]
    assert judge(sound, HOUSE.editions).findings == ()
    cell = data.draw(st.sampled_from(LEAVES[form]))
    right = sound.cells[cell].value or Decimal(0)
    wrong = data.draw(st.integers(0, 9999).map(Decimal).filter(lambda value: value != right))
    changed = structs.replace(sound.cells[cell], value=wrong, text=f"{wrong}", kind="number")
    planted = structs.replace(sound, cells=sound.cells | {cell: changed})
    judgement = judge(planted, HOUSE.editions)
    assert all(cell in finding.where.cells for finding in judgement.findings)
    suspect = the("table.suspect", judgement)
    assert suspect.where.cells == (cell,)
    assert suspect.expected["en"] == f"{right}"


COUNTS = st.integers(0, 400)


@given(outcomes=st.tuples(*[COUNTS] * 6), new=COUNTS, carried_in=COUNTS, base=COUNTS)
def test_prose_that_is_computed_from_the_figures_is_never_alarming(
    outcomes: tuple[int, ...], new: int, carried_in: int, base: int
) -> None:
    names = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
    handled, received = sum(outcomes), sum(outcomes) + base
    parts = [
        f"{name}{count}件" + (f"，占{round(Decimal(100 * count) / handled, 1)}%" if handled else "")
        for name, count in zip(names, outcomes, strict=True)
    ]
    overview = (
        f"共收到政府信息公开申请{received}件，办结{handled}件，结转下年度继续办理{base}件。"
        f"其中，{'；'.join(parts)}。\n公开信息{new + carried_in}条，其中政策{new}条，其他信息{carried_in}条。"
    )
    assert [f for f in judged(NEW, None, overview).findings if f.severity == "error"] == []


PIECES = (
    *("收到", "办结", "政府信息公开申请", "予以公开", "行政复议", "未", "均", "维持", "上年结转"),
    *("其中", "合计", "分别", "占", "较上年", "增长", "同比", "由", "至", "其他", "信息", "网站"),
    *("，", "。", "；", "、", "（", "）", "…", " ", "\n", "件", "条", "%", "万元", "余", "XX"),
    *("0", "1", "12", "33.3", "2022年", "2023年", "全市", "我局", "某市某局", "〔2019〕60号"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=60, deadline=None)
def test_no_text_is_too_odd_to_be_judged(overview: str) -> None:
    report_ = read_published("x.txt", f"{TITLE}\n{overview}".encode(), {NEW.id: NEW})
    for finding in judge(report_, HOUSE.editions).findings:
        assert finding.message.zh and finding.message.en and finding.where.label.zh


@pytest.mark.parametrize(
    "overview",
    [
        f"未{'依申请公开' * 2000}。",
        f"行政复议3件，均{'被' * 8000}维持。",
        f"{'共' * 8000}收到申请5件。",
        f"办结申请10件。{'予以公开3件，占33%；' * 700}",
        "\n".join(f"办结申请{at}件，予以公开{at}件，部分公开1件。" for at in range(400)),
        "（其中3件" * 10_000,
        "分别为1件、" * 8_000,
        "（一）1." * 8_000,
        "依申请公开事项共5项含" * 4_500,
    ],
    ids=[
        *("a denial", "a verdict", "a lead", "shares", "statements"),
        *("brackets", "parts", "markers", "filings"),
    ],
)
def test_a_text_made_to_cost_time_costs_little(overview: str) -> None:
    report_ = read_published("x.txt", f"{TITLE}\n{overview}".encode(), {NEW.id: NEW})
    begun = time.process_time()
    judge(report_, HOUSE.editions)
    assert time.process_time() - begun < 5


# Any other report


def excerpts() -> list[str]:
    """The texts of a folder of published reports; there are none where no folder is named."""
    return sorted(path.stem for path in Path(ELSEWHERE or "nowhere").glob("*.txt"))


@pytest.mark.skipif(not ELSEWHERE, reason="LEDGER_REPORTS names no folder of more reports")
@pytest.mark.parametrize("name", excerpts() or ["none"])
def test_only_what_is_wrong_is_found_in_a_report_of_another_folder(name: str) -> None:
    """A report in which a person found nothing wrong has no error; the others say what is found."""
    document = json.loads((Path(str(ELSEWHERE)) / f"{name}.json").read_text(encoding="utf-8"))
    excerpt = (Path(str(ELSEWHERE)) / f"{name}.txt").read_text(encoding="utf-8")
    told = excerpt.partition("\n\n")[2].replace("…", "\n")
    title = (
        f"{document['organ'].partition('（')[0]}{document['report_year']}年政府信息公开工作年度报告"
    )
    judgement = judge(read_published(name, f"{title}\n{told}".encode(), NATIONAL), HOUSE.editions)
    for finding in judgement.findings:
        print(f"{name}: {finding.severity} {finding.rule}: {finding.message.zh}")
    if not document["anomalies"]:
        assert judgement.errors == 0


# The rules themselves


def test_every_rule_is_a_file_and_every_file_a_rule() -> None:
    modules = [module.name for module in pkgutil.iter_modules(rules.__path__)]
    assert len(RULES) == len(modules)
    for name in modules:
        module = importlib.import_module(f"{rules.__name__}.{name}")
        assert (module.RULE, module.find) in RULES
    names = [rule.id for rule, _ in RULES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("rule", [rule for rule, _ in RULES], ids=lambda rule: rule.id)
def test_a_rule_speaks_both_languages_and_names_its_source(rule: Any) -> None:
    names = [
        {name for _, name, _, _ in string.Formatter().parse(rule.message[language]) if name}
        for language in ("zh-CN", "en")
    ]
    assert names[0] == names[1]
    for text in (rule.title, rule.source, rule.message):
        assert any("一" <= letter <= "鿿" for letter in text.zh)
        assert text.en.replace("“", "").replace("”", "").replace("≠", "").strip()
    assert not any("一" <= letter <= "鿿" for letter in rule.title.en)


def test_a_new_form_needs_no_code_to_be_judged_by() -> None:
    """The constraints of a local form are held against a report that uses it."""
    form = structs.replace(
        NEW, id="local-form", scope="local", wording=structs.replace(NEW.wording)
    )
    editions: Mapping[str, Edition] = {form.id: form}
    cells = SOUND[NEW.id] | {"applications/new/total": "1"}
    page = made(form, cells, "本年度各项工作按要求开展。")
    judgement = judge(read_published("x.html", page, editions), editions)
    assert ("applications.identity", "error") in told(judgement)
