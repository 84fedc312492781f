"""Orders that CodaBox takes from no software: prepared, asked by a person, followed to the end."""

import base64
import io
import zipfile

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..codabox.sandbox.my_codabox import enter_order
from .common import credit
from .mandate_case import CLIENT_NUMBER, ING, KBC, MandateCase

KBC_TOO, FORTIS = "BE39736100002519", "BE08001100000713"
ORDERS = ("order_client", "order_coda", "order_soda", "order_purchase_invoice")


class ByHandCase(MandateCase):
    """A CodaBox of today: the documented calls, and none of the provisional ones."""

    def setUp(self):
        super().setUp()
        self.sandbox.configure(provisional=False)
        self.lack(*ORDERS)

    def lack(self, *codes):
        """It is known that this connection cannot do this."""
        for code in codes:
            self.connection._keep_function(code, "not_offered", status=404)

    def prepare(self, partner=None, **values):
        """Press until the prepared order is there; return the order and the request."""
        order = self.open_order(partner or self.partner)
        order.write({"purchase_invoices": False, **values})
        action = self.press(order, "action_order")
        self.assertEqual(action["res_model"], "codabox.mandate.request", order.remark)
        request = self.env[action["res_model"]].browse(action["res_id"])
        return order, request.with_user(self.accountant).sudo()

    def ask(self, partner=None, **values):
        """Ask everything by hand; return what stands as asked."""
        order, request = self.prepare(partner, **values)
        self.press(request, "action_mark_asked")
        self.env.invalidate_all()
        self.assertEqual(order.state, "asked")
        return self.mandates(partner)

    def enter(self, **values):
        """Somebody enters the order in MyCodaBox."""
        return enter_order(
            self.sandbox, CLIENT_NUMBER, name="Kapsalon Ann", client_code="K100", **values
        )

    def refresh(self):
        """Press *Refresh* on the list of mandates."""
        self.press(self.env["codabox.mandate"], "action_refresh")
        self.env.invalidate_all()


@tagged("-at_install", "post_install")
class TestMandateByHand(ByHandCase):
    def test_the_same_order_ends_in_a_prepared_one_and_nothing_is_sent(self):
        order, request = self.prepare(purchase_invoices=True)
        self.assertEqual((order.state, order.step), ("by_hand", "result"))
        self.assertFalse(self.posts())
        self.assertFalse(self.mandates(), "nothing is asked before somebody says so")
        values = {line.label: line.value for line in request.line_ids}
        self.assertEqual(values["Client code"], "K100")
        self.assertEqual(values["Enterprise number"], "0417.497.106")
        self.assertEqual(values["E-mail address of the client"], "ann@example.test")
        self.assertEqual(values["Account at KBC"], KBC)
        self.assertEqual(values["Account at ING"], ING)
        self.assertEqual(values["Invitation to"], "ann@example.test")

    def test_in_the_language_of_mycodabox_that_the_reader_chooses(self):
        _order, request = self.prepare()
        request.language = "nl"
        self.assertIn("Klantcode", request.line_ids.mapped("label"))
        self.assertIn("Gelieve de volgende mandaten aan te maken", request.body)
        self.assertEqual(request.subject, "Mandaten aan te maken: Kapsalon Ann")

    def test_the_spreadsheet_has_every_value_as_text(self):
        self.partner.street = "=Dorp 1"
        _order, request = self.prepare()
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(request.content)))
        cells = [(row[1].value, row[2].value, row[2].data_type) for row in book.active.iter_rows()]
        self.assertIn(("Address", "=Dorp 1", "s"), cells)
        self.assertIn("BE83 7361 2345 6715", [value for _label, value, _type in cells])
        self.assertEqual({kind for _label, _value, kind in cells}, {"s"})
        self.assertEqual(request.filename, "CodaBox K100 Kapsalon Ann.xlsx")

    def test_it_is_mailed_with_the_spreadsheet_and_stands_as_asked(self):
        order, request = self.prepare()
        self.press(request, "action_send")
        mail = self.env["mail.mail"].sudo().search([], order="id desc", limit=1)
        self.assertEqual(mail.email_to, "api@codabox.com")
        self.assertEqual(mail.attachment_ids.mapped("name"), ["CodaBox K100 Kapsalon Ann.xlsx"])
        self.assertIn("Kapsalon Ann (K100)", mail.body_html)
        self.assertEqual(order.state, "asked")
        self.assertEqual(set(self.mandates().mapped("state")), {"asked"})
        self.assertEqual(self.mandates(), order.mandate_ids)
        self.assertEqual(self.partner.codabox_coda_state, "asked")
        noted = self.env["codabox.audit"].sudo().search([("action", "=", "asked")])
        self.assertEqual((noted.res_id, noted.user_id), (self.partner.id, self.accountant))

    def test_a_national_number_leaves_by_no_mail(self):
        _order, request = self.prepare(representative_function="85.07.30-033.28")
        with self.assertRaises(UserError) as refused:
            self.press(request, "action_send")
        self.assertIn("national number", str(refused.exception))
        self.assertFalse(self.mandates())

    def test_it_is_followed_state_by_state_until_documents_come(self):
        asked = self.ask()
        self.assertEqual(sorted(asked.mapped("bank_name")), ["ING", "KBC"])
        self.night()
        self.assertEqual(set(asked.mapped("state")), {"asked"}, "CodaBox does not list it yet")
        client = self.enter(ibans=[KBC, ING])
        self.refresh()
        self.assertEqual(self.mandates(), asked, "found, not doubled")
        self.assertEqual(set(asked.mapped("state")), {"to_sign"})
        self.assertTrue(all(asked.mapped("remote_id")))
        self.assertFalse(any(asked.mapped("reason_code")))
        seen = []
        for mandate in client["coda_mandates"]:
            self.sandbox.sign(mandate["id"])
        for _step in range(2):
            self.refresh()
            seen.append(set(asked.mapped("state")))
            for mandate in client["coda_mandates"]:
                self.sandbox.move_mandate(mandate["id"])
        self.refresh()
        self.assertEqual(seen, [{"signed"}, {"bank_or_office"}])
        self.assertEqual(set(asked.mapped("state")), {"active"})
        self.assertTrue(asked.ordered_by_id, "who asked it stays known")

    def test_what_was_left_out_in_mycodabox_stays_asked(self):
        asked = self.ask(purchase_invoices=True)
        self.assertEqual(len(asked), 3)
        self.enter(ibans=[KBC])
        self.night()
        states = {m.account_text or m.service: m.state for m in self.mandates()}
        self.assertEqual(states["purchase_invoice"], "asked")
        self.assertEqual(states["BE83 7361 2345 6715"], "to_sign")
        self.assertEqual(states["BE35 3101 2345 6737"], "asked")

    def test_two_accounts_of_one_bank_are_found_one_by_one(self):
        self.add_account(self.partner, KBC_TOO)
        asked = self.ask()
        self.assertEqual(len(asked), 2, "one for each bank")
        self.enter(ibans=[KBC])
        self.refresh()
        kbc = self.mandates().filtered(lambda m: m.bank_name == "KBC")
        self.assertEqual(sorted(kbc.mapped("state")), ["asked", "to_sign"])
        self.enter(ibans=[KBC_TOO])
        self.refresh()
        kbc = self.mandates().filtered(lambda m: m.bank_name == "KBC")
        self.assertEqual(kbc.mapped("state"), ["to_sign", "to_sign"])
        self.assertEqual(len(kbc.account_ids), 2)

    def test_payroll_is_asked_by_the_name_of_the_secretariat_and_found(self):
        self.env["codabox.secretariat"].search([]).active = False
        order = self.open_order(self.partner)
        self.assertFalse(order.has_secretariats)
        self.ask(secretariat_name="Groep S")
        soda = self.mandates().filtered(lambda m: m.service == "soda")
        self.assertEqual((soda.provider_name, soda.state), ("Groep S", "asked"))
        self.enter(ibans=[KBC, ING], secretariats=["group_s"])
        self.refresh()
        self.assertEqual((soda.state, soda.secretariat_ref), ("to_sign", "group_s"))
        self.assertEqual(len(self.mandates()), 3)

    def test_asking_again_doubles_nothing(self):
        asked = self.ask()
        self.assertEqual(self.ask(), asked)
        self.enter(ibans=[KBC, ING])
        order = self.open_order(self.partner)
        order.account_ids.selected = True
        self.press(order, "action_check")
        self.assertEqual(order.state, "nothing")
        self.press(order, "action_order")
        self.assertEqual(order.mandate_ids, asked)

    def test_what_is_missing_is_learned_from_the_first_order(self):
        self.connection.sudo().function_ids.filtered(lambda f: f.code in ORDERS).unlink()
        order, request = self.prepare()
        self.assertEqual(order.state, "by_hand")
        self.assertIn("provisional", order.result)
        self.assertTrue(request.line_ids)
        self.assertFalse(self.mandates(), "nothing is said to be on its way")

    def test_only_what_is_not_offered_is_asked_by_hand(self):
        self.sandbox.configure(provisional=True)
        self.connection.sudo().function_ids.filtered(lambda f: f.code in ORDERS).unlink()
        self.lack("order_purchase_invoice")
        order, request = self.prepare(purchase_invoices=True)
        self.assertEqual(self.posts(), ["clients", "coda-mandates"])
        self.assertEqual({line.part for line in request.line_ids},
                         {"Existing client", "Purchase invoices"})  # fmt: skip
        self.press(request, "action_mark_asked")
        states = {m.service: m.state for m in self.mandates()}
        self.assertEqual(states, {"coda": "to_sign", "purchase_invoice": "asked"})
        self.assertEqual(self.mandates(), order.mandate_ids)
        # A later order over the API leaves alone what a person asked.
        self.order(self.partner, secretariats=["group_s"])
        self.assertEqual(
            {m.service: m.state for m in self.mandates()}, {**states, "soda": "to_sign"}
        )

    def test_who_waits_too_long_is_told_and_may_say_that_it_was_not_asked(self):
        asked = self.ask()
        asked.state_date = "2020-01-01"
        self.night()
        self.assertEqual(len(asked.activity_ids), 2)
        self.assertIn("asked by hand", asked[0].activity_ids.note)
        self.press(asked, "action_not_asked")
        self.assertFalse(self.mandates())

    def test_the_client_sees_nothing_of_it_and_nothing_can_be_archived(self):
        asked = self.ask()
        self.assertFalse(any(asked.mapped("can_archive")))
        portal = asked._portal_domain(
            new_test_user(
                self.env, "ann", "base.group_portal", partner_id=self.partner.child_ids.id
            )
        )
        self.assertFalse(self.env["codabox.mandate"].sudo().search(portal))

    def test_many_clients_are_asked_in_one_mail_with_a_spreadsheet_each(self):
        second = self.make_client("Garage Piet", "0403170701", ref="K200", lang="en_US")
        self.add_account(second, FORTIS)
        self.env["res.partner"].create(
            {"name": "Piet", "parent_id": second.id, "email": "piet@example.test"}
        )
        action = self.press(self.partner | second, "action_codabox_order_mandate")
        batch = self.env[action["res_model"]].sudo().browse(action["res_id"])
        batch.order_ids.write({"language": "nl", "representative_function": "bestuurder"})
        self.press(batch, "action_check")
        self.assertEqual(batch.ready_count, 2, batch.order_ids.mapped("remark"))
        self.press(batch, "action_order")
        self.assertEqual((batch.hand_count, batch.failed_count), (2, 0))
        action = self.press(batch, "action_ask_by_hand")
        request = self.env[action["res_model"]].sudo().browse(action["res_id"])
        names = zipfile.ZipFile(io.BytesIO(base64.b64decode(request.content))).namelist()
        self.assertEqual(len(names), 2)
        self.press(request, "action_send")
        self.assertEqual((batch.hand_count, batch.asked_count), (0, 2))
        self.assertEqual(set(self.mandates(second).mapped("state")), {"asked"})

    def test_documents_come_once_it_is_active(self):
        self.map_client()
        asked = self.ask()
        client = self.enter(ibans=[KBC, ING])
        self.sandbox.activate(client["id"])
        self.night()
        self.assertEqual(set(asked.mapped("state")), {"active"})
        self.assertTrue(asked.feed_id, "its client is here, to be given a company")
        self.assertEqual(self.receive(self.day(15, credit("10"))).state, "imported")


@tagged("-at_install", "post_install")
class TestMandateByHandSecurity(ByHandCase, HttpCase):
    def call(self, user, model, method, *args):
        """Call a method over HTTP; return the answer."""
        self.authenticate(user.login, user.login)
        with mute_logger("odoo.http"):
            return self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                json={
                    "id": 1,
                    "jsonrpc": "2.0",
                    "method": "call",
                    "params": {"model": model, "method": method, "args": args, "kwargs": {}},
                },
            ).json()

    def test_a_plain_accountant_of_another_company_reads_and_asks_nothing(self):
        stranger = new_test_user(
            self.env,
            "stranger",
            "base.group_user,account.group_account_basic",
            company_id=self.other_company.id,
            company_ids=[(6, 0, self.other_company.ids)],
        )
        order, request = self.prepare()
        for record in (request, request.line_ids[:1], order):
            with self.subTest(record._name):
                answer = self.call(stranger, record._name, "read", record.ids, ["display_name"])
                self.assertIn("error", answer)
        for method in ("action_mark_asked", "action_send", "action_download", "action_back"):
            with self.subTest(method):
                self.assertIn("error", self.call(stranger, request._name, method, request.ids))
        self.assertFalse(self.mandates())
        asked = self.ask()
        answer = self.call(stranger, "codabox.mandate", "action_not_asked", asked.ids)
        self.assertIn("error", answer)
        self.assertTrue(asked.exists())

    def test_who_only_invoices_asks_nothing(self):
        clerk = new_test_user(
            self.env,
            "clerk",
            "base.group_user,account.group_account_invoice",
            company_id=self.company.id,
        )
        _order, request = self.prepare()
        with self.assertRaises(AccessError):
            self.press(request, "action_mark_asked", user=clerk)
        asked = self.ask()
        with self.assertRaises(AccessError):
            self.press(asked, "action_not_asked", user=clerk)
