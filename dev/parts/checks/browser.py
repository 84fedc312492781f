"""A real browser for the smoke test: Debian's chromium, driven by Playwright."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FIRST_PAGE_MS = 240_000
BROWSERS = ("chromium", "google-chrome", "chromium-browser")


def browser_path() -> str:
    """Find the machine's browser; Playwright's own is a download that we do without."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise SystemExit(f"no browser found ({', '.join(BROWSERS)}); run dev/setup")


@contextlib.contextmanager
def demo_page(login: str = "", width: int = 1440, height: int = 900) -> Iterator[Page]:
    """Give a page that is logged in to the running demo, as its administrator or as ``login``.

    Errors that the pages throw fail the test at the end. When anything fails, a picture of
    the page is left as smoke.png in the demo's log folder.
    """
    picture = Path(os.environ["CODABOX_DEMO_LOGS"]) / "smoke.png"
    errors: list[str] = []
    with sync_playwright() as playwright:
        # No sandbox, as in Odoo's tours: it wants rights that containers and root lack, and
        # the only pages shown are our own.
        browser = playwright.chromium.launch(executable_path=browser_path(), chromium_sandbox=False)
        page = browser.new_page(
            base_url=os.environ["CODABOX_DEMO_URL"], viewport={"width": width, "height": height}
        )
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        try:
            log_in(page, login)
            yield page
            if errors:
                raise AssertionError("errors in the page:\n" + "\n".join(errors))
        except BaseException:
            with contextlib.suppress(Exception):
                page.screenshot(path=str(picture))
                print(f"The page as it was: {picture}")
            raise
        finally:
            browser.close()


def log_in(page: Page, login: str = "") -> None:
    """Log in as a person does; the passwords of the demo's users are their names."""
    page.goto("/web/login", timeout=FIRST_PAGE_MS)
    page.fill("input[name=login]", login or os.environ["CODABOX_DEMO_LOGIN"])
    page.fill("input[name=password]", login or os.environ["CODABOX_DEMO_PASSWORD"])
    page.click("button[type=submit]", timeout=FIRST_PAGE_MS)
    # Odoo builds its scripts and styles for the first visitor, slowly on a busy machine.
    page.wait_for_selector(".o_main_navbar", timeout=FIRST_PAGE_MS)
