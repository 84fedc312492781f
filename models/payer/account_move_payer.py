from odoo import api, fields, models

PRIVATE = "private"
QUESTIONS = ("expense_payer", "private_no_account")


class AccountMove(models.Model):
    """A bill or receipt that somebody paid with his own money."""

    _inherit = "account.move"

    codabox_paid_by = fields.Selection(
        selection_add=[(PRIVATE, "Private payment")], ondelete={PRIVATE: "set null"}
    )
    codabox_payer_id = fields.Many2one(
        "res.partner",
        "Paid by",
        copy=False,
        check_company=True,
        index="btree_not_null",
        help="Who paid it with his own money: the employee or the manager.",
    )
    codabox_payer_account_id = fields.Many2one(
        "account.account",
        "Owed on",
        copy=False,
        check_company=True,
        index="btree_not_null",
        help="The account of the employee, the current account of the manager (416 or 489), or the "
        "private account of a sole trader.",
    )

    @api.onchange("codabox_paid_by", "codabox_payer_id")
    def _onchange_codabox_paid_by(self):
        if self.codabox_paid_by != PRIVATE:
            self.codabox_payer_id = self.codabox_payer_account_id = False
            return
        usual = self._codabox_account_of_payer()
        if usual or not self.codabox_payer_account_id:
            account = usual or self.company_id._codabox_private_account(owed_to_him=True)
            self.codabox_payer_account_id = account.sudo(False)

    def _codabox_account_of_payer(self):
        """Return the account on which the last private payment of this person is owed."""
        if not self.codabox_payer_id:
            return self.env["account.account"]
        last = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("codabox_payer_id", "=", self.codabox_payer_id.id),
                ("codabox_payer_account_id", "!=", False),
                ("state", "=", "posted"),
            ],
            order="id desc",
            limit=1,
        )
        return last.codabox_payer_account_id

    # -------------------------------------------------------------------------
    # Asked
    # -------------------------------------------------------------------------

    def _codabox_live_flags(self):
        # EXTENDS account_codabox
        flags = super()._codabox_live_flags()
        answered = {f["code"] for f in self.sudo().codabox_flags or [] if f.get("overridden")}
        code = self._codabox_payer_question()
        if not code or code in answered:
            return flags
        return [*flags, {"code": code, "facts": {}, "blocking": True}]

    def _codabox_payer_question(self):
        """Return the code of what is not known about who paid this, ``""`` when nothing is asked."""
        if self.codabox_paid_by == PRIVATE:
            return "" if self.codabox_payer_account_id else "private_no_account"
        is_receipt = self.move_type == "in_receipt" and not self.codabox_paid_by
        return "expense_payer" if is_receipt and self._codabox_is_expense() else ""

    def _codabox_is_expense(self):
        return self.sudo().codabox_document_id.kind == "expense"

    def _codabox_flag_stands(self, flag):
        # EXTENDS account_codabox: asked anew each time; only that it was overridden is kept
        return flag["code"] not in QUESTIONS and super()._codabox_flag_stands(flag)

    def _codabox_flag_depends(self):
        # EXTENDS account_codabox
        names = ["codabox_paid_by", "codabox_payer_account_id", "codabox_document_id"]
        return [*super()._codabox_flag_depends(), *names]
