"""Install the add-on as an administrator does, run by `dev/apps`.

On a database with accounting and nothing of ours it opens Apps in a browser, finds the add-on
among the applications, activates it and looks for its menu. Ends with "apps: N passed, N failed".
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Error, Page, expect

from checks.browser import demo_page
from demo.run import LOGIN, PASSWORD, DemoError, odoo_server

INSTALL_SECONDS = 180


def activate(page: Page) -> None:
    """Find the add-on among the applications and activate it."""
    page.goto("/odoo/action-base.open_module_tree")
    expect(page.locator(".o_facet_values", has_text="Apps")).to_be_visible()
    page.fill(".o_searchview_input", "CodaBox")
    page.keyboard.press("Enter")
    card = page.locator(".o_kanban_record", has_text="CodaBox Connector")
    expect(card).to_have_count(1)
    # Odoo loads the page anew when it is done.
    with page.expect_navigation(timeout=INSTALL_SECONDS * 1000):
        card.locator("button", has_text="Activate").click()


def look(page: Page) -> None:
    """See where one lands, with what to do first, and the menu."""
    expect(page.locator(".o_view_nocontent")).to_contain_text("Not connected to CodaBox yet")
    expect(page.locator(".o_view_nocontent a.btn")).to_contain_text("Connect to CodaBox")
    page.click(".o_navbar_apps_menu button")
    page.click("a[data-menu-xmlid='account.menu_finance']")
    page.click("button[data-menu-xmlid='account_codabox.codabox_menu']")
    page.click("a[data-menu-xmlid='account_codabox.codabox_menu_connections']")
    expect(page.locator(".o_view_nocontent")).to_contain_text("Connect to CodaBox")
    page.screenshot(path=str(Path(os.environ["CODABOX_DEMO_LOGS"]) / "apps.png"))


def main() -> int:
    """Do it all."""
    db = os.environ["CODABOX_DEMO_DB"]
    logs = Path(os.environ["CODABOX_DEMO_LOGS"])
    logs.mkdir(parents=True, exist_ok=True)
    os.environ.update(CODABOX_DEMO_LOGIN=LOGIN, CODABOX_DEMO_PASSWORD=PASSWORD)
    expect.set_options(timeout=60_000)  # a busy machine
    try:
        with odoo_server(db, logs, unattended=True), demo_page() as page:
            activate(page)
            look(page)
        print("Activated from Apps; the CodaBox menu is there.")
    except (DemoError, AssertionError, Error) as error:
        print(f"Error: {error}", file=sys.stderr)
        print("apps: 0 passed, 1 failed", flush=True)
        return 1
    print("apps: 1 passed, 0 failed", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
