"""The world of the pages of rights: who there is, what there is of each company, and how it is asked."""

import json
import os
import textwrap
from difflib import unified_diff
from pathlib import Path

from odoo import Command, fields, models
from odoo.tests import HttpCase, new_test_user

from .common import IBAN, OTHER_IBAN
from .test_security import SecurityCase
from .users_case import FormUsers

DOCS = Path(__file__).parents[1] / "docs"
INVOICING = "account.group_account_invoice"
CLERK = (INVOICING, "account_codabox.group_accountant")
# Column of the page -> groups that Odoo's form of a user gives, and of which company.
ON_THE_FORM = {
    "employee A": ((), "A"),
    "invoicing A": ((INVOICING,), "A"),
    "accountant A": (CLERK, "A"),
    "accountant B": (CLERK, "B"),
    "accountant A+B": (CLERK, "AB"),
    "accountant of a branch of A": (CLERK, "branch"),
    "officer A": ((INVOICING, "account_codabox.group_mandate_officer"), "A"),
    "manager A": (("account.group_account_manager",), "A"),
    "payroll A, books A+B": ((*CLERK, "account_codabox.group_payroll"), "AB"),
    "CodaBox administrator A": (("account_codabox.group_administrator",), "A"),
    "administrator A": (("base.group_system",), "A"),
}  # fmt: skip
# Of whom nothing may be found anywhere, whatever the pages say, but what Odoo shows everybody.
OUTSIDERS = ("employee A", "portal", "portal of another client")
ADMINISTRATORS = ("CodaBox administrator A", "administrator A")
# What somebody is given against the rules below: user, the beginning of what -> the reason.
EXCEPTIONS = {
    ("accountant of a branch of A", "`account.journal`"): "Odoo shows a branch the journals of its parent",
    ("administrator A", "`res.company`"): "Odoo shows all companies to who makes them",
    ("employee A", "`res.company`"): "Odoo shows employees the settings of their company; none is secret",
    ("employee A", "`res.partner"): "Odoo shows partners and their accounts to employees",
    ("portal", "`res.partner`"): "of himself, as Odoo shows him",
    ("portal of another client", "`res.partner`"): "of himself, as Odoo shows him",
}  # fmt: skip
# What these tests have no record of: nobody reads the first, the others have no field that tells.
NOTHING = ("codabox.secret",)
MAGIC = (*models.MAGIC_COLUMNS, "display_name")
ACCOUNT = {"currency_code": "EUR", "account": "BE71096123456769"}


class RightsCase(SecurityCase, FormUsers, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {
                "name": "Bakkerij Jo Gent",
                "parent_id": cls.company.id,
                "country_id": cls.env.ref("base.be").id,
            }
        )
        companies = {"A": cls.company, "B": cls.other_company, "branch": cls.branch}
        companies["AB"] = cls.company + cls.other_company
        cls.users = {
            name: cls.make_form_user(
                f"rights {name}",
                *groups,
                companies=companies[where],
                payroll=cls.company if "payroll" in name else (),
            )
            for name, (groups, where) in ON_THE_FORM.items()
        }
        # In debug mode only, and by an invitation.
        for name, group in (
            ("read-only A", "account.group_account_readonly"),
            ("portal", "base.group_portal"),
            ("portal of another client", "base.group_portal"),
        ):
            cls.users[name] = new_test_user(
                cls.env, f"rights {name}", group, company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)], password=f"rights {name}",
            )  # fmt: skip
        cls.clients = cls.env["res.partner"].create([{"name": "Jo"}, {"name": "Piet"}])
        for name, client in zip(("portal", "portal of another client"), cls.clients, strict=True):
            cls.users[name].partner_id.parent_id = client

    def setUp(self):
        super().setUp()
        self.wrong = []
        connection = self.env["codabox.connection"].sudo()
        own = connection.create({"name": "B", "company_id": self.other_company.id})
        self.fill(self.company, self.connection, self.coda, self.soda, IBAN, self.clients[0])
        self.fill(self.other_company, own, self.other_coda, self.other_soda, OTHER_IBAN,
                  self.clients[1])  # fmt: skip
        self.mandate(self.connection, self.other_coda.feed_id, self.clients[1], OTHER_IBAN)
        of_branch = {"company_id": self.branch.id, **ACCOUNT}
        self.make("codabox.ignored.account", **of_branch, reason="Closed")
        self.make("codabox.gap", **of_branch, date_from="2026-01-01", date_to="2026-01-31")
        self.make("codabox.secretariat", code="X", name="Secretariat")
        self.make("codabox.company.order", feed_id=self.new_coda.feed_id.id, client_name="New",
                  ordered_by_id=self.env.uid, template_company_id=self.company.id,
                  book_from="2026-01-01")  # fmt: skip
        self.env.flush_all()

    def make(self, model, **values):
        return self.env[model].sudo().create(values)

    def fill(self, company, connection, coda, soda, iban, client):
        """Make of a company what the world of documents has none of."""
        of_company = {"company_id": company.id}
        self.env["codabox.audit"]._note("resolved", connection, company)
        self.make("codabox.soda.mapping", **of_company, source="X", code="620")
        self.make("codabox.soda.label", **of_company, code="620", name="Kwartaalding")
        self.make("codabox.ignored.account", **of_company, **ACCOUNT, reason="Closed")
        self.make("codabox.price", **of_company, service="coda", amount=2)
        self.make("codabox.gap", **of_company, **ACCOUNT, date_from="2026-01-01",
                  date_to="2026-01-31")  # fmt: skip
        self.make("codabox.sender.answer", **of_company, answer="addressee", sender="S", key="x")
        self.make("codabox.sending.consent", **of_company, text="Agreed",
                  given_by_id=self.env.uid, given_at=fields.Datetime.now())  # fmt: skip
        self.make("codabox.office", connection_id=connection.id, ref="x", name="Office")
        self.make("codabox.line.batch", **of_company, name="Matched")
        self.make("codabox.period.check", **of_company, kind="vat", date_from="2026-01-01",
                  date_to="2026-01-31")  # fmt: skip
        rule = self.make("codabox.rule", **of_company, name="Charges", code="80", account_code="6")
        accounts = self.env["account.account"].sudo().with_company(company)
        account = accounts.search([("company_ids", "in", company.ids)], limit=1)
        self.make("codabox.rule.account", **of_company, rule_id=rule.id, account_id=account.id)
        if not connection.function_ids:
            self.make("codabox.function", connection_id=connection.id, code="documents")
        self.make("codabox.stop", feed_id=coda.feed_id.id)
        self.mandate(connection, coda.feed_id, client, iban)
        self.payroll_entry(company, soda)
        self.questions(company, client)

    def questions(self, company, client):
        """Make questions to a client: about a bank line, and about one that pays wages."""
        contact = self.make("codabox.client.contact", company_id=company.id, partner_id=client.id)
        lines = self.env["account.bank.statement.line"].sudo()
        line = lines.search([("company_id", "=", company.id)], limit=1)
        for is_wages in (False, True):
            self.make("codabox.client.question", company_id=company.id, contact_id=contact.id,
                      line_id=line.id, kind="what", text="Peeters", is_wages=is_wages,
                      user_id=self.env.uid, asked_on=fields.Datetime.now())  # fmt: skip

    def mandate(self, connection, feed, client, iban):
        """Make a mandate that a client has to sign, of an office or of its own connection."""
        return self.make(
            "codabox.mandate", connection_id=connection.id, feed_id=feed.id, partner_id=client.id,
            client_ref=client.name, client_name=client.name, service="coda", bank_bic="BNAGBEBB",
            state="to_sign", raw_state="sent-client", state_date=fields.Datetime.now(),
            remote_id=f"{connection.id} {client.name}", signing_url="https://sign.example.test/",
            pdf=b"JVBERi0xLjQ=", account_ids=[Command.create({"iban": iban})],
        )  # fmt: skip

    def payroll_entry(self, company, soda):
        """Make the entry of a payroll, with a file that tells who earns what."""
        payroll = self.make("codabox.payroll", company_id=company.id, document_id=soda.id,
                            name="Payroll", content_hash="x")  # fmt: skip
        journal = company._codabox_payroll_journal()
        move = self.make("account.move", journal_id=journal.id, company_id=company.id)
        move.codabox_payroll_id = payroll
        payroll.move_id = move
        self.make("ir.attachment", name="payroll.pdf", raw=b"%PDF-1.4 wages", res_model=move._name,
                  res_id=move.id, company_id=company.id, codabox_payroll=True)  # fmt: skip

    # -------------------------------------------------------------------------
    # What there is
    # -------------------------------------------------------------------------

    def own_models(self):
        """Return the names of the models that this add-on brings."""
        return [
            name
            for name, model in sorted(self.registry.items())
            if model._original_module == "account_codabox" and not model._abstract
        ]

    def core_models(self):
        """Return the names of Odoo's models to which this add-on adds fields or methods."""
        return [
            name
            for name, model in sorted(self.registry.items())
            if model._original_module != "account_codabox"
            and not model._abstract
            and any(self.is_ours(field) for field in model._fields.values())
        ]

    def is_ours(self, field):
        """Return whether this add-on brings a field: not what Odoo adds to every model."""
        is_magic = field.inherited or field.name in MAGIC
        return "account_codabox" in field._modules and not is_magic

    def own_fields(self, model):
        """Return the names of the fields that this add-on brings to a model, by name."""
        return sorted(
            name for name, field in self.env[model]._fields.items() if self.is_ours(field)
        )

    def records(self, model):
        """Return a record of each owner that this world has of a model, by the name of the owner."""
        found = {}
        records = self.env[model].sudo().with_context(active_test=False)
        for record in records.search(self._worth(model), order="id"):
            found.setdefault(self.owner(record), record)
        if not found and model not in NOTHING:
            self.wrong.append(f"{model}: this world has none of it")
        return found

    def _worth(self, model):
        """Return which records of a model of Odoo have anything of ours."""
        companies = (self.company + self.other_company).ids
        return {
            "account.journal": [("company_id", "in", companies), ("type", "=", "bank")],
            "account.move": [("company_id", "in", companies)],
            "account.move.line": [("company_id", "in", companies)],
            "codabox.mandate": [("partner_id", "in", self.clients.ids)],
            "ir.attachment": [("codabox_payroll", "=", True)],
            "mail.activity": [("res_model", "=like", "codabox.%")],
            "res.company": [("id", "in", companies)],
            "res.partner": [("id", "in", self.clients.ids)],
            "res.users": [("id", "in", self.users["accountant A"].ids)],
        }.get(model, [])

    def owner(self, record):
        """Return whose a record is, in one word, and whether it tells who earns what."""
        names = {self.company: "A", self.other_company: "B", self.branch: "branch"}
        if record._name == "res.company":
            return names[record]
        whose = record
        if record._name in ("res.partner", "res.partner.bank", "res.users", "mail.activity"):
            return "all"
        if "document_id" in record and "company_id" not in record:
            whose = record.document_id
        client = record.client_company_id if "client_company_id" in record else record.browse()
        if client and client != record.company_id:
            # Of an office for its client: both see it.
            office = record.company_id
            return f"{names.get(office, 'none')} for {names.get(client, 'none')}"
        if "company_id" in whose:
            company = whose.company_id
        else:
            return "all"
        name = names.get(company, "none" if not company else "other")
        return name + self.about(whose)

    def about(self, record):
        """Return what a record is about besides its company: an entry of payroll names nobody."""
        if record._name == "account.move":
            return " payroll entry" if record.codabox_payroll_id else ""
        tells = {"codabox.payroll": "id", "codabox.soda.label": "id", "codabox.document": "is_closed",
                 "ir.attachment": "codabox_payroll",
                 "codabox.client.question": "is_wages"}.get(record._name)  # fmt: skip
        return " wages" if tells and record[tells] else ""

    # -------------------------------------------------------------------------
    # Asking
    # -------------------------------------------------------------------------

    def log_in(self, name):
        user = self.users[name]
        self.authenticate(user.login, user.login)
        self.context = {"allowed_company_ids": user.company_ids.ids}

    def call(self, model, method, *args):
        """Return what a call over HTTP gives whoever is logged in; ``None`` for an error."""
        return self.ask(model, method, *args).get("result")

    def ask(self, model, method, *args):
        """Return the whole answer to a call over HTTP of whoever is logged in."""
        kwargs = {"context": self.context} if getattr(self, "context", None) else {}
        body = {"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}}
        return self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(body),
            headers={"Content-Type": "application/json"},
        ).json()

    def refused(self, answer):
        """Return whether an answer says that this user may not."""
        return answer.get("error", {}).get("data", {}).get("name") in (
            "odoo.exceptions.AccessError",
            "odoo.http.SessionExpiredException",
        )

    # -------------------------------------------------------------------------
    # The pages
    # -------------------------------------------------------------------------

    def assert_page(self, name, now):
        """What is found is what is written; ``make rights`` writes it anew."""
        page = DOCS / name
        if os.environ.get("CODABOX_RIGHTS"):
            page.parent.mkdir(exist_ok=True)
            page.write_text(now, encoding="utf-8")
        before = page.read_text(encoding="utf-8") if page.exists() else ""
        changed = unified_diff(before.splitlines(), now.splitlines(), f"docs/{name}", "now", n=0)
        self.assertFalse(self.wrong, "\n".join(self.wrong))
        self.assertEqual(before, now, "\n".join(changed))

    def section(self, title, cells):
        """Return names by what each user is given of them.

        :param dict cells: name -> user -> owners of whom he is given it.
        """
        lines = {}
        for name, found in sorted(cells.items()):
            self.assert_allowed(f"{title} {name}", found)
            lines.setdefault(self._line(found), []).append(name)
        parts = [f"### {title}\n"]
        for line, names in lines.items():
            text = textwrap.fill(" ".join(f"`{n}`" for n in names), 116, break_on_hyphens=False,
                                 initial_indent="  ", subsequent_indent="  ")  # fmt: skip
            parts.append(f"* {line}:\n{text}")
        return "\n".join(parts) + "\n"

    def _line(self, found):
        """Return what each user is given in one line: those who are given the same together."""
        together = {}
        for user, owners in found.items():
            if owners:
                together.setdefault(", ".join(sorted(owners)), []).append(user)
        texts = [f"**{owners}** to {', '.join(users)}" for owners, users in together.items()]
        return "; ".join(texts) or "nobody"

    def assert_allowed(self, what, found):
        """Whatever the page says, some are never given some things."""
        for user, owners in found.items():
            wrong = [owner for owner in owners if not is_for(user, owner.strip("*"))]
            if wrong and not self.may_all_the_same(user, what):
                self.wrong.append(f"{what}: {user} is given what is of {wrong}")

    def may_all_the_same(self, user, what):
        """Return the reason why somebody is given something against the rule, if there is one."""
        reasons = (why for (who, begin), why in EXCEPTIONS.items()
                   if who == user and what.startswith(begin))  # fmt: skip
        return next(reasons, "")


def is_for(user, owner):
    """Return whether what has this owner is for this user: the rules that no page overrules."""
    words = owner.removeprefix("of ").split()
    if user in OUTSIDERS:
        return False
    if "wages" in words and not (user.startswith("payroll") and "A" in words):
        return False
    if "none" in words:
        return user in ADMINISTRATORS
    name = user.removeprefix("payroll A, books ")
    mine = {"branch"} if "branch" in name else {c for c in "AB" if c in name.split()[-1]}
    return "all" in words or bool(mine & set(words))
