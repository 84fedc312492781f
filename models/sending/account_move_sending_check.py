from datetime import date

from odoo import models
from odoo.tools import email_normalize, email_normalize_all

from .account_move_sending_file import SendProblem

# States of an invoice of the old year that still has to leave.
STRAGGLING = ("to_send", "sending", "unknown", "refused")

# What stands in the way -> which records a person corrects.
OWN = ("send_no_number", "send_no_country_own", "send_no_sender", "send_wrong_seller")

CUSTOMER = ("send_no_country", "send_no_customer", "send_excluded_partner")


class AccountMove(models.Model):
    """What stands in the way of sending an invoice: the one place that says so."""

    _inherit = "account.move"

    def _codabox_check_send(self):
        """Check whether this invoice may leave now; every way of sending passes here.

        :raise SendProblem: with what stands in the way, and how to correct it.
        """
        self.ensure_one()
        self.company_id._codabox_check_may_send()
        if self.state != "posted":
            raise SendProblem("send_not_posted")
        if not self._codabox_is_sales():
            raise SendProblem("send_not_sales")
        state, code, facts = self._codabox_scope()
        if state != "to_send":
            raise SendProblem(code, **facts)
        self._codabox_check_year()
        self._codabox_check_content()

    def _codabox_problem(self):
        """Return what stands in the way, as a problem; ``None`` when nothing does.

        :rtype: SendProblem or None
        """
        try:
            self._codabox_check_send()
        except SendProblem as problem:
            return problem
        return None

    # -------------------------------------------------------------------------
    # The old year first
    # -------------------------------------------------------------------------

    def _codabox_check_year(self):
        """Hold the first invoice of a year back until the year before has left (API 8.1)."""
        company = self.company_id
        if not company.codabox_send_old_year_first or company._codabox_mails():
            return
        stragglers = self._codabox_stragglers(company, self.invoice_date.year)
        if stragglers:
            raise SendProblem(
                "send_old_year", count=len(stragglers), year=self.invoice_date.year - 1
            )

    def _codabox_stragglers(self, company, year):
        """Return the invoices that must leave before the first one of a year.

        Nothing once that first one left: CodaBox closed the year before.
        """
        first_day = date(year, 1, 1)
        moves = self.sudo()
        base = [("company_id", "=", company.id), ("move_type", "in", self.get_sale_types())]
        stragglers = moves.search(
            [
                *base,
                ("state", "=", "posted"),
                ("invoice_date", "<", first_day),
                ("codabox_send_state", "in", STRAGGLING),
            ],
            order="invoice_date, id",
        )
        if stragglers and moves.search_count(
            [
                *base,
                ("invoice_date", ">=", first_day),
                ("codabox_send_state", "in", ("sent", "delivered")),
            ],
            limit=1,
        ):
            return moves.browse()
        return stragglers

    # -------------------------------------------------------------------------
    # What the standard asks, before anything is made
    # -------------------------------------------------------------------------

    def _codabox_check_content(self):
        """Check what a person can correct; the rest shows when the file is made.

        :raise SendProblem: the first problem.
        """
        if not self.company_id._codabox_enterprise_number():
            raise SendProblem("send_no_number", company=self.company_id.name)
        if not self.company_id.country_id:
            raise SendProblem("send_no_country_own", company=self.company_id.name)
        for partner in self.commercial_partner_id | self.partner_shipping_id:
            if not partner.country_id:
                raise SendProblem("send_no_country", partner=partner.display_name)
        for line in self.invoice_line_ids.filtered(lambda li: li.display_type == "product"):
            if not line.name and not line.product_id:
                raise SendProblem("send_no_label", amount=f"{line.price_subtotal:.2f}")
            taxes = line.tax_ids.flatten_taxes_hierarchy()
            if len(taxes.filtered(lambda tax: tax.amount_type != "fixed")) != 1:
                raise SendProblem("send_taxes", line=line.name or line.product_id.display_name)

    # Whether the accountant already gets an invoice another way.

    def _codabox_other_ways(self, recipients=None):
        """Return the ways by which the accountant gets this invoice without CodaBox.

        :param recipients: ``res.partner`` to whom it is about to be mailed.
        :return: some of ``mail``, ``subscribed`` (the journal mails every invoice) and ``peppol``.
        :rtype: list[str]
        """
        self.ensure_one()
        accountant = self.company_id.codabox_accountant_id
        if not accountant:
            return []
        firm = accountant.commercial_partner_id
        addresses = {accountant.email_normalized, firm.email_normalized} - {False, ""}
        mailed = self.sudo().message_ids.filtered("attachment_ids").partner_ids
        if recipients:
            mailed |= self.env["res.partner"].browse(getattr(recipients, "ids", recipients))
        ways = []
        if any(
            p.commercial_partner_id == firm or email_normalize(p.email or "") in addresses
            for p in mailed
        ):
            ways.append("mail")
        subscribed = email_normalize_all(
            self.journal_id.sudo().incoming_einvoice_notification_email or ""
        )
        if addresses & set(subscribed):
            ways.append("subscribed")
        if self.commercial_partner_id == firm and self._codabox_goes_by_peppol():
            ways.append("peppol")
        return ways

    def _codabox_goes_by_peppol(self):
        """Say whether this invoice went to its customer over Odoo's Peppol, or is about to."""
        fields = self._fields
        return "peppol_move_state" in fields and self.peppol_move_state in (
            "to_send",
            "processing",
            "done",
        )

    # The way out of what stands in the way of sending.

    def _codabox_fix(self, code):
        """Return the action that opens what has to be corrected in these invoices.

        :param str code: of the problem.
        :rtype: dict
        """
        if code == "no_consent" and len(self.company_id) == 1:
            return self.company_id._codabox_open_consent()
        if code in OWN:
            return self.company_id._get_records_action(name=self.env._("Company"))
        if code in CUSTOMER:
            partners = self.commercial_partner_id | self.partner_shipping_id
            if code == "send_no_country":
                partners = partners.filtered(lambda p: not p.country_id)
            return partners._get_records_action(name=self.env._("Customers to correct"))
        if code == "send_excluded_journal":
            return self.journal_id._get_records_action(name=self.env._("Journals"))
        if code == "send_old_year":
            first = min(self, key=lambda move: move.invoice_date)
            stragglers = self._codabox_stragglers(first.company_id, first.invoice_date.year)
            return stragglers.with_env(self.env)._get_records_action(
                name=self.env._("To leave first")
            )
        return self._get_records_action(name=self.env._("Invoices to correct"))

    def _codabox_alert(self, problem, count):
        """Return the alert of Odoo's *Send* for invoices that cannot be sent.

        :param SendProblem problem: of the first of them.
        :param int count: of invoices.
        """
        from_codabox = problem.text(self.env)
        message = self.env._("Not to the accountant: %s", from_codabox)
        if count > 1:
            message = self.env._(
                "%(count)s invoices not to the accountant: %(reason)s",
                count=count,
                reason=from_codabox,
            )
        return {
            "level": "warning",
            "message": message,
            "action_text": self.env._("Correct"),
            "action": self._codabox_fix(problem.code),
        }

    def action_codabox_fix(self):
        """Open what keeps this invoice from being sent."""
        self.ensure_one()
        return self._codabox_fix(self.codabox_send_code)
