"""What a person does to send invoices, in a real browser."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .sending_case import SendingCase


@tagged("-at_install", "post_install")
class TestSendTours(SendingCase, HttpCase):
    def test_from_the_invoice_to_sent(self):
        move = self.invoice()
        self.start_tour(
            f"/odoo/account.move/{move.id}",
            "account_codabox_send_invoice",
            login=self.invoicer.login,
        )
        self.env.invalidate_all()
        self.assert_send(move, "sent")
        self.assertEqual(len(self.arrived(move)), 1)
        self.assertEqual(move.state, "posted")

    def test_a_period_with_a_preview(self):
        nowhere = self.make_customer("Nowhere")
        nowhere.country_id = False
        day = fields.Date.today() - timedelta(days=1)
        self.company.codabox_send_from = day
        good = self.invoice(day=day) + self.invoice(day=day)
        self.invoice(nowhere, day=day)
        action = self.env.ref("account_codabox.codabox_send_batch_action")
        self.start_tour(
            f"/odoo/action-{action.id}", "account_codabox_send_batch", login=self.invoicer.login
        )
        self.env.invalidate_all()
        self.assertEqual(set(good.mapped("codabox_send_state")), {"sent"})
