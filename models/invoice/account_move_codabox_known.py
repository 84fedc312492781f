from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

from ...codabox import ACROSS_DAYS, Figures, Likeness, compare_invoices
from ..common.own_company import opens_in_own_company

KNOWN = "bill_known"
# What is written by hand and changes whether another bill is the same.
COMPARED = {"state", "ref", "partner_id", "invoice_date"}


class AccountMove(models.Model):
    """The same bill twice, whichever doors both came by: typed, mailed, Peppol, CodaBox.

    A bill that CodaBox brings is compared before it is made. All others are compared where all
    must pass, when they are posted: with what is posted, and with drafts that were there before.
    """

    _inherit = "account.move"

    codabox_is_known = fields.Boolean(
        compute="_compute_codabox_flag_text", compute_sudo=True, export_string_translation=False
    )

    # -------------------------------------------------------------------------
    # Found
    # -------------------------------------------------------------------------

    def _codabox_likeness(self, figures):
        """Return what this bill is to another of its supplier with its number.

        :param Figures figures: those of the other.
        :rtype: Likeness
        """
        own = Figures(self.invoice_date or None, self.amount_total, self.currency_id.name)
        years = {
            self.company_id.compute_fiscalyear_dates(day)["date_from"]
            for day in (own.day, figures.day)
            if day
        }
        found = compare_invoices(own, figures, same_year=len(years) == 1)
        if found == Likeness.PERHAPS and len(years) == 2 and self._codabox_series_key():
            # The same day of another year: a slip of the pen, or what the supplier always does.
            apart = abs((own.day - figures.day).days)
            if apart > ACROSS_DAYS and self._codabox_series():
                return Likeness.OTHER
        return found

    def _codabox_series_key(self):
        return str(self.commercial_partner_id.id or "")

    def _codabox_series(self):
        """Return what is remembered of the series of the supplier, empty when nothing is."""
        return self.env["codabox.sender.answer"]._find(
            self.company_id, "series", self._codabox_series_key()
        )

    def _codabox_with_number(self):
        """Return the other bills of this company and its branches with the number of this one.

        :rtype: account.move
        """
        self.ensure_one()
        moves = self.sudo()
        if not moves.codabox_number or not moves.is_purchase_document(include_receipts=True):
            return moves.browse()
        is_refund = moves.move_type == "in_refund"
        return moves.search(
            Domain("company_id", "child_of", moves.company_id.root_id.id)
            & Domain("codabox_number", "=", moves.codabox_number)
            & Domain(
                "move_type", "in", ["in_refund"] if is_refund else ["in_invoice", "in_receipt"]
            )
            & Domain("state", "!=", "cancel")
            & Domain("id", "!=", moves._origin.id),
            order="id",
        )

    def _codabox_known(self):
        """Return the bills that are, or may be, this one, and of which nobody said otherwise.

        :rtype: account.move
        """
        others = self._codabox_with_number()
        if not others or not self.commercial_partner_id:
            return others.browse()
        accepted, own = set(self._codabox_others()), self._origin.id
        return others.filtered(
            lambda other: (
                (other.state == "posted" or not own or other.id < own)
                and self.commercial_partner_id._codabox_is_same(other.commercial_partner_id)
                and other.id not in accepted
                and own not in other._codabox_others()
                and self._codabox_likeness(
                    Figures(other.invoice_date or None, other.amount_total, other.currency_id.name)
                )
                != Likeness.OTHER
            )
        )

    def _codabox_others(self):
        """Return the ids of bills of which a person said that they are other ones than this."""
        flags = self.sudo().codabox_flags or []
        return [
            id_
            for flag in flags
            if flag["code"] == KNOWN and flag.get("overridden")
            for id_ in flag["facts"]["others"]
        ]

    # -------------------------------------------------------------------------
    # Asked
    # -------------------------------------------------------------------------

    def _codabox_live_flags(self):
        # EXTENDS account_codabox: nothing is stored before a person answers
        flags = super()._codabox_live_flags()
        if known := self._codabox_known():
            flags.append({"code": KNOWN, "facts": {"others": known.ids}, "blocking": True})
        return flags

    def _codabox_flag_depends(self):
        # EXTENDS account_codabox
        names = ("codabox_number", "commercial_partner_id", "invoice_date", "move_type")
        return [*super()._codabox_flag_depends(), *names, "amount_total"]

    def _codabox_flag_facts(self, flag):
        # EXTENDS account_codabox
        facts = super()._codabox_flag_facts(flag)
        if flag["code"] == KNOWN:
            others = self.sudo().browse(flag["facts"]["others"]).exists()
            other = others.partner_bank_id - self.partner_bank_id
            facts |= {
                "invoices": ", ".join(map(self._codabox_words_of, others)),
                "account": self.partner_bank_id.acc_number if other else "",
                "known": ", ".join(other.mapped("acc_number")),
            }
        return facts

    def _codabox_words_of(self, move):
        """Return a bill in words: its name, day and total, as its reader writes them."""
        day = format_date(self.env, move.invoice_date) if move.invoice_date else ""
        total = formatLang(self.env, move.amount_total, currency_obj=move.currency_id)
        return f"{move.display_name} ({', '.join(filter(None, [day, total]))})"

    def _compute_codabox_flag_text(self):
        # EXTENDS account_codabox
        result = super()._compute_codabox_flag_text()
        for move in self:
            move.codabox_is_known = bool(move.state == "draft" and move._codabox_known())
        return result

    # -------------------------------------------------------------------------
    # Answered
    # -------------------------------------------------------------------------

    def _codabox_accept_known(self):
        """Keep that this bill is another one than those with its number that are there now."""
        if others := self._codabox_with_number():
            self._codabox_remember_series(others)
            flag = {"code": KNOWN, "facts": {"others": others.ids}, "blocking": True}
            self._codabox_set_flags(
                [*(self.sudo().codabox_flags or []), {**flag, "overridden": True}]
            )

    def _codabox_remember_series(self, others):
        """Remember of a supplier that a number on the same day of another year is another bill."""
        partner, day = self.commercial_partner_id, self.invoice_date
        if not partner or not any(
            other.invoice_date
            and other.commercial_partner_id == partner
            and other.invoice_date.year != day.year
            and (other.invoice_date.month, other.invoice_date.day) == (day.month, day.day)
            for other in others
            if day
        ):
            return
        self.env["codabox.sender.answer"]._remember(
            self.company_id,
            "series",
            self._codabox_series_key(),
            sender=partner.display_name,
            partner_id=partner.id,
        )

    @opens_in_own_company
    def action_codabox_open_known(self):
        """Open the bills that may be this one."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_in_invoice")
        known = self._codabox_known()
        action |= {"domain": [("id", "in", known.ids)], "context": {}}
        if len(known) == 1:
            action |= {"res_id": known.id, "view_mode": "form", "views": [(False, "form")]}
        return action

    def action_codabox_another(self):
        """A person compared them, and says that this is another bill."""
        self.ensure_one()
        self.check_access("write")
        known = self._codabox_known()
        self._codabox_accept_known()
        names = ", ".join(map(self._codabox_words_of, known))
        self.message_post(body=self.env._("It is another bill than %(invoices)s.", invoices=names))

    def action_codabox_same(self):
        """A person compared them, and says that this is the same bill: it is cancelled.

        What CodaBox brought of it goes with the bill that stays.
        """
        self.ensure_one()
        self.check_access("write")
        stays = self._codabox_known().sorted(lambda move: move.state != "posted")[:1]
        if not stays:
            return
        documents = self.sudo().codabox_document_ids
        self.sudo().codabox_document_id = False
        self.button_cancel()
        name = self._codabox_words_of(stays)
        self.message_post(body=self.env._("It is the same bill as %(invoice)s.", invoice=name))
        documents.write({"invoice_id": stays.id, "duplicate_of_id": stays.codabox_document_id.id})
        documents._set_state(
            "duplicate", "invoice_linked", user=self.env.user.name, invoice=stays.display_name
        )

    # -------------------------------------------------------------------------
    # The filter "To be decided" of those that were compared with one that changes
    # -------------------------------------------------------------------------

    def _codabox_drafts_alike(self):
        """Return the other drafts with the numbers of these bills."""
        found = self.browse().union(*(move._codabox_with_number() for move in self))
        return found.filtered(lambda move: move.state == "draft") - self

    def _codabox_ask_again(self):
        """Have these drafts look again whether something is to be decided."""
        self.env.add_to_compute(self._fields["codabox_has_flags"], self)

    def write(self, vals):
        # EXTENDS account
        compared = bool(vals.keys() & COMPARED)
        before = self._codabox_drafts_alike() if compared else self.browse()
        result = super().write(vals)
        if compared:
            (before | self._codabox_drafts_alike())._codabox_ask_again()
        return result

    def unlink(self):
        # EXTENDS account
        drafts = self._codabox_drafts_alike()
        result = super().unlink()
        drafts.exists()._codabox_ask_again()
        return result
