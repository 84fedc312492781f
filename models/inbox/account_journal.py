from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...reasons import explain

ADMINISTRATOR = "account_codabox.group_administrator"


class AccountJournal(models.Model):
    _inherit = "account.journal"

    codabox_connected = fields.Boolean(compute="_compute_codabox_connected")

    def _compute_codabox_connected(self):
        feeds = self._codabox_feeds_by_company()
        for journal in self:
            journal.codabox_connected = journal.type == "bank" and journal.company_id in feeds

    def _codabox_feeds_by_company(self):
        """Return company -> the CodaBox clients that feed it."""
        groups = (
            self.env["codabox.feed"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "in", self.company_id.ids),
                    ("state", "=", "active"),
                    ("connection_id.state", "in", ("connected", "broken")),
                ],
                ["company_id"],
                ["id:recordset"],
            )
        )
        return dict(groups)

    def _get_journal_dashboard_data_batched(self):
        # EXTENDS account
        data = super()._get_journal_dashboard_data_batched()
        last = self._codabox_last_statements()
        todo = self._codabox_todo_by_company()
        # What a user may not do has no button: reading a card takes less than fetching.
        user = self.env.user
        may = user._codabox_is_accountant() or user.has_group(ADMINISTRATOR)
        for journal in self:
            data[journal.id]["codabox_may"] = may
        for journal in self.filtered("codabox_connected"):
            statement = last.get(journal.id, self.env["codabox.statement"])
            data[journal.id]["codabox"] = {
                "last_name": statement.name or "",
                "last_date": format_date(self.env, statement.closing_date),
                "todo": todo.get(journal.company_id.id, 0),
            }
        return data

    def _codabox_last_statements(self):
        """Return journal id -> its latest statement, movements or not."""
        statements = self.env["codabox.statement"].search(
            [("journal_id", "in", self.ids), ("state", "in", ("imported", "empty"))]
        )
        last = {}
        for statement in statements:  # latest first, by the order of the model
            last.setdefault(statement.journal_id.id, statement)
        return last

    def _codabox_todo_by_company(self):
        """Return company id -> number of bank statement documents that need a person."""
        groups = self.env["codabox.document"]._read_group(
            Domain([("company_id", "in", self.company_id.ids), ("kind", "=", "coda")])
            & self.env["codabox.document"]._open_domain(),
            ["company_id"],
            ["__count"],
        )
        return {company.id: count for company, count in groups}

    def action_codabox_fetch(self):
        """Fetch the documents of the company of this journal now.

        The connection may belong to the office, whose records an accountant of the client does
        not see: his right to keep this company's books is what counts.
        """
        self.ensure_one()
        self._codabox_require_books()
        feeds = self._codabox_feeds_by_company().get(self.company_id)
        if not feeds:
            raise UserError(explain(self.env, "not_connected"))
        connection = feeds.connection_id[:1]
        return connection.action_fetch(feeds.filtered(lambda f: f.connection_id == connection))

    def _codabox_require_books(self):
        """Refuse who does not keep the books of this journal; Odoo shows it to branches too.

        :raise AccessError: for who is no accountant, or not in the company of the journal.
        """
        self.check_access("read")
        self.env["codabox.connection"]._require_accountant()
        if not self.env.su and self.company_id - self.env.user.company_ids:
            raise AccessError(self.env._("You do not keep the books of this company."))

    def action_codabox_todo(self):
        """Open the bank statement documents of this company that need a person."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_document_action"
        )
        return action | {
            "domain": [("company_id", "=", self.company_id.id), ("kind", "=", "coda")],
            "context": {"search_default_todo": 1},
        }
