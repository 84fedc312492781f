from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...codabox import is_soda, read_bundle


class AccountJournal(models.Model):
    """The payroll journal: fetch from CodaBox, upload by hand, what is to do."""

    _inherit = "account.journal"

    def _codabox_is_payroll_journal(self):
        self.ensure_one()
        return self.type == "general" and self == self.company_id.sudo().codabox_soda_journal_id

    def _get_journal_dashboard_data_batched(self):
        # EXTENDS account
        data = super()._get_journal_dashboard_data_batched()
        payroll = self.filtered(lambda j: j._codabox_is_payroll_journal())
        reads = self.env.user._codabox_payroll_companies()
        feeds = payroll._codabox_feeds_by_company()
        todo = payroll._codabox_payroll_todo() if reads else {}
        manages = self.env.user.has_group("account.group_account_manager")
        for journal in payroll:
            data[journal.id]["codabox_payroll"] = {
                "connected": journal.company_id in feeds,
                "upload": journal.company_id in reads,
                "todo": todo.get(journal.company_id, 0),
                "unmapped": journal._codabox_unmapped_count(),
                "closed": manages and len(journal.company_id._codabox_closed_social_debts()),
            }
        return data

    def _codabox_payroll_todo(self):
        """Return company -> number of payroll documents that need a person."""
        return dict(
            self.env["codabox.document"]._read_group(
                Domain([("company_id", "in", self.company_id.ids), ("kind", "=", "soda")])
                & self.env["codabox.document"]._open_domain(),
                ["company_id"],
                ["__count"],
            )
        )

    def _codabox_unmapped_count(self):
        """Return the number of payroll codes of the company without account."""
        return self.env["codabox.soda.mapping"].search_count(
            [("company_id", "=", self.company_id.id), ("is_mapped", "=", False)]
        )

    def action_codabox_payroll_todo(self):
        """Open the payroll documents of this company that need a person."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_document_action"
        )
        return action | {
            "domain": [("company_id", "=", self.company_id.id), ("kind", "=", "soda")],
            "context": {"search_default_todo": 1},
        }

    def action_codabox_payroll_mapping(self):
        """Open the payroll mapping of this company."""
        mappings = self.env["codabox.soda.mapping"].search(
            [("company_id", "=", self.company_id.id)]
        )
        return mappings._action_open(self.env._("Payroll mapping"))

    # -------------------------------------------------------------------------
    # Upload
    # -------------------------------------------------------------------------

    def create_document_from_attachment(self, attachment_ids):
        # EXTENDS account: a payroll file goes to the inbox of CodaBox, not into an entry directly
        journal = self or self.browse(self.env.context.get("default_journal_id"))
        if len(journal) == 1 and journal.type == "general":
            attachments = self.env["ir.attachment"].browse(attachment_ids)
            meant = self.env.context.get("codabox_upload")
            if meant or any(is_soda(attachment.raw or b"") for attachment in attachments):
                return journal._codabox_upload(attachments)
        return super().create_document_from_attachment(attachment_ids)

    def _codabox_upload(self, attachments):
        reads = self.env.user._codabox_payroll_companies()
        if self.type == "general" and self.company_id not in reads:
            raise AccessError(
                self.env._(
                    "Payroll files of %(company)s are for who reads its payroll: ask your manager.",
                    company=self.company_id.name,
                )
            )
        return super()._codabox_upload(attachments)

    def _codabox_upload_kind(self):
        return "soda" if self.type == "general" else super()._codabox_upload_kind()

    def _codabox_read_bundle(self, attachments):
        if self.type != "general":
            return super()._codabox_read_bundle(attachments)
        return read_bundle(
            [(a.name, a.raw or b"") for a in attachments],
            lambda name, content: name.lower().endswith(".xml") or is_soda(content),
        )

    def _codabox_nothing_found(self, names):
        if self.type != "general":
            return super()._codabox_nothing_found(names)
        return self.env._(
            "There is no payroll file among %(names)s. Choose the .xml file, or a .zip with it.",
            names=names,
        )

    def _codabox_show_uploaded(self, documents, ignored):
        action = super()._codabox_show_uploaded(documents, ignored)
        return action | ({"name": self.env._("Uploaded payroll")} if self.type == "general" else {})
