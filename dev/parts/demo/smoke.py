"""Smoke test of the demo, run by `dev/demo --check`: what a person does first, in a browser.

Fetches on the connection, looks at what was booked and at what is left to do, and leaves a
picture of each screen in the demo's log folder.
"""

import os
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from checks.browser import demo_page
from demo.clients import OFFICE_NAME
from demo.smoke_by_hand import look_at_orders_by_hand

FETCH_SECONDS = 120

# What the demo's documents must end as, and why.
RESULT = "31 received, 18 booked, 2 kept, 10 to do, 1 failed"
TODO = (
    "has no bank journal for account",
    "is not in Fietsatelier Kwikstaart BV but in Studio Morgenrood BV",
    "does not add up",
    "expected 15 digits, found",
    # In the books as drafts, with a question.
    "Payroll codes without account",
    "co-contractor",
)
TODO_COUNT = 7
# Once each, above the other seven.
TOGETHER = (
    "2 payrolls of Bakkerij Zonnekrans BV wait for the accounts of their codes",
    "2 documents wait for the company of Bloemen Veldwinde VOF",
)
COMPANY_COUNT = 6  # two offices, three clients and one
CODE_COUNT = 12  # of two social secretariats; the chart lacks one of them


def picture(page: Page, name: str) -> None:
    """Keep the screen as it is."""
    page.screenshot(path=str(Path(os.environ["CODABOX_DEMO_LOGS"]) / f"{name}.png"))


def scroll_to(element: Locator) -> None:
    """Bring an element into the picture; Playwright's own way waits for animations to stand still."""
    element.evaluate("element => element.scrollIntoView({block: 'center'})")


def select_all_companies(page: Page) -> None:
    """Tick every company in the menu at the top right, as someone of the office does."""
    page.click(".o_switch_company_menu button")
    boxes = page.locator(".o_switch_company_menu_items [role=menuitemcheckbox]")
    expect(boxes).to_have_count(COMPANY_COUNT)
    for box in boxes.all():
        if box.get_attribute("aria-checked") != "true":
            box.click()
    page.click("button:has-text('Confirm')")
    page.wait_for_selector(".o_account_kanban :text('Studio Morgenrood BV')")


def choose(page: Page, name: str) -> None:
    """Choose one of the entries of Invoicing > CodaBox."""
    page.click("button[data-menu-xmlid='account_codabox.codabox_menu']")
    page.click(f"a[data-menu-xmlid='account_codabox.codabox_menu_{name}']")


def open_menu(page: Page, name: str) -> None:
    """Open one of the lists of Invoicing > CodaBox."""
    choose(page, name)
    page.wait_for_selector(".o_list_view .o_data_row")


def fetch(page: Page) -> None:
    """Press "Fetch from CodaBox" on the connection and read the answer."""
    open_menu(page, "connections")
    page.locator(".o_data_row", has_text=OFFICE_NAME).first.locator("td[name=name]").click()
    picture(page, "1-connection")
    page.click("button[name=action_fetch]")
    told = page.locator(".o_notification_content")
    expect(told).to_contain_text("received", timeout=FETCH_SECONDS * 1000)
    print("Fetch from CodaBox:", told.inner_text())
    expect(told).to_contain_text(RESULT)
    picture(page, "2-fetched")


def show_all(page: Page) -> None:
    """Take the filters away, the last one first."""
    facets = page.locator(".o_facet_remove")
    while facets.count():
        left = facets.count() - 1
        facets.last.click()
        expect(facets).to_have_count(left)


def look_at_documents(page: Page) -> None:
    """See every to-do with its reason, and a document that is in the books."""
    open_menu(page, "documents")
    rows = page.locator(".o_data_row")
    expect(rows).to_have_count(TODO_COUNT)
    for row in rows.all():
        print("To do:", row.locator("td[name=reason_line]").inner_text())
    expect(page.locator(".o_codabox_causes .alert")).to_contain_text(list(TOGETHER))
    for reason in TODO:
        expect(rows.filter(has_text=reason).first).to_be_visible()
    picture(page, "3-to-do")
    show_all(page)
    imported = page.locator(".o_data_row", has_text="Imported").filter(has_text="Bank statements")
    imported.first.locator("td[name=name]").click()
    expect(page.frame_locator(".o_form_view iframe").locator(".textLayer")).to_contain_text(
        "rekeninguittreksel"
    )
    picture(page, "4-document")
    page.click("div[name=statement_ids] .o_data_row td[name=account]")
    page.wait_for_selector(".modal div[name=line_ids] .o_data_row")
    print("Imported:", page.locator(".modal h1").inner_text())
    picture(page, "5-statement")


def look_at_invoices(page: Page) -> None:
    """See a sales invoice under its own number, and a bill whose VAT a person must choose."""
    for name, number in (("6-sales-invoice", "2026-033"), ("7-bill-to-decide", "2026/88")):
        page.goto("/odoo/action-account.open_account_journal_dashboard_kanban")
        page.wait_for_selector(".o_account_kanban .o_kanban_record")
        open_menu(page, "documents")
        show_all(page)
        page.locator(".o_data_row", has_text=number).first.locator("td[name=name]").click()
        expect(page.locator("div[name=invoice_number]")).to_have_text(number)
        picture(page, name)
    expect(page.locator("div[name=invoice_flag_text]")).to_contain_text("co-contractor")
    page.click("button[name=action_open_invoice]")
    expect(page.locator("div[name=codabox_flags]")).to_contain_text("co-contractor")
    print("To decide:", page.locator("div[name=codabox_flag_text]").inner_text())
    picture(page, "8-bill")


def look_at_dashboard(page: Page) -> None:
    """See the bank journals of the clients with their last statement."""
    page.goto("/odoo/action-account.open_account_journal_dashboard_kanban")
    cards = page.locator("div[name=codabox]:has-text('Last statement')")
    expect(cards).to_have_count(4)
    scroll_to(cards.first)
    print("Bank journals with a statement:", cards.count())
    picture(page, "9-dashboard")


def look_at_payroll(page: Page) -> None:
    """Map the codes of two social secretariats in one place; one needs an account first."""
    card = page.locator("div[name=codabox_payroll]").first
    scroll_to(card)
    picture(page, "10-payroll-card")
    open_menu(page, "soda_mapping")
    rows = page.locator(".o_data_row")
    expect(rows).to_have_count(CODE_COUNT)
    page.click("button[name=action_confirm_proposals]")
    expect(page.locator(".o_data_row.text-warning")).to_have_count(1)
    picture(page, "11-payroll-mapping")
    page.click("button[name=action_create_account]")
    expect(page.locator(".modal div[name=code] input")).to_have_value("625000")
    picture(page, "12-payroll-account")
    page.click(".modal button[name=action_create]")
    expect(page.locator(".o_data_row.text-warning")).to_have_count(0)
    page.click("button[name=action_apply_to_drafts]")
    told = page.locator(".o_notification_content", has_text="Items of draft entries changed")
    expect(told).to_be_visible()
    print("Payroll:", told.inner_text())


def look_at_sending(page: Page) -> None:
    """Agree for a company and send its invoices to its accountant, but one without address."""
    page.click(".o_switch_company_menu button")
    page.locator(".o_switch_company_menu_items .log_into", has_text="Fietsatelier").click()
    expect(page.locator(".o_switch_company_menu button")).to_contain_text("Fietsatelier")
    page.wait_for_selector(".o_action_manager .o_view_controller")
    choose(page, "send_batch")
    page.click(".modal div[name=agreed] input")
    picture(page, "13-consent")
    page.click(".modal button[name=action_give]")
    rows = page.locator(".modal .o_data_row")
    expect(rows.filter(has_text="Will be sent")).to_contain_text("2")
    expect(rows.filter(has_text="Not sent")).to_contain_text("has no country")
    picture(page, "14-to-send")
    page.click(".modal button[name=action_send]")
    told = page.locator(".o_notification_content", has_text="Sent to CodaBox: 2")
    expect(told).to_be_visible()
    print("Sent:", told.inner_text())
    page.goto("/odoo/action-account.action_move_out_invoice_type")
    sent = page.locator(".o_data_row").filter(has=page.locator(".badge", has_text="Sent"))
    expect(sent).to_have_count(2)
    picture(page, "15-sent")


def main() -> None:
    """Do it all."""
    expect.set_options(timeout=60_000)  # a busy machine
    with demo_page() as page:
        page.goto("/odoo/action-account.open_account_journal_dashboard_kanban")
        page.wait_for_selector(".o_account_kanban .o_kanban_record")
        select_all_companies(page)
        fetch(page)
        look_at_documents(page)
        look_at_invoices(page)
        look_at_dashboard(page)
        look_at_payroll(page)
        look_at_sending(page)
        look_at_orders_by_hand(page, picture)


if __name__ == "__main__":
    main()
