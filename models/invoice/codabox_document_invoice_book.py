from odoo import models
from odoo.exceptions import UserError
from odoo.tools import clean_context

from ...codabox import repair_ubl

# What the reader of the file noticed and an accountant should know.
TOLD = (
    "bad_attachment",
    "bad_date",
    "enterprise_numbers_differ",
    "no_currency",
    "total_derived",
)


class CodaboxDocument(models.Model):
    """From a checked invoice to a draft in the books, made by Odoo's own reader."""

    _inherit = "codabox.document"

    def _book_invoice(self, parsed, partner):
        """Make the draft, complete it and, where all is sure and wanted, post it.

        :param Invoice parsed: what the file says.
        :param res.partner partner: the other party; empty when it is to be made.
        """
        is_new = not partner
        partner = partner or self._make_invoice_partner(parsed)
        move = self._make_invoice(parsed, partner)
        if is_new and partner:
            move._codabox_flag("partner_created", blocking=False, name=partner.name)
        elif partner and not partner.active:
            move._codabox_flag("partner_archived", blocking=False, name=partner.name)
        self._complete_invoice(move, parsed)
        self._check_accounts(move, parsed, is_new)
        if self.is_another_invoice:
            move._codabox_accept_known()
        self.invoice_id = move
        self._set_state("imported")
        self._attach_invoice_files(parsed)
        self._post_invoice(move)

    def _make_invoice(self, parsed, partner):
        """Make the draft of a file by Odoo's own reader.

        :param Invoice parsed: what the file says.
        :param res.partner partner: the other party.
        :rtype: account.move
        """
        move = self._new_invoice(self._invoice_move_type(parsed), partner, parsed.number)
        schemes = dict(self.env["res.partner"]._fields["peppol_eas"].selection)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        content = repair_ubl(self._invoice_content(), schemes, digits)
        move._codabox_decode(content, partner, parsed)
        return move

    def _new_invoice(self, move_type, partner, number):
        """Make an empty draft for this document.

        :param str move_type: type of the entry.
        :param res.partner partner: the other party; may be empty.
        :param str number: the number of the invoice; may be empty.
        :rtype: account.move
        """
        lang = self.company_id.partner_id.lang
        moves = self.env["account.move"].with_context(
            clean_context(self.env.context),
            mail_create_nosubscribe=True,
            lang=lang,
            # Odoo proposes to trust suppliers whose bills nobody had to change.
            skip_is_manually_modified=True,
        )
        return moves.create(
            {
                "move_type": move_type,
                "journal_id": self._invoice_journal().id,
                "partner_id": partner.id,
                "codabox_document_id": self.id,
                **self._prepare_number(number),
            }
        )

    def _prepare_number(self, number):
        """Return the values that give an entry the number of the invoice."""
        return {"ref": number or False}

    def _complete_invoice(self, move, parsed):
        """Put right what Odoo's reader leaves out; taxes, accounts and totals last.

        :param account.move move: the draft.
        :param Invoice parsed: what the file says.
        """
        move.write(self._prepare_invoice(parsed))
        if parsed.prepaid:
            amount = f"{parsed.prepaid:.2f} {parsed.currency}"
            move._codabox_flag("invoice_prepaid", blocking=False, amount=amount)
        if not parsed.lines:
            move._codabox_flag("invoice_no_lines", total=f"{parsed.total:.2f} {parsed.currency}")
        for notice in parsed.notices:
            if notice.code in TOLD:
                facts = dict(notice.facts)
                move._codabox_flag(f"ubl_{notice.code}", blocking=False, **facts)
        move._codabox_complete_bill(parsed)
        self._set_accounting_date(move)

    def _prepare_invoice(self, parsed):
        """Return the values of an invoice that the file gives better than Odoo reads them.

        :param Invoice parsed: what the file says.
        :rtype: dict
        """
        values = {
            **self._prepare_number(parsed.number),
            "payment_reference": parsed.payment_reference or False,
            "invoice_origin": parsed.order or False,
        }
        if parsed.due_date:
            # A payment term of the supplier would count another due date.
            values |= {"invoice_payment_term_id": False, "invoice_date_due": parsed.due_date}
        return values

    def _set_accounting_date(self, move):
        """Book on the day of the invoice, or the first day after it that no lock closes.

        :param account.move move: the draft.
        """
        day = move.invoice_date
        open_day = move.company_id._codabox_first_open_invoice_day(
            day, move.journal_id, move._affect_tax_report()
        )
        if move.date != open_day:
            move.date = open_day
        if open_day != day:
            move._codabox_flag(
                "invoice_open_day", blocking=False, date=str(day), open_day=str(open_day)
            )

    def _post_invoice(self, move):
        """Post the draft where the company trusts the supplier and nothing is in doubt.

        :param account.move move: the draft.
        """
        if not move._codabox_is_sure():
            return
        try:
            with self.env.cr.savepoint():
                move._autopost_bill()
        except UserError as error:
            move._codabox_flag("invoice_not_posted", blocking=False, error=str(error))
