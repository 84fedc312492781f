import copy
import os
from contextlib import ExitStack, contextmanager
from datetime import date
from unittest.mock import patch

from odoo import Command, api, fields
from odoo.tests import RecordCapturer, TransactionCase, new_test_user

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

from ..codabox import Transport
from ..codabox.coda import write_coda
from ..codabox.coda.builders import credit, debit, party, statement
from ..codabox.const import RETRIES
from ..codabox.sandbox import CREDENTIALS, SOFTWARE_KEY, Sandbox, pdf

IBAN = "BE68539007547034"
OTHER_IBAN = "BE43068999999501"
UNKNOWN_IBAN = "BE71096123456769"
NUMBER = "0477472701"
OTHER_NUMBER = "0403170701"
# More turns than any night of these tests takes, on the slowest machine.
MANY_TURNS = 50

__all__ = ["credit", "date", "debit", "party", "statement"]


class CodaboxCase(TransactionCase):
    """One office connected to a sandbox, one client that is a company with a bank journal.

    The sandbox is a real HTTP server on loopback. What the tests do, a plain accountant does.
    """

    chart = "generic_coa"
    # Whether the client is the company from the beginning: done once for all tests of a class.
    mapped = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sandbox = cls.enterClassContext(Sandbox("empty"))
        cls.enterClassContext(patch.dict(os.environ, {"CODABOX_ADDRESSES": "127.0.0.1"}))
        # The transport still repeats what may be repeated; nobody waits in between.
        cls.enterClassContext(
            patch.dict(Transport.__init__.__kwdefaults__, {"sleep": lambda seconds: None})
        )
        cls.env["res.company"].search([]).write({"company_registry": False, "vat": False})
        cls.company = cls.make_company("Bakkerij Jo", NUMBER)
        cls.other_company = cls.make_company("Garage Piet", OTHER_NUMBER)
        keeper = new_test_user(
            cls.env(context=cls.env.context | DISABLED_MAIL_CONTEXT),
            "codabox_keeper",
            "base.group_system,account.group_account_manager,account.group_account_user",
            company_id=cls.company.id,
            company_ids=[Command.set((cls.company + cls.other_company).ids)],
        )
        cls.env = keeper.with_user(keeper).env
        cls.company, cls.other_company = keeper.with_user(keeper).company_ids.sorted("id")
        cls.journal = cls.make_journal(cls.company, IBAN)
        cls.accountant = new_test_user(
            cls.env,
            "plain_accountant",
            # What Odoo's form of a user gives one, and no more (test_way_in.py).
            "base.group_user,account_codabox.group_accountant",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.connection = (
            cls.env["codabox.connection"]
            .sudo()
            .create(
                {
                    "name": "Office",
                    "company_id": cls.company.id,
                    "environment": "custom",
                    "base_url": cls.sandbox.url,
                    "software_key": SOFTWARE_KEY,
                    "username": CREDENTIALS.username,
                    "password": CREDENTIALS.password,
                    "user_id": cls.accountant.id,
                    "fetch_automatically": True,
                    "next_fetch": False,
                }
            )
        )
        cls.connection.write({"state": "connected", "next_fetch": False})
        cls.cron = cls.env.ref("account_codabox.ir_cron_fetch")
        if cls.mapped:
            cls.plant_client()
            cls.map_client()

    def setUp(self):
        super().setUp()
        self.plant_client()

    @classmethod
    def plant_client(cls):
        """Begin the sandbox anew, with the client under the numbers he always has."""
        cls.sandbox.reset("empty")
        cls.client = cls.sandbox.add_client(
            "JO", "Bakkerij Jo", enterprise_num=f"BE{NUMBER}", accounts=[IBAN]
        )

    # -------------------------------------------------------------------------
    # World
    # -------------------------------------------------------------------------

    @classmethod
    def make_company(cls, name, number):
        """Make a company in Belgium that keeps books, of one of dev/parts/setup/spare_companies.py if there is."""
        company = cls.env["res.company"].search(
            [("name", "=like", f"Spare {cls.chart} %")], order="id", limit=1
        )
        if company:  # who makes a company may enter it
            cls.env.user.sudo().company_ids += company
        else:
            company = cls.env["res.company"].create(
                {
                    "name": name,
                    "country_id": cls.env.ref("base.be").id,
                    "currency_id": cls.env.ref("base.EUR").id,
                }
            )
            cls.env["account.chart.template"].try_loading(cls.chart, company, install_demo=False)
        company.write(
            {
                "name": name,
                "vat": f"BE{number}",
                "company_registry": number,
                "currency_id": cls.env.ref("base.EUR").id,
            }
        )
        return company

    @classmethod
    def make_journal(cls, company, iban, **values):
        """Make a bank journal for an IBAN."""
        cls._journals_made = getattr(cls, "_journals_made", 0) + 1
        return (
            cls.env["account.journal"]
            .with_company(company)
            .create(
                {
                    "name": f"Bank {iban[-4:]}",
                    "code": f"CB{cls._journals_made}",
                    "type": "bank",
                    "company_id": company.id,
                    "bank_acc_number": iban,
                    **values,
                }
            )
        )

    @classmethod
    def make_rate(cls, currency, rate=1.0):
        """Make a rate of a currency; without any, its account waits."""
        return cls.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": date(2020, 1, 1), "rate": rate}
        )

    @classmethod
    def income_account(cls, company=None):
        """Return an income account of a company."""
        return cls.env["account.account"].search(
            [
                ("company_ids", "in", (company or cls.company).ids),
                ("account_type", "=", "income"),
            ],
            limit=1,
        )

    @classmethod
    def make_invoice(
        cls, partner, amount=121.0, *, move_type="out_invoice", company=None, **values
    ):
        """Make a draft invoice of one line without tax."""
        company = company or cls.company
        line = {
            "name": "Goods",
            "price_unit": amount,
            "tax_ids": [Command.clear()],
            "account_id": cls.income_account(company).id,
        }
        return (
            cls.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": move_type,
                    "partner_id": partner.id,
                    "invoice_date": date(2026, 1, 2),
                    "invoice_line_ids": [Command.create(line)],
                    **values,
                }
            )
        )

    def deliver(self, *statements, feed=None, files=("cod", "pdf", "xml"), **options):
        """Put a CODA file with these statements in a client's feed; return its index."""
        content = {
            "cod": write_coda(statements),
            "pdf": pdf(["Statement"]),
            "xml": b"<coda/>",
        }
        return self.sandbox.add_document(
            feed or self.client, "coda", {name: content[name] for name in files}, **options
        )

    def day(self, number, *movements, opening="0", month=1, **values):
        """Return the statement of one day of the company's account."""
        values = {"account": IBAN, "enterprise_number": NUMBER, **values}
        return statement(
            opening=opening,
            movements=movements,
            number=number,
            day=date(2026, month, number),
            opening_day=date(2026, month, max(number - 1, 1)),
            **values,
        )

    def break_off(self, kind, path, **options):
        """Arm a fault that outlasts the repetitions of one call, and strikes that call only."""
        self.sandbox.fail(kind, path=path, times=RETRIES + 1, **options)

    # -------------------------------------------------------------------------
    # Doing
    # -------------------------------------------------------------------------

    def receive(self, *statements, **options):
        """Deliver one file, let the night pass, and return its document."""
        index = self.deliver(*statements, **options)
        self.night()
        return self.document(index)

    def press(self, record, method, *arguments, user=None):
        """Call a method as the button of a user does, by default the plain accountant."""
        with self.as_user(user or self.accountant) as env:
            return getattr(env[record._name].browse(record.ids), method)(*arguments)

    def night(self):
        """The night comes: the connection is due, and the scheduled action runs."""
        self.connection.next_fetch = False
        self.run_job()
        self.assertFalse(self.sandbox.armed(), "a fault that the test armed never struck")

    def run_job(self, cron=None):
        """Run a scheduled action as Odoo does: again and again while it asks to go on at once.

        Odoo gives it some seconds a turn; how much fits in one depends on how busy the machine is.
        """
        for _turn in range(MANY_TURNS):
            with self.triggers(cron) as captured:
                self.run_turn(cron)
            if not captured.records.filtered(lambda t: t.call_at <= fields.Datetime.now()):
                return
        self.fail("the scheduled action never comes to an end")

    def run_turn(self, cron=None):
        """Run a scheduled action once, with its own commits."""
        with self.enter_registry_test_mode():
            (cron or self.cron).method_direct_trigger()

    def triggers(self, cron=None):
        """Capture when a scheduled action asks to be called."""
        domain = [("cron_id", "in", (cron or self.cron).ids)]
        return RecordCapturer(self.env["ir.cron.trigger"].sudo(), domain)

    @classmethod
    @contextmanager
    def as_user(cls, user):
        """Give an environment as a request of this user has it, with a cursor that may commit."""
        with cls.committing(), cls.registry.cursor() as cr:
            yield api.Environment(cr, user.id, {"allowed_company_ids": user.company_ids.ids})

    @classmethod
    @contextmanager
    def committing(cls):
        """Let what commits stay inside the transaction of the tests; also before the first one."""
        cls.env.flush_all()
        with ExitStack() as stack:
            if not cls._registry_patched:
                for part in cls._registry_test_mode_patches(cr=cls.cr, registry=cls.registry):
                    stack.enter_context(part)
                cls._registry_patched = True
                stack.callback(setattr, cls, "_registry_patched", False)
            yield
        cls.env.invalidate_all()

    @classmethod
    def map_client(cls, company=None, feed=None, book_from=False):
        """Say which company a client of the sandbox is; returns its feed here."""
        with cls.as_user(cls.env.ref("base.user_admin")) as env:
            connection = env["codabox.connection"].browse(cls.connection.id).sudo()
            connection.action_test()
        record = cls.feed(feed)
        record._confirm_company(company or cls.company)
        for kind in cls.connection._offered_kinds():
            cls.env["codabox.feed.kind"].sudo()._ensure(record, kind).book_from = book_from
        return record

    @classmethod
    def feed(cls, feed=None):
        """Return the record of a client of the sandbox."""
        return (
            cls.env["codabox.feed"]
            .sudo()
            .search(
                [
                    ("connection_id", "=", cls.connection.id),
                    ("remote_id", "=", feed or cls.client),
                ]
            )
        )

    def document(self, index, channel="feed"):
        """Return the document of an entry of the sandbox."""
        return (
            self.env["codabox.document"]
            .sudo()
            .search([("remote_index", "=", index), ("channel", "=", channel)])
        )

    def lines(self, journal=None):
        """Return the bank lines of a journal, oldest first."""
        return self.env["account.bank.statement.line"].search(
            [("journal_id", "=", (journal or self.journal).id)], order="internal_index"
        )

    def puts(self):
        """Return the entries that were confirmed to CodaBox, in order."""
        return [entry.feed_offset for entry in self.sandbox.log if entry.method == "PUT"]

    @contextmanager
    def rolled_back(self):
        """Do something in Odoo and at CodaBox, and take it back: one more case of the same test."""
        self.env.flush_all()
        offsets = {id: copy.deepcopy(feed.queues) for id, feed in self.sandbox.feeds.items()}
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()
            for id, queues in offsets.items():
                self.sandbox.feeds[id].queues = queues
            self.sandbox.clear_log()

    # -------------------------------------------------------------------------
    # Expecting
    # -------------------------------------------------------------------------

    def assert_state(self, document, state, code=False):
        """The document is in this state, for this reason, which can be read."""
        found = (document.state, document.reason_code)
        self.assertEqual(found, (state, code), document.reason)
        self.assertEqual(bool(document.reason), bool(code))

    def assert_books_agree(self, bank_statement):
        """A bank statement of Odoo adds up, line by line, and fits the one before."""
        self.assertTrue(bank_statement.is_complete, bank_statement.problem_description)
        self.assertTrue(bank_statement.is_valid, bank_statement.problem_description)
        balance = bank_statement.balance_start
        for line in bank_statement.line_ids.sorted("internal_index"):
            balance += line.amount
            self.assertAlmostEqual(line.running_balance, balance, places=2, msg=line.payment_ref)
        self.assertAlmostEqual(balance, bank_statement.balance_end_real, places=2)
