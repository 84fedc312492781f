from odoo import api, fields, models


class CodaboxIgnoredAccount(models.Model):
    """An account of which a person said: its statements are kept and never booked.

    It answers the question "which journal?" for good; an account that has a journal is booked.
    Users read; they ignore through the wizard and lift through the button.
    """

    _name = "codabox.ignored.account"
    _description = "CodaBox ignored account"
    _order = "account, currency_code, id"
    _rec_name = "account"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    account = fields.Char(required=True, readonly=True)
    currency_code = fields.Char("Currency", required=True, readonly=True)
    holder = fields.Char("Account holder", readonly=True)
    reason = fields.Text("Why", required=True, readonly=True)
    create_uid = fields.Many2one("res.users", "Ignored by", readonly=True)
    create_date = fields.Datetime("Since", readonly=True)
    statement_count = fields.Integer("Kept statements", compute="_compute_statement_count")

    _account_unique = models.UniqueIndex("(company_id, account, currency_code)")

    def _compute_statement_count(self):
        for ignored in self:
            ignored.statement_count = len(ignored._statements())

    @api.model
    def _find(self, statement):
        """Return what ignores the account of a statement, empty when nothing does.

        :param codabox.statement statement: the statement.
        """
        return self.sudo().search(
            [
                ("company_id", "=", statement.company_id.id),
                ("account", "=", statement.account),
                ("currency_code", "=", statement.currency_code),
            ]
        )

    def _statements(self):
        """Return the statements that are kept for this account."""
        self.ensure_one()
        return self.env["codabox.statement"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("account", "=", self.account),
                ("currency_code", "=", self.currency_code),
                ("state", "=", "stored"),
                ("reason_code", "=", "ignored_account"),
            ]
        )

    def _facts(self):
        """Return the facts of the reason that this account gives."""
        self.ensure_one()
        return {
            "account": self.account,
            "user": self.create_uid.name,
            "date": str(self.create_date.date()),
            "reason": self.reason,
        }

    def action_lift(self):
        """Ask again: the kept statements of these accounts wait for a journal.

        :raise AccessError: for a user who is no accountant of the company.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        self.sudo()._lift()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _lift(self):
        """Forget these decisions and take the kept documents up again."""
        statements = self.env["codabox.statement"].union(*[i._statements() for i in self])
        documents = statements.document_id._lock()
        self.unlink()
        documents._in_order()._process()
        documents.feed_id._refresh_activity()

    def action_open_documents(self):
        """Open the documents that are kept for these accounts."""
        statements = self.env["codabox.statement"].union(*[i._statements() for i in self])
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_document_action"
        )
        return action | {"domain": [("id", "in", statements.document_id.ids)], "context": {}}
