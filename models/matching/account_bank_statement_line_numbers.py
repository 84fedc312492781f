from odoo import api, models
from odoo.fields import Domain

from ...codabox import InvoiceNumbers


class AccountBankStatementLine(models.Model):
    """Customers write the number of an invoice in the text, as they see fit.

    What is open is asked once for all lines and indexed by company, so that neither queries nor
    time grow with lines times invoices.
    """

    _inherit = "account.bank.statement.line"

    def _codabox_said_text(self):
        """Return the words of this line, in which a number may stand.

        :rtype: str
        """
        self.ensure_one()
        details = self.transaction_details if self.codabox_key else None
        details = details if isinstance(details, dict) else {}
        structured = details.get("structured")
        said = [
            self.payment_ref,
            details.get("communication"),
            details.get("end_to_end_id"),
            *(structured.values() if isinstance(structured, dict) else ()),
        ]
        return "\n".join(dict.fromkeys(text for text in said if text and isinstance(text, str)))

    def _codabox_said_numbers(self):
        """Return what is open and line -> the numbers and references of it that its text names.

        As they stand on the invoice or payment.

        :rtype: tuple[account.move, dict[account.bank.statement.line, set[str]]]
        """
        texts = {line: line._codabox_said_text() for line in self}
        texts = {line: text for line, text in texts.items() if any(char.isdigit() for char in text)}
        if not texts:
            return self.env["account.move"], {}
        moves = self._codabox_open_moves(self.company_id, self.journal_id)
        names = [(move.company_id, self._codabox_names_of(move)) for move in moves]
        indexes = {
            company: InvoiceNumbers(
                name
                for owner, theirs in names
                if company in owner.sudo().parent_ids
                for name in theirs
            )
            for company in self.company_id
        }
        said = {line: indexes[line.company_id].named_in(text) for line, text in texts.items()}
        return moves, said

    @api.model
    def _codabox_open_moves(self, companies, journals):
        """Return all that lines of these companies and journals may pay.

        :param res.company companies: those of the lines.
        :param account.journal journals: those of the lines.
        """
        domain = self._codabox_open_invoice_domain(companies)
        return self.env["account.move"].search_fetch(
            domain & Domain("payment_state", "!=", "blocked"),
            ["name", "payment_reference", "ref", "company_id", "move_type", "origin_payment_id"],
        )

    @api.model
    def _codabox_told_apart(self, moves, texts):
        """Return whether each of these moves of one partner is named by texts of its own.

        A reference that two of them carry says nothing, even if one amount fits or the sum does.

        :param set texts: what the line names, as ``_codabox_names`` takes them.
        """
        if len(moves) == 1:
            return True
        own = [self._codabox_names_of(move) & texts for move in moves]
        every = set().union(*own)
        index = InvoiceNumbers(every)
        return (
            len(moves.commercial_partner_id) == 1
            and len(every) == sum(map(len, own))
            and all(index.named_in(name) <= names for names in own for name in names)
        )

    def _codabox_says_other_way(self, moves, numbers):
        """Return whether the text also names an invoice or credit note of the other direction.

        Then the line pays what is left of both, and a person has to look.
        """
        self.ensure_one()
        amount, _currency = self._codabox_open_amount()
        return any(
            move.name in numbers
            and move.is_invoice(True)
            and self.company_id in move.company_id.sudo().parent_ids
            and move.is_inbound() != (amount > 0)
            for move in moves
        )
