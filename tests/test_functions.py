"""What a connection can do: tried, learned by use, shown, obeyed; and never more than that broken."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..models.mandate.codabox_mandate_ordering import OrderRequest
from .common import credit
from .mandate_case import MandateCase
from .test_security import SecurityCase

MISSING = ((404, ""), (404, {"detail": "Not found."}), (405, {"detail": "No."}), (501, ""))
ORDERS = ("order_coda", "order_soda", "order_purchase_invoice")


class FunctionCase(MandateCase):
    def states(self, connection=None):
        functions = (connection or self.connection).sudo().function_ids
        return {f.kind or f.code: f.state for f in functions}

    def press_test(self):
        """Press *Test* as the administrator."""
        with self.as_user(self.env.ref("base.user_admin")) as env:
            env["codabox.connection"].browse(self.connection.id).sudo().action_test()
        self.env.invalidate_all()

    def answer(self, status, body, path, method="POST"):
        """Let one kind of call be answered like this from now on."""
        self.sandbox.clear_faults()
        self.sandbox.fail("status", status=status, body=body, path=path, method=method, times=None)

    def assert_nothing_else_broke(self, index):
        """The connection works: a statement that waits comes in."""
        self.sandbox.clear_faults()
        self.assertEqual(self.connection.state, "connected")
        self.night()
        self.assertEqual(self.document(index).state, "imported")

    def refusal(self, record, method, *arguments):
        """Press a button that refuses; return what the user reads. What it committed stays."""
        try:
            self.press(record, method, *arguments)
        except UserError as error:
            self.env.invalidate_all()
            return str(error)
        return self.fail("nothing was refused")

    def assert_helpful(self, message):
        self.assertIn("MyCodaBox", message)
        self.assertNotIn("deliver it again", message)


@tagged("-at_install", "post_install")
class TestFunctions(FunctionCase):
    def test_connecting_says_what_this_access_can_do(self):
        self.press_test()
        states = self.states()
        self.assertEqual(states["clients"], "works")
        self.assertEqual(states["redelivery"], "works")
        self.assertEqual({states[name] for name in ORDERS}, {"not_tried"})
        self.assertNotIn("send", states, "only companies send")
        coda = self.connection.function_ids.filtered(lambda f: f.kind == "coda")
        self.assertEqual((coda.state, coda.formats), ("not_tried", "cod, pdf, xml"))
        shown = self.connection.with_user(self.accountant).function_ids
        self.assertEqual(set(shown.filtered("is_provisional").mapped("code")) - {"archive"},
                         {"order_client", *ORDERS, "pdf"})  # fmt: skip

    def test_a_kind_that_came_works_and_one_that_is_not_allowed_is_not_offered(self):
        self.map_client()
        self.receive(self.day(15, credit("10")))
        self.sandbox.pods[66].allowed_formats.pop("soda")
        self.press_test()
        self.assertEqual(self.states()["coda"], "works")
        self.assertEqual(self.states()["soda"], "not_offered")

    def test_a_kind_works_as_soon_as_its_first_file_came(self):
        self.press_test()
        self.assertEqual(self.states()["coda"], "not_tried")
        self.map_client()
        self.receive(self.day(15, credit("10")))
        self.assertEqual(self.states()["coda"], "works")
        coda = self.connection.function_ids.filtered(lambda f: f.kind == "coda")
        self.assertEqual(coda.formats, "cod, pdf, xml", "what is allowed is still known")

    def test_a_kind_that_is_refused_says_so_until_one_comes(self):
        self.map_client()
        for status, state in ((404, "not_offered"), (403, "refused")):
            with self.subTest(status=status), self.rolled_back():
                self.press_test()
                self.answer(status, {"detail": "No."}, "/download/", "GET")
                self.deliver(self.day(15, credit("10")))
                self.connection.next_fetch = False
                self.run_job()
                self.assertEqual(self.states()["coda"], state)
                self.connection.functions_checked_at = fields.Datetime.now() - timedelta(days=8)
                self.connection.next_fetch = False
                self.run_job()
                self.assertEqual(self.states()["coda"], state, "the weekly check forgets nothing")
                self.sandbox.clear_faults()
                self.night()
                self.night()
                self.assertEqual(self.states()["coda"], "works")

    def test_nothing_is_changed_at_codabox_by_trying(self):
        self.sandbox.clear_log()
        self.press_test()
        self.assertEqual({entry.method for entry in self.sandbox.log}, {"GET"})

    def test_an_office_on_a_v2_without_the_provisional_calls_reads_it_before_it_orders(self):
        self.map_client()
        index = self.deliver(self.day(15, credit("10")))
        self.sandbox.configure(provisional=False)
        self.press_test()
        self.assertEqual({self.states()[name] for name in ORDERS}, {"not_offered"})
        self.sandbox.clear_log()
        order = self.open_order(self.partner)
        self.press(order, "action_check")
        self.assertTrue(order.is_all_by_hand)
        asked = {entry.path.rstrip("/").rpartition("/")[2] for entry in self.sandbox.log}
        self.assertEqual(asked, {"fiduciaries", "clients"}, "not what is known not to be there")
        self.assert_nothing_else_broke(index)

    def test_a_missing_call_is_learned_when_it_is_used(self):
        self.map_client()
        index = self.deliver(self.day(15, credit("10")))
        for status, body in MISSING:
            with self.subTest(status=status, body=body), self.fresh_functions():
                order = self.open_order(self.partner)
                self.answer(status, body, "/(clients|.*-mandates)/$")
                order.account_ids.selected = True
                self.press(order, "action_order")
                self.assertEqual(order.state, "by_hand")
                self.assert_helpful(order.result)
                self.assertIn("provisional", order.result)
                self.assertFalse(self.mandates(), "nothing is said to be on its way")
                self.assertEqual(self.states()["order_client"], "not_offered")
                self.assertEqual(self.connection.state, "connected")
        self.assert_nothing_else_broke(index)

    def test_where_the_clients_are_not_shown_an_order_ends_in_a_prepared_one(self):
        for status, body in (*MISSING, (403, {"detail": "No."})):
            with self.subTest(status=status, body=body), self.fresh_functions():
                order = self.open_order(self.partner)
                self.answer(status, body, "/clients/$", method="GET")
                order.account_ids.selected = True
                self.sandbox.clear_log()
                self.press(order, "action_check")
                self.assertIn("MyCodaBox", " ".join(order.check_ids.mapped("reason")))
                self.assertEqual(order.state, "ready")
                action = self.press(order, "action_order")
                self.assertEqual(action["res_model"], "codabox.mandate.request")
                self.assertFalse(self.posts(), "what is there already cannot be seen")
                self.assertEqual(self.connection.state, "connected")
        self.connection._keep_function("clients", "refused")
        self.sandbox.clear_faults()
        order = self.open_order(self.partner)
        order.account_ids.selected = True
        self.press(order, "action_order")
        self.assertEqual(order.state, "done", "shown again, it is ordered as ever")

    def fresh_functions(self):
        self.sandbox.clear_faults()
        return self.rolled_back()

    def test_ordering_that_is_refused_stops_nothing_else(self):
        self.map_client()
        index = self.deliver(self.day(15, credit("10")))
        order = self.open_order(self.partner)
        self.answer(403, {"detail": "No."}, "/(clients|.*-mandates)/$")
        order.account_ids.selected = True
        self.press(order, "action_order")
        self.assert_helpful(order.result)
        self.assertEqual(self.states()["order_client"], "refused")
        self.assert_nothing_else_broke(index)

    def test_what_is_ordered_works_from_then_on(self):
        self.order(self.partner, secretariats=["group_s"], purchase_invoices=True)
        self.assertEqual({self.states()[name] for name in ("order_client", *ORDERS)}, {"works"})

    def test_what_is_known_to_be_missing_is_asked_by_hand_and_not_of_codabox(self):
        order = self.open_order(self.partner)
        self.connection._keep_function("order_coda", "not_offered")
        order.account_ids.selected = True
        self.sandbox.clear_log()
        action = self.press(order, "action_order")
        self.assertEqual(action["res_model"], "codabox.mandate.request")
        self.assertFalse(self.posts())
        with self.assertRaises(UserError) as refused, self.as_user(self.accountant) as env:
            orders = [
                OrderRequest(env["res.partner"].browse(self.partner.id), order._prepare_order())
            ]
            connection = env["codabox.connection"].browse(self.connection.id)
            env["codabox.mandate"]._place_orders(connection, orders)
        self.assert_helpful(str(refused.exception))
        self.assertFalse(self.posts())

    def test_archiving_that_codabox_does_not_have_or_refuses_changes_nothing_here(self):
        self.order(self.partner)
        mandate = self.mandates()[0]
        for status, body in (*MISSING, (403, {"detail": "No."})):
            with self.subTest(status=status, body=body), self.fresh_functions():
                self.answer(status, body, "/archive/$")
                self.assert_helpful(self.refusal(mandate, "_archive_remotely", "Over."))
                expected = "refused" if status == 403 else "not_offered"
                self.assertEqual(self.states()["archive"], expected)
                self.assertEqual((mandate.state, self.connection.state), ("to_sign", "connected"))
                self.sandbox.clear_log()
                with self.assertRaises(UserError):
                    self.press(mandate, "action_open_archive")
                self.assertFalse(self.posts())

    def test_a_mandate_that_is_gone_at_codabox_says_nothing_of_the_others(self):
        self.order(self.partner)
        first, second = self.mandates()[:2]
        self.press(first, "_archive_remotely", "Over.")
        self.answer(404, {"detail": "Not found."}, "/archive/$")
        self.assertIn("any more", self.refusal(second, "_archive_remotely", "Over."))
        self.assertEqual(self.states()["archive"], "works")

    def test_a_document_to_sign_that_is_refused_stops_nothing_else(self):
        self.map_client()
        self.order(self.partner)
        mandate = self.mandates().filtered("pdf")[:1]
        mandate.pdf = False
        index = self.deliver(self.day(15, credit("10")))
        self.answer(403, {"detail": "No."}, "/pdf/$", "GET")
        self.refusal(mandate, "action_get_pdf")
        self.assert_nothing_else_broke(index)

    def test_a_codabox_without_redelivery_still_brings_everything(self):
        self.map_client()
        for status, body in (*MISSING, (403, {"detail": "No."})):
            with self.subTest(status=status, body=body), self.rolled_back():
                # Where it worked before, words about one feed say nothing of the others.
                self.connection.sudo().function_ids.unlink()
                self.sandbox.fail("status", status=status, body=body, path="/redownload-feed/")
                document = self.receive(self.day(15, credit("10")))
                self.assertEqual(document.state, "imported")
                run = self.env["codabox.run"].sudo().search([], limit=1, order="id desc")
                self.assertEqual((run.state, run.is_stopped), ("ok", False))
                expected = "refused" if status == 403 else "not_offered"
                self.assertEqual(self.states()["redelivery"], expected)

    def test_a_list_of_offices_that_is_refused_ends_no_office(self):
        order = self.open_order(self.partner)
        self.assertTrue(order.office_id)
        self.answer(403, {"detail": "No."}, "/fiduciaries/$", "GET")
        again = self.open_order(self.partner)
        self.assertEqual(again.office_id, order.office_id)
        self.assertEqual(self.connection.state, "connected")

    def test_it_is_tried_again_every_week(self):
        self.press_test()
        self.sandbox.configure(provisional=False)
        self.night()
        self.assertEqual(self.states()["order_coda"], "not_tried")
        self.connection.functions_checked_at = fields.Datetime.now() - timedelta(days=8)
        self.night()
        self.assertEqual(self.states()["order_coda"], "not_offered")

    def test_what_was_learned_by_use_is_forgotten_only_by_a_person(self):
        self.press_test()
        self.connection._keep_function("order_coda", "not_offered", status=405, is_by_use=True)
        self.connection.functions_checked_at = fields.Datetime.now() - timedelta(days=8)
        self.night()
        self.assertEqual(self.states()["order_coda"], "not_offered")
        with self.as_user(self.env.ref("base.user_admin")) as env:
            env["codabox.connection"].browse(self.connection.id).sudo().action_check_functions()
        self.env.invalidate_all()
        self.assertEqual(self.states()["order_coda"], "not_tried")


@tagged("-at_install", "post_install")
class TestFunctionsSecurity(SecurityCase, HttpCase):
    def test_only_who_may_read_the_connection_reads_what_it_can_do_over_http(self):
        function = self.connection.sudo().function_ids[:1]
        self.assertTrue(function)
        for user, readable in ((self.accountant, True), (self.other_accountant, False)):
            self.authenticate(user.login, user.login)
            answer = self.url_open(
                "/web/dataset/call_kw/codabox.function/search_read",
                json={
                    "id": 1,
                    "jsonrpc": "2.0",
                    "method": "call",
                    "params": {
                        "model": "codabox.function",
                        "method": "search_read",
                        "args": [[("id", "=", function.id)], ["code"]],
                        "kwargs": {},
                    },
                },
            ).json()
            self.assertEqual(len(answer["result"]), int(readable))
        self.assert_hidden(self.other_accountant, function)
