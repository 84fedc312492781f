"""World of the tests that order mandates: a client with accounts at two banks."""

from contextlib import contextmanager
from unittest.mock import patch

from .common import CodaboxCase

KBC, ING, BELFIUS = "BE83736123456715", "BE35310123456737", "BE14063123456783"
CLIENT_NUMBER = "0417497106"


class MandateCase(CodaboxCase):
    """A client of the office that CodaBox does not know yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls.make_client("Kapsalon Ann", CLIENT_NUMBER, ref="K100")
        cls.env["res.partner"].create(
            {
                "name": "Ann Peeters",
                "parent_id": cls.partner.id,
                "function": "bestuurder",
                "email": "ann@example.test",
            }
        )
        for iban in (KBC, ING):
            cls.add_account(cls.partner, iban)

    @classmethod
    def make_client(cls, name, number, **values):
        """Make a company that is a client of the office."""
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "company_registry": number,
                "country_id": cls.env.ref("base.be").id,
                "street": "Dorp 1",
                "zip": "9000",
                "city": "Gent",
                **values,
            }
        )

    @classmethod
    def add_account(cls, partner, iban, **values):
        """Give a client a bank account."""
        return cls.env["res.partner.bank"].create(
            {"partner_id": partner.id, "acc_number": iban, **values}
        )

    def open_order(self, partner, user=None):
        """Press *Order mandate* on a client; returns the order as the user sees it."""
        action = self.press(partner, "action_codabox_order_mandate", user=user)
        order = self.env[action["res_model"]].browse(action["res_id"])
        order = order.with_user(user or self.accountant).sudo()
        if "language" in order._fields and not order.language:
            order.write({"language": "nl"})
            order.filtered(
                lambda o: not o.representative_function
            ).representative_function = "bestuurder"
        return order

    def order(self, partner, *, secretariats=(), purchase_invoices=False, user=None):
        """Order everything for a client, up to the last button."""
        order = self.open_order(partner, user)
        order.account_ids.selected = True
        order.secretariat_ids = self.env["codabox.secretariat"].search(
            [("code", "in", secretariats)]
        )
        order.purchase_invoices = purchase_invoices
        self.press(order, "action_order", user=user)
        return order

    def mandates(self, partner=None):
        """Return all mandates of a client."""
        partner = partner or self.partner
        return self.env["codabox.mandate"].sudo().search([("partner_id", "=", partner.id)])

    def posts(self):
        """Return what was ordered at CodaBox, in order of arrival."""
        return [
            entry.path.rstrip("/").rpartition("/")[2]
            for entry in self.sandbox.log
            if entry.method == "POST"
        ]

    def lose_everything_after(self, service):
        """CodaBox carries out one order, and cannot be reached any more after it."""
        self.sandbox.fail("drop_after", method="POST", path=f"/{service}/$")
        find_fault = self.sandbox.take_fault

        def take_fault(*request):
            fault = find_fault(*request)
            if fault and fault.kind == "drop_after":
                self.sandbox.fail("drop", path="/clients/", times=None)
            return fault

        self.enterContext(patch.object(self.sandbox, "take_fault", take_fault))

    @contextmanager
    def fresh_world(self):
        """Begin with nothing ordered, here and at CodaBox."""
        with self.rolled_back():
            self.sandbox.reset("empty")
            yield
            self.sandbox.clear_faults()
        self.sandbox.reset("empty")
