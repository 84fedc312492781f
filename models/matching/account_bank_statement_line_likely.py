from odoo import api, fields, models
from odoo.fields import Domain


class AccountBankStatementLine(models.Model):
    """What a line probably pays that names nothing: shown to a person, never matched by itself.

    Its partner is known (by account, mandate or enterprise number), and of that partner one
    invoice and no other is open with exactly that amount; or it names one invoice, and its amount is
    a part of it that the invoice itself says.
    """

    _inherit = "account.bank.statement.line"

    codabox_likely_id = fields.Many2one(
        "account.move",
        "Probably",
        compute="_compute_codabox_likely_id",
        help="The open invoice that this line probably pays. Not sure enough to be matched by itself: "
        "press Match and look.",
    )

    @api.depends("codabox_proposal_ids", "partner_id", "amount_residual", "is_reconciled")
    def _compute_codabox_likely_id(self):
        likely = self.filtered(
            lambda line: line.codabox_can_match and not line.codabox_proposal_ids
        )._codabox_likely_moves()
        for line in self:
            line.codabox_likely_id = likely.get(line.id, False)

    def _codabox_likely_moves(self):
        """Return line id -> the one open invoice of its partner and amount.

        A line that names what is open is no guess: what it names is offered by *Match*. Wages are
        paid by no invoice. The queries do not grow with the lines.

        :rtype: dict[int, account.move]
        """
        lines = self.filtered(lambda line: line.partner_id and not line._codabox_pays_wages())
        if not lines:
            return {}
        _moves, said = lines._codabox_said_numbers()
        domain = lines._codabox_open_invoice_domain(lines.company_id)
        partners = lines.partner_id.commercial_partner_id
        opens = self.env["account.move"].search(
            domain & Domain("commercial_partner_id", "in", partners.ids)
        )
        by_partner = opens.grouped("commercial_partner_id")
        likely = {}
        for line in lines:
            theirs = by_partner.get(line.partner_id.commercial_partner_id, opens.browse())
            texts = said.get(line, set()) | line._codabox_references()
            fits = theirs.filtered(
                lambda move, line=line: (
                    line._codabox_may_pay(move) and line._codabox_pays_exactly(move)
                )
            )
            named = theirs.filtered(lambda m, texts=texts: self._codabox_names_of(m) & texts)
            if len(fits) == 1 and not named - fits:
                likely[line.id] = fits
            elif (
                len(named) == 1
                and line._codabox_may_pay(named)
                and line._codabox_pays_a_part(named)
            ):
                likely[line.id] = named
        return likely

    def _codabox_pays_a_part(self, move):
        """Return whether the amount of this line is a part of an invoice that the invoice says."""
        self.ensure_one()
        return False
