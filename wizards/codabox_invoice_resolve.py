from odoo import api, fields, models
from odoo.exceptions import UserError


class CodaboxInvoiceResolve(models.TransientModel):
    """What an invoice document waits for: a person says whose it is, who sent it, or whether it is
    the invoice that is in the books already, beside which it is shown.
    """

    _name = "codabox.invoice.resolve"
    _inherit = "codabox.dialog.mixin"
    _description = "Decide on a CodaBox invoice"
    _check_company_auto = True

    document_id = fields.Many2one("codabox.document", required=True, readonly=True)
    company_id = fields.Many2one(related="document_id.company_id")
    reason = fields.Text(compute="_compute_reason")
    invoice_type = fields.Char(compute="_compute_document", export_string_translation=False)
    number = fields.Char(compute="_compute_document")
    partner_name = fields.Char("Partner in the document", compute="_compute_document")
    date = fields.Date(compute="_compute_document")
    total = fields.Monetary(compute="_compute_document", currency_field="currency_id")
    currency_id = fields.Many2one("res.currency", compute="_compute_document")
    choices = fields.Char(compute="_compute_choices", export_string_translation=False)
    choice = fields.Selection(
        [
            ("here", "It is for this company: book it"),
            ("sale", "It is a sale: book it there"),
            ("partner", "It is from a partner that I choose"),
            ("create", "Create the partner as the invoice says"),
            ("journal", "Book it in a journal that I choose"),
            ("open_day", "Book it on the first open day"),
            ("recover", "The VAT is to be recovered there"),
            ("cost", "The VAT is a part of the cost"),
            ("tax", "Put this tax on the lines"),
            ("link", "It is the invoice in the books"),
            ("both", "It is another invoice: book it too"),
            ("pdf", "Make a draft with the PDF, to complete by hand"),
        ],
        compute="_compute_choice",
        store=True,
        readonly=False,
        precompute=True,
    )
    partner_id = fields.Many2one("res.partner", check_company=True)
    journal_id = fields.Many2one("account.journal", check_company=True)
    tax_ids = fields.Many2many("account.tax", string="Taxes", check_company=True)
    move_id = fields.Many2one(related="document_id.invoice_id", string="Draft")
    tax_1 = fields.Char(related="move_id.codabox_tax_1")
    tax_2 = fields.Char(related="move_id.codabox_tax_2")
    tax_3 = fields.Char(related="move_id.codabox_tax_3")
    invoice_id = fields.Many2one(
        "account.move",
        "In the books",
        compute="_compute_invoice_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    invoice_partner_id = fields.Many2one(
        related="invoice_id.partner_id", string="Partner in the books"
    )
    invoice_ref = fields.Char("Number in the books", related="invoice_id.ref")
    invoice_date = fields.Date("Date in the books", related="invoice_id.invoice_date")
    invoice_total = fields.Monetary(
        "Total in the books",
        related="invoice_id.amount_total",
        currency_field="invoice_currency_id",
    )
    invoice_currency_id = fields.Many2one(
        related="invoice_id.currency_id", string="Currency in the books"
    )
    invoice_state = fields.Selection(related="invoice_id.state", string="State in the books")

    # -------------------------------------------------------------------------
    # Compute
    # -------------------------------------------------------------------------

    @api.depends("document_id")
    def _compute_document(self):
        for wizard in self:
            wizard.document_id.check_access("read")
            facts = wizard.document_id.sudo()._invoice_facts()
            for name, value in facts.items():
                wizard[name] = value

    @api.depends("document_id")
    @api.depends_context("lang")
    def _compute_reason(self):
        for wizard in self:
            document = wizard.document_id
            wizard.reason = document.reason
            if flag := document._tax_flag():
                (wizard.reason,) = document.invoice_id._codabox_flag_sentences([flag])

    @api.depends("document_id")
    def _compute_choices(self):
        for wizard in self:
            wizard.choices = ",".join(wizard.document_id._invoice_choices())

    @api.depends("document_id")
    def _compute_choice(self):
        for wizard in self:
            wizard.choice = wizard.document_id._invoice_usual_choice()

    @api.depends("document_id")
    def _compute_invoice_id(self):
        for wizard in self:
            document = wizard.document_id
            known = document.invoice_id or document.sudo()._known_to_compare()[:1]
            # What he may not read is not shown, and not asked for again when he fills the form in.
            wizard.invoice_id = known.sudo(False)._filtered_access("read")

    # -------------------------------------------------------------------------
    # Act
    # -------------------------------------------------------------------------

    def action_apply(self):
        """Do what was chosen and book the document, where that makes it complete.

        :raise AccessError: when the user may not do this.
        :raise UserError: when a choice is incomplete, or not possible any more.
        """
        self.ensure_one()
        self._require(self.choice)
        if self.choice not in self.document_id._invoice_choices():
            raise UserError(self.env._("This cannot be chosen here any more."))
        getattr(self, f"_apply_{self.choice}")()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_put_tax(self):
        """Put the tax of the button that was pressed on the lines.

        :raise AccessError: when the user may not do this.
        :raise UserError: when the question is another one by now.
        """
        self.ensure_one()
        return self.document_id._checked("can_resolve_invoice").invoice_id.action_codabox_put_tax()

    def _apply_here(self):
        self.document_id._resolve_invoice(addressee_accepted=True)

    def _apply_sale(self):
        self.document_id._resolve_invoice(is_own_sale=True)

    def _apply_partner(self):
        self._require(self.partner_id)
        self.document_id._resolve_invoice(invoice_partner_id=self.partner_id.id)

    def _apply_create(self):
        self.document_id._create_invoice_partner()

    def _apply_journal(self):
        self._require(self.journal_id)
        self.document_id._resolve_invoice(invoice_journal_id=self.journal_id.id)

    def _apply_open_day(self):
        self.document_id._resolve_invoice(book_on_open_day=True)

    def _apply_tax(self):
        self._require(self.tax_ids)
        self.document_id._choose_taxes(self.tax_ids)

    def _apply_recover(self):
        self.document_id.invoice_id.action_codabox_vat_recover()

    def _apply_cost(self):
        self.document_id.invoice_id.action_codabox_vat_cost()

    def _apply_link(self):
        self._require(self.invoice_id)
        self.invoice_id.check_access("read")
        self.document_id._link_invoice(self.invoice_id)

    def _apply_both(self):
        self.document_id._resolve_invoice(is_another_invoice=True)

    def _apply_pdf(self):
        self.document_id._resolve_invoice(uses_pdf=True)

    def _require(self, chosen):
        if not chosen:
            raise UserError(self.env._("Choose one first."))
