from odoo import fields, models

from ..codabox import clean_iban, iban_problem


class CodaboxDocument(models.Model):
    """To which account an invoice asks to pay: an account that is new for a supplier is a warning."""

    _inherit = "codabox.document"

    def _check_accounts(self, move, parsed, is_new):
        """Compare the accounts of an invoice with those of its supplier; record what is new.

        What is recorded is never trusted by that: Odoo asks before it pays to it, and the next
        invoice with the same account warns too, until a person says that the account is right.

        :param account.move move: the draft.
        :param Invoice parsed: what the file says.
        :param bool is_new: whether the supplier was made for this invoice.
        """
        supplier = move.commercial_partner_id
        accounts = supplier.with_context(active_test=False).bank_ids
        confirmed = accounts.filtered(lambda a: not a.codabox_is_new or a.allow_out_payment)
        wanted = self._invoice_ibans(move, parsed)
        for iban in wanted:
            account = accounts.filtered(lambda a, iban=iban: a.sanitized_acc_number == iban)
            if account & confirmed and account.active:
                continue
            if not account:
                accounts |= self._record_account(supplier, iban, is_doubtful=bool(confirmed))
            if confirmed:
                known = ", ".join(confirmed.mapped("acc_number"))
                move._codabox_flag("new_iban", iban=iban, supplier=supplier.name, known=known)
            elif not is_new:
                move._codabox_note("first_iban", iban=iban, supplier=supplier.name)
        first = accounts.filtered(lambda a: a.active and a.sanitized_acc_number in wanted[:1])
        if first and move.partner_bank_id != first:
            move.partner_bank_id = first

    def _invoice_ibans(self, move, parsed):
        """Return the accounts to pay to, once each; one that cannot exist is told and left out."""
        wanted = list(dict.fromkeys(filter(None, map(clean_iban, parsed.ibans))))
        wrong = [iban for iban in wanted if iban_problem(iban) == "invalid"]
        for iban in wrong:
            move._codabox_note("invoice_bad_iban", iban=iban)
        return [iban for iban in wanted if iban not in wrong]

    def _record_account(self, supplier, iban, is_doubtful):
        """Keep an account of a supplier, not trusted.

        :param res.partner supplier: the supplier.
        :param str iban: the account.
        :param bool is_doubtful: whether the supplier had other accounts.
        :rtype: res.partner.bank
        """
        return self.env["res.partner.bank"].create(
            {
                "acc_number": iban,
                "partner_id": supplier.id,
                "allow_out_payment": False,
                "codabox_is_new": is_doubtful,
            }
        )


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    codabox_is_new = fields.Boolean(
        "Not confirmed",
        copy=False,
        help="An invoice brought this account for a supplier who had others. Invoices with it are "
        "warned about until it is trusted or confirmed.",
    )
