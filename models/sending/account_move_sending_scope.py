from odoo import api, fields, models

# Excluded by a person: stays so whatever the settings become.
BY_HAND = "send_excluded_by"

FOR_SENDERS = "//button[@name='action_codabox_send'] | //field[@name='codabox_send_state']"


class AccountMove(models.Model):
    """Which invoices go to CodaBox at all; when, is for the schedule of the company."""

    _inherit = "account.move"

    def _codabox_scope(self):
        """Say whether this invoice is one that goes to CodaBox.

        :return: the state that follows (``False``: none of ours), a code and its facts.
        :rtype: tuple
        """
        self.ensure_one()
        company = self.company_id
        if self.state != "posted" or not self._codabox_is_sales() or not company._codabox_sends():
            return False, False, {}
        if self.codabox_send_state == "excluded" and self.codabox_send_code == BY_HAND:
            return "excluded", BY_HAND, self.codabox_send_facts
        if self.codabox_given_number or self.sudo().codabox_document_ids:
            return "excluded", "send_excluded_codabox", {}
        if self.journal_id.codabox_send_excluded:
            return "excluded", "send_excluded_journal", {"journal": self.journal_id.name}
        customer = self.commercial_partner_id.with_company(company)
        if customer.codabox_send_excluded:
            return "excluded", "send_excluded_partner", {"partner": customer.display_name}
        if company.codabox_send_from and self.invoice_date < company.codabox_send_from:
            return False, "send_before_start", {"start": str(company.codabox_send_from)}
        return "to_send", False, {}

    def _codabox_mark(self):
        """Bring invoices that did not leave in line with the settings."""
        for move in self.sudo():
            if move.codabox_send_state not in (False, "to_send", "excluded"):
                continue
            state, code, facts = move._codabox_scope()
            if state == move.codabox_send_state and state != "excluded":
                continue  # what stands in the way of one that waits stays too
            values = move._codabox_send_vals(state, state and code, facts)
            move._codabox_set(values, log=False)

    @api.model
    def _codabox_mark_company(self, companies):
        """Do so for all invoices of companies whose settings changed."""
        for company in companies.sudo():
            start = company.codabox_send_from
            domain = [
                ("company_id", "=", company.id),
                ("move_type", "in", self.get_sale_types()),
                ("state", "=", "posted"),
                "|",
                ("codabox_send_state", "in", ("to_send", "excluded")),
                "&",
                ("codabox_send_state", "=", False),
                ("invoice_date", ">=", start) if start else ("id", "!=", 0),
            ]
            self.sudo().search(domain)._codabox_mark()

    def _post(self, soft=True):
        # EXTENDS account: what is posted is to be sent, when it is one of those that are
        posted = super()._post(soft)
        sales = posted.filtered(lambda m: m.is_sale_document())
        sales._codabox_posted_again()
        sales._codabox_mark()
        return posted

    # Lists show nothing of CodaBox where none of the selected companies sends.

    @api.model
    def _codabox_shows_sending(self, view_type):
        return view_type != "list" or any(c._codabox_sends() for c in self.env.companies)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        # EXTENDS base
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self._codabox_shows_sending(view_type))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        # EXTENDS base
        arch, view = super()._get_view(view_id, view_type, **options)
        if not self._codabox_shows_sending(view_type):
            for node in arch.xpath(FOR_SENDERS):
                node.getparent().remove(node)
        return arch, view


class AccountJournal(models.Model):
    """A sales journal whose invoices the accountant does not need."""

    _inherit = "account.journal"

    codabox_send_excluded = fields.Boolean(
        "Not to the accountant", help="Invoices of this journal are not sent to the accountant."
    )

    def write(self, vals):
        result = super().write(vals)
        if "codabox_send_excluded" in vals:
            self.env["account.move"]._codabox_mark_company(
                self.company_id.filtered("codabox_consent_id")
            )
        return result


class ResPartner(models.Model):
    """A customer whose invoices the accountant does not need."""

    _inherit = "res.partner"

    codabox_send_excluded = fields.Boolean(
        "Not to the accountant",
        company_dependent=True,
        help="Invoices to this customer are not sent to the accountant.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "codabox_send_excluded" in vals:
            company = self.env.company.filtered("codabox_consent_id")
            self.env["account.move"]._codabox_mark_company(company)
        return result
