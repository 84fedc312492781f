from odoo import fields, models

from .codabox_sale_plan import invoice_plan


class AccountEdiXmlUbl20(models.AbstractModel):
    """Odoo's importer makes the lines of a bill with the accounts and taxes that we decide.

    Only where the caller has the parsed invoice, see ``while_reading``. Without this
    ``_codabox_complete_bill`` writes the same afterwards, and Odoo computes every line twice.
    """

    _inherit = "account.edi.xml.ubl_20"

    def _codabox_parsed(self, record):
        """Return the invoice that is decided here, ``None`` where Odoo decides as it always does.

        :rtype: codabox.ubl.Invoice | None
        """
        is_bill = record._name == "account.move" and record.is_invoice()
        return self._codabox_reading().parsed if is_bill else None

    def _retrieve_taxes(self, record, line_values, tax_type, tax_exigibility=False):
        # EXTENDS account_edi_ubl_cii
        if not self._codabox_parsed(record):
            return super()._retrieve_taxes(record, line_values, tax_type, tax_exigibility)
        line_values.pop("tax_nodes")
        return [], []

    def _import_lines(self, record, tree, xpath, document_type=False, tax_type=False, qty_factor=1):
        # EXTENDS account_edi_ubl_cii
        lines, logs = super()._import_lines(
            record, tree, xpath, document_type, tax_type, qty_factor
        )
        if parsed := self._codabox_parsed(record):
            self._codabox_decide_lines(record, parsed, lines)
        return lines, logs

    def _correct_invoice_tax_amount(self, tree, invoice):
        # EXTENDS account_edi_ubl_cii: Odoo takes over any VAT, and forgets the private part of a
        # line; the totals are compared when the bill is completed
        if self._codabox_parsed(invoice):
            return None
        return super()._correct_invoice_tax_amount(tree, invoice)

    def _codabox_decide_lines(self, record, parsed, lines):
        """Complete the values of new bill lines."""
        plan = invoice_plan(record, parsed)
        expected = iter(record._codabox_expected_lines(parsed, with_charges=False))
        decided = None
        for values in lines:
            # The charges of a line follow it, and are decided as it is.
            if "product_id" in values:
                product = self.env["product.product"].browse(values["product_id"] or [])
                account = self._codabox_usual_account(record, product)
                decided = plan.decide(next(expected), account, has_product=bool(product))
            own = values.get("tax_ids") or []
            fixed = own if all(isinstance(tax, int) for tax in own) else []
            taxes = [*decided.choice.taxes.ids, *fixed]
            values |= {**decided.values, "tax_ids": [fields.Command.set(taxes)]}

    def _codabox_usual_account(self, record, product):
        """Return the account that Odoo gives a line of a party without a past."""
        accounts = product.product_tmpl_id.get_product_accounts() if product else {}
        kind = "income" if record.is_sale_document() else "expense"
        return accounts.get(kind) or record.journal_id.default_account_id
