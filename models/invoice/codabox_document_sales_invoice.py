from odoo import fields, models
from odoo.exceptions import UserError

from ...codabox import TaxMeaning, tax_meaning

# What is told of a sales invoice and does not keep it from being posted by itself: its seller has
# sent it already.
POSTED_ALL_THE_SAME = {
    "credit_of",
    "credit_of_several",
    "credit_of_unknown",
    "followed_addressee",
    "invoice_open_day",
    "invoice_prepaid",
    "no_due_date",
    "partner_created",
    "rate_of_file",
    "sale_numbers_missing",
    "tax_activated",
    "tax_corrected",
    "ubl_total_derived",
}
# The company is the supplier: whoever else is, waits under its own sentence.
SELLER_CODES = {"foreign_enterprise": "foreign_seller", "no_addressee": "no_seller"}
# Categories that are in no box of the VAT return.
OUTSIDE = (TaxMeaning.NOT_SUBJECT, TaxMeaning.CASH_DISCOUNT, TaxMeaning.SMALL_COMPANY)


class CodaboxDocument(models.Model):
    """Invoices that the company sent from other software: in the books as they were sent."""

    _inherit = "codabox.document"

    is_own_sale = fields.Boolean(
        readonly=True, help="A person said that this purchase invoice is a sale of the company."
    )

    def _import_sales_invoice(self):
        """Make a draft invoice or credit note of this document, or say what stands in the way."""
        return self._import_invoice()

    def _is_sale(self):
        return self.kind == "sales_invoice" or self.is_own_sale

    # -------------------------------------------------------------------------
    # What a kind is
    # -------------------------------------------------------------------------

    def _invoice_party(self, parsed):
        return parsed.customer if self._is_sale() else super()._invoice_party(parsed)

    def _invoice_self(self, parsed):
        return parsed.supplier if self._is_sale() else super()._invoice_self(parsed)

    def _invoice_move_type(self, parsed):
        if not self._is_sale():
            return super()._invoice_move_type(parsed)
        return "out_refund" if parsed and parsed.is_credit else "out_invoice"

    def _invoice_journal_type(self):
        return "sale" if self._is_sale() else super()._invoice_journal_type()

    def _invoice_journal(self):
        if not self._is_sale():
            return super()._invoice_journal()
        return self.invoice_journal_id or self.company_id._codabox_sale_journal()

    def _pdf_alike_types(self):
        return ["out_invoice", "out_refund"] if self._is_sale() else super()._pdf_alike_types()

    # -------------------------------------------------------------------------
    # Checked before anything is made
    # -------------------------------------------------------------------------

    def _find_wrong_addressee(self, parsed):
        # EXTENDS account_codabox
        if self._is_of_company(parsed):
            facts = {"company": self.company_id.name, "customer": parsed.customer.name}
            return {"code": "own_sale", **facts}
        problem = super()._find_wrong_addressee(parsed)
        if problem and self._is_sale():
            problem["code"] = SELLER_CODES[problem["code"]]
        return problem

    def _is_of_company(self, parsed):
        """Return whether a purchase invoice is a sale that its customer made (self-billing).

        Or that the company sent to itself. Its own number decides, not that of its VAT group.

        :param Invoice parsed: what the file says.
        """
        if self.kind != "purchase_invoice" or self._is_sale() or self.addressee_accepted:
            return False
        supplier, number = parsed.supplier, self.company_id._codabox_enterprise_number()
        _numbers, vats = self.company_id._codabox_own_numbers()
        if supplier.enterprise:
            return supplier.enterprise == number
        return supplier.vat in vats

    def _find_known_invoice(self, parsed, partner):
        # EXTENDS account_codabox
        problem = super()._find_known_invoice(parsed, partner)
        if problem or not self._is_sale():
            return problem
        return self._find_taken_number(parsed) or self._find_closed_vat(parsed)

    def _may_be_same(self, move, parsed, partner):
        # EXTENDS account_codabox: a seller gives a number once, whoever the customer is here
        if self._is_sale() and move.codabox_number:
            return True
        return super()._may_be_same(move, parsed, partner)

    def _invoice_alike_types(self, parsed):
        found = super()._invoice_alike_types(parsed)
        return [*found, "out_receipt"] if "out_invoice" in found else found

    def _find_taken_number(self, parsed):
        """Return the facts when the journal has this number already: Odoo takes each once.

        :param Invoice parsed: what the file says.
        """
        journal = self._invoice_journal()
        taken = (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("journal_id", "=", journal.id),
                    ("name", "=", parsed.number),
                    ("state", "!=", "cancel"),
                ],
                limit=1,
            )
        )
        if not taken:
            return None
        return {
            "code": "sale_number_taken",
            "number": parsed.number,
            "journal": journal.display_name,
            "invoice": taken.display_name,
        }

    def _find_closed_vat(self, parsed):
        """Return the facts when the VAT of this invoice is of a period that was declared.

        :param Invoice parsed: what the file says.
        """
        company = self.company_id
        taxes = parsed.taxes or [tax for line in parsed.lines for tax in line.taxes]
        has_vat = company.codabox_vat_regime != "none" and (
            not taxes or any(tax_meaning(tax) not in OUTSIDE for tax in taxes)
        )
        if not has_vat or self.book_on_open_day:
            return None
        locks = company._get_violated_lock_dates(
            parsed.issue_date, has_vat, self._invoice_journal()
        )
        closed = [day for day, name in locks if name == "tax_lock_date"]
        if not closed:
            return None
        open_day = company._codabox_first_open_invoice_day(
            parsed.issue_date, self._invoice_journal(), has_vat
        )
        return {
            "code": "sale_vat_closed",
            "date": str(parsed.issue_date),
            "closed": str(max(closed)),
            "open_day": str(open_day),
        }

    # -------------------------------------------------------------------------
    # Booked
    # -------------------------------------------------------------------------

    def _prepare_number(self, number):
        # EXTENDS account_codabox
        if self._is_sale():
            return {"codabox_given_number": number or False}
        return super()._prepare_number(number)

    def _prepare_invoice(self, parsed):
        # EXTENDS account_codabox
        values = super()._prepare_invoice(parsed)
        if self._is_sale():
            values |= {
                "ref": parsed.buyer_reference or parsed.order or False,
                # Without one, customers pay with the number; Odoo would make a reference up.
                "payment_reference": parsed.payment_reference or parsed.number,
            }
        return values

    def _complete_invoice(self, move, parsed):
        # EXTENDS account_codabox
        result = super()._complete_invoice(move, parsed)
        if self._is_sale():
            move._codabox_flag("sale_numbers_missing", blocking=False)
            self._tell_foreign_consumer(move, parsed)
        return result

    def _tell_foreign_consumer(self, move, parsed):
        """Belgian VAT, or that of his country through the one-stop shop: the file may not say.

        :param account.move move: the draft.
        :param Invoice parsed: what the file says.
        """
        customer = parsed.customer
        europe = self.env.ref("base.europe").country_ids.mapped("code")
        is_consumer = customer.country in europe and not (customer.vat or customer.enterprise)
        if not is_consumer or customer.country == move.company_id.account_fiscal_country_id.code:
            return
        if any(tax.percent and not tax.code for tax in parsed.taxes):
            move._codabox_flag("sale_foreign_consumer", blocking=False, country=customer.country)

    def _check_accounts(self, move, parsed, is_new):
        # EXTENDS account_codabox: the accounts of a sales invoice are those of the company
        return None if self._is_sale() else super()._check_accounts(move, parsed, is_new)

    def _post_invoice(self, move):
        """Extend: post a sales invoice where the company wants that and nothing is to decide."""
        if not self._is_sale():
            return super()._post_invoice(move)
        notes = {flag["code"] for flag in move._codabox_open_flags(blocking=False)}
        wanted = self.company_id.codabox_sales_state == "posted"
        if not wanted or move._codabox_open_flags() or notes - POSTED_ALL_THE_SAME:
            return None
        try:
            with self.env.cr.savepoint():
                move._post()
        except UserError as error:
            move._codabox_flag("invoice_not_posted", blocking=False, error=str(error))
        return None
