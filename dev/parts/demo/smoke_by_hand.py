"""The smoke test of the second office: ordered by a prepared request, followed, documents come."""

import base64
import json
import os
import re
import urllib.request
from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from checks.browser import log_in
from codabox.coda.builders import credit, statement
from codabox.coda.writer import write_coda
from demo.by_hand import LOGIN, enter_in_my_codabox
from demo.clients import HOTEL, SALON, SALON_CURRENT, SECOND_OFFICE, working_days
from demo.documents import post

MANDATE = ".o_list_view .o_data_row"


def change_user(page: Page, login: str, password: str) -> None:
    """Log out and in again."""
    page.goto("/web/session/logout")
    # Or Odoo offers who was here before, instead of the form.
    page.evaluate("window.localStorage.clear()")
    os.environ["CODABOX_DEMO_LOGIN"], os.environ["CODABOX_DEMO_PASSWORD"] = login, password
    log_in(page)


def find(page: Page, model: str, name: str) -> int:
    """Return the record of this name."""
    body = {
        "jsonrpc": "2.0",
        "params": {
            "model": model,
            "method": "search",
            "args": [[("name", "=", name)]],
            "kwargs": {},
        },
    }
    answer = page.request.post("/web/dataset/call_kw", data=body)
    return answer.json()["result"][0]


def prepare(page: Page, picture: Callable[[Page, str], None]) -> None:
    """Order, which ends in a prepared order, and say that it was entered in MyCodaBox."""
    page.goto(f"/odoo/res.partner/{find(page, 'res.partner', SALON.name)}")
    page.click("button[name=action_codabox_order_mandate]")
    page.click(".modal footer button[name=action_check]")
    expect(page.locator(".modal div[name=check_ids]")).to_contain_text("Voorbeeldbank")
    picture(page, "16-by-hand-check")
    page.click(".modal footer button[name=action_order]")
    rows = page.locator(".modal div[name=line_ids] .o_data_row")
    expect(rows.filter(has_text=SALON_CURRENT)).to_have_count(1)
    picture(page, "17-by-hand-prepared")
    page.click(".modal a.nav-link[name=mail]")
    expect(page.locator(".modal div[name=body] textarea")).to_have_value(
        re.compile("Please create the following mandates")
    )
    picture(page, "18-by-hand-mail")
    page.click(".modal footer button[name=action_mark_asked]")
    expect(page.locator(".modal .o_kanban_record:visible")).to_contain_text("Asked by hand")
    picture(page, "19-by-hand-asked")


def refresh(page: Page, state: str) -> None:
    """Ask CodaBox how the mandates stand."""
    page.goto("/odoo/codabox-mandates")
    page.wait_for_selector(MANDATE)
    page.click("button[name=action_refresh]")
    expect(page.locator(MANDATE, has_text=SALON.name)).to_contain_text(state)
    print(f"{SALON.name}: {state}")


def follow(page: Page, control: str) -> int:
    """Let CodaBox list the mandate and move it on; return the feed."""
    refresh(page, "Asked by hand")
    client = enter_in_my_codabox(control)
    refresh(page, "To sign")
    with urllib.request.urlopen(f"{control}mandates", timeout=20) as answer:
        [mandate] = json.loads(answer.read())
    post(control, "sign", {"mandate_id": mandate["id"]})
    refresh(page, "Signed")
    post(control, "move", {"mandate_id": mandate["id"]})
    refresh(page, "With the bank")
    post(control, "activate", {"client_id": client["id"]})
    refresh(page, "Active")
    return mandate["feed_id"]


def bring(page: Page, control: str, feed_id: int, picture: Callable[[Page, str], None]) -> None:
    """A first statement comes; the administrator says whose it is."""
    day, before = working_days(date.today(), 2)[::-1]
    first = statement(
        account=SALON_CURRENT, opening="500", holder=SALON.holder, day=day, opening_day=before,
        movements=[credit("85.00", communication="Kapbeurt", counterparty=HOTEL)],
        bic="CDBXBE33", enterprise_number=SALON.number,
    )  # fmt: skip
    files = {"cod": base64.b64encode(write_coda([first])).decode()}
    post(control, "documents", {"feed_id": feed_id, "model": "coda", "files": files})
    change_user(page, "admin", "admin")
    office = find(page, "codabox.connection", SECOND_OFFICE.name)
    page.goto(f"/odoo/codabox.connection/{office}")
    page.click("button[name=action_test]")
    expect(page.locator(".o_notification_content")).to_contain_text("Clients seen: 1")
    page.goto("/odoo/codabox-clients")
    row = page.locator(".o_data_row", has_text=SALON.name)
    row.locator(".o_list_record_selector input").click()
    page.click("button[name=action_confirm_company]")
    expect(row).to_contain_text("Active")
    row.locator(".o_list_record_selector input").click()
    page.click("button[name=action_fetch]")
    told = page.locator(".o_notification_content", has_text="1 received, 1 booked")
    expect(told).to_be_visible(timeout=120_000)
    print("By hand:", told.inner_text())
    picture(page, "20-by-hand-booked")


def look_at_orders_by_hand(page: Page, picture: Callable[[Page, str], None]) -> None:
    """Do it all, as a plain accountant of the second office."""
    control = os.environ["CODABOX_SECOND_SANDBOX_CONTROL"]
    change_user(page, LOGIN, LOGIN)
    page.set_viewport_size({"width": 1366, "height": 768})
    prepare(page, picture)
    bring(page, control, follow(page, control), picture)
