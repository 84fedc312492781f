from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ..codabox import find_reference

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
    """Which open invoice a bank line names, to the cent."""

    _inherit = "account.bank.statement.line"

    # Not stored: every invoice that is posted, paid or corrected may change it, and those must
    # not have to look for bank lines. Found for a whole page of lines at once.
    codabox_proposal_id = fields.Many2one(
        "account.move",
        "Proposed match",
        compute="_compute_codabox_proposal_id",
        search="_search_codabox_proposal_id",
        help="The one open invoice that this line names by its reference, when the open amount is "
        "exactly that of the line; of wages, the one payroll entry of that amount and month.",
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
        proposals = self._codabox_exact_invoices()
        for line in self:
            line.codabox_proposal_id = proposals.get(line.id, False)

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
        proposals = lines._codabox_exact_invoices()
        found = [line for line, invoice in proposals.items() if invoice.id in value]
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
    # Which invoice
    # -------------------------------------------------------------------------

    def _codabox_exact_invoices(self):
        """Return line id -> the invoice that the line names and exactly pays.

        The queries do not grow with the lines. Lines of journals that propose nothing are left
        out.

        :rtype: dict[int, account.move]
        """
        texts = {
            line: line._codabox_references()
            for line in self
            if line.journal_id.codabox_matching != "off" and line._codabox_is_open()
        }
        invoices = self._codabox_named_invoices(set().union(*texts.values()))
        by_text = defaultdict(set)
        for invoice in invoices:
            for name in (invoice.payment_reference, invoice.name, invoice.ref):
                by_text[name].add(invoice.id)
        exact = {}
        for line, wanted in texts.items():
            ids = set().union(*(by_text.get(text, ()) for text in wanted))
            named = (
                invoices.browse(ids)
                .with_prefetch(invoices.ids)
                .filtered(lambda i, line=line, wanted=wanted: line._codabox_names(i, wanted))
            )
            # A reference that two open invoices carry says nothing, even if one amount fits.
            if len(named) == 1 and line._codabox_pays_exactly(named):
                exact[line.id] = named
        return exact

    def _codabox_open_invoice_domain(self):
        """Return the domain of what lines of these companies may pay.

        As in Odoo's own matching: invoices of the company of the line and of its branches. Open
        is what the ledger has open.
        """
        open_items = Domain("account_id.account_type", "in", OPEN_ACCOUNTS) & Domain(
            "reconciled", "=", False
        )
        return (
            Domain("company_id", "child_of", self.company_id.ids)
            & Domain("move_type", "in", INVOICE_TYPES)
            & Domain("state", "=", "posted")
            & Domain("amount_residual", "!=", 0)
            & Domain("line_ids", "any", open_items)
        )

    def _codabox_named_invoices(self, texts):
        """Return the open invoices that carry one of these texts as number or reference."""
        if not texts:
            return self.env["account.move"]
        names = Domain.OR(
            Domain(field, "in", list(texts)) for field in ("payment_reference", "name", "ref")
        )
        domain = self._codabox_open_invoice_domain() & Domain("payment_state", "!=", "blocked")
        return self.env["account.move"].search(domain & names)

    def _codabox_names(self, invoice, texts):
        """Return whether these texts of the line name this invoice, and the sign fits.

        The number that a supplier gives says something only together with the supplier.
        """
        self.ensure_one()
        if not self._codabox_may_pay(invoice):
            return False
        if texts & {invoice.payment_reference, invoice.name}:
            return True
        partner = self.partner_id.commercial_partner_id
        return invoice.ref in texts and bool(partner) and partner == invoice.commercial_partner_id

    def _codabox_may_pay(self, invoice):
        """Return whether company and sign allow this line to pay an open invoice."""
        self.ensure_one()
        amount, _currency = self._codabox_open_amount()
        in_reach = self.company_id in invoice.company_id.sudo().parent_ids
        return in_reach and invoice.is_inbound() == (amount > 0)

    def _codabox_pays_exactly(self, invoice):
        """Return whether what is left of the line is what is open on the invoice."""
        self.ensure_one()
        amount, currency = self._codabox_open_amount()
        return currency == invoice.currency_id and not currency.compare_amounts(
            abs(amount), invoice.amount_residual
        )
