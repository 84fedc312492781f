from datetime import date

from odoo import models

from .account_move_sending_file import SendProblem

# States of an invoice of the old year that still has to leave.
STRAGGLING = ("to_send", "sending", "unknown", "refused")


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
        if not company.codabox_send_old_year_first:
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
