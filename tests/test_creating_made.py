"""The company that is made: what it has of CodaBox, what of the company it is like, and what not."""

from odoo import SUPERUSER_ID, Command
from odoo.tests import tagged

from .common import credit, date
from .creating_case import NEW_IBAN, NEW_NUMBER, CreatingCase, belgian_iban

ING_IBAN = belgian_iban(363, 1234567)


@tagged("-at_install", "post_install")
class TestCreatingMade(CreatingCase):
    """One company with the Belgian chart, made once for all of these tests."""

    chart = "be_comp"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.responsible = cls.make_form_user(
            "codabox_responsible", "account_codabox.group_accountant", companies=cls.company
        )
        cls.furnish(cls.company)
        cls.partner = cls.env["res.partner"].create(
            {"name": "Nieuw", "vat": f"BE{NEW_NUMBER}", "is_company": True, "phone": "09 123 45 67"}
        )
        feed = cls.env["codabox.feed"].sudo().create(
            {
                "connection_id": cls.connection.id,
                "remote_id": 777,
                "name": "Nieuw BV",
                "enterprise_number": f"BE{NEW_NUMBER}",
                "client_ref": "new",
                "known_facts": {
                    "name": "Nieuw BV",
                    "street": "Veldstraat 1",
                    "zip": "B-9000",
                    "city": "Gent",
                    "language": "nl",
                    "accounts": [
                        {"iban": NEW_IBAN, "bic": "KREDBEBB", "state": "active", "currencies": ["EUR"]},
                        {"iban": ING_IBAN, "bic": "BBRUBEBB", "state": "active", "currencies": ["EUR", "USD"]},
                    ],
                },
            }
        )  # fmt: skip
        cls.env.ref("base.USD").active = True
        cls.connection.sudo().allowed_formats = {"coda": ["cod"], "soda": ["xml"]}
        order = cls.orders.with_user(cls.manager).sudo()._order_for(
            feed,
            {
                "ordered_by_id": cls.manager.id,
                "template_company_id": cls.company.id,
                "user_id": cls.responsible.id,
                "fiscalyear_last_day": 30,
                "fiscalyear_last_month": "6",
                "book_from": date(2026, 1, 1),
                "closed_until": date(2025, 12, 31),
                "vat_period": "quarter",
            },
        )  # fmt: skip
        order.with_user(SUPERUSER_ID)._make_or_tell()
        cls.order_made, cls.new_feed = order, feed
        cls.made = order.company_id
        assert order.state == "done", order.reason

    @classmethod
    def furnish(cls, company):
        """The company it is like, as its accountant keeps it."""
        charts = cls.env["account.chart.template"].with_company(company)
        charts.ref("sale").write({"name": "Verkopen", "code": "VERK"})
        cls.env["account.journal"].create(
            {"name": "Kas", "code": "KAS", "type": "cash", "company_id": company.id}
        )
        cls.env["account.journal"].create(
            {"name": "Lonen", "code": "LONEN", "type": "general", "company_id": company.id}
        )
        cls.taxes = charts.ref("attn_VAT-OUT-12-L")
        cls.taxes.active = False
        company.codabox_vat_regime = "mixed"
        company.fiscalyear_lock_date = date(2024, 12, 31)
        company.codabox_soda_journal_id = cls.env["account.journal"].search(
            [("code", "=", "LONEN"), ("company_id", "=", company.id)]
        )
        wages = charts.env["account.account"].search(
            [("company_ids", "=", company.id), ("code", "=", "620200")], limit=1
        )
        own = charts.env["account.account"].create(
            {
                "code": "620777",
                "name": "Loon van Jan",
                "account_type": "expense",
                "company_ids": [Command.set(company.ids)],
            }
        )
        cls.env["codabox.soda.mapping"].create(
            [
                {
                    "company_id": company.id,
                    "source": "Group S",
                    "code": code,
                    "account_id": account.id,
                }
                for code, account in (("6202", wages), ("6207", own))
            ]
        )
        rule = {"company_id": company.id, "account_code": "657000", "sign": "out"}
        rules = cls.env["codabox.rule"].sudo().create(
            [
                {**rule, "name": "Charges", "code": "80"},
                {**rule, "name": "Rent of Jan", "text": "Jan"},
                {**rule, "name": "Rent", "account_number": "BE68539007547034"},
            ]
        )  # fmt: skip
        rules.write({"state": "on", "switched_by_id": cls.env.uid})

    def journals(self, company=None):
        company = company or self.made
        return self.env["account.journal"].sudo().search([("company_id", "=", company.id)])

    def test_it_has_what_codabox_knows_and_the_partner_that_the_office_had(self):
        self.assertEqual(self.made.partner_id, self.partner)
        found = self.made.read(["name", "street", "zip", "city", "company_registry", "phone"])[0]
        found.pop("id")
        self.assertEqual(
            found,
            {
                "name": "Nieuw",
                "street": "Veldstraat 1",
                "zip": "9000",
                "city": "Gent",
                "company_registry": NEW_NUMBER,
                "phone": "09 123 45 67",
            },
            "what the office wrote stays",
        )
        self.assertEqual(self.made.country_id.code, "BE")

    def test_each_account_and_currency_has_a_journal_named_by_its_bank(self):
        banks = self.journals().filtered(lambda j: j.type == "bank").sorted("id")
        self.assertEqual(
            banks.mapped("name"),
            [
                "KBC BE69 7331 2345 6778",
                f"ING {' '.join(ING_IBAN[at : at + 4] for at in range(0, 16, 4))}",
                f"ING {' '.join(ING_IBAN[at : at + 4] for at in range(0, 16, 4))} USD",
            ],
        )
        self.assertEqual(banks.mapped("bank_account_id.bank_id.name"), ["KBC", "ING"])
        self.assertEqual(banks.mapped("currency_id.name"), ["USD"])
        self.assertEqual(len(set(banks.default_account_id.mapped("name"))), 3)

    def test_chart_journals_taxes_and_settings_are_like_those_of_the_other_company(self):
        self.assertEqual(self.made.chart_template, "be_comp")
        accounts = self.env["account.account"].with_user(self.manager).sudo()
        theirs, ours = (
            accounts.search_count(
                [("company_ids", "in", company.ids), ("account_type", "=", "expense")]
            )
            for company in (self.company, self.made)
        )
        self.assertEqual(theirs - 1, ours, "all but the one that is beside the chart, loaded once")
        found = {journal.code: journal.name for journal in self.journals()}
        self.assertEqual(
            (found["VERK"], found["KAS"], found["LONEN"]), ("Verkopen", "Kas", "Lonen")
        )
        charts = self.env["account.chart.template"].sudo().with_user(SUPERUSER_ID)
        tax = charts.with_company(self.made).ref("attn_VAT-OUT-12-L")
        self.assertFalse(tax.active)
        self.assertEqual(self.made.codabox_vat_regime, "mixed")
        self.assertEqual(self.made.codabox_soda_journal_id.code, "LONEN")
        self.assertEqual(self.made.codabox_soda_journal_id.company_id, self.made)

    def test_book_year_and_lock_are_those_that_were_asked(self):
        self.assertEqual(
            (self.made.fiscalyear_last_day, self.made.fiscalyear_last_month), (30, "6")
        )
        self.assertEqual(str(self.made.fiscalyear_lock_date), "2025-12-31")
        self.assertEqual(self.made.codabox_vat_period, "quarter")
        self.assertEqual(set(map(str, self.new_feed.kind_ids.mapped("book_from"))), {"2026-01-01"})

    def test_mapping_and_rules_come_by_number_of_account_and_name_nobody(self):
        rows = self.env["codabox.soda.mapping"].sudo().search([("company_id", "=", self.made.id)])
        self.assertEqual(rows.mapped("code"), ["6202"])
        self.assertEqual(rows.account_id.company_ids, self.made)
        rules = self.env["codabox.rule"].sudo().search([("company_id", "=", self.made.id)])
        self.assertEqual(rules.mapped("name"), ["Charges"])
        self.assertEqual(rules.state, "proposal", "it is tried here before it books")
        notes = self.order_made.notes_text
        self.assertIn("620777", notes)
        self.assertNotIn("Jan", notes)

    def test_who_ordered_it_and_the_responsible_may_enter_it_and_nobody_else(self):
        users = self.env["res.users"].sudo().with_context(active_test=False)
        inside = users.search([("company_ids", "in", self.made.ids)])
        self.assertEqual(inside - self.env.ref("base.user_root"), self.manager + self.responsible)
        self.assertFalse(self.made.sudo()._codabox_payroll_readers())
        self.assertEqual(self.new_feed.user_id, self.responsible)
        log = self.env["codabox.audit"].sudo().search([("action", "=", "company_made")])
        self.assertEqual((log.user_id, log.company_id), (self.manager, self.made))

    def test_the_client_is_this_company_and_the_others_are_what_they_were(self):
        self.assertEqual((self.new_feed.company_id, self.new_feed.state), (self.made, "active"))
        self.assertEqual(str(self.company.fiscalyear_lock_date), "2024-12-31")
        codes = {note["code"] for note in self.order_made.notes}
        self.assertEqual(codes - {"create_language"}, {"create_accounts_missing"})

    def test_its_statement_is_booked_as_any_other(self):
        feed = self.add_new(feed_id=777, client_id="new")
        day = self.day(15, credit("10"), account=NEW_IBAN, enterprise_number=NEW_NUMBER)
        index = self.deliver(day, feed=feed)
        self.night()
        self.assert_state(self.document(index), "imported")
        lines = self.env["account.bank.statement.line"].sudo()
        line = lines.search([("company_id", "=", self.made.id)])
        self.assertEqual(line.journal_id.name, "KBC BE69 7331 2345 6778")
