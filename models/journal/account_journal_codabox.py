from odoo import api, fields, models

from ..common.own_company import opens_in_own_company

LANGUAGES = [("nl", "Dutch"), ("fr", "French"), ("de", "German"), ("en", "English")]


class AccountJournal(models.Model):
    """How the movements of this account become bank lines."""

    _inherit = "account.journal"

    codabox_text_language = fields.Selection(
        LANGUAGES,
        "Language of the texts",
        compute="_compute_codabox_text_language",
        store=True,
        readonly=False,
        precompute=True,
        help="In this language the bank lines say what a movement is: card payment, direct "
        "debit, charges. By default that of the company.",
    )
    codabox_customer_totals = fields.Selection(
        [("details", "Each payment of the batch"), ("total", "The total of the batch")],
        "Batches of the company",
        default="details",
        required=True,
        help="Payments that the company sent to the bank in one batch. Wages are always booked "
        "as their total.",
    )
    codabox_bank_totals = fields.Selection(
        [("details", "Each payment of the total"), ("total", "The total")],
        "Totals of the bank",
        default="details",
        required=True,
        help="Payments that the bank put together, such as all payments with a structured "
        "reference of one day.",
    )
    codabox_charges = fields.Selection(
        [("together", "In one line with the amount"), ("split", "In lines of their own")],
        "Charges inside an amount",
        default="together",
        required=True,
        help="Charges and VAT that the bank took from an amount from abroad, a loan or a "
        "collection.",
    )
    codabox_matching = fields.Selection(
        [
            ("off", "Propose nothing"),
            ("propose", "Propose the invoice"),
            ("exact", "Match when exact"),
        ],
        "Matching with invoices",
        default="propose",
        required=True,
        help="Exact: the payment reference or the end-to-end reference names one open invoice, "
        "and what is open on it is the amount of the bank line. “Match when exact” does so as "
        "soon as a statement is booked.",
    )

    def __get_bank_statements_available_sources(self):
        return [
            *super().__get_bank_statements_available_sources(),
            ("codabox", self.env._("CodaBox")),
        ]

    @api.model
    def _codabox_forget_source(self):
        """Leave no journal with a source that nobody knows once this add-on is gone."""
        journals = self.with_context(active_test=False).search(
            [("bank_statements_source", "=", "codabox")]
        )
        journals.bank_statements_source = "undefined"

    @api.depends("company_id")
    def _compute_codabox_text_language(self):
        known = dict(LANGUAGES)
        for journal in self:
            language = (journal.company_id.partner_id.lang or "en")[:2]
            journal.codabox_text_language = journal.codabox_text_language or (
                language if language in known else "en"
            )

    @opens_in_own_company
    def action_codabox_transactions(self):
        """Open the bank lines of these journals."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.account_bank_statement_line_action"
        )
        domain = [("journal_id", "in", self.ids)]
        return action | {
            "domain": domain,
            "context": {"search_default_to_match": 1, "codabox_scope": domain},
        }


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_codabox_bank_details(self):
        """Open the bank line of this entry."""
        self.ensure_one()
        return self.statement_line_id.action_codabox_open()


class AccountBankStatement(models.Model):
    _inherit = "account.bank.statement"

    @opens_in_own_company
    def action_codabox_transactions(self):
        """Open the bank lines of these statements."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.account_bank_statement_line_action"
        )
        domain = [("statement_id", "in", self.ids)]
        return action | {"domain": domain, "context": {"codabox_scope": domain}}
