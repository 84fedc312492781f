from itertools import chain

from odoo import models
from odoo.fields import Domain

# Kinds of document that a journal of this type gets.
KINDS_OF_TYPE = {"purchase": ("purchase_invoice", "expense"), "sale": ("sales_invoice",)}


class AccountJournal(models.Model):
    """Purchase and sales journals: fetch from CodaBox, and what is to do."""

    _inherit = "account.journal"

    def _get_journal_dashboard_data_batched(self):
        # EXTENDS account
        data = super()._get_journal_dashboard_data_batched()
        journals = self.filtered(lambda j: j.type in KINDS_OF_TYPE)
        feeds = journals._codabox_feeds_by_company()
        connected = journals.filtered(lambda j: j.company_id in feeds)
        todo = connected._codabox_invoice_todo()
        for journal in connected:
            kinds = KINDS_OF_TYPE[journal.type]
            count = sum(todo.get((journal.company_id, kind), 0) for kind in kinds)
            data[journal.id]["codabox_invoices"] = {"todo": count}
        return data

    def _codabox_invoice_todo(self):
        """Return (company, kind) -> number of invoice documents that need a person."""
        groups = self.env["codabox.document"]._read_group(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("kind", "in", [*chain.from_iterable(KINDS_OF_TYPE.values())])
            & self.env["codabox.document"]._open_domain(),
            ["company_id", "kind"],
            ["__count"],
        )
        return {(company, kind): count for company, kind, count in groups}

    def action_codabox_invoice_todo(self):
        """Open the invoice documents of this company that need a person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_document_action"
        )
        return action | {
            "domain": [
                ("company_id", "=", self.company_id.id),
                ("kind", "in", KINDS_OF_TYPE.get(self.type, ())),
            ],
            "context": {"search_default_todo": 1},
        }
