import logging
import os
import time
from collections import Counter

from odoo.tests import tagged

from ..wizards import codabox_mandate_order_batch
from .mandate_case import MandateCase

_logger = logging.getLogger(__name__)

# 40 keep the suite fast; `make batch-test` orders for 200, and only it looks at the clock.
MEASURED = os.environ.get("CODABOX_BATCH_CLIENTS")
CLIENTS = int(MEASURED or 40)
REFUSED = 5
LATENCY = 0.05  # seconds of every call to CodaBox
SECONDS = 60  # for all of it, up to 200 clients


@tagged("-at_install", "post_install")
class TestMandateOrderBatch(MandateCase):
    """Many clients in one go: one line each, and what came of it."""

    def setUp(self):
        super().setUp()
        if not MEASURED:  # on a busy machine a click would leave lines to the next one
            self.patch(codabox_mandate_order_batch, "BATCH_SECONDS", float("inf"))
        numbers = [self.enterprise(n) for n in range(CLIENTS)]
        self.clients = self.env["res.partner"].create(
            [
                {
                    "name": f"Client {n}",
                    "is_company": True,
                    "company_registry": number.removeprefix("BE"),
                    "street": "Dorp 1",
                    "zip": "9000",
                    "city": "Gent",
                    "ref": f"R{n:03}",
                    "lang": "en_US",
                    "child_ids": [
                        (0, 0, {"name": f"Person {n}", "email": f"person{n}@example.test"})
                    ],
                    "bank_ids": [
                        (0, 0, {"acc_number": self.account(bank, n)}) for bank in ("736", "310")
                    ],
                }
                for n, number in enumerate(numbers)
            ]
        )
        # Two lines cannot pass the check, three are refused by CodaBox: they are with an office
        # that this connection does not see.
        self.clients[0].company_registry = False
        self.clients[1].street = False
        other_office = self.sandbox.add_pod(
            fiduciary_ids=[self.sandbox.add_fiduciary("Elsewhere", "BE0403170701")]
        )
        for n in (2, 3, 4):
            self.sandbox.add_client(
                f"E{n}",
                enterprise_num=numbers[2] if n == 2 else self.enterprise(900 + n),
                accounts=[] if n == 2 else [self.account("736", n)],
                pod_id=other_office,
            )
        self.sandbox.clear_log()

    @staticmethod
    def enterprise(n):
        """Return a valid enterprise number."""
        base = 4_000_000 + n
        return f"BE0{base}{97 - base % 97:02}"

    @staticmethod
    def account(bank, n):
        """Return a valid account at a bank."""
        base = int(f"{bank}{1_000_000 + n}")
        bban = f"{base:010}{base % 97 or 97:02}"
        return f"BE{98 - int(bban + '111400') % 97:02}{bban}"

    def open_batch(self):
        batch = self.open_order(self.clients)
        batch.order_ids.write({"language": "nl", "representative_function": "bestuurder"})
        return batch

    def run_batch(self):
        batch = self.open_batch()
        self.press(batch, "action_check")
        self.press(batch, "action_order")
        return batch

    def test_every_line_has_its_result_and_nothing_is_ordered_twice(self):
        self.sandbox.configure(latency=LATENCY)
        start = time.monotonic()
        batch = self.open_batch()
        self.press(batch, "action_check")
        self.assertEqual(self.posts(), [])
        self.assertEqual((batch.ready_count, batch.blocked_count), (CLIENTS - 2, 2))
        self.assertEqual(batch.to_order_count, 2 * (CLIENTS - 2))
        self.assertIn(f"{2 * (CLIENTS - 2)}, clients: {CLIENTS - 2}", batch.to_order_text)

        self.press(batch, "action_order")
        seconds = time.monotonic() - start
        _logger.info("Mandates for %s clients ordered in %.1f s", CLIENTS, seconds)
        if MEASURED:
            self.assertLess(seconds, SECONDS)
        good = CLIENTS - REFUSED
        states = Counter(batch.order_ids.mapped("state"))
        self.assertEqual(states, {"done": good, "failed": 3, "blocked": 2})
        # One creation and one order per client; of those refused only the attempt.
        self.assertEqual(Counter(self.posts()), {"clients": good + 3, "coda-mandates": good + 2})
        orders = {order.partner_id: order for order in batch.order_ids}
        self.assertIn("another office", orders[self.clients[2]].remark)
        self.assertIn(self.account("736", 3), orders[self.clients[3]].remark)
        self.assertIn("No enterprise number", orders[self.clients[0]].remark)
        mandates = self.env["codabox.mandate"].sudo().search([])
        self.assertEqual(mandates, batch.order_ids.mandate_ids)
        self.assertEqual(len(mandates), 2 * good)
        self.assertEqual(set(mandates.mapped("state")), {"to_sign"})
        self.assertTrue(all(mandates.mapped("pdf")))
        self.assertEqual(mandates.partner_id, self.clients[5:])

        self.sandbox.clear_log()
        again = self.run_batch()
        states = Counter(again.order_ids.mapped("state"))
        self.assertEqual(states, {"nothing": good, "failed": 3, "blocked": 2})
        self.assertEqual(Counter(self.posts()), {"clients": 1, "coda-mandates": 2})

    def test_a_line_that_is_corrected_is_ordered_with_the_next_click(self):
        batch = self.run_batch()
        self.clients[1].street = "Dorp 2"
        self.sandbox.clear_log()
        self.press(batch, "action_check")
        order = batch.order_ids.filtered(lambda o: o.partner_id == self.clients[1])
        self.assertEqual(order.state, "ready")
        self.press(batch, "action_order")
        self.assertEqual(order.state, "done")
        self.assertEqual(batch.done_count, CLIENTS - REFUSED + 1)

    def test_codabox_goes_away_in_the_middle_and_the_next_click_goes_on(self):
        self.lose_everything_after("coda-mandates")
        batch = self.open_batch()
        self.press(batch, "action_check")
        self.press(batch, "action_order")
        self.assertIn("failed", batch.order_ids.mapped("state"))
        self.sandbox.clear_faults()
        self.press(batch, "action_check")
        self.press(batch, "action_order")
        good = CLIENTS - REFUSED
        states = Counter(batch.order_ids.mapped("state"))
        self.assertEqual(states["done"] + states["nothing"], good)
        mandates = self.env["codabox.mandate"].sudo().search([])
        self.assertEqual((len(mandates), set(mandates.mapped("state"))), (2 * good, {"to_sign"}))
        accounts = Counter(
            iban
            for feed in self.sandbox.feeds.values()
            for mandate in feed.client["coda_mandates"]
            for iban in mandate["ibans"]
        )
        self.assertEqual(set(accounts.values()), {1})
        clients = Counter(
            feed.client["legal_entity"]["enterprise_num"] for feed in self.sandbox.feeds.values()
        )
        self.assertEqual(set(clients.values()), {1})

    def test_the_clients_are_mailed_unless_codabox_does_it(self):
        for is_mailing in (True, False):
            with self.subTest(is_mailing), self.rolled_back():
                self.sandbox.configure_office(delegates_mandate_delivery=is_mailing)
                batch = self.open_batch()
                self.assertEqual(batch.send_to_clients, not is_mailing)
        batch = self.run_batch()
        self.assertTrue(batch.send_to_clients)
        mails = self.env["mail.mail"].sudo().search([("model", "=", "res.partner")])
        self.assertEqual(len(mails), CLIENTS - REFUSED)
        self.assertEqual({len(mail.attachment_ids) for mail in mails}, {2})
