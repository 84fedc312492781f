"""A night with everything in it, and the whole circle from the company to its office."""

import base64
import os
from datetime import date, timedelta

from odoo.tests import tagged

from .common import NUMBER
from .sending_case import AGREED, SendingCase

# 500 take some minutes: CODABOX_NIGHT=500, as CONTRIBUTING.md says.
COUNT = int(os.environ.get("CODABOX_NIGHT") or 20)
REFUSED, LOST = 3, 2


@tagged("-at_install", "post_install")
class TestSendNight(SendingCase):
    def customers(self):
        return (
            (self.customer, {}),
            (self.make_customer("Ann Peeters"), {}),
            (
                self.make_customer("Hôtel Soleil", country="base.fr", vat="FR23334175221"),
                {"tax": self.no_tax},
            ),
            (self.customer, {"currency_id": self.env.ref("base.USD").id}),
            (self.customer, {"move_type": "out_refund"}),
        )

    def invoices(self):
        """Return confirmed invoices of every kind, in no order."""
        self.env.ref("base.USD").sudo().active = True
        kinds = self.customers()
        moves = self.env["account.move"]
        for number in range(COUNT):
            partner, values = kinds[number % len(kinds)]
            day = date(2026, 3, 1) + timedelta(days=number * 11 % 28)
            moves |= self.draft(partner, amount=10.0 + number, day=day, **values)
        moves.action_post()
        for move in moves:
            self.give_pdf(move)
        return moves

    def spoil(self, names, refused, lost):
        """Have CodaBox refuse some invoices and lose its answer to others.

        :param names: all invoices, in the order in which they leave: so it is known which is which.
        :return: list that fills with the names of what was sent.
        """
        find_fault, uploaded = self.sandbox.take_fault, []

        def take_fault(method, path, *user):
            if method == "POST" and path.endswith("/sales-invoices/"):
                name = names[len(uploaded)]
                uploaded.append(name)
                if name in refused:
                    body = {"file": [f"{name} is not for us"]}
                    self.sandbox.fail("status", method="POST", status=400, body=body)
                elif name in lost:
                    self.sandbox.fail("drop_after", method="POST")
            return find_fault(method, path, *user)

        self.patch(self.sandbox, "take_fault", take_fault)
        return uploaded

    def test_a_night_with_refusals_and_lost_answers_sends_each_invoice_once(self):
        self.company.codabox_send_schedule = "daily"
        moves = self.invoices()
        in_order = moves.sorted(lambda m: (m.invoice_date, m.sequence_prefix, m.sequence_number))
        refused = in_order[1] + in_order[COUNT // 2] + in_order[-2]
        lost = in_order[0] + in_order[COUNT // 3]
        uploaded = self.spoil(in_order.mapped("name"), refused.mapped("name"), lost.mapped("name"))
        self.send_round()

        self.assertEqual(uploaded, in_order.mapped("name"), "each left once, in order")
        self.assertEqual(
            moves.filtered(lambda m: m.codabox_send_state == "refused"), refused & moves
        )
        for move in refused:
            self.assertIn(f"{move.name} is not for us.", move.codabox_send_reason)
            self.assertTrue(self.todos(move))
        good = moves - refused
        self.assertEqual(set(good.mapped("codabox_send_state")), {"sent"})
        arrived = [found.facts.number for found in self.arrived()]
        self.assertEqual(len(arrived), COUNT - REFUSED)
        self.assertEqual(set(arrived), set(good.mapped("name")))
        self.assertEqual(len(lost), LOST)


@tagged("-at_install", "post_install")
class TestSendCircle(SendingCase):
    """What the company sends, the office fetches and books; CodaBox then says it was delivered."""

    chart = "be_comp"

    def fetched(self, company):
        """Return what the office got of its client, which is this company in its Odoo."""
        feed = self.map_client(company)
        self.night()
        document = self.env["codabox.document"].sudo().search([("feed_id", "=", feed.id)])
        self.assertEqual(document.kind, "sales_invoice")
        return document

    def test_an_invoice_goes_from_the_company_into_the_books_of_its_office(self):
        move = self.invoice()
        self.send(move)
        # The office keeps these books in an Odoo of its own: here, in a company of its own.
        books = self.make_company("Bakkerij Jo at its office", NUMBER)
        document = self.fetched(books)
        self.assert_state(document, "imported")
        files = {file.format: file.content for file in document.file_ids}
        self.assertEqual(set(files), {"xml", "pdf"})
        self.assertIn(move.name.encode(), base64.b64decode(files["xml"]))
        booked = document.invoice_id
        self.assertRecordValues(
            booked,
            [
                {
                    "company_id": books.id,
                    "move_type": "out_invoice",
                    "name": move.name,
                    "invoice_date": move.invoice_date,
                    "amount_untaxed": 100.0,
                    "amount_tax": 21.0,
                    "amount_total": move.amount_total,
                    "codabox_send_state": False,
                }
            ],
        )
        self.assertEqual(booked.commercial_partner_id.vat, move.commercial_partner_id.vat)
        self.press(move, "action_codabox_ask", user=self.invoicer)
        self.env.invalidate_all()
        self.assert_send(move, "delivered")

    def test_an_invoice_that_comes_back_into_the_same_books_is_not_booked_again(self):
        move = self.invoice()
        self.send(move)
        before = self.env["account.move"].sudo().search_count([])
        document = self.fetched(self.company)
        self.assert_state(document, "duplicate", "known_invoice")
        self.assertEqual(document.invoice_id, move)
        self.assertEqual(self.env["account.move"].sudo().search_count([]), before)
        self.assert_send(move, "sent")

    def test_what_codabox_brought_is_not_sent_to_it(self):
        self.send(self.invoice())
        document = self.fetched(self.make_company("Bakkerij Jo at its office", NUMBER))
        company = document.company_id
        connection = self.own.copy({"name": "Sends too", "company_id": company.id})
        connection.sudo().write({"state": "connected", "connected_at": "2026-01-01 08:00:00"})
        self.env["codabox.sending.consent"]._give(company, AGREED)
        document.invoice_id.action_post()
        self.assert_send(document.invoice_id, "excluded", "send_excluded_codabox")
