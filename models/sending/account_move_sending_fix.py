from odoo import models

# What stands in the way -> which records a person corrects.
OWN = ("send_no_number", "send_no_country_own", "send_wrong_seller")
CUSTOMER = ("send_no_country", "send_no_customer", "send_excluded_partner")


class AccountMove(models.Model):
    """The way out of what stands in the way of sending."""

    _inherit = "account.move"

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
        message = self.env._("Not to CodaBox: %s", from_codabox)
        if count > 1:
            message = self.env._(
                "%(count)s invoices not to CodaBox: %(reason)s", count=count, reason=from_codabox
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
