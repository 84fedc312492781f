from odoo import api, fields, models

from ...codabox import InvoiceNumbers

WHY = [
    ("reference", "Reference"),
    ("number", "Number in the text"),
    ("mandate", "Mandate"),
    ("wages", "Wages of that month"),
    ("amount", "Partner and amount"),
    ("part", "Part that the bill names"),
]


class AccountBankStatementLine(models.Model):
    """Why something is proposed for a line, in a word: what it says, or what only fits."""

    _inherit = "account.bank.statement.line"

    codabox_why = fields.Selection(
        WHY,
        "Proposed by",
        compute="_compute_codabox_why",
        help="What speaks for the proposed match, or for the probable one.",
    )

    @api.depends("codabox_proposal_ids", "codabox_likely_id")
    def _compute_codabox_why(self):
        for line in self:
            moves = line.codabox_proposal_ids or line.codabox_likely_id
            line.codabox_why = moves and line._codabox_why_of(moves)

    def _codabox_why_of(self, moves):
        """Return what speaks for what is proposed for this line, a key of ``WHY``.

        :param account.move moves: its proposed match, or its probable one.
        """
        self.ensure_one()
        if self.codabox_likely_id:
            return "amount" if self._codabox_pays_exactly(moves) else "part"
        names = set().union(*map(self._codabox_names_of, moves))
        return "reference" if names & self._codabox_references() else "number"

    def _codabox_says(self, moves):
        """Return whether the references or the words of this line name one of these."""
        self.ensure_one()
        names = set().union(*map(self._codabox_names_of, moves))
        texts = self._codabox_references() | InvoiceNumbers(names).named_in(
            self._codabox_said_text()
        )
        return bool(names & texts)
