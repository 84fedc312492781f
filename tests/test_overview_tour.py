"""The Overview in a real browser, on a laptop."""

from odoo.tests import HttpCase, tagged

from .overview_case import OverviewCase


@tagged("-at_install", "post_install")
class TestOverviewTour(OverviewCase, HttpCase):
    browser_size = "1366x768"

    def test_each_number_leads_to_its_list_and_the_filter_stands_after_it(self):
        with self.gaps():
            self.start_tour(
                "/odoo/codabox-overview", "account_codabox_overview", login=self.reader.login
            )
