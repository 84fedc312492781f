"""The five jobs of an accountant, in Dutch at 1366×768, run by `dev/demo --jobs`: how many clicks each takes.

Begins where she is after logging in: with only the office ticked. What is typed is no click. Each
screen is kept as a picture in CODABOX_SCREENSHOTS, else in the demo's log folder. A job that takes
more clicks than it may fails.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from checks.browser import demo_page
from demo.clients import ROOFER

USER = "boekhouder"
SIZE = (1366, 768)
FETCH_MS = 120_000
HOME = "/odoo/action-account.open_account_journal_dashboard_kanban"


class Job:
    """One job: it counts its clicks and keeps its screens."""

    def __init__(self, page: Page, name: str) -> None:
        """Begin where a person is after logging in."""
        self.page, self.name, self.clicks, self.screens = page, name, 0, 0
        page.goto(HOME)
        page.wait_for_selector(".o_account_kanban .o_kanban_record")

    def click(self, what: str | Locator) -> None:
        """Click on the first of what is meant."""
        found = self.page.locator(what) if isinstance(what, str) else what
        found.first.click()
        self.clicks += 1

    def menu(self, name: str) -> None:
        """Choose an entry of Invoicing > CodaBox: two clicks."""
        self.click("button[data-menu-xmlid='account_codabox.codabox_menu']")
        self.click(f"[data-menu-xmlid='account_codabox.codabox_menu_{name}']")

    def work_in(self, company: str) -> None:
        """Go to a client with the menu at the top right: two clicks."""
        self.click(".o_switch_company_menu button")
        self.click(self.page.locator(".o_switch_company_menu_items .log_into", has_text=company))
        expect(self.page.locator(".o_switch_company_menu button")).to_contain_text(company)
        self.page.wait_for_selector(".o_account_kanban .o_kanban_record")

    def row(self, text: str) -> Locator:
        """Return the row of a list with a text."""
        return self.page.locator(".o_list_view .o_data_row", has_text=text)

    def picture(self) -> None:
        """Keep the screen as it is."""
        self.screens += 1
        folder = Path(os.environ.get("CODABOX_SCREENSHOTS") or os.environ["CODABOX_DEMO_LOGS"])
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(folder / f"job-{self.name}-{self.screens}.png"))


def statement(job: Job) -> None:
    """A statement is fetched, booked and matched; one line has no exact invoice."""
    job.work_in("Bakkerij Zonnekrans")
    job.click("div[name=codabox_buttons] button[name=action_codabox_fetch]")
    expect(job.page.locator(".o_notification_content").first).to_be_visible(timeout=FETCH_MS)
    job.picture()
    job.click("button[name=action_codabox_transactions]")
    rows = job.page.locator(".o_list_view .o_data_row")
    expect(rows.first).to_be_visible()
    before = rows.count()
    job.picture()
    job.click("button[name=action_codabox_match_all]")
    job.page.wait_for_selector(".modal button[name=action_match]")
    job.picture()
    job.click(".modal button[name=action_match]")
    expect(job.page.locator(".modal")).to_have_count(0)
    job.picture()
    print("Bank lines to match:", before, "then", rows.count())
    expect(rows).not_to_have_count(before)


def mandate(job: Job) -> None:
    """A mandate is ordered and mailed; the client signs, on his own screen, and the office sees it."""
    page = job.page
    job.menu("mandates")
    job.click(page.locator(".o_control_panel button.btn-primary"))
    page.wait_for_selector(".o_list_view .o_data_row td[name=company_registry]")
    job.picture()
    job.click(job.row(ROOFER.name).locator("td[name=name]"))
    page.wait_for_selector(".modal button[name=action_check]")
    job.picture()
    job.click(".modal button[name=action_check]:visible")
    page.wait_for_selector(".modal button[name=action_order]:visible")
    job.picture()
    job.click(".modal button[name=action_order]:visible")
    page.wait_for_selector(".modal button[name=action_send]:visible")
    job.picture()
    job.click(".modal button[name=action_send]:visible")
    page.wait_for_selector(".modal .o_mail_send, .modal button[name=action_send_mail]")
    job.picture()
    job.click(".modal .o_mail_send, .modal button[name=action_send_mail]")
    page.wait_for_selector(
        ".modal .o_mail_send, .modal button[name=action_send_mail]", state="detached"
    )
    sign(page)
    # The office reads it in the morning; who does not wait presses Refresh, which is no part of the job.
    page.goto("/odoo/codabox-mandates")
    page.click("button[name=action_refresh]")
    expect(job.row(ROOFER.name)).to_contain_text("Ondertekend")
    job.picture()


def sign(page: Page) -> None:
    """Be the client: open the link of the mail and press the one button there."""
    [found] = call(
        page, "codabox.mandate", "search_read", [("client_name", "=", ROOFER.name)], ["signing_url"]
    )
    client = page.context.browser.new_page()
    client.goto(found["signing_url"])
    client.click("#sign")
    client.wait_for_selector("#signed")
    client.close()


def call(page: Page, model: str, method: str, *args: object) -> Any:
    """Call a method of Odoo as the user of the page."""
    body = {
        "jsonrpc": "2.0",
        "params": {"model": model, "method": method, "args": args, "kwargs": {}},
    }
    answer = page.request.post("/web/dataset/call_kw", data=body).json()
    return answer["result"]


def bill(job: Job) -> None:
    """A bill with a question about its tax is decided and posted; the next one opens."""
    job.menu("to_decide")
    job.click(job.row("2026/88"))
    job.page.wait_for_selector("div[name=codabox_flags]")
    expect(
        job.page.frame_locator(".o_codabox_decide iframe").locator(".textLayer")
    ).to_contain_text("factuur")
    job.picture()
    job.click("button[name=action_codabox_put_tax]")
    expect(job.page.locator("div[name=codabox_flags]")).to_have_count(0)
    job.picture()
    job.click("button[name=action_codabox_post_next]:visible")
    expect(job.page.locator(".o_breadcrumb")).not_to_contain_text("2026/88")
    job.picture()


def payroll(job: Job) -> None:
    """The codes of a payroll are mapped and it is posted."""
    job.menu("to_decide")
    job.click(job.row("LOONLIJN"))
    job.page.wait_for_selector("button[name=action_codabox_map]")
    job.picture()
    job.click("button[name=action_codabox_map]")
    job.page.wait_for_selector("button[name=action_confirm_proposals]")
    job.page.wait_for_selector("td[name=proposed_account_id]")
    job.click("button[name=action_confirm_proposals]")
    expect(job.page.locator(".o_data_row.text-warning")).to_have_count(0)
    job.picture()
    job.click("button[name=action_apply_to_drafts]")
    expect(job.page.locator(".o_notification_content").last).to_be_visible()
    job.click(".o_breadcrumb .o_back_button, .breadcrumb-item >> nth=-1")
    job.page.wait_for_selector(".o_codabox_decide")
    expect(job.page.locator("button[name=action_codabox_map]")).to_have_count(0)
    job.picture()
    job.click("button[name=action_codabox_post_next]:visible")
    expect(job.page.locator(".o_breadcrumb")).not_to_contain_text("LOONLIJN")
    job.picture()


def invoice(job: Job) -> None:
    """The sales invoices of a client go to CodaBox."""
    job.work_in("Fietsatelier")
    job.menu("send_batch")
    job.page.wait_for_selector(".modal .o_data_row")
    job.picture()
    job.click(".modal button[name=action_send]")
    expect(job.page.locator(".o_notification_content").last).to_be_visible()
    job.picture()


# What must not be more: six and two a line, eight, eight, five, six.
JOBS: tuple[tuple[Callable[[Job], None], int], ...] = (
    (statement, 6),
    (mandate, 8),
    (payroll, 8),
    (bill, 5),
    (invoice, 6),
)


def prepare() -> None:
    """What others did before: all is fetched, two bills are posted, and a manager agreed to send.

    There is also a contact for whom nothing was ordered yet.
    """
    with demo_page() as page:
        page.goto("/odoo/codabox-connections")
        page.click(".o_data_row td[name=name]")
        page.click("button[name=action_fetch]")
        expect(page.locator(".o_notification_content")).to_be_visible(timeout=FETCH_MS)
        job = Job(page, "before")
        job.menu("to_decide")
        job.click(job.row("20260118"))
        for number in ("20260118", "E-77120"):  # the statement pays them
            expect(page.locator(".o_breadcrumb")).to_contain_text(number)
            job.click("button[name=action_codabox_post_next]:visible")
        job = Job(page, "before")
        job.work_in("Fietsatelier")
        job.menu("send_batch")
        page.wait_for_selector(".modal")
        if page.locator(".modal div[name=agreed] input").count():
            page.click(".modal div[name=agreed] input")
            page.click(".modal button[name=action_give]")
            page.wait_for_selector(".modal button[name=action_send]")
        make_roofer(page)


def make_roofer(page: Page) -> None:
    """Make the contact of a new client, as somebody of the office does."""
    place = {"street": "Ladderstraat 3", "zip": "9000", "city": "Gent", "lang": "nl_BE"}
    signer = {
        "name": "Jana Verbeke",
        "function": "bestuurder",
        "email": "jana@example.test",
        "lang": "nl_BE",
    }
    values = {
        **place,
        "name": ROOFER.name,
        "is_company": True,
        "company_registry": ROOFER.number,
        "ref": ROOFER.code,
        "child_ids": [(0, 0, signer)],
        "bank_ids": [(0, 0, {"acc_number": account}) for account in ROOFER.accounts.values()],
    }
    call(page, "res.partner", "create", [values])


def main() -> None:
    """Do them all."""
    expect.set_options(timeout=60_000)  # a busy machine
    prepare()
    too_many = []
    with demo_page(USER, *SIZE) as page:
        for do, most in JOBS:
            job = Job(page, do.__name__)
            do(job)
            print(f"{job.name}: {job.clicks} clicks, at most {most}", flush=True)
            if job.clicks > most:
                too_many.append(job.name)
    if too_many:
        raise SystemExit(f"too many clicks: {', '.join(too_many)}")


if __name__ == "__main__":
    main()
