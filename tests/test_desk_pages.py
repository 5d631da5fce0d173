"""The desk, the search for events, and importing a file at the pages."""

import io
import json
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

import test_own_registers as own_registers
from clerks import HOUSE, Browser, Pages, filled_in, pages, words
from ledger.rooms.storage.people import accesses
from ledger.verbs.issuing import Office, draft
from ledger.verbs.recording import today
from ledger.verbs.reporting import Question
from ledger.words.years import year

OF_2020 = "application:2020-0001"


@pytest.fixture
def house(sqlite_url: str) -> Iterator[Pages]:
    with pages(sqlite_url) as opened:
        yield opened


@pytest.fixture
def clerk(house: Pages) -> Browser:
    return house.browser("li", "clerk@bureau")


def received(subject: str, organ: str, on: str = "2020-12-21") -> dict[str, object]:
    return {
        "type": "application.received",
        "organ": organ,
        "subject": subject,
        "occurred_on": on,
        "data": {"applicant": "natural-person", "channel": "online"},
        "source": {"title": f"登记簿-{organ}"},
    }


def decided(subject: str, organ: str, on: str) -> dict[str, object]:
    return {
        "type": "application.decided",
        "organ": organ,
        "subject": subject,
        "occurred_on": on,
        "data": {"outcome": "granted", "number": "示例函〔2020〕9号"},
    }


def test_the_first_page_is_the_desk_for_who_records_and_the_reports_for_others(
    house: Pages, clerk: Browser
) -> None:
    assert "工作台：示例市财政局" in words(clerk.get("/"))
    assert "工作台" not in house.browser("").get("/")


def test_the_desk_shows_open_cases_oldest_first_without_those_that_ended(
    house: Pages, clerk: Browser
) -> None:
    house.record(
        received("application:1", "bureau", "2020-12-21"),
        received("application:2", "bureau", "2020-11-02"),
        received("application:3", "bureau", "2020-10-01"),
        decided("application:3", "bureau", "2020-10-08"),
        received("application:4", "office", "2020-12-21"),
    )
    desk = clerk.get("/desk.json")
    assert '"application": 2' in desk
    page = words(clerk.get("/desk"))
    opened = page[: page.index("未办结：复议诉讼案件")]
    assert opened.index("application:2@bureau") < opened.index("application:1@bureau")
    assert "application:3@bureau" not in opened
    assert "不推算到期日" in opened
    assert "application:4" not in page
    clerk.get("/desk?organ=office", 403)


def test_a_balance_that_a_case_replaces_is_no_open_case(house: Pages, clerk: Browser) -> None:
    balance = {
        "type": "balance.stated",
        "organ": "bureau",
        "subject": "balance:1",
        "occurred_on": "2019-12-31",
        "data": {
            "state": "application.pending",
            "dimensions": {"applicant": "natural-person"},
            "quantity": 3,
        },
        "source": {"title": "上年台账"},
    }
    told = received("application:1", "bureau", "2019-12-20")
    told["data"] |= {"balance": "2019-12-31"}  # type: ignore[operator]
    house.record(balance, told)
    assert '"application": 1' in clerk.get("/desk.json")


def test_the_desk_names_checks_that_fail_and_reports_in_draft(house: Pages, clerk: Browser) -> None:
    last_year = today().year - 1
    statement = {
        "type": "statement.counted",
        "organ": "bureau",
        "subject": "statement:1",
        "occurred_on": f"{last_year}-12-31",
        "data": {
            "state": "application.decided",
            "dimensions": {"applicant": "natural-person", "outcome": "granted"},
            "from": f"{last_year}-01-01",
            "to": f"{last_year}-12-31",
            "quantity": 3,
        },
        "source": {"title": "统计表"},
    }
    assert "全部成立" in words(clerk.get("/desk"))
    house.record(statement)
    office = Office(house.journal, HOUSE.definitions, HOUSE.editions, "wang")
    draft(office, Question(year(last_year), "bureau"), {"overview": "示例文字。"})
    page = words(clerk.get("/desk"))
    assert "全部成立" not in page
    assert "0 ≠ 3" in page
    assert f"{last_year} 起草中" in page and "wang" in page


def test_events_are_found_by_number_title_document_number_and_id(
    house: Pages, clerk: Browser
) -> None:
    house.record(
        received(OF_2020, "bureau"),
        decided(OF_2020, "bureau", "2020-12-28"),
        received("application:2020-0002", "bureau") | {"id": "own-id-7"},
    )
    assert "application:2020-0001@bureau" in clerk.get("/events?text=2020-0001")
    assert "编号相符的对象" in clerk.get("/events?text=2020-0001")
    assert "作出答复" in words(clerk.get("/events?text=示例函〔2020〕9号")).split("查找位置")[0]
    assert "application:2020-0002@bureau" in clerk.get("/events?text=own-id-7")
    twin = clerk.get("/events.json?type=application.decided")
    assert '"type": "application.decided"' in twin and "application.received" not in twin
    assert "没有符合条件的事件" in clerk.get("/events?by=nobody")


def test_a_search_finds_only_what_one_may_read_and_is_logged(house: Pages, clerk: Browser) -> None:
    house.record(received("application:1", "bureau"), received("application:1", "office"))
    for address in ("/events?text=application:1", "/events.json", "/events?subject=application:1"):
        page = clerk.get(address)
        assert "application:1@bureau" in page or '"organ": "bureau"' in page
        assert "登记簿-office" not in page and "application:1@office" not in page
    clerk.get("/events?organ=office", 403)
    house.browser("").get("/events.json", 401)

    auditor = house.browser("zhao", "auditor@city")
    assert "application:1@office" in auditor.get("/events")
    answer = auditor.client.get("/events.xlsx")
    rows = load_workbook(io.BytesIO(answer.content)).worksheets[-1]
    told = [str(cell) for row in rows.iter_rows(values_only=True) for cell in row]
    assert "登记簿-office" in told and "登记簿-bureau" in told
    house.accounts.flush()
    with house.accounts.store.reading() as connection:
        noted = [line for _, line in accesses.newest(connection, None)]
    assert ("zhao", "export", "events") in {
        (line.user_name, line.action, line.what) for line in noted
    }
    assert ("li", "bureau") in {(line.user_name, line.organ) for line in noted}


def test_pages_of_events_follow_one_another_without_gap(house: Pages, clerk: Browser) -> None:
    house.record(*(received(f"application:{number}", "bureau") for number in range(1, 61)))
    page = clerk.get("/events?type=application.received")
    assert "application:60@bureau" in page and "application:10@bureau" not in page
    earlier = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    page = clerk.get(earlier)
    assert "application:10@bureau" in page and "application:1@bureau" in page
    assert "application:11@bureau" not in page


def test_on_every_database_a_case_is_shown_and_odd_addresses_are_refused(
    database_url: str,
) -> None:
    with pages(database_url) as house:
        clerk = house.browser("li", "clerk@bureau")
        house.record(received("application:1", "bureau"), received("application:2", "office"))
        for address in ("/desk", "/events?text=1", "/cases/application:1"):
            page = clerk.get(address)
            assert "application:1@bureau" in page and "application:2@office" not in page
        for address in ("/events?text=%00", "/cases/%00", "/events/%00", "/reports/%00/2020"):
            clerk.get(address, 404)


def upload(browser: Browser, name: str, data: bytes, status: int, **fields: str) -> bytes:
    told = {key: values[0] for key, values in filled_in(browser.get("/import")).items()}
    told.pop("file", None)
    answer = browser.client.post("/import", data=told | fields, files={"file": (name, data)})
    assert answer.status_code == status, answer.text
    return answer.content


def filled_template(browser: Browser, *rows: tuple[object, ...]) -> bytes:
    """The template of the received applications, filled in."""
    answer = browser.client.get("/import/template.xlsx?type=application.received")
    book = load_workbook(io.BytesIO(answer.content))
    sheet = book["收到申请"]
    headings = [cell.value and str(cell.value).rstrip(" *") for cell in sheet[4]]
    for at, (number, on, applicant, organ) in enumerate(rows, 6):
        told = {"申请台账号": number, "发生日期": on, "申请人类别": applicant}
        told |= {"申请渠道": "网络", "机关": organ}
        for heading, value in told.items():
            sheet.cell(at, headings.index(heading) + 1).value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_template_is_filled_in_checked_and_imported_whole(clerk: Browser) -> None:
    file = filled_template(
        clerk, ("1", "2020-03-05", "自然人", "bureau"), ("2", "2020-03-06", "自然人", "bureau")
    )
    page = upload(clerk, "登记.xlsx", file, 200, do="check").decode()
    assert "可以导入 2 个事件" in page
    clerk.get("/cases/application:1", 404)
    assert "已记录 2 个事件" in upload(clerk, "登记.xlsx", file, 200, do="record").decode()
    again = upload(clerk, "登记.xlsx", file, 200, do="record").decode()
    assert "已记录 0 个事件，另有 2 个此前已记录" in again
    assert "收到申请" in clerk.get("/cases/application:1")


def test_errors_are_told_by_sheet_cell_and_heading_and_marked_in_a_copy(clerk: Browser) -> None:
    file = filled_template(
        clerk, ("1", "2020-03-05", "自然人", "bureau"), ("2", "明天", "自然人", "bureau")
    )
    page = upload(clerk, "登记.xlsx", file, 422, do="record").decode()
    row = words(page)[words(page).index("单元格或行") :]
    assert "收到申请" in row and "B7" in row and "发生日期" in row and "不是完整的日期" in row
    clerk.get("/cases/application:1", 404)

    copy = load_workbook(io.BytesIO(upload(clerk, "登记.xlsx", file, 200, do="mark")))
    assert "不是完整的日期" in copy["收到申请"]["B7"].comment.text

    page = upload(clerk, "登记.xlsx", file, 422, do="record", valid="1").decode()
    assert "已记录 1 个事件" in page
    assert "收到申请" in clerk.get("/cases/application:1")


def test_a_register_of_ones_own_is_mapped_once_and_imported_by_that(clerk: Browser) -> None:
    file = own_registers.book()
    drafted = json.loads(upload(clerk, "台账.xlsx", file, 200, do="draft"))

    def hand_in(mapping: object, status: int, do: str) -> str:
        told = {key: values[0] for key, values in filled_in(clerk.get("/import")).items()}
        files = {"file": ("台账.xlsx", file), "mapping": ("对照.json", json.dumps(mapping))}
        fields = told | {"organ": "bureau", "do": do}
        for name in files:
            fields.pop(name, None)
        answer = clerk.client.post("/import", data=fields, files=files)
        assert answer.status_code == status, answer.text
        return answer.text

    assert "尚未确认" in hand_in(drafted, 422, "check")
    assert "JSON" in hand_in("{", 422, "check")
    mapping = own_registers.confirmed(drafted)
    assert "可以导入 5 个事件" in hand_in(mapping, 200, "check")
    assert "已记录 5 个事件" in hand_in(mapping, 200, "record")
    file = b"{}\n"
    assert "工作簿" in hand_in(mapping, 422, "record")
    assert "作出答复" in clerk.get("/cases/application:2020-1")


def test_a_file_may_not_record_for_another_organ(house: Pages, clerk: Browser) -> None:
    file = filled_template(clerk, ("1", "2020-03-05", "自然人", "office"))
    page = upload(clerk, "登记.xlsx", file, 422, do="record").decode()
    assert "您没有在机关 office 做这件事的权限" in page
    line = b'{"type":"application.received","organ":"office","subject":"application:1",'
    line += b'"occurred_on":"2020-03-05","data":{"applicant":"natural-person","channel":"online"}}'
    page = upload(clerk, "lines.jsonl", line, 422, do="record").decode()
    assert "您没有在机关 office 做这件事的权限" in page
    page = upload(clerk, "lines.jsonl", line.replace(b"office", b"bureau"), 200, do="record")
    assert "已记录 1 个事件".encode() in page
    house.browser("zhao", "auditor@city").get("/import", 403)


def test_a_file_that_is_none_or_no_workbook_is_refused_in_a_sentence(clerk: Browser) -> None:
    old = upload(clerk, "old.xls", b"\xd0\xcf\x11\xe0" + b"0" * 100, 422, do="record").decode()
    assert "另存为" in old
    assert "没有选择文件" in upload(clerk, "", b"", 422, do="record").decode()
    page = upload(clerk, "lines.jsonl", b"{", 422, do="record").decode()
    assert "不是有效的 JSON" in page
