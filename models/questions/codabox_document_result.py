from odoo import api, models
from odoo.tools import SQL


class CodaboxDocument(models.Model):
    """The drafts that a document became, whose questions are those of the document."""

    _inherit = "codabox.document"

    def _result_moves(self):
        # EXTENDS account_codabox
        return super()._result_moves() | self.invoice_id | self.payroll_ids.move_id

    @api.depends(
        "invoice_id.state",
        "invoice_id.codabox_has_flags",
        "payroll_ids.move_id.state",
        "payroll_ids.move_id.codabox_has_flags",
    )
    def _compute_to_decide(self):
        # EXTENDS account_codabox
        was_open = self._stored_to_decide()
        result = super()._compute_to_decide()
        self._recount_after(was_open.filtered(lambda document: not document.to_decide).feed_id)
        return result

    def _stored_to_decide(self):
        """Return those of these documents that are to be decided as the database has them."""
        table = SQL.identifier(self._table)
        query = SQL("SELECT id FROM %s WHERE to_decide AND id = ANY(%s)", table, self.ids)
        return self.browse(id_ for (id_,) in self.env.execute_query(query))

    def _recount_after(self, feeds):
        """Close the to-dos of clients, or count them anew, before this transaction ends.

        An answer has many doors: a posted draft, a tax, an account, an override.

        :param codabox.feed feeds: clients of documents of which a question was answered.
        """
        hook = self.env.cr.precommit
        if feeds and not hook.data.get("codabox_answered"):
            hook.add(self._recount_answered)
        hook.data.setdefault("codabox_answered", set()).update(feeds.ids)

    @api.model
    def _recount_answered(self):
        ids = self.env.cr.precommit.data.pop("codabox_answered", ())
        self.env["codabox.feed"].sudo().browse(ids).exists()._refresh_activity()
        self.env.flush_all()

    @api.model
    def _look_again(self, moves):
        """Have documents that became these drafts look whether something is to be decided.

        For scripts of `migrations/`, where a field is new and nothing was written.

        :param account.move moves: drafts.
        """
        payrolls = self.env["codabox.payroll"].search([("move_id", "in", moves.ids)])
        documents = payrolls.document_id | self.search([("invoice_id", "in", moves.ids)])
        self.env.add_to_compute(self._fields["to_decide"], documents)
