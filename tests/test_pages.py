"""The pages of reports: the tables, the inspector beside a figure, and the way from draft to issue."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from sites import ORGAN, OTHER, REPORT, UPPER, Site, issue, post, site

AMOUNT = "procurement/centralised/amount"


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Site]:
    with site(database_url, tmp_path) as made:
        yield made


@pytest.fixture
def small(sqlite_url: str, tmp_path: Path) -> Iterator[Site]:
    with site(sqlite_url, tmp_path) as made:
        yield made


def amended(amount: int) -> dict[str, object]:
    return {
        "type": "procurement.amended",
        "organ": ORGAN,
        "subject": "procurement:2020-1",
        "occurred_on": "2020-12-30",
        "data": {"amount": amount},
    }


def test_where_does_this_179_8_come_from(office: Site) -> None:
    page = office.signed_in("clerk").get(REPORT, params={"cell": AMOUNT})
    assert page.status_code == 200
    assert "179.8" in page.text
    for part, position in (("62.5", 82), ("48.3", 83), ("39", 84), ("30", 85)):
        assert part in page.text
        assert f'href="/events/{position}"' in page.text
    assert "Open Government Information Regulations, art. 20(9)" in page.text


def test_the_twin_of_a_figure_tells_facts_that_sum_to_it(small: Site) -> None:
    told = small.signed_in("auditor").get(f"{REPORT}/cells/{AMOUNT}.json").json()
    assert sum(fact["quantity"] for fact in told["facts"]) == told["figure"]["value"] == 179.8
    assert [event["recorded_by"] for event in told["events"]] == ["clerk"] * 4


def test_a_zero_opens_too_and_says_why(small: Site) -> None:
    page = small.signed_in("clerk").get(REPORT, params={"cell": "applications/granted/total"})
    assert "No fact meets this condition, so it is zero." in page.text


def test_from_figure_to_figure(small: Site) -> None:
    clerk = small.signed_in("clerk")
    page = clerk.get(REPORT, params={"cell": "applications/new/natural-person"})
    following = re.search(r'rel="next" href="\?*([^"]*)"', page.text)
    assert following
    onward = clerk.get(following[1].replace("&amp;", "&"))
    back = re.search(r'rel="prev" href="([^"]*)"', onward.text)
    assert back and "cell=applications%2Fnew%2Fnatural-person" in back[1]


def test_who_has_not_signed_in_sees_nothing_before_the_issue(small: Site) -> None:
    anyone = small.anyone()
    answer = anyone.get(REPORT)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next={REPORT}"
    assert anyone.get(f"{REPORT}.json").status_code == 401
    assert anyone.get("/reports.json").json() == {"reports": []}


def test_the_issued_report_is_for_everyone_without_persons_and_notes(office: Site) -> None:
    issue(office)
    office.tell(amended(10_000_000))
    anyone = office.anyone()
    page = anyone.get(REPORT, params={"cell": AMOUNT})
    assert page.status_code == 200
    assert "179.8" in page.text and "127.3" not in page.text
    inspector = page.text.partition('class="inspector"')[2]
    assert "procurement:2020-1" in inspector
    assert ">clerk<" not in inspector
    traced = anyone.get(f"{REPORT}/cells/{AMOUNT}.json").json()
    assert traced["facts"]
    assert not {"recorded_by", "data", "source"} & set(traced["events"][0])
    assert anyone.get(REPORT, params={"as_at": "3"}).status_code == 303
    assert anyone.get(f"{REPORT}/differences.json").status_code == 401
    assert anyone.get("/events/82").status_code == 303


def test_the_public_side_can_be_switched_off(sqlite_url: str, tmp_path: Path) -> None:
    with site(sqlite_url, tmp_path, public=False) as closed:
        issue(closed)
        anyone = closed.anyone()
        assert anyone.get(REPORT).status_code == 303
        assert anyone.get("/reports.json").json() == {"reports": []}
        assert closed.signed_in("clerk").get("/reports.json").json()["reports"]


def test_what_changed_since_the_issue_is_marked_and_explained(small: Site) -> None:
    issue(small)
    small.tell(amended(10_000_000))
    clerk = small.signed_in("clerk")
    page = clerk.get(REPORT, params={"cell": AMOUNT})
    assert "127.3" in page.text
    assert "was 179.8" in page.text
    change = page.text.partition('class="change"')[2].partition("</section>")[0]
    assert "-52.5" in change
    as_issued = clerk.get(REPORT, params={"as_at": "issued"}).text
    assert "179.8" in as_issued and "127.3" not in as_issued
    differences = clerk.get(f"{REPORT}/differences.json").json()
    changed = next(cell for cell in differences["cells"] if cell["address"] == AMOUNT)
    assert sum(cause["quantity"] for cause in changed["causes"]) == changed["difference"]


def test_a_report_is_not_approved_by_who_drafted_it(small: Site) -> None:
    clerk = small.signed_in("clerk")
    post(clerk, f"{REPORT}/draft", step="save", **{"section-overview": "示例。"})
    post(clerk, f"{REPORT}/draft", step="check")
    refused = post(clerk, f"{REPORT}/draft", step="approve")
    assert refused.status_code == 403
    assert "You have no permission" in refused.text


def test_the_issued_report_is_downloaded_as_word(small: Site) -> None:
    issue(small)
    data = small.anyone().get(f"{REPORT}/document.docx").content
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    assert "本年采购" in text
    cells = [cell.text for table in docx.Document(io.BytesIO(data)).tables for cell in table._cells]
    assert any("179.8" in cell for cell in cells)


def test_a_wrong_reference_is_named_while_the_text_stays(small: Site) -> None:
    clerk = small.signed_in("clerk")
    answer = post(
        clerk, f"{REPORT}/draft", step="save", **{"section-overview": "共{no/such/cell}件"}
    )
    assert answer.status_code == 422
    assert "{no/such/cell}" in answer.text
    assert "共{no/such/cell}件</textarea>" in answer.text


def test_a_form_of_another_session_records_nothing(small: Site) -> None:
    clerk = small.signed_in("clerk")
    answer = clerk.post(f"{REPORT}/draft", data={"csrf": "guessed", "step": "save"})
    assert answer.status_code == 403
    assert "nothing was recorded" in answer.text


def test_the_upper_organ_reads_below_and_drafts_nothing_there(small: Site) -> None:
    superior = small.signed_in("superior")
    assert superior.get(REPORT).status_code == 200
    refused = post(superior, f"{REPORT}/draft", step="save", **{"section-overview": "x"})
    assert refused.status_code == 403
    rolled = superior.get(f"/reports/{UPPER}/2020/breakdown.json", params={"cell": AMOUNT}).json()
    assert rolled["total"] == 179.8
    page = superior.get(f"/reports/{UPPER}/2020/breakdown", params={"cell": AMOUNT}).text
    assert f'href="/reports/{ORGAN}/2020?cell={AMOUNT}"' in page


@pytest.mark.parametrize(
    "path", [REPORT, f"{REPORT}.json", f"{REPORT}/cells/procurement/centralised/amount.json"]
)
def test_what_a_browser_has_already_is_not_sent_again_until_something_is_recorded(
    small: Site, path: str
) -> None:
    clerk = small.signed_in("clerk")
    tag = clerk.get(path).headers["etag"]
    assert clerk.get(path, headers={"if-none-match": tag}).status_code == 304
    small.tell(amended(10_000_000))
    again = clerk.get(path, headers={"if-none-match": tag})
    assert again.status_code == 200
    assert again.headers["etag"] != tag


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_both_languages(small: Site, language: str) -> None:
    page = small.signed_in("clerk").get(REPORT, params={"lang": language})
    assert f'<html lang="{language}">' in page.text
    assert ("Centralised government procurement" in page.text) == (language == "en")
    assert page.cookies["ledger_language"] == language


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/reports/nobody/2020", 404, "There is no nobody here."),
        (f"/reports/{ORGAN}/20x0", 422, "20x0"),
        (f"{REPORT}?cell=no/such/cell", 404, "no/such/cell"),
        (f"{REPORT}?as_at=999999", 422, "999999"),
        (f"{REPORT}?as_at=yesterday", 422, "yesterday"),
        (f"{REPORT}?edition=none", 404, "none"),
        ("/events/no-such-event", 404, "no-such-event"),
        ("/cases/application:none", 404, "application:none"),
        ("/nowhere", 404, "/nowhere"),
    ],
)
def test_what_cannot_be_shown_is_said_in_a_sentence(
    small: Site, path: str, status: int, sentence: str
) -> None:
    clerk = small.signed_in("clerk")
    page = clerk.get(path)
    assert page.status_code == status
    assert sentence in page.text
    assert "Traceback" not in page.text
    told = clerk.get(path, headers={"accept": "application/json"})
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["status"] == status


def test_no_page_asks_anything_of_another_address(small: Site) -> None:
    clerk = small.signed_in("clerk")
    for path in (
        "/reports",
        REPORT,
        f"{REPORT}/draft",
        f"{REPORT}/check",
        "/events/82",
        f"{REPORT}/breakdown",
    ):
        answer = clerk.get(path)
        assert re.findall(r'(?:src|href|action)="(?:https?:)?//', answer.text) == []
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_organ_that_others_keep_is_not_listed(small: Site) -> None:
    page: str = small.signed_in("outsider").get("/reports").text
    assert f'value="{OTHER}"' in page
    assert f'value="{ORGAN}"' not in page


def test_an_applicant_is_kept_beside_the_journal_and_erased(small: Site) -> None:
    received = {
        "type": "application.received",
        "organ": ORGAN,
        "subject": "application:2020-0001",
        "occurred_on": "2020-12-21",
        "data": {"applicant": "natural-person", "channel": "online"},
    }
    small.tell(received)
    clerk = small.signed_in("clerk")
    case = f"application:2020-0001@{ORGAN}"
    assert "/applicants/" in clerk.get(f"/cases/{case}").text
    page = f"/applicants/{case}?organ={ORGAN}"
    assert post(clerk, page, act="keep", name="王小明", phone="123").status_code == 303
    assert "王小明" in clerk.get(page).text
    for stranger in ("outsider", "superior", "auditor"):
        assert small.signed_in(stranger).get(page).status_code == 403
    assert "王小明" not in clerk.get(f"/cases/{case}.json").text
    before = clerk.get(f"{REPORT}.json").json()["sections"]
    assert post(clerk, page, act="erase").status_code == 303
    assert "王小明" not in clerk.get(page).text
    assert clerk.get(f"{REPORT}.json").json()["sections"] == before
    assert clerk.get(f"/cases/{case}.json").json()["events"][-1]["type"].endswith("erased")
    assert post(clerk, page, act="keep").status_code == 422


def test_an_overdrawn_balance_is_shown_with_the_report_and_to_nobody_else(small: Site) -> None:
    issue(small)
    eve = "2019-12-31"
    balance = {
        "type": "balance.stated",
        "subject": "balance:1",
        "occurred_on": eve,
        "source": {"title": "2019年台账"},
        "data": {"state": "application.pending", "quantity": 1},
    }
    cases = [
        {
            "type": "application.received",
            "subject": f"application:{number}",
            "occurred_on": "2019-11-04",
            "data": {"applicant": "natural-person", "channel": "online", "balance": eve},
        }
        for number in (1, 2)
    ]
    small.tell(*({"organ": ORGAN, **each} for each in (balance, *cases)))
    clerk, anyone = small.signed_in("clerk"), small.anyone()
    for address in (REPORT, f"{REPORT}/check", f"{REPORT}/draft"):
        assert "Overdrawn balances" in clerk.get(address).text
    (over,) = clerk.get(f"{REPORT}/check.json").json()["overdrawn"]
    assert (over["day"], over["stated"], over["taken"]) == (eve, 1, 2)
    assert anyone.get(f"{REPORT}/check.json").json()["overdrawn"] == []
    refused = post(clerk, f"{REPORT}/draft", step="check")
    assert (refused.status_code, eve in refused.text) == (422, True)
