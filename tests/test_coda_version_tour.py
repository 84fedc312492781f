from odoo.tests import HttpCase, tagged

from ..codabox.tests.coda_samples import case
from .common import CodaboxCase


@tagged("-at_install", "post_install")
class TestCodaVersionTour(CodaboxCase, HttpCase):
    def test_an_accountant_adds_the_details_that_came_later_in_dutch(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.accountant.lang = "nl_BE"
        self.map_client()
        documents = []
        for name in ("ident_total_first", "ident_details_later"):
            index = self.sandbox.add_document(self.client, "coda", {"cod": case(name)})
            self.night()
            documents.append(self.document(index))
        line = self.lines()
        url = f"/odoo/codabox-documents/{documents[1].id}"
        self.start_tour(url, "account_codabox_other_version", login=self.accountant.login)
        self.env.invalidate_all()
        self.assert_state(documents[1], "imported")
        self.assertEqual(self.lines(), line)
        self.assertEqual(len(line.transaction_details["breakdown"]), 2)
