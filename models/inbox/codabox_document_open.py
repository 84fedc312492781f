from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.sql import column_exists, create_column, table_exists


class CodaboxDocument(models.Model):
    """A document that is in the books as a draft with an open question is not done.

    Its state stays *imported*, which undo, copies and chains ask for. Whether a person still has to
    decide stands beside it, and follows the draft whoever answers there (``codabox_has_flags``).
    """

    _inherit = "codabox.document"

    to_decide = fields.Boolean(
        "Imported, to decide", compute="_compute_to_decide", store=True, compute_sudo=True
    )
    shown_state = fields.Selection(
        selection="_selection_shown_state", string="Status", compute="_compute_shown_state"
    )

    shown_reason = fields.Text(
        "Why",
        compute="_compute_shown_reason",
        help="The reason of the state, or what the draft asks.",
    )

    reason_line = fields.Char(
        "Why, on one line",
        compute="_compute_shown_reason",
        help="For lists, which show the whole of it when one points at it.",
    )

    def _auto_init(self):
        # An inbox has hundreds of thousands of documents: where this is new, a script in
        # `migrations/` looks at those with a draft only.
        is_there = table_exists(self.env.cr, self._table)
        if is_there and not column_exists(self.env.cr, self._table, "to_decide"):
            create_column(self.env.cr, self._table, "to_decide", "boolean")
        return super()._auto_init()

    def _selection_shown_state(self):
        """Return the states, and the one that a person sees between two of them."""
        states = self._fields["state"]._description_selection(self.env)
        place = [name for name, _label in states].index("imported")
        return [*states[:place], ("to_decide", self.env._("Imported, to decide")), *states[place:]]

    def _result_moves(self):
        """Return the entries that these documents became. To be extended by kinds.

        :rtype: account.move
        """
        return self.env["account.move"]

    @api.depends("state")
    def _compute_to_decide(self):
        for document in self:
            document.to_decide = document.state == "imported" and any(
                move.state == "draft" and move.codabox_has_flags
                for move in document._result_moves()
            )

    @api.depends("state", "to_decide")
    def _compute_shown_state(self):
        for document in self:
            document.shown_state = "to_decide" if document.to_decide else document.state

    @api.depends("to_decide", "reason_code", "reason_facts")
    @api.depends_context("lang", "uid")
    def _compute_shown_reason(self):
        for document in self:
            asking = document.sudo().filtered("to_decide")
            texts = asking._result_moves().mapped("codabox_flag_text")
            document.shown_reason = "\n".join(filter(None, [document.reason, *texts])) or False
            document.reason_line = " ".join((document.shown_reason or "").split()) or False

    @api.model
    def _open_domain(self):
        """Return the domain of documents that need a person: the filter and each count *To do*.

        :rtype: Domain
        """
        return Domain("state", "in", ("waiting", "failed")) | Domain("to_decide", "=", True)

    def _is_open(self):
        """Return whether this document needs a person, as ``_open_domain``."""
        return self.state in ("waiting", "failed") or self.to_decide
