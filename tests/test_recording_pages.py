"""A clerk's year at the pages: forms made from the schemas, cases, corrections."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import small_ledgers
from browsers import accessible, chromium, served
from clerks import HOUSE, ORGANS, Browser, Pages, filled_in, pages, words
from ledger.rooms.subjects import application, document, organ
from ledger.rooms.subjects.lifecycle import obstacle, possible
from ledger.verbs.filling import Filled, entries_of, fill, texts_of
from ledger.words.events import Event

RECEIVED = {
    "/subject": "2020-0001",
    "/occurred_on": "2020-12-21",
    "/data/applicant": "natural-person",
    "/data/channel": "online",
    "/organ": "bureau",
}


@pytest.fixture
def house(sqlite_url: str) -> Iterator[Pages]:
    with pages(sqlite_url) as opened:
        yield opened


@pytest.fixture
def clerk(house: Pages) -> Browser:
    return house.browser("li", "clerk@bureau")


def test_an_application_is_received_decided_and_seen_in_the_table(clerk: Browser) -> None:
    page = clerk.hand_in("/record/application.received", "record", **RECEIVED)
    assert clerk.address.endswith("/cases/application:2020-0001@bureau?recorded=4")
    assert "已记录：收到申请（2020-12-21）" in words(page)
    assert "bureau 2020 · 一、本年新收政府信息公开申请数量 / 申请人情况 / 自然人" in words(page)

    assert "作出答复" in page
    page = clerk.hand_in(
        "/record/application.decided?subject=application:2020-0001&organ=bureau",
        "record",
        **{"/occurred_on": "2020-12-28", "/data/outcome": "granted"},
    )
    assert "办结的申请" in words(page)
    assert "此后可以" not in words(page)[: words(page).index("下一步")]

    report = clerk.get("/reports/bureau/2020.json")
    assert '"value": 1' in report


def test_a_form_comes_from_the_schema_with_codes_in_both_languages_and_the_law(
    clerk: Browser,
) -> None:
    page = clerk.get("/record/application.received")
    assert "自然人 · Natural person" in page
    assert "《政府信息公开条例》第二十九条、第三十一条" in page
    assert 'type="date"' in page and "只填类别，不填姓名" in page
    clerk.language = "en"
    assert "Natural person · 自然人" in clerk.get("/record/application.received")


def test_a_preview_shows_what_would_move_and_records_nothing(house: Pages, clerk: Browser) -> None:
    page = clerk.hand_in("/record/application.received", "preview", **RECEIVED)
    assert "预览，未记录任何内容" in words(page)
    assert "+1" in words(page)
    assert filled_in(page)["/data/applicant"] == ["natural-person"]
    clerk.get("/cases/application:2020-0001", 404)

    clerk.post("/record/application.received", **filled_in(page), do="record")
    assert "已记录" in clerk.get("/cases/application:2020-0001?recorded=4")


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(clerk: Browser) -> None:
    wrong = RECEIVED | {"/occurred_on": "2999-01-01", "/data/channel": ""}
    page = clerk.hand_in("/record/application.received", "record", 422, **wrong)
    assert "“申请渠道”必须填写" in page
    assert 'id="data-channel-wrong"' in page
    assert filled_in(page)["/subject"] == ["2020-0001"]

    late = filled_in(page) | {"/data/channel": "online"}
    page = clerk.post("/record/application.received", 422, **late, do="record")
    assert 'id="occurred_on-wrong"' in page


def test_handed_in_twice_it_is_recorded_once(house: Pages, clerk: Browser) -> None:
    told = filled_in(clerk.get("/record/application.received")) | RECEIVED
    for _ in range(2):
        clerk.post("/record/application.received", **told, do="record")
        assert clerk.address.endswith("recorded=4")
    with house.journal.writing() as writing:
        assert writing.position == 4


def test_money_is_typed_in_yuan_or_ten_thousands_and_kept_in_fen(clerk: Browser) -> None:
    told = {"/subject": "p-1", "/occurred_on": "2020-03-18", "/organ": "bureau"}
    told |= {"/data/title": "办公设备", "/data/method": "centralised"}
    amount = {"/data/amount": "62.5", "/data/amount~unit": "万元"}
    clerk.hand_in("/record/procurement.concluded", "record", **told, **amount)
    assert '"amount": 62500000' in clerk.get("/cases/procurement:p-1.json")

    amount = {"/data/amount": "1,234.567"}
    page = clerk.hand_in("/record/procurement.concluded", "record", 422, **told, **amount)
    assert "不是整数分" in page


def test_several_codes_are_ticked_and_a_needed_source_is_asked_for(clerk: Browser) -> None:
    told = {"/subject": "d-1", "/occurred_on": "2020-03-18", "/organ": "bureau"}
    told |= {"/data/kind": "other-information"}
    channels = {"/data/channels": ["website", "wechat"]}
    clerk.hand_in("/record/document.published", "record", **told, **channels)
    assert '"wechat"' in clerk.get("/cases/document:d-1.json")

    told = {"/subject": "s-1", "/occurred_on": "2020-12-31", "/organ": "bureau"}
    told |= {"/data/state": "application.decided", "/data/quantity": "3"}
    told |= {"/data/from": "2020-01-01", "/data/to": "2020-12-31"}
    page = clerk.hand_in("/record/statement.counted", "record", 422, **told)
    assert 'id="source-reference-wrong"' in page
    told |= {"/source/title": "台账", "/data/dimensions/outcome": "granted"}
    clerk.hand_in("/record/statement.counted", "record", **told)


def test_a_wrong_event_is_corrected_with_a_reason_and_both_views_stay(clerk: Browser) -> None:
    clerk.hand_in("/record/application.received", "record", **RECEIVED)
    change = {"/data/applicant": "commercial-enterprise"}
    page = clerk.hand_in("/events/4/correct", "record", 422, **change)
    assert 'id="amendment-data-reason-wrong"' in page

    told = filled_in(page) | {"amendment/data/reason": "wrong-code"}
    page = clerk.post("/events/4/correct", **told, do="preview")
    assert "预览，未记录任何内容" in words(page)
    page = clerk.post("/events/4/correct", **filled_in(page), do="record")
    assert "已更正" in words(page)
    twin = clerk.get("/cases/application:2020-0001.json")
    assert '"applicant": "natural-person"' in twin
    assert '"applicant": "commercial-enterprise"' in twin
    assert filled_in(clerk.get("/events/4/correct"))["/data/applicant"] == ["commercial-enterprise"]


def test_a_correction_that_changes_nothing_or_spoils_the_event_is_refused_at_its_field(
    clerk: Browser,
) -> None:
    clerk.hand_in("/record/application.received", "record", **RECEIVED)
    reason = {"amendment/data/reason": "wrong-code"}
    page = clerk.hand_in("/events/4/correct", "record", 422, **reason)
    assert "没有可更正的内容" in page
    worse = reason | {"/data/balance": "2020-01-01"}
    page = clerk.hand_in("/events/4/correct", "record", 422, **worse)
    assert 'id="data-balance-wrong"' in page


def test_an_event_is_voided_and_its_case_counts_no_more(clerk: Browser) -> None:
    clerk.hand_in("/record/application.received", "record", **RECEIVED)
    reason = {"amendment/data/reason": "recorded-twice"}
    page = clerk.hand_in("/events/4/void", "record", **reason)
    assert "已作废" in words(page)
    assert "现在不计入任何统计" in words(page)
    clerk.get("/events/4/correct", 422)


def test_a_clerk_neither_sees_nor_changes_what_is_another_organs(
    house: Pages, clerk: Browser
) -> None:
    clerk.hand_in("/record/application.received", "record", **RECEIVED)
    other = house.browser("wang", "clerk@office")
    for address in ("/cases/application:2020-0001", "/cases/application:2020-0001.json"):
        assert "2020-12-21" not in other.get(address, 403)
    other.get("/events/4/correct", 403)
    told = filled_in(other.get("/record/application.received")) | RECEIVED
    other.post("/record/application.received", 403, **told | {"/subject": "2"}, do="record")
    assert "示例市财政局" not in other.get("/record/application.received")

    above = house.browser("zhao", "auditor@city")
    assert "2020-12-21" in above.get("/cases/application:2020-0001")
    above.get("/record", 403)
    above.get("/events/4/void", 403)


def test_a_transferred_case_is_read_and_gone_on_with_by_who_holds_it(
    house: Pages, clerk: Browser
) -> None:
    clerk.hand_in("/record/application.received", "record", **RECEIVED)
    case = "?subject=application:2020-0001&organ=bureau"
    moved = {"/occurred_on": "2020-12-22", "/data/to": "office"}
    assert "示例市水利局" in clerk.get(f"/record/application.transferred{case}")
    page = clerk.hand_in(f"/record/application.transferred{case}", "preview", **moved)
    assert "您没有查看的权限" in words(page)
    assert "(office)" not in words(page)
    clerk.hand_in(f"/record/application.transferred{case}", "record", **moved)

    other = house.browser("wang", "clerk@office")
    page = other.get("/cases/application:2020-0001")
    assert "/record/application.decided?subject=application%3A2020-0001%40bureau" in page
    assert "/record/application.decided" not in clerk.get("/cases/application:2020-0001")


def test_a_form_of_another_session_is_refused(house: Pages, clerk: Browser) -> None:
    told = filled_in(clerk.get("/record/application.received")) | RECEIVED
    page = clerk.post("/record/application.received", 403, **told | {"csrf": "x"}, do="record")
    assert "没有记录任何内容" in page
    stranger = house.browser("")
    stranger.post("/record/application.received", 401, **told, do="record")


@given(small_ledgers.drafts())
def test_what_a_form_says_reads_back_as_the_same_event(drafts: list[dict[str, Any]]) -> None:
    definitions = HOUSE.definitions
    for draft in drafts:
        if not draft["type"].startswith("event."):
            entries = entries_of(definitions, draft["type"])
            told = texts_of(definitions, entries, draft)
            assert fill(definitions, draft["type"], entries, told) == Filled(draft, {})


@given(st.data())
def test_the_steps_offered_are_those_that_the_rules_let_pass(data: st.DataObject) -> None:
    steps = data.draw(st.sampled_from([application.STEPS, document.STEPS, organ.STEPS]))
    history: list[Event] = []
    for number in range(1, data.draw(st.integers(1, 8))):
        offered = possible(steps, {event.type for event in history})
        for type_ in steps:
            refused = obstacle(steps, [*history, happened(type_, number)])
            assert (refused is None) == (type_ in offered)
        if not offered:
            return
        history.append(happened(data.draw(st.sampled_from(offered)), number))


def happened(type_: str, position: int) -> Event:
    subject = f"{type_.partition('.')[0]}:1"
    day = date(2020, 1, 1)
    return Event(f"e{position}", type_, "bureau", subject, day, 0, "li", {}, position=position)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_in_a_browser_a_case_is_recorded_corrected_and_a_file_imported(
    house: Pages, tmp_path: Path, language: str
) -> None:
    session = house.session("li", "clerk@bureau")
    file = tmp_path / "lines.jsonl"
    file.write_text('{"type": "application.received"}\n')
    with served(house.app) as address, chromium(address, session, language) as page:
        page.goto(f"{address}/record/application.received")
        page.fill('[name="/subject"]', "2020-0001")
        page.fill('[name="/occurred_on"]', "2020-12-21")
        page.select_option('[name="/data/applicant"]', "natural-person")
        page.select_option('[name="/data/channel"]', "online")
        page.click('button[value="preview"]')
        assert "+1" in page.inner_text(".preview")
        accessible(page)
        page.click('button[value="record"]')
        accessible(page)
        assert "2020-12-21" in page.inner_text(".done")

        page.click(".steps a >> nth=-2")
        page.select_option('[name="/data/outcome"]', "granted")
        page.fill('[name="/occurred_on"]', "2020-12-20")
        page.click('button[value="record"]')
        assert page.is_visible("#occurred_on-wrong")
        accessible(page)
        page.fill('[name="/occurred_on"]', "2020-12-28")
        page.click('button[value="record"]')
        assert page.is_visible(".done")

        page.click('a[href="/events/4/correct"]')
        page.select_option('[name="amendment/data/reason"]', "wrong-code")
        page.select_option('[name="/data/applicant"]', "commercial-enterprise")
        accessible(page)
        page.click('button[value="record"]')
        assert page.is_visible(".mark")

        page.goto(f"{address}/import")
        page.set_input_files("#file", file)
        page.click('button[value="check"]')
        page.wait_for_selector("#result .problem")
        assert page.input_value("#file").endswith("lines.jsonl")
        accessible(page)
        for place in ("/desk", "/record", "/events?text=2020-0001"):
            page.goto(f"{address}{place}")
            accessible(page)


ODD = ("\x00", "，", "1e400", "-1", "<b>&", "𠀀" * 3000, "2020-02-30", "//", "@", "=1+1", "9" * 400)


@pytest.mark.slow
def test_whatever_is_typed_comes_back_as_a_sentence(house: Pages) -> None:
    everywhere = house.browser("zhang", "clerk@*")
    for type_ in HOUSE.definitions.newest:
        if type_.startswith("event.") or HOUSE.definitions.own_command({"type": type_}):
            continue
        told = filled_in(everywhere.get(f"/record/{type_}"))
        names = [name for name in told if name not in ("csrf", "made")]
        for odd in ODD:
            wrong = {"csrf": told["csrf"], "made": [odd]} | {name: [odd] for name in names}
            page = everywhere.post(f"/record/{type_}", 422, **wrong, do="record")
            assert "没有记录任何内容" in page
    with house.journal.writing() as writing:
        assert writing.position == len(ORGANS)


def test_what_was_typed_outlives_a_session_that_ended(house: Pages) -> None:
    """At five o'clock the session is over; whoever signs in then sends the same form once more."""
    clerk = house.browser("li", "clerk@bureau")
    at = "/record/application.received"
    told = filled_in(clerk.get(at)) | {name: [value] for name, value in RECEIVED.items()}
    gone = house.browser("")
    page = gone.post(at, 401, **told, do="record")
    assert "填写的内容还在这一页" in page
    again = filled_in(page)
    assert again["/subject"] == ["2020-0001"]
    assert again["do"] == ["record"]

    back = house.browser("wang", "clerk@bureau")
    page = back.post(at, 403, **again)
    assert "2020-0001" in words(page)
    back.post(at, **filled_in(page))
    assert "2020-0001" in back.get("/cases/application:2020-0001@bureau")


def test_what_another_site_sends_is_not_given_back(house: Pages) -> None:
    stranger = house.browser("")
    stranger.client.headers["origin"] = "https://elsewhere.example"
    page = stranger.post("/record/application.received", 401, **RECEIVED, do="record")
    assert "2020-0001" not in page


def test_a_password_is_never_given_back(house: Pages) -> None:
    clerk = house.browser("li", "clerk@bureau")
    page = clerk.post("/account/password", 403, csrf="old", password="a secret of mine", again="x")
    assert "a secret of mine" not in page
