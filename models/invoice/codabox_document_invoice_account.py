from odoo import fields, models

from ...codabox import clean_iban, iban_problem


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
        if move.is_inbound():
            return  # nothing is paid to the other party
        supplier = move.commercial_partner_id
        accounts = supplier.with_context(active_test=False).bank_ids
        before = accounts.filtered(lambda a: not a.codabox_is_new or a.allow_out_payment)
        wanted = self._invoice_ibans(move, parsed)
        for iban in wanted:
            if iban not in accounts.mapped("sanitized_acc_number"):
                accounts |= self._record_account(supplier, iban, is_doubtful=bool(before))
        asked = accounts.filtered(lambda a: a.sanitized_acc_number in wanted)
        new = asked.filtered(lambda a: a not in before or not a.active)
        facts = {"iban": ", ".join(new.mapped("acc_number")), "supplier": supplier.name}
        if new and before:
            known = ", ".join((before - new).mapped("acc_number"))
            move._codabox_flag("new_iban", accounts=new.ids, known=known, **facts)
        elif new and not is_new:
            move._codabox_flag("first_iban", blocking=False, **facts)
        first = asked.filtered(lambda a: a.active and a.sanitized_acc_number == wanted[0])
        if first and move.partner_bank_id != first:
            move.partner_bank_id = first

    def _find_other_account(self, move, parsed):
        """Return the facts when a copy of an invoice asks to be paid on an account that is new.

        :param account.move move: the invoice in the books.
        :param Invoice parsed: what the copy says.
        :return: facts with a ``code``, else ``None``.
        """
        supplier = move.commercial_partner_id
        known = supplier.bank_ids.filtered(lambda a: not a.codabox_is_new or a.allow_out_payment)
        known |= move.partner_bank_id
        numbers = known.mapped("sanitized_acc_number")
        new = [iban for iban in map(clean_iban, parsed.ibans) if iban and iban not in numbers]
        if move.is_inbound() or not known or not new:
            return None
        return {
            "code": "known_other_account",
            "invoice": move.display_name,
            "iban": ", ".join(new),
            "known": ", ".join(known.mapped("acc_number")),
            "supplier": supplier.name,
        }

    def _invoice_ibans(self, move, parsed):
        """Return the accounts to pay to, once each; one that cannot exist is told and left out."""
        wanted = list(dict.fromkeys(filter(None, map(clean_iban, parsed.ibans))))
        wrong = [iban for iban in wanted if iban_problem(iban) == "invalid"]
        if wrong:
            move._codabox_flag("invoice_bad_iban", blocking=False, iban=", ".join(wrong))
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
        readonly=True,
        copy=False,
        help="An invoice brought this account for a supplier who had others. Invoices with it are "
        "warned about until it is trusted, or the warning is overridden.",
    )

    def _codabox_to_confirm(self):
        """Return those of these accounts to which nobody should pay unasked."""
        return self.filtered(
            lambda a: not a.active or (a.codabox_is_new and not a.allow_out_payment)
        )


class AccountMove(models.Model):
    """The warning about a new account, and the click that says that it is right."""

    _inherit = "account.move"

    codabox_has_new_account = fields.Boolean(
        compute="_compute_codabox_flag_text", compute_sudo=True, export_string_translation=False
    )

    def _compute_codabox_flag_text(self):
        # EXTENDS account_codabox
        result = super()._compute_codabox_flag_text()
        for move in self:
            asked = move.codabox_flags and move.state == "draft"
            move.codabox_has_new_account = bool(asked and move._codabox_new_account_flags())
        return result

    def _codabox_new_account_flags(self, read=None):
        return [flag for flag in self._codabox_open_of(read) if flag["code"] == "new_iban"]

    def action_codabox_account_right(self):
        """A person asked the supplier, and says that the new account is his.

        Whether it is trusted, so that Odoo pays to it unasked, is still decided on the account.
        """
        self.ensure_one()
        self.check_access("write")
        flags = self.state == "draft" and self._codabox_new_account_flags()
        if not flags:
            return
        self.env["codabox.audit"]._note("overruled", self)
        self._codabox_confirm_accounts(flags)
        self._codabox_close(flags)
        for flag in flags:
            text = self.env._("%(iban)s is right.", iban=flag["facts"]["iban"])
            self.message_post(body=text)

    def _codabox_confirm_accounts(self, flags):
        for flag in flags:
            self._codabox_flag_accounts(flag).codabox_is_new = False

    def _codabox_flag_stands(self, flag):
        # EXTENDS account_codabox
        if flag["code"] == "new_iban":
            return bool(self._codabox_flag_accounts(flag)._codabox_to_confirm())
        return super()._codabox_flag_stands(flag)

    def _codabox_flag_accounts(self, flag):
        accounts = self.env["res.partner.bank"].sudo().with_context(active_test=False)
        return accounts.browse(flag["facts"]["accounts"]).exists()

    def _codabox_flag_depends(self):
        # EXTENDS account_codabox
        names = ("codabox_is_new", "allow_out_payment", "active")
        return [*super()._codabox_flag_depends(), *(f"partner_bank_id.{name}" for name in names)]

    def _codabox_override(self, reason, read=None):
        # EXTENDS account_codabox: who overrides the warning says that the account is right
        flags = self._codabox_new_account_flags(read)
        result = super()._codabox_override(reason, read)
        self._codabox_confirm_accounts(flags)
        return result
