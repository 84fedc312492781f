from odoo import api, models
from odoo.fields import Domain

from ...codabox import same_debit, says_another_number


class AccountBankStatementLine(models.Model):
    """A direct debit names its bill by creditor and mandate, and a collection of ours its invoice.

    A mandate is of many bills, so it says something only where one bill of it is open, none waits as
    a draft, and no other open line of the mandate may be meant. What the words of the line name
    comes first.
    """

    _inherit = "account.bank.statement.line"

    def _codabox_debit(self):
        """Return what the bank says of a direct debit: creditor and mandate, empty of others.

        :rtype: tuple[str, str]
        """
        self.ensure_one()
        details = self.transaction_details if self.codabox_key else None
        details = details if isinstance(details, dict) else {}
        return details.get("creditor_id") or "", details.get("mandate") or ""

    def _codabox_agrees_on_debit(self, move):
        """Return what line and invoice agree on: ``both``, ``mandate`` or nothing.

        :rtype: str
        """
        theirs = (move.codabox_debit_creditor or "", move.codabox_debit_mandate or "")
        return same_debit(self._codabox_debit(), theirs)

    def _codabox_names(self, move, texts):
        # EXTENDS account_codabox: creditor and mandate say who the supplier is
        if super()._codabox_names(move, texts):
            return True
        return (
            move.ref in texts
            and self._codabox_may_pay(move)
            and self._codabox_agrees_on_debit(move) == "both"
        )

    @api.model
    def _codabox_debit_moves(self, companies, debits):
        """Return the open invoices and the drafts that say one of these mandates.

        :param res.company companies: those of the lines.
        :param debits: pairs of creditor and mandate.
        """
        debits = {debit for debit in debits if debit[1]}
        if not debits:
            return self.env["account.move"]
        is_open = self._codabox_open_invoice_domain(companies)
        is_open &= Domain("payment_state", "!=", "blocked")
        draft = Domain("company_id", "child_of", companies.ids) & Domain("state", "=", "draft")
        said = self.env["account.move"].search(
            Domain("codabox_debit_mandate", "!=", False) & (is_open | draft)
        )
        return said.filtered(
            lambda move: any(
                same_debit((move.codabox_debit_creditor or "", move.codabox_debit_mandate), debit)
                for debit in debits
            )
        )

    # -------------------------------------------------------------------------
    # Exact
    # -------------------------------------------------------------------------

    def _codabox_exact_moves(self):
        # EXTENDS account_codabox: what no reference and no number names
        exact = super()._codabox_exact_moves()
        lines = self.filtered(
            lambda line: (
                line.id not in exact
                and line.codabox_mandate
                and line.journal_id.codabox_matching != "off"
                and line._codabox_is_open()
            )
        )
        return exact | lines._codabox_exact_debits()

    def _codabox_exact_debits(self):
        """Return line id -> the one open invoice of its creditor, mandate and amount.

        :rtype: dict[int, account.move]
        """
        moves = self._codabox_debit_moves(self.company_id, [line._codabox_debit() for line in self])
        found = {line: line._codabox_collects(moves) for line in self}
        found = {line: move for line, move in found.items() if move}
        lines = self.browse([line.id for line in found])
        rivals = lines | lines._codabox_other_debits()
        named = lines._codabox_named_by_words()
        return {
            line.id: move
            for line, move in found.items()
            if named.get(line, move) == move
            and not any(rival._codabox_collects(move) == move for rival in rivals if rival != line)
        }

    def _codabox_collects(self, moves):
        """Return the one of these that this line collects to the cent, empty without one or in doubt.

        :param account.move moves: all that say a mandate, drafts too: the next bill may be meant.
        """
        self.ensure_one()
        theirs = moves.filtered(
            lambda move: self._codabox_may_pay(move) and self._codabox_agrees_on_debit(move)
        )
        if len(theirs) != 1 or theirs.state != "posted":
            return moves.browse()
        is_it = (
            self._codabox_agrees_on_debit(theirs) == "both"
            and self.date >= theirs.invoice_date
            and self._codabox_pays_exactly(theirs)
            and not says_another_number(self._codabox_debit_words(), theirs.ref or theirs.name)
        )
        return theirs if is_it else moves.browse()

    def _codabox_debit_words(self):
        """Return what the creditor wrote to his debtor."""
        structured = self.transaction_details.get("structured")
        words = structured.get("communication") if isinstance(structured, dict) else ""
        return words if isinstance(words, str) else ""

    def _codabox_other_debits(self):
        """Return other open lines of the same mandates in these companies."""
        if not self:
            return self
        return self.search(
            [
                ("id", "not in", self.ids),
                ("company_id", "in", self.company_id.ids),
                ("is_reconciled", "=", False),
                ("state", "=", "posted"),
                ("codabox_mandate", "in", self.mapped("codabox_mandate")),
            ]
        )

    def _codabox_named_by_words(self):
        """Return line -> what is open and named by its words or references, where something is.

        :rtype: dict[account.bank.statement.line, account.move]
        """
        if not self:
            return {}
        moves, said = self._codabox_said_numbers()
        named = {}
        for line in self:
            texts = said.get(line, set()) | line._codabox_references()
            theirs = moves.filtered(
                lambda move, line=line, texts=texts: (
                    line.company_id in move.company_id.sudo().parent_ids
                    and line._codabox_names_of(move) & texts
                )
            )
            if theirs:
                named[line] = theirs
        return named

    # -------------------------------------------------------------------------
    # Probable
    # -------------------------------------------------------------------------

    def _codabox_likely_moves(self):
        # EXTENDS account_codabox: the mandate says more than partner and amount
        return super()._codabox_likely_moves() | self._codabox_likely_debits()

    def _codabox_likely_debits(self):
        """Return line id -> the one open invoice of its mandate and amount that is not exact.

        Where one side does not say its creditor, the mandate alone proposes.

        :rtype: dict[int, account.move]
        """
        lines = self.filtered("codabox_mandate")
        if not lines:
            return {}
        moves = lines._codabox_debit_moves(
            lines.company_id, [line._codabox_debit() for line in lines]
        ).filtered(lambda move: move.state == "posted")
        likely = {}
        for line in lines:
            theirs = moves.filtered(
                lambda move, line=line: (
                    line._codabox_may_pay(move)
                    and line._codabox_agrees_on_debit(move)
                    and (line._codabox_pays_exactly(move) or line._codabox_pays_a_part(move))
                )
            )
            words = line._codabox_debit_words()
            if len(theirs) == 1 and not says_another_number(words, theirs.ref or theirs.name):
                likely[line.id] = theirs
        return likely

    def _codabox_why_of(self, moves):
        # EXTENDS account_codabox
        by_mandate = all(self._codabox_agrees_on_debit(move) for move in moves)
        if by_mandate and not self._codabox_says(moves):
            return "mandate"
        return super()._codabox_why_of(moves)

    def _codabox_pays_a_part(self, move):
        # EXTENDS account_codabox: what a bill says was paid in advance, or what is left to collect
        amount, currency = self._codabox_open_amount()
        if not move.codabox_prepaid or currency != move.currency_id:
            return super()._codabox_pays_a_part(move)
        rest = abs(move.amount_total) - move.codabox_prepaid
        return any(
            not currency.is_zero(part) and not currency.compare_amounts(abs(amount), part)
            for part in (move.codabox_prepaid, rest)
        )
