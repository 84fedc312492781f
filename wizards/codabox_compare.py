from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class CodaboxCompare(models.TransientModel):
    """Movements of a statement beside the bank lines that may be the same: adopt or book as new.

    Another version of a statement is shown in the same way, and answered as a whole. Entries typed directly on the bank account are shown too; nothing is done to them.
    """

    _name = "codabox.compare"
    _inherit = "codabox.dialog.mixin"
    _description = "Compare movements with what is in the books"

    statement_id = fields.Many2one("codabox.statement", required=True, readonly=True)
    document_id = fields.Many2one(related="statement_id.document_id")
    journal_id = fields.Many2one(related="statement_id.journal_id")
    currency_id = fields.Many2one("res.currency", readonly=True)
    line_ids = fields.One2many("codabox.compare.line", "wizard_id", "Movements")
    other_count = fields.Integer("Movements booked as new", readonly=True)
    other_statements = fields.Char(readonly=True, export_string_translation=False)
    is_overlap = fields.Boolean(readonly=True, export_string_translation=False)
    is_version = fields.Boolean(readonly=True, export_string_translation=False)
    can_add_details = fields.Boolean(readonly=True, export_string_translation=False)
    direct_item_ids = fields.Many2many(
        "account.move.line", string="Typed directly on the bank account", readonly=True
    )

    @api.model
    def _create_for(self, statement, parsed, pairs):
        """Return the wizard that shows these pairs.

        :param codabox.statement statement: the statement that waits.
        :param Statement parsed: what its file says.
        :param list pairs: of the values of a bank line to be, and the bank line that is there.
        :rtype: codabox.compare
        """
        lines = self.env["account.bank.statement.line"].union(*(line for _values, line in pairs))
        values_list = statement._prepare_lines(parsed, statement.journal_id)
        payments = statement._payments_of_values(values_list)
        return self.create(
            {
                "statement_id": statement.id,
                "currency_id": statement._account_currency().id,
                "other_count": max(len(values_list) - len(pairs), 0),
                "other_statements": ", ".join(lines.statement_id.mapped("name")),
                "is_overlap": any(lines.mapped("codabox_key")),
                **self._prepare_version(statement, parsed),
                "direct_item_ids": [Command.set(statement._direct_items(payments).ids)],
                "line_ids": [
                    Command.create(self._prepare_line(statement, *pair)) for pair in pairs
                ],
            }
        )

    @api.model
    def _prepare_version(self, statement, parsed):
        """Return what is shown of another version of a statement that is in the books.

        :param codabox.statement statement: the statement that waits.
        :param Statement parsed: what its file says.
        :rtype: dict
        """
        if statement.reason_code != "another_version":
            return {}
        return {
            "is_version": True,
            "other_count": 0,
            "can_add_details": bool(statement._lines_with_details(parsed)),
        }

    @api.model
    def _prepare_line(self, statement, values, line):
        """Return the values of one row.

        :param codabox.statement statement: the statement that waits.
        :param dict values: those of the bank line to be.
        :param account.bank.statement.line line: the bank line that is there.
        :rtype: dict
        """
        return {
            "movement": statement._suffix(values),
            "date": values["date"],
            "label": values["payment_ref"],
            "counterparty": values["partner_name"] or values["account_number"] or False,
            "amount": values["amount"],
            "line_id": line.id,
        }

    def action_adopt_all(self):
        """Take every bank line shown for the movement beside it."""
        self.line_ids.choice = "adopt"
        return self.action_confirm()

    def action_book_all(self):
        """Book every movement shown as new."""
        self.line_ids.choice = "new"
        return self.action_confirm()

    def action_confirm(self):
        """Book the statement as was chosen; what else of its document waits is asked next.

        :raise AccessError: when the user may not do this.
        :raise UserError: when there is nothing to compare any more, or a choice cannot be done.
        """
        document = self._checked()
        self.statement_id.sudo()._answer_known(
            {row.movement: (row.line_id.sudo(), row.choice == "adopt") for row in self.line_ids}
        )
        document.action_retry()
        document = document.sudo(False)
        if document.can_compare_known:
            return document.action_compare_known()
        return {"type": "ir.actions.act_window_close"}

    def action_keep_books(self):
        """Keep what is in the books; this statement is not booked, its file stays."""
        document = self._checked()
        self.statement_id.sudo()._keep_books()
        document.feed_id._refresh_activity()
        return {"type": "ir.actions.act_window_close"}

    def action_replace(self):
        """Take what is in the books out, and book this version.

        :raise UserError: when a line is matched or lies in a closed period.
        """
        return self._answer_version("_replace_version")

    def action_add_details(self):
        """Let the lines in the books stay, and add what this version says of them.

        :raise UserError: when the books have other lines.
        """
        return self._answer_version("_add_details")

    def action_book_both(self):
        """Book this statement too: it is other money."""
        return self._answer_version("_book_other")

    def _answer_version(self, answer):
        """Do what a person decided on another version of a statement.

        :param str answer: name of the method of the statement that does it.
        """
        document = self._checked()
        statement = self.statement_id.sudo()
        if statement.reason_code != "another_version" or not statement.conflict_id:
            raise UserError(self.env._("There is nothing to choose here any more."))
        statement.conflict_id.document_id._lock()
        getattr(statement, answer)()
        document.feed_id._refresh_activity()
        return {"type": "ir.actions.act_window_close"}

    def _checked(self):
        """Return the document with the rights to decide on it, locked.

        :raise UserError: when somebody decided meanwhile.
        """
        self.ensure_one()
        if self.statement_id.state != "waiting":
            raise UserError(self.env._("There is nothing to choose here any more."))
        return self.document_id._checked("can_compare_known")._lock()


class CodaboxCompareLine(models.TransientModel):
    """One movement, and the bank line that may be the same."""

    _name = "codabox.compare.line"
    _inherit = "codabox.dialog.mixin"
    _description = "Movement beside a bank line"
    _order = "id"

    wizard_id = fields.Many2one("codabox.compare", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    movement = fields.Char("Key", required=True, readonly=True, export_string_translation=False)
    date = fields.Date("Bank", readonly=True, help="When the bank booked it.")
    label = fields.Char("Movement", readonly=True)
    counterparty = fields.Char(readonly=True)
    amount = fields.Monetary(readonly=True)
    line_id = fields.Many2one(
        "account.bank.statement.line", required=True, readonly=True, ondelete="cascade"
    )
    line_date = fields.Date("Books", related="line_id.date", help="Its date in the books.")
    line_label = fields.Char("Line in the books", related="line_id.payment_ref")
    line_name = fields.Char("Name in the books", related="line_id.partner_name")
    line_amount = fields.Monetary("Amount in the books", related="line_id.amount")
    line_partner_id = fields.Many2one(related="line_id.partner_id")
    line_matched = fields.Boolean("Matched", related="line_id.is_reconciled")
    line_statement = fields.Char("On statement", related="line_id.statement_id.name")
    choice = fields.Selection(
        [("adopt", "The same: adopt"), ("new", "Another: book as new")],
        required=True,
        default="adopt",
    )

    def action_open_line(self):
        """Open the journal entry of the bank line beside this, in a tab of its own."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/odoo/account.move/{self.line_id.move_id.id}",
            "target": "new",
        }
