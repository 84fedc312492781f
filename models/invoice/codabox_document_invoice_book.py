from odoo import models
from odoo.exceptions import UserError
from odoo.tools import clean_context

# What the reader of the file noticed and an accountant should know.
TOLD = (
    "bad_attachment",
    "bad_date",
    "enterprise_numbers_differ",
    "no_currency",
    "total_derived",
)


class CodaboxDocument(models.Model):
    """From a checked invoice to a draft in the books, made at once (``_codabox_make``)."""

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
        """Make the draft of a file, whole.

        :param Invoice parsed: what the file says.
        :param res.partner partner: the other party.
        :rtype: account.move
        """
        values = self._prepare_new(self._invoice_move_type(parsed), partner, parsed.number)
        return self._new_moves()._codabox_make(parsed, {**values, **self._prepare_invoice(parsed)})

    def _new_invoice(self, move_type, partner, number):
        """Make an empty draft for this document.

        :param str move_type: type of the entry.
        :param res.partner partner: the other party; may be empty.
        :param str number: the number of the invoice; may be empty.
        :rtype: account.move
        """
        return self._new_moves().create(self._prepare_new(move_type, partner, number))

    def _new_moves(self):
        """Return entries in the context in which one is made for this document."""
        return self.env["account.move"].with_context(
            clean_context(self.env.context),
            mail_create_nosubscribe=True,
            lang=self.company_id.partner_id.lang,
            # Odoo proposes to trust suppliers whose bills nobody had to change.
            skip_is_manually_modified=True,
        )

    def _prepare_new(self, move_type, partner, number):
        """Return the values of a new entry, see ``_new_invoice``."""
        return {
            "move_type": move_type,
            "company_id": self.company_id.id,
            "journal_id": self._invoice_journal().id,
            "partner_id": partner.id,
            "codabox_document_id": self.id,
            **self._prepare_number(number),
        }

    def _prepare_number(self, number):
        """Return the values that give an entry the number of the invoice."""
        return {"ref": number or False}

    def _complete_invoice(self, move, parsed):
        """Tell what the reader of the file noticed, and what it asks for. To be extended.

        :param account.move move: the draft.
        :param Invoice parsed: what the file says.
        """
        if parsed.prepaid:
            amount = f"{parsed.prepaid:.2f} {parsed.currency}"
            move._codabox_flag("invoice_prepaid", blocking=False, amount=amount)
        if not parsed.lines:
            move._codabox_flag("invoice_no_lines", total=f"{parsed.total:.2f} {parsed.currency}")
        for notice in parsed.notices:
            if notice.code in TOLD:
                facts = dict(notice.facts)
                move._codabox_flag(f"ubl_{notice.code}", blocking=False, **facts)

    def _prepare_invoice(self, parsed):
        """Return the values of an invoice that are not the same for every kind.

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
