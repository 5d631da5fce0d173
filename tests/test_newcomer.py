"""A newcomer's way in a real browser: from the first password to the report in Word, in both languages."""

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, sync_playwright

from browsers import CHROMIUM, QUIET, accessible, chromium, served
from ledger.rooms.storage import reading
from ledger.verbs.people.links import link
from sites import ORGAN, PASSWORD, Site, site

REPORT = f"/reports/{ORGAN}/2020"
NEW = "applications/new/natural-person"


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Site]:
    with site(database_url, tmp_path) as made:
        yield made


def enter(page: Page, address: str, office: Site, name: str) -> None:
    """Sets a password by a one-time link, as the terminal shows it to the first user."""
    page.goto(f"{address}/enter")
    page.fill('[name="code"]', link(office.accounts, name))
    page.fill('[name="password"]', PASSWORD)
    page.fill('[name="again"]', PASSWORD)
    page.click("form.stacked button")
    page.wait_for_url(f"{address}/**")


def record_a_case(page: Page, address: str) -> None:
    page.goto(f"{address}/record/application.received")
    page.fill('[name="/subject"]', "2020-0001")
    page.fill('[name="/occurred_on"]', "2020-12-21")
    page.select_option('[name="/data/applicant"]', "natural-person")
    page.select_option('[name="/data/channel"]', "online")
    page.click('button[value="record"]')
    page.goto(f"{address}/record/application.decided?subject=application:2020-0001&organ={ORGAN}")
    page.fill('[name="/occurred_on"]', "2020-12-28")
    page.select_option('[name="/data/outcome"]', "granted")
    page.click('button[value="record"]')
    assert page.is_visible(".done")


def figure(page: Page, address: str) -> str:
    """The number alone, without the mark of a change."""
    shown = page.inner_text(f'td a.figure[data-address="{address}"]')
    return "".join(sign for sign in shown if sign.isdecimal())


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_from_the_first_password_to_the_issued_report(office: Site, language: str) -> None:
    with served(office.app) as address, chromium(address, "none", language) as page:
        page.goto(f"{address}/enter")
        accessible(page)
        enter(page, address, office, "clerk")
        record_a_case(page, address)

        page.goto(f"{address}{REPORT}")
        accessible(page)
        assert figure(page, NEW) == "1"
        page.click(f'td a.figure[data-address="{NEW}"]')
        page.wait_for_selector(".inspector")
        accessible(page)
        assert "application:2020-0001" in page.inner_text(".inspector")
        assert f"cell={NEW}".replace("/", "%2F") in page.url
        page.keyboard.press("ArrowRight")
        page.wait_for_url(lambda url: NEW.replace("/", "%2F") not in url)
        page.go_back()
        page.wait_for_selector(f'.figure[data-address="{NEW}"][aria-current]')
        page.keyboard.press("Escape")
        page.wait_for_selector(".inspector", state="detached")

        page.goto(f"{address}{REPORT}/draft")
        page.fill('[name="section-overview"]', "本年新收{applications/new/total}件。")
        page.wait_for_selector('#preview-overview b:text-is("1")')
        accessible(page)
        page.click('button[value="save"]')
        page.click('button[value="check"]')
        page.wait_for_load_state()

    with served(office.app) as address, chromium(address, "none", language) as page:
        enter(page, address, office, "chief")
        page.goto(f"{address}{REPORT}/draft")
        page.click('button[value="approve"]')
        page.click('button[value="issue"]')
        page.wait_for_load_state()
        accessible(page)

    with served(office.app) as address, chromium(address, "none", language) as page:
        enter(page, address, office, "clerk")
        with office.journal.reading() as connection:
            received = reading.history(connection, f"application:2020-0001@{ORGAN}")[0].position
        page.goto(f"{address}/events/{received}/correct")
        page.select_option('[name="amendment/data/reason"]', "wrong-code")
        page.select_option('[name="/data/applicant"]', "commercial-enterprise")
        page.click('button[value="record"]')
        page.goto(f"{address}{REPORT}")
        assert figure(page, NEW) == "0"
        assert "changed" in (
            page.get_attribute(f'td a.figure[data-address="{NEW}"]', "class") or ""
        )
        page.goto(f"{address}{REPORT}?as_at=issued")
        assert figure(page, NEW) == "1"
        with page.expect_download() as downloading:
            page.click('a[href*="document.docx"]')
        data = Path(downloading.value.path()).read_bytes()
        paragraphs = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
        assert any("本年新收" in text for text in paragraphs)


@pytest.mark.slow
def test_on_a_phone_and_without_javascript_every_figure_opens(office: Site) -> None:
    with served(office.app) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, java_script_enabled=False, locale="en"
        )
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        enter(page, address, office, "clerk")
        page.goto(f"{address}{REPORT}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.click('td a.figure[data-address="procurement/centralised/amount"]')
        assert "179.8" in page.inner_text(".inspector .value")
        assert all(url.startswith(address) for url in asked)
        browser.close()
