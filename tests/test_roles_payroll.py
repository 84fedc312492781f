"""Who reads the payroll of which company, with users as Odoo's form of a user makes them."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import OTHER_NUMBER, CodaboxCase
from .soda_common import SodaCase
from .users_case import FormUsers
from .wages_case import NAME, WagesCase, wages

CLERK = ("account.group_account_invoice", "account_codabox.group_accountant")
PAYROLL = (*CLERK, "account_codabox.group_payroll")


@tagged("-at_install", "post_install")
class TestRolesPayroll(SodaCase, FormUsers, HttpCase):
    """Payroll of two companies, and a user who keeps the books of both but reads that of one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.company + cls.other_company
        cls.clerk = cls.make_form_user("clerk", *PAYROLL, companies=cls.both, payroll=cls.company)

    def setUp(self):
        super().setUp()
        other = self.sandbox.add_client("PIET", "Garage Piet")
        self.map_client(self.other_company, other)
        self.mine = self.receive_soda(self.month())
        index = self.deliver_soda(self.month(enterprise=OTHER_NUMBER), feed=other)
        self.night()
        self.other = self.document(index)
        self.assertEqual((self.mine + self.other).mapped("state"), ["imported", "imported"])

    def paths(self, document):
        """Return every address of the bytes of a payroll document and of its entry."""
        move = document.payroll_ids.move_id
        files = document.file_ids
        attachments = self.env["ir.attachment"].sudo().search(
            ["|", "&", ("res_model", "=", "account.move"), ("res_id", "in", move.ids),
             "&", ("res_model", "=", files._name), ("res_id", "in", files.ids),
             ("res_field", "in", (False, "content"))]
        )  # fmt: skip
        return [
            f"account.move/{move.id}/codabox_payroll_pdf",
            f"codabox.document/{document.id}/archive",
            *(f"codabox.document.file/{id}/content" for id in files.ids),
            *map(str, attachments.ids),
        ]

    def reads(self, user, document):
        """Return at which of these addresses a user is given something."""
        self.authenticate(user.login, user.login)
        answers = {path: self.url_open(f"/web/content/{path}") for path in self.paths(document)}
        return [
            path
            for path, answer in answers.items()
            if answer.content.startswith((b"%PDF", b"<?xml", b"PK"))
        ]

    def found(self, user):
        """Return the companies of all that a user finds of payroll."""
        self.env.invalidate_all()
        with self.as_user(user) as env:
            documents = env["codabox.document"].search([("kind", "=", "soda")])
            files = env["codabox.document.file"].search([("document_id.kind", "=", "soda")])
            return [
                sorted(records.company_id.ids)
                for records in (
                    documents,
                    files.document_id,
                    env["codabox.payroll"].search([]),
                    env["ir.attachment"].search([("codabox_payroll", "=", True)]),
                )
            ]

    def test_who_does_the_payroll_of_one_company_reads_nothing_of_another_whose_books_he_keeps(
        self,
    ):
        self.assertEqual(self.found(self.clerk), [self.company.ids] * 4)
        self.assertTrue(self.reads(self.clerk, self.mine))
        self.assertEqual(self.reads(self.clerk, self.other), [])
        move = self.other.payroll_ids.move_id
        with self.as_user(self.clerk) as env:
            mine = env["account.move"].browse(move.id)
            self.assertEqual(len(mine.line_ids), 3)
            self.assertFalse(mine.codabox_payroll_pdf)
            self.assertFalse(mine.codabox_reads_payroll)
            self.assertRaises(AccessError, mine.codabox_payroll_id.read, ["total_debit"])

    def test_what_is_given_or_taken_counts_at_once(self):
        self.clerk.codabox_payroll_company_ids = self.both
        self.assertEqual(self.found(self.clerk), [self.both.ids] * 4)
        self.other_company.codabox_payroll_user_ids -= self.clerk
        self.assertEqual(self.found(self.clerk), [self.company.ids] * 4)
        self.clerk.codabox_payroll_company_ids = False
        self.assertEqual(self.found(self.clerk), [[]] * 4)

    def test_neither_the_group_alone_nor_a_company_alone_opens_payroll(self):
        self.clerk.codabox_payroll_company_ids = False
        self.assertEqual(self.found(self.clerk), [[]] * 4)
        self.clerk.codabox_payroll_company_ids = self.both
        self.clerk.group_ids -= self.env.ref("account_codabox.group_payroll")
        with self.as_user(self.clerk) as env:
            self.assertFalse(env["codabox.document"].search([("kind", "=", "soda")]))
            self.assertFalse(env["ir.attachment"].search([("codabox_payroll", "=", True)]))

    def test_who_may_not_enter_a_company_any_more_does_not_read_its_payroll(self):
        self.clerk.codabox_payroll_company_ids = self.both
        self.clerk.company_ids = self.company
        self.assertEqual(self.found(self.clerk), [self.company.ids] * 4)

    def test_payroll_is_uploaded_only_where_it_is_read(self):
        journal = self.other_company._codabox_payroll_journal()
        with self.as_user(self.clerk) as env:
            attachment = env["ir.attachment"].create({"name": "x.xml", "raw": b"<x/>"})
            with self.assertRaises(AccessError):
                env["account.journal"].browse(journal.id)._codabox_upload(attachment)

    def test_the_codabox_administrator_says_who_reads_the_payroll_of_a_client(self):
        boss = self.make_form_user(
            "boss", "account_codabox.group_administrator", companies=self.both
        )
        feed = self.other.feed_id
        with self.as_user(boss) as env:
            mine = env["codabox.feed"].browse(feed.id)
            self.assertFalse(mine.payroll_user_ids)
            mine.payroll_user_ids = env["res.users"].browse(self.clerk.id)
        self.assertEqual(self.clerk.codabox_payroll_company_ids, self.both)
        with self.assertRaises(AccessError), self.as_user(self.clerk) as env:
            env["codabox.feed"].browse(feed.id).payroll_user_ids.ids  # noqa: B018
        with self.assertRaises(AccessError), self.as_user(self.clerk) as env:
            env["codabox.feed"].browse(feed.id).write({"wages_open": True})

    def test_who_would_read_nothing_for_all_that_is_refused_in_words(self):
        plain = self.make_form_user("plain", *CLERK, companies=self.both)
        with self.assertRaisesRegex(UserError, "plain is not in the group"):
            self.company.codabox_payroll_user_ids += plain
        stranger = self.make_form_user("stranger", *PAYROLL, companies=self.other_company)
        with self.assertRaisesRegex(UserError, "stranger may not enter"):
            self.company.codabox_payroll_user_ids += stranger


@tagged("-at_install", "post_install")
class TestRolesWages(WagesCase, FormUsers):
    """Bank files that tell who earns what: closed, unless the company lets its accountants in."""

    def setUp(self):
        super().setUp()
        self.clerk = self.make_form_user(
            "clerk", *PAYROLL, companies=self.company + self.other_company,
            payroll=self.other_company,
        )  # fmt: skip
        self.form_roles = {
            "accountant": (True, CLERK),
            "administrator of accounting": (True, ["account.group_account_manager"]),
            "invoicing": (False, ["account.group_account_invoice"]),
            "CodaBox administrator": (False, ["account_codabox.group_administrator"]),
        }

    def test_who_reads_payroll_of_another_company_reads_no_wages_in_any_kept_state(self):
        for state in self.STATES:
            with self.subTest(state), self.rolled_back():
                document = getattr(self, f"keep_{state}")()
                for path, body in self.served(self.clerk, document).items():
                    self.assert_no_leak(body, path)
                self.assert_no_leak(self.told(self.clerk, document), state)

    def test_accountants_read_wages_in_bank_files_where_their_company_says_so(self):
        document = self.receive(self.day(15, wages()))
        for name, (reads, groups) in self.form_roles.items():
            user = self.make_form_user(name, *groups, companies=self.company)
            for is_open in (False, True, False):
                with self.subTest(name, is_open=is_open):
                    self.company.codabox_wages_open = is_open
                    found = b"".join(self.served(user, document).values())
                    self.assertEqual(NAME.encode() in found, reads and is_open)

    def test_the_setting_of_a_company_opens_no_other_company_no_payroll_and_no_unknown_kind(self):
        self.other_company.codabox_wages_open = True
        stranger = self.make_form_user("stranger", *CLERK, companies=self.other_company)
        document = self.receive(self.day(15, wages()))
        for user in (stranger, self.clerk):
            for path, body in self.served(user, document).items():
                self.assert_no_leak(body, (user.login, path))
        self.company.codabox_wages_open = True
        unknown = self.keep_unknown_kind()
        for path, body in self.served(self.accountant, unknown).items():
            self.assert_no_leak(body, path)
        self.assert_no_leak(self.told(self.accountant, unknown), "told")


@tagged("-at_install", "post_install")
class TestRolesUpgrade(CodaboxCase, FormUsers):
    """A database in which the group alone decided who reads payroll."""

    def migrate(self):
        path = Path(__file__).parents[1] / "migrations" / "19.0.3.0.0" / "post-roles.py"
        spec = spec_from_file_location("post_roles", path)
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.0.0")

    def test_the_payroll_of_clients_stays_and_that_of_the_office_closes_and_is_asked_about(self):
        both = self.company + self.other_company
        clerk = self.make_form_user("clerk", *PAYROLL, companies=both)
        gone = self.make_form_user("gone", *PAYROLL, companies=both)
        gone.active = False
        plain = self.make_form_user("plain", *CLERK, companies=both)
        self.migrate()
        self.assertEqual(clerk.codabox_payroll_company_ids, self.other_company)
        self.assertEqual(gone.codabox_payroll_company_ids, self.other_company)
        self.assertFalse(plain.codabox_payroll_company_ids)
        asked = self.connection.activity_ids.filtered(lambda a: "payroll" in (a.summary or ""))
        self.assertEqual(asked.user_id, self.accountant)

    def test_who_enters_the_office_only_keeps_its_payroll_and_nobody_is_asked(self):
        own = self.make_form_user("own", *PAYROLL, companies=self.company)
        self.migrate()
        self.assertEqual(own.codabox_payroll_company_ids, self.company)
        self.assertNotIn("payroll", str(self.connection.activity_ids.mapped("summary")))

    def test_a_second_upgrade_gives_nothing_that_was_taken(self):
        clerk = self.make_form_user(
            "clerk", *PAYROLL, companies=self.company + self.other_company, payroll=self.company
        )
        self.migrate()
        self.assertEqual(clerk.codabox_payroll_company_ids, self.company)
