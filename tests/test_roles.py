"""What each role may do, with users as Odoo's form of a user makes them."""

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from .common import CodaboxCase, credit
from .mandate_case import MandateCase
from .users_case import FormUsers

INVOICING = "account.group_account_invoice"
ACCOUNTANT = "account_codabox.group_accountant"
OFFICER = "account_codabox.group_mandate_officer"
ADMINISTRATOR = "account_codabox.group_administrator"
MANAGER = "account.group_account_manager"


@tagged("-at_install", "post_install")
class TestRoles(CodaboxCase, FormUsers, HttpCase):
    def make(self, login, *groups, **values):
        return self.make_form_user(login, *groups, companies=self.company, **values)

    def test_an_accountant_of_the_form_fetches_resolves_and_maps_and_who_invoices_does_not(self):
        self.map_client()
        document = self.receive(self.day(15, credit("9")))
        for name, may, groups in (
            ("accountant", True, (INVOICING, ACCOUNTANT)),
            ("manager", True, (MANAGER,)),
            ("invoicing", False, (INVOICING,)),
        ):
            user = self.make(name, *groups)
            with self.subTest(name), self.rolled_back():
                for record, method in (
                    (self.journal, "action_codabox_fetch"),
                    (document, "action_undo"),
                    (document, "action_retry"),
                ):
                    if may:
                        self.press(record, method, user=user)
                    else:
                        self.assertRaises(AccessError, self.press, record, method, user=user)
                for model in ("codabox.soda.mapping", "codabox.soda.copy", "codabox.match"):
                    mine = self.env[model].with_user(user)
                    self.assertEqual(mine.has_access("create"), may, model)

    def test_an_accountant_of_the_form_has_the_dashboard_in_his_menu(self):
        user = self.make("accountant", INVOICING, ACCOUNTANT)
        menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        self.assertIn(self.env.ref("account.menu_board_journal_1").id, menus)

    def test_the_codabox_administrator_connects_and_keeps_no_books(self):
        boss = self.make("boss", ADMINISTRATOR)
        self.map_client()
        document = self.receive(self.day(15, credit("9")))
        self.press(self.connection, "action_test", user=boss)
        self.press(self.connection, "action_fetch", user=boss)
        self.assertRaises(AccessError, self.press, document, "action_undo", user=boss)
        with self.as_user(boss) as env:
            self.assertFalse(env["codabox.document"].search([("company_id", "!=", False)]))
            for model in ("account.move", "account.bank.statement.line", "codabox.payroll"):
                self.assertFalse(env[model].has_access("read"), model)

    def test_who_administers_opens_connection_clients_and_documents_of_no_company_yet(self):
        self.map_client()
        new = self.sandbox.add_client("NEW", "Nobody yet")
        document = self.receive(self.day(15, credit("9")), feed=new)
        for role in (ADMINISTRATOR, "base.group_system"):
            user = self.make(role, role)
            for record in (self.connection, self.feed(), self.feed(new), document):
                with self.subTest(role, record=record), self.as_user(user) as env:
                    mine = env[record._name].browse(record.ids)
                    Form(mine)
                    columns = etree.fromstring(mine.get_view(view_type="list")["arch"])
                    mine.read([field.get("name") for field in columns.iter("field")])

    def test_the_codabox_administrator_goes_through_the_window_that_connects(self):
        boss = self.make("boss", ADMINISTRATOR)
        with self.as_user(boss) as env:
            wizard = env["codabox.connect"].create({"connection_id": self.connection.id})
            wizard.software_key = "another"
            wizard.action_to_token()
            self.assertEqual(wizard.step, "token")
        self.assertEqual(self.connection.sudo().software_key, "another")
        self.assertEqual(self.connection.base_url, self.sandbox.url)

    def test_where_credentials_go_is_not_for_the_codabox_administrator(self):
        boss = self.make("boss", ADMINISTRATOR)
        for values in (
            {"base_url": "https://elsewhere.example"},
            {"environment": "sandbox"},
            {"secrets_from": "server"},
        ):
            with self.subTest(values), self.assertRaises(AccessError), self.as_user(boss) as env:
                env["codabox.connection"].browse(self.connection.id).write(values)
            with self.subTest(values), self.assertRaises(AccessError), self.as_user(boss) as env:
                env["codabox.connection"].create(
                    {"name": "x", "company_id": self.company.id, **values}
                )
        with self.assertRaises(AccessError), self.as_user(boss) as env:
            env["codabox.connection"].browse(self.connection.id).read(["password"])

    def test_no_client_or_restriction_is_moved_to_a_company_by_a_call(self):
        boss = self.make("boss", ADMINISTRATOR)
        feed = self.map_client()
        self.other_company.codabox_mandates_restricted = True
        other = {"company_id": self.other_company.id}
        for record, values in (
            (feed, other),
            (feed, {**other, "wages_open": True}),
            (feed, {"state": "new"}),
            (self.connection, {**other, "mandates_restricted": False}),
        ):
            with self.subTest(values), self.assertRaises(AccessError), self.as_user(boss) as env:
                env[record._name].browse(record.id).write(values)
        self.assertEqual(feed.company_id, self.company)
        self.assertTrue(self.other_company.codabox_mandates_restricted)
        self.assertFalse(self.other_company.codabox_wages_open)

    def test_the_administrator_of_odoo_is_a_codabox_administrator(self):
        root = self.make("root_of_odoo", "base.group_system")
        self.press(self.connection, "action_test", user=root)
        with self.as_user(root) as env:
            env["codabox.connection"].browse(self.connection.id).environment = "sandbox"


@tagged("-at_install", "post_install")
class TestRolesMandates(MandateCase, FormUsers):
    """Ordering and archiving, where the office lets only its officers do so."""

    def setUp(self):
        super().setUp()
        self.clerk = self.make_form_user("clerk", INVOICING, ACCOUNTANT, companies=self.company)
        self.officer = self.make_form_user("officer", INVOICING, OFFICER, companies=self.company)
        self.boss = self.make_form_user("boss", ADMINISTRATOR, companies=self.company)

    def restrict(self):
        with self.as_user(self.boss) as env:
            env["codabox.connection"].browse(self.connection.id).mandates_restricted = True

    def test_every_accountant_orders_unless_the_office_restricts_it(self):
        self.assertTrue(self.open_order(self.partner, self.clerk))
        self.restrict()
        self.assertRaises(AccessError, self.open_order, self.partner, self.clerk)
        self.assertTrue(self.open_order(self.partner, self.officer))

    def test_the_engine_refuses_too_whatever_dialog_was_open(self):
        with self.as_user(self.clerk) as env:
            action = env["res.partner"].browse(self.partner.id).action_codabox_order_mandate()
            order = env[action["res_model"]].browse(action["res_id"])
            order.env["codabox.connection"].sudo().search([]).company_id.write(
                {"codabox_mandates_restricted": True}
            )
            for method in (order.action_check, order.action_order):
                self.assertRaises(AccessError, method)
            connection = order.connection_id
            self.assertRaises(AccessError, env["codabox.mandate"]._place_orders, connection, [])

    def test_archiving_is_ordering(self):
        self.order(self.partner)
        mandates = self.mandates().filtered("can_archive")
        self.assertTrue(mandates)
        self.press(mandates, "action_open_archive", user=self.clerk)
        self.restrict()
        self.assertRaises(AccessError, self.press, mandates, "action_open_archive", user=self.clerk)
        self.press(mandates, "action_open_archive", user=self.officer)

    def test_who_may_not_administer_does_not_lift_the_restriction(self):
        self.restrict()
        for user in (self.clerk, self.officer):
            with self.assertRaises(AccessError), self.as_user(user) as env:
                connection = env["codabox.connection"].browse(self.connection.id)
                connection.mandates_restricted = False
        self.assertTrue(self.company.codabox_mandates_restricted)
