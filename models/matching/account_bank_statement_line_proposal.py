from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ...codabox import find_reference

# Credit notes too: what is paid back is money in the other direction.
INVOICE_TYPES = (
    "out_invoice",
    "out_refund",
    "out_receipt",
    "in_invoice",
    "in_refund",
    "in_receipt",
)
OPEN_ACCOUNTS = ("asset_receivable", "liability_payable")


class AccountBankStatementLine(models.Model):
    """Which open invoice or payment a bank line names, to the cent.

    Where a method takes a *move*, it is the entry of what may be open: here that of an invoice.
    """

    _inherit = "account.bank.statement.line"

    # Not stored: every invoice that is posted, paid or corrected may change it, and those must
    # not have to look for bank lines. Found for a whole page of lines at once.
    codabox_proposal_id = fields.Many2one(
        "account.move",
        "First proposed match",
        compute="_compute_codabox_proposal_id",
        search="_search_codabox_proposal_id",
        export_string_translation=False,
        help="The first of what is proposed.",
    )
    codabox_proposal_ids = fields.Many2many(
        "account.move",
        string="Proposed match",
        compute="_compute_codabox_proposal_id",
        help="The open invoice or payment that this line names by its reference or number, when the "
        "open amount is exactly that of the line. Several, when it names them all and their open "
        "amounts add up. Of wages: the one payroll entry of its amount and month.",
    )

    @api.depends(
        "state",
        "is_reconciled",
        "amount_residual",
        "transaction_details",
        "payment_ref",
        "partner_id",
        "journal_id.codabox_matching",
    )
    def _compute_codabox_proposal_id(self):
        proposals = self._codabox_exact_moves()
        for line in self:
            moves = proposals.get(line.id, self.env["account.move"])
            line.codabox_proposal_ids = moves
            line.codabox_proposal_id = moves[:1]

    @api.model
    def _search_codabox_proposal_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        lines = self.search_fetch(
            [
                ("is_reconciled", "=", False),
                ("company_id", "in", self.env.companies.ids),
                ("journal_id.codabox_matching", "!=", "off"),
            ],
            ["amount_residual", "transaction_details", "payment_ref", "partner_id"],
        )
        proposals = lines._codabox_exact_moves()
        wanted = set(value)
        found = [line for line, moves in proposals.items() if not wanted.isdisjoint(moves.ids)]
        if False in value:
            return Domain("id", "in", found) | Domain("id", "not in", list(proposals))
        return Domain("id", "in", found)

    # -------------------------------------------------------------------------
    # What a line asks for
    # -------------------------------------------------------------------------

    def _codabox_is_open(self):
        """Return whether this line has money that nothing explains yet."""
        self.ensure_one()
        return self.state == "posted" and not self.is_reconciled

    def _codabox_open_amount(self):
        """Return what is left of this line and in which currency; money in is positive.

        :rtype: tuple[float, res.currency]
        """
        self.ensure_one()
        return -self.amount_residual, self.foreign_currency_id or self.currency_id

    def _codabox_references(self):
        """Return the texts by which this line may name an invoice.

        What CodaBox delivered was read by the parser; in other lines a valid reference is looked
        for in the text.

        :rtype: set[str]
        """
        self.ensure_one()
        details = self.transaction_details if self.codabox_key else None
        if not isinstance(details, dict):
            details = {"reference": find_reference(self.payment_ref or "")}
        reference = details.get("reference")
        texts = self.env["codabox.statement"]._reference_spellings(reference) if reference else ()
        return {*texts, details.get("end_to_end_id")} - {None, ""}

    # -------------------------------------------------------------------------
    # What is open
    # -------------------------------------------------------------------------

    def _codabox_exact_moves(self):
        """Return line id -> what the line names and exactly pays, one move or several.

        The queries do not grow with the lines. Lines of journals that propose nothing are left
        out.

        :rtype: dict[int, account.move]
        """
        texts = {
            line: line._codabox_references()
            for line in self
            if line.journal_id.codabox_matching != "off" and line._codabox_is_open()
        }
        lines = self.browse([line.id for line in texts]).with_prefetch(self._prefetch_ids)
        moves, said = lines._codabox_said_numbers()
        moves |= self._codabox_named_moves(
            set().union(*texts.values()), self.company_id, self.journal_id
        )
        by_text = defaultdict(set)
        for move in moves:
            for name in self._codabox_names_of(move):
                by_text[name].add(move.id)
        exact = {}
        for line, references in texts.items():
            numbers = said.get(line, set())
            wanted = references | numbers
            ids = set().union(*(by_text.get(text, ()) for text in wanted))
            found = moves.browse(sorted(ids)).with_prefetch(moves.ids)
            named = found.filtered(
                lambda move, line=line, wanted=wanted: line._codabox_names(move, wanted)
            )
            if (
                named
                and line._codabox_told_apart(named, wanted)
                and line._codabox_pays_exactly(named)
                and not line._codabox_says_other_way(found, numbers)
            ):
                exact[line.id] = named
        return exact

    @api.model
    def _codabox_open_invoice_domain(self, companies):
        """Return the domain of the invoices that lines of these companies may pay.

        As in Odoo's own matching: invoices of the company of the line and of its branches. Open
        is what the ledger has open.

        :param res.company companies: those of the lines.
        """
        open_items = Domain("account_id.account_type", "in", OPEN_ACCOUNTS) & Domain(
            "reconciled", "=", False
        )
        return (
            Domain("company_id", "child_of", companies.ids)
            & Domain("move_type", "in", INVOICE_TYPES)
            & Domain("state", "=", "posted")
            & Domain("amount_residual", "!=", 0)
            & Domain("line_ids", "any", open_items)
        )

    @api.model
    def _codabox_named_moves(self, texts, companies, journals):
        """Return what is open and carries one of these texts as number or reference.

        :param set texts: the references of lines.
        :param res.company companies: those of the lines.
        :param account.journal journals: those of the lines.
        """
        if not texts:
            return self.env["account.move"]
        names = Domain.OR(
            Domain(field, "in", list(texts)) for field in ("payment_reference", "name", "ref")
        )
        domain = self._codabox_open_invoice_domain(companies) & names
        return self.env["account.move"].search(domain & Domain("payment_state", "!=", "blocked"))

    @api.model
    def _codabox_names_of(self, move):
        """Return the texts that may name a move.

        :rtype: set[str]
        """
        return {move.payment_reference, move.name, move.ref} - {False}

    def _codabox_names(self, move, texts):
        """Return whether these texts of the line name this move, and the sign fits.

        The number that a supplier gives says something only together with the supplier.
        """
        self.ensure_one()
        if not self._codabox_may_pay(move):
            return False
        if texts & {move.payment_reference, move.name}:
            return True
        return move.ref in texts and self._codabox_same_partner(move)

    def _codabox_same_partner(self, move):
        """Return whether the partner of this line is known, and that of the move."""
        partner = self.partner_id.commercial_partner_id
        return bool(partner) and partner == move.commercial_partner_id

    def _codabox_may_pay(self, move):
        """Return whether company and sign allow this line to pay this move."""
        self.ensure_one()
        amount, _currency = self._codabox_open_amount()
        in_reach = self.company_id in move.company_id.sudo().parent_ids
        return in_reach and move.is_inbound() == (amount > 0)

    @api.model
    def _codabox_open_items(self, move):
        """Return the items of a move that a bank line may still pay."""
        return move.line_ids.filtered(
            lambda item: item.account_id.account_type in OPEN_ACCOUNTS and not item.reconciled
        )

    @api.model
    def _codabox_open_of(self, move):
        """Return what is open of a move, without sign, and in which currency.

        :rtype: tuple[float, res.currency]
        """
        return move.amount_residual, move.currency_id

    def _codabox_pays_exactly(self, moves):
        """Return whether what is left of the line is what is open of these moves together."""
        self.ensure_one()
        amount, currency = self._codabox_open_amount()
        opens = [self._codabox_open_of(move) for move in moves]
        total = sum(is_open for is_open, _theirs in opens)
        return all(theirs == currency for _is_open, theirs in opens) and not (
            currency.compare_amounts(abs(amount), total)
        )
