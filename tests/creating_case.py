"""A client of the office that has no company yet, and who may have one made."""

from odoo import SUPERUSER_ID, fields

from .common import CodaboxCase
from .users_case import FormUsers

NEW_NUMBER = "0830003066"
# Of a bank that everybody knows, KBC; CodaBox gives the BIC beside it.
NEW_IBAN = "BE69733123456778"


def belgian_iban(bank, account):
    """Return the IBAN of an account of a bank, by its code of three digits."""
    digits = f"{bank:03}{account:07}"
    national = f"{digits}{int(digits) % 97 or 97:02}"
    return f"BE{98 - int(national + '111400') % 97:02}{national}"


class CreatingCase(FormUsers, CodaboxCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_form_user(
            "codabox_creates",
            "account.group_account_manager",
            "account_codabox.group_administrator",
            companies=cls.company,
        )
        cls.cron = cls.env.ref("account_codabox.ir_cron_fetch")
        cls.create_cron = cls.env.ref("account_codabox.ir_cron_create")
        cls.orders = cls.env["codabox.company.order"].sudo()

    def add_new(
        self, code="NEW", name="Nieuw BV", number=NEW_NUMBER, accounts=(NEW_IBAN,), **values
    ):
        """Add a client at CodaBox that is no company here."""
        number = number and f"BE{number}"
        return self.sandbox.add_client(
            code, name, enterprise_num=number, accounts=accounts, language="nl", **values
        )

    def see(self):
        """Have the clients listed as every night does."""
        self.press(self.connection, "action_test", user=self.manager)
        self.env.invalidate_all()

    def dialog(self, feeds, user=None, **values):
        """Open the dialog from the list of clients; return its id."""
        with self.as_user(user or self.manager) as env:
            action = env["codabox.feed"].browse(feeds.ids).action_create_company()
            wizard = env[action["res_model"]].browse(action["res_id"])
            wizard.write({"template_company_id": self.company.id, **values})
            return wizard.id

    def order(self, feeds, **values):
        """Answer the dialog without making anything yet; return the orders."""
        self.patch(type(self.orders), "_start", lambda orders: None)
        wizard = self.env["codabox.company.create"].browse(self.dialog(feeds, **values))
        self.press(wizard, "action_create_companies", user=self.manager)
        self.env.invalidate_all()
        return self.orders.search([("feed_id", "in", feeds.ids), ("state", "=", "todo")])

    def judge(self, order):
        """Make it as the job does, in the transaction of the test."""
        order.with_user(SUPERUSER_ID)._make_or_tell()
        self.env.invalidate_all()
        return order

    def today(self):
        return fields.Date.today()
