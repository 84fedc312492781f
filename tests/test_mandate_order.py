from odoo import Command, api, sql_db
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from ..codabox import Order
from ..models.mandate.codabox_mandate_ordering import OrderRequest
from .mandate_case import BELFIUS, ING, KBC, MandateCase


@tagged("-at_install", "post_install")
class TestMandateOrder(MandateCase):
    """Ordering for one client, as an accountant does."""

    def test_two_banks_and_a_secretariat_in_four_clicks(self):
        order = self.open_order(self.partner)
        self.assertEqual(order.step, "what")
        self.assertEqual(order.client_code, "K100")
        self.assertEqual(order.representative_name, "Ann Peeters")
        self.assertEqual(order.representative_function, "bestuurder")
        self.assertEqual(order.account_ids.mapped("bank_name"), ["ING", "KBC"])
        order.secretariat_ids = order.secretariat_ids.search([("code", "=", "group_s")])
        self.press(order, "action_check")
        self.assertEqual(order.state, "ready", order.check_ids.mapped("reason"))
        self.assertEqual(order.to_order_count, 3)
        self.assertEqual(self.posts(), [])

        self.press(order, "action_order")
        self.assertEqual((order.step, order.state), ("result", "done"))
        self.assertEqual(self.posts(), ["clients", "coda-mandates", "social-mandates"])
        coda = order.mandate_ids.filtered(lambda m: m.service == "coda")
        self.assertEqual(sorted(coda.mapped("bank_name")), ["ING", "KBC"])
        self.assertEqual(set(coda.mapped("state")), {"to_sign"})
        self.assertTrue(all(m.pdf and m.signing_url for m in coda))
        self.assertEqual(coda.ordered_by_id, self.accountant)
        self.assertEqual(order.mandate_ids.partner_id, self.partner)
        self.assertFalse(any(order.mandate_ids.mapped("reason_code")))
        self.assertEqual(self.partner.codabox_coda_state, "to_sign")
        self.assertEqual(self.mandates(), order.mandate_ids)

    def test_ordering_again_orders_nothing(self):
        self.order(self.partner)
        before = self.mandates()
        again = self.open_order(self.partner)
        self.assertFalse(any(again.account_ids.mapped("selected")))
        again.account_ids.selected = True
        self.sandbox.clear_log()
        self.press(again, "action_check")
        self.assertEqual(again.state, "nothing")
        self.press(again, "action_order")
        self.assertEqual((again.step, again.state), ("result", "nothing"))
        self.assertEqual(again.mandate_ids, before)
        self.assertEqual(self.posts(), [])
        self.assertEqual(self.mandates(), before)

    def test_while_somebody_else_orders_for_the_client_nothing_is_sent(self):
        # A partner that was there before this test: another transaction can lock it.
        partner = self.env.ref("base.public_partner")
        order = Order(self.open_order(self.partner)._prepare_order().new, (KBC,))
        with sql_db.db_connect(self.env.cr.dbname).cursor() as other:
            other.execute(
                "SELECT id FROM res_partner WHERE id = %s FOR NO KEY UPDATE NOWAIT", [partner.id]
            )
            result = self.place(partner, order)
            self.assertEqual([r["reason_code"] for r in result.reasons], ["order_busy"])
            self.assertEqual(self.posts(), [])
            self.assertFalse(self.mandates(partner))
            other.rollback()
        result = self.place(partner, order)
        self.assertEqual((result.reasons, result.ordered), ([], 1))
        self.assertEqual(self.posts(), ["clients", "coda-mandates"])

    def test_two_partners_of_one_enterprise_are_not_ordered_for_at_the_same_instant(self):
        self.partner.company_registry = "0417.497.106"
        twin = self.make_client("Kapsalon Ann (oud)", "BE0417497106", ref="K101")
        new = self.open_order(self.partner)._prepare_order().new
        twin_order = Order(self.open_order(twin)._prepare_order().new, (KBC,))
        self.assertNotEqual(twin_order.new.client_code, new.client_code)
        with sql_db.db_connect(self.env.cr.dbname).cursor() as other:
            # What another worker holds while it orders for the first partner.
            mandates = api.Environment(other, self.env.uid, {})["codabox.mandate"]
            self.assertTrue(mandates._try_lock_enterprises({new.enterprise_num}))
            result = self.place(twin, twin_order)
            self.assertEqual([r["reason_code"] for r in result.reasons], ["order_busy"])
            self.assertEqual(self.posts(), [])
            other.rollback()
        self.place(self.partner, Order(new, (KBC,)))
        result = self.place(twin, twin_order)
        self.assertEqual((result.reasons, result.ordered), ([], 0))
        self.assertEqual(self.posts(), ["clients", "coda-mandates"])

    def place(self, partner, order):
        """Order as the wizard does, without its checks."""
        with self.as_user(self.accountant) as env:
            connection = env["codabox.connection"].browse(self.connection.id)
            request = OrderRequest(env["res.partner"].browse(partner.id), order)
            return env["codabox.mandate"]._place_orders(connection, [request])[0]

    def test_a_lost_answer_is_settled_and_nothing_is_ordered_twice(self):
        for path in ("/clients/$", "/coda-mandates/$", "/social-mandates/$"):
            with self.subTest(path), self.fresh_world():
                self.sandbox.fail("drop_after", method="POST", path=path)
                order = self.order(self.partner, secretariats=["group_s"])
                self.assertEqual(order.state, "done", order.result)
                self.assertEqual(self.posts(), ["clients", "coda-mandates", "social-mandates"])
                self.assertEqual(len(order.mandate_ids), 3)
                self.assertEqual(self.mandates(), order.mandate_ids)

    def test_an_answer_that_stays_lost_is_found_by_the_next_order(self):
        for service in ("clients", "coda-mandates"):
            with self.subTest(service), self.fresh_world():
                self.lose_everything_after(service)
                order = self.order(self.partner)
                self.assertEqual(order.state, "failed")
                self.assertIn("nothing is ordered twice", order.result)
                pending = self.mandates()
                self.assertEqual(set(pending.mapped("state")), {"draft"})
                self.assertEqual(set(pending.mapped("reason_code")), {"order_pending"})
                self.sandbox.clear_faults()
                self.sandbox.clear_log()
                order = self.order(self.partner)
                sent = {"clients": ["coda-mandates"], "coda-mandates": []}[service]
                self.assertEqual(self.posts(), sent)
                self.assertEqual(set(self.mandates().mapped("state")), {"to_sign"})
                self.assertEqual(self.mandates(), pending)

    def test_a_refresh_settles_what_was_placed_and_what_was_not(self):
        self.lose_everything_after("coda-mandates")
        order = self.order(self.partner, secretariats=["group_s"])
        self.assertEqual(order.state, "failed")
        pending = self.mandates()
        self.assertEqual(set(pending.mapped("service")), {"coda"})
        self.sandbox.clear_faults()
        self.night()
        self.assertEqual(self.mandates(), pending)
        self.assertEqual(set(pending.mapped("state")), {"to_sign"})
        self.assertFalse(any(pending.mapped("reason_code")))

    def test_an_order_that_never_arrived_says_so_after_a_refresh(self):
        self.sandbox.fail("drop", method="POST", path="/coda-mandates/$")
        order = self.order(self.partner)
        self.assertEqual(order.state, "failed")
        self.night()
        pending = self.mandates()
        self.assertEqual(set(pending.mapped("state")), {"draft"})
        self.assertEqual(set(pending.mapped("reason_code")), {"order_not_placed"})
        self.sandbox.clear_log()
        self.order(self.partner)
        self.assertEqual(self.posts(), ["coda-mandates"])
        self.assertEqual(self.mandates(), pending)
        self.assertFalse(any(pending.mapped("reason_code")))

    def test_a_refused_account_says_which_and_leaves_nothing_behind(self):
        self.sandbox.add_client("X", "Other", enterprise_num="BE0403170701")
        order = self.open_order(self.partner)
        # The account goes to somebody else between the check and the order.
        self.press(order, "action_check")
        self.assertEqual(order.state, "ready")
        self.sandbox.fail(
            "status",
            method="POST",
            path="/coda-mandates/$",
            status=400,
            body={"ibans": [f"{KBC}: already ordered."]},
        )
        self.press(order, "action_order")
        self.assertEqual(order.state, "failed")
        self.assertIn(f"{KBC}: already ordered.", order.result)
        self.assertFalse(self.mandates())

    def test_a_wrong_enterprise_number_says_what_to_do(self):
        elsewhere = "registered with another office"
        self.sandbox.fail(
            "status",
            method="POST",
            path="/clients/$",
            status=400,
            body={"legal_entity": {"enterprise_num": [elsewhere]}},
        )
        order = self.order(self.partner)
        self.assertEqual(order.state, "failed")
        self.assertIn("BE0417497106", order.result)
        self.assertIn(elsewhere, order.result)
        self.assertFalse(self.mandates())

    def test_nothing_is_written_down_when_codabox_cannot_be_reached(self):
        order = self.open_order(self.partner)
        self.press(order, "action_check")
        connection = self.connection.with_user(self.accountant)
        self.break_off("drop", "/clients/$")
        with self.as_user(self.accountant) as env:
            order.with_env(env)._place()
        self.assertEqual(order.state, "failed")
        self.assertIn("nothing was ordered", order.result)
        self.assertFalse(self.mandates())
        self.assertEqual(connection.state, "connected")

    def test_belfius_has_no_document_and_the_page_says_so(self):
        self.partner.bank_ids.unlink()
        self.add_account(self.partner, BELFIUS)
        mandate = self.order(self.partner).mandate_ids
        self.assertFalse(mandate.pdf)
        self.assertIn("signs online", mandate.pdf_note)
        self.assertIn("Twikey", mandate.signing_help)

    def test_kbc_tells_the_client_to_activate_codabox_in_the_app(self):
        mandates = self.order(self.partner).mandate_ids
        helps = {mandate.bank_name: mandate.signing_help for mandate in mandates}
        self.assertIn("app of KBC", helps["KBC"])
        self.assertNotIn("app", helps["ING"])

    def test_the_mail_has_the_links_the_documents_and_the_language_of_the_client(self):
        order = self.order(self.partner)
        with self.as_user(self.accountant) as env:
            order.with_env(env)._send_to_client()
        mail = self.env["mail.mail"].sudo().search([("model", "=", "res.partner")], limit=1)
        self.assertEqual(mail.email_to, "ann@example.test")
        self.assertEqual(len(mail.attachment_ids), 2)
        for mandate in order.mandate_ids:
            self.assertIn(mandate.signing_url, mail.body_html)
        self.assertIn("app of KBC", mail.body_html)

    def test_who_only_invoices_or_reads_may_not_order(self):
        for group in ("account.group_account_invoice", "account.group_account_readonly"):
            user = new_test_user(
                self.env,
                f"order_{group.rpartition('_')[2]}",
                f"base.group_user,{group}",
                company_id=self.company.id,
                company_ids=[Command.set(self.company.ids)],
            )
            with self.subTest(group), self.assertRaises(AccessError):
                self.press(self.partner, "action_codabox_order_mandate", user=user)
        self.assertEqual(self.posts(), [])

    def test_an_accountant_of_another_company_cannot_order_with_this_connection(self):
        order = self.open_order(self.partner)
        stranger = new_test_user(
            self.env,
            "stranger",
            "base.group_user,account.group_account_user",
            company_id=self.other_company.id,
            company_ids=[Command.set(self.other_company.ids)],
        )
        with self.assertRaises(AccessError):
            self.press(order, "action_order", user=stranger)
        with self.assertRaises(AccessError), self.as_user(stranger) as env:
            env["codabox.mandate"]._place_orders(
                env["codabox.connection"].browse(self.connection.id), []
            )
        self.assertEqual(self.posts(), [])

    def test_after_a_problem_the_same_accounts_are_ordered_again(self):
        self.order(self.partner)
        mandate = self.mandates().filtered(lambda m: m.bank_name == "KBC")
        self.sandbox.move_mandate(mandate.remote_id, "problem", reason="not signed well")
        with self.as_user(self.accountant) as env:
            mandate.with_env(env(su=True))._archive_remotely("wrong signature")
        self.assertEqual(mandate.state, "archived")
        action = self.press(mandate, "action_order_again")
        order = self.env[action["res_model"]].sudo().browse(action["res_id"])
        self.assertEqual(order.account_ids.filtered("selected").mapped("bank_name"), ["KBC"])
        self.sandbox.clear_log()
        self.press(order, "action_order")
        self.assertEqual(self.posts(), ["coda-mandates"])
        kbc = self.mandates().filtered(lambda m: m.bank_name == "KBC")
        self.assertEqual(sorted(kbc.mapped("state")), ["archived", "to_sign"])

    def test_from_the_bank_journal_its_account_is_chosen(self):
        journal = self.make_journal(self.company, ING)
        action = self.press(journal, "action_codabox_order_mandate")
        order = self.env[action["res_model"]].sudo().browse(action["res_id"])
        self.assertEqual(order.partner_id, self.company.partner_id)
        chosen = order.account_ids.filtered("selected")
        self.assertEqual(chosen.mapped("partner_bank_id"), journal.bank_account_id)
        self.assertGreater(len(order.account_ids), 1)

    def test_from_the_mandates_every_client_is_ordered_for_customer_or_not(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.res_partner_action_order"
        )
        clients = self.env["res.partner"].with_user(self.accountant)
        listed = clients.search(safe_eval(action["domain"]))
        self.assertIn(self.partner, listed)
        self.assertFalse(self.partner.customer_rank)
        self.assertFalse(listed & self.partner.child_ids)
        opened = self.press(self.partner, "action_codabox_order_mandate")
        order = self.env["codabox.mandate.order"].sudo().browse(opened["res_id"])
        self.assertEqual(order.partner_id, self.partner)
