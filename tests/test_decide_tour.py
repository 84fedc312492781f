"""In the browser: an accountant as Odoo's form makes him decides bills one after the other."""

from odoo.tests import HttpCase, tagged

from ..codabox.sandbox import pdf
from .bill_case import BillCase, line, zero
from .users_case import FormUsers


@tagged("-at_install", "post_install")
class TestDecideTour(BillCase, FormUsers, HttpCase):
    def test_a_bill_takes_five_clicks_and_the_next_one_two(self):
        user = self.make_form_user(
            "codabox_five_clicks",
            "account.group_account_invoice",
            "account_codabox.group_accountant",
            companies=self.company,
        )
        moves = self.env["account.move"]
        for number in ("N-1", "N-2"):
            move = self.import_bill(line("Roof", "100.00", zero("AE", "45")), number=number)
            self.env["ir.attachment"].create(
                {
                    "name": f"{number}.pdf",
                    "raw": pdf([number]),
                    "res_model": "account.move",
                    "res_id": move.id,
                }
            )
            moves |= move
        self.start_tour(
            "/odoo/action-account.action_move_in_invoice",
            "account_codabox_decide",
            login=user.login,
        )
        self.env.invalidate_all()
        self.assertEqual(set(moves.mapped("state")), {"posted"})
        self.assertEqual(
            [move.invoice_line_ids.tax_ids.name for move in moves], ["21% S.Cocont", "6% S.Cocont"]
        )
