"""What is ticked at the top right is a filter: it changes nothing of what a user may see."""

from odoo import Command
from odoo.tests import new_test_user, tagged

from .test_security import SecurityCase

# Each zip says when it was made.
NEVER_THE_SAME = {"archive"}
# What a connection is, and not its clients: it has one company, the office.
NO_CLIENT = {"codabox.connection", "codabox.function", "codabox.office"}
OWNERS = ("client_company_id", "company_id")


@tagged("-at_install", "post_install")
class TestCompaniesTicked(SecurityCase):
    """An accountant of two companies, as the form of Odoo makes him, who ticks one of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.company + cls.other_company
        cls.office_accountant = new_test_user(
            cls.env,
            "codabox_office_accountant",
            "account.group_account_manager,account_codabox.group_payroll",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.both.ids)],
            codabox_payroll_company_ids=[Command.set(cls.both.ids)],
        )

    def setUp(self):
        super().setUp()
        for document in self.coda + self.other_coda:
            self._fill(document.company_id, document)

    def _fill(self, company, document):
        """Give a company a record of each model that the nights of these tests do not bring."""
        env = self.env(su=True)
        statement = document.statement_ids
        account = {"company_id": company.id, "account": "BE1", "currency_code": "EUR"}
        env["codabox.ignored.account"].create({**account, "reason": "Private"})
        answer = {"company_id": company.id, "answer": "addressee", "sender": "S", "key": "s"}
        env["codabox.sender.answer"].create(answer)
        env["codabox.gap"].create(
            {
                **account,
                "journal_id": statement.journal_id.id,
                "after_id": statement.id,
                "date_from": "2026-01-01",
                "date_to": "2026-01-02",
            }
        )
        chart = env["account.account"].with_company(company)
        expense = chart.search(
            [("company_ids", "in", company.ids), ("account_type", "=", "expense")], limit=1
        )
        rule = env["codabox.rule"].create(
            {"name": "Charges", "company_id": company.id, "account_code": expense.code}
        )
        rule_account = {"rule_id": rule.id, "company_id": company.id, "account_id": expense.id}
        env["codabox.rule.account"].create(rule_account)
        env["codabox.line.batch"].create({"name": "Match", "company_id": company.id})
        mapping = {"company_id": company.id, "source": "Acerta"}
        env["codabox.soda.mapping"].create(
            [
                {**mapping, "code": "625", "account_id": expense.id},
                {**mapping, "code": expense.code},
            ]
        )
        env["codabox.soda.label"].create({**mapping, "code": "625", "name": "Kwartaalding"})
        env["codabox.price"].create({"company_id": company.id, "service": "coda", "amount": 2})
        env["codabox.period.check"].create(
            {
                "company_id": company.id,
                "kind": "vat",
                "date_from": "2026-01-01",
                "date_to": "2026-01-31",
            }
        )
        contact = env["codabox.client.contact"].create(
            {"company_id": company.id, "partner_id": company.partner_id.id}
        )
        env["codabox.client.question"].create(
            {
                "company_id": company.id,
                "contact_id": contact.id,
                "line_id": statement.bank_statement_id.line_ids[:1].id,
                "kind": "what",
                "user_id": self.env.uid,
                "asked_on": "2026-01-01",
            }
        )
        env["codabox.sending.consent"].create(
            {
                "company_id": company.id,
                "text": "Yes",
                "given_by_id": self.env.uid,
                "given_at": "2026-01-01",
            }
        )
        env["codabox.payroll"].create(
            {
                "name": "Payroll",
                "document_id": (document.feed_id.document_ids - document)[:1].id,
                "company_id": company.id,
                "content_hash": "0",
            }
        )

    def _ticked(self, companies, name):
        """Return a model as the accountant has it who ticked these companies."""
        self.env.invalidate_all()
        return (
            self.env[name]
            .with_user(self.office_accountant)
            .with_context(allowed_company_ids=companies.ids)
        )

    def _own_models(self):
        for name, model in self.env.items():
            is_own = name.startswith("codabox.") and not model._abstract and not model._transient
            if is_own and self._ticked(self.both, name).has_access("read"):
                yield name

    def test_what_is_found_is_the_same_whatever_is_ticked(self):
        for name in self._own_models():
            everything = self._ticked(self.both, name).search([]).ids
            for companies in (self.company, self.other_company):
                with self.subTest(name, ticked=companies.name):
                    self.assertEqual(self._ticked(companies, name).search([]).ids, everything)

    def test_what_is_read_is_the_same_whatever_is_ticked(self):
        for name in self._own_models():
            model = self._ticked(self.both, name)
            fields = sorted(set(model.fields_get(attributes=[])) - NEVER_THE_SAME)
            everything = model.search([]).read(fields)
            for companies in (self.company, self.other_company):
                model = self._ticked(companies, name)
                for values in everything:
                    with self.subTest(name, ticked=companies.name, id=values["id"]):
                        [found] = model.browse(values["id"]).read(fields)
                        self.assertEqual(self._ids(model, found), self._ids(model, values))

    def _ids(self, model, values):
        """Return values without names of accounts: Odoo numbers those in the current company.

        Our lists show ``account_text`` instead, which is compared.
        """
        accounts = {n for n, f in model._fields.items() if f.comodel_name == "account.account"}
        return {n: v and v[0] if n in accounts else v for n, v in values.items()}

    def test_this_world_has_records_of_both_companies_in_each_model(self):
        for name in set(self._own_models()) - NO_CLIENT:
            owner = next((f for f in OWNERS if f in self.env[name]), None)
            with self.subTest(name):
                found = self._ticked(self.both, name).search([])
                self.assertLessEqual(self.both, found[owner] if owner else self.both)
