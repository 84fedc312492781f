"""The entry of a payroll is made with fewer questions; what is in the books is the same."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..codabox import entry_totals, parse_soda
from ..models.statement.account_fast_booking import in_one_batch
from .rows_case import RowsCase
from .soda_common import GROSS, NET, TAX, SodaCase, credit, debit

COMPUTED_BY_ODOO = ("currency_id", "amount_currency")


@tagged("-at_install", "post_install")
class TestSodaFast(SodaCase, RowsCase):
    def prepared(self):
        """Return the values of an entry with all that a payroll may have in it."""
        plan = self.env["account.analytic.plan"].create({"name": "Shops"})
        shop = self.env["account.analytic.account"].create({"name": "Shop", "plan_id": plan.id})
        rows = self.map_codes({GROSS: GROSS, TAX: TAX})
        rows[0].analytic_distribution = {str(shop.id): 100}
        # The chart may give an account taxes: a payroll has none.
        self.account(GROSS).tax_ids = self.env["account.tax"].search(
            [("company_id", "=", self.company.id), ("type_tax_use", "=", "purchase")], limit=1
        )
        document = self.receive_soda(
            self.month(
                debit(GROSS, "100.10", "Gross"),
                debit(GROSS, "-20.05", "Gross", period="202512"),
                credit(TAX, "30.02", "Tax"),
                credit(NET, "50.00", "Net"),
            )
        )
        (entry,) = parse_soda(
            document.file_ids.filtered(lambda f: f.format == "xml")._raw()
        ).entries
        payroll = document.payroll_ids.with_company(self.company)
        return lambda: payroll.sudo()._prepare_move(entry, entry_totals(entry))

    def test_a_batch_makes_the_same_rows_as_odoo_alone(self):
        values = self.prepared()
        as_told = values()
        for _command, _id, item in as_told["line_ids"]:
            for name in COMPUTED_BY_ODOO:
                del item[name]
        plain = self.env["account.move"].sudo().create(as_told)
        self.env.flush_all()
        model = in_one_batch(self.env["account.move"].sudo())
        fast = model.create(values())
        model.env.flush_all()
        self.env.invalidate_all()
        fast = fast.with_env(plain.env)
        self.assertEqual(len(fast.line_ids), 5)
        journal = plain.journal_id
        for get in (lambda move: move, lambda move: move.line_ids.sorted("id")):
            left, right = self.rows(get(plain), journal), self.rows(get(fast), journal)
            for one, other in zip(left, right, strict=True):
                self.assertEqual(one, other)

    def test_an_account_of_another_company_is_refused_in_a_batch_too(self):
        values = self.prepared()()
        values["line_ids"][-1][2]["account_id"] = self.account(NET, self.other_company).id
        model = in_one_batch(self.env["account.move"].sudo())
        with self.assertRaisesRegex(UserError, "belongs to company|incompatible|belong to"):
            model.create(values)
