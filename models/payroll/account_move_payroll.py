from odoo import api, fields, models


class AccountMove(models.Model):
    """The journal entry of a payroll: what to look at before posting, and the PDF beside it."""

    _inherit = "account.move"

    codabox_payroll_id = fields.Many2one(
        "codabox.payroll",
        "Payroll",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="account_codabox.group_payroll",
    )
    codabox_is_payroll = fields.Boolean(compute="_compute_codabox_is_payroll", compute_sudo=True)
    codabox_reads_payroll = fields.Boolean(compute="_compute_codabox_reads_payroll")
    codabox_payroll_notice = fields.Text(
        "To look at", compute="_compute_codabox_payroll_notice", compute_sudo=True
    )
    codabox_payroll_pdf_id = fields.Many2one(
        "ir.attachment",
        "PDF of the payroll",
        compute="_compute_codabox_payroll_pdf",
        groups="account_codabox.group_payroll",
    )
    codabox_payroll_pdf = fields.Binary(
        "PDF",
        compute="_compute_codabox_payroll_pdf",
        groups="account_codabox.group_payroll",
    )

    @api.depends("codabox_payroll_id")
    def _compute_codabox_is_payroll(self):
        for move in self:
            move.codabox_is_payroll = bool(move.codabox_payroll_id)

    @api.depends("company_id")
    @api.depends_context("uid")
    def _compute_codabox_reads_payroll(self):
        companies = self.env.user._codabox_payroll_companies()
        for move in self:
            move.codabox_reads_payroll = move.company_id in companies

    @api.depends("codabox_payroll_id.notices")
    @api.depends_context("lang")
    def _compute_codabox_payroll_notice(self):
        for move in self:
            move.codabox_payroll_notice = move.codabox_payroll_id.notice

    @api.depends("codabox_payroll_id")
    def _compute_codabox_payroll_pdf(self):
        payroll = self.filtered("codabox_payroll_id")
        found = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", payroll.ids),
                ("codabox_payroll", "=", True),
                ("mimetype", "=", "application/pdf"),
            ],
            order="id desc",
        )
        by_move = {attachment.res_id: attachment for attachment in found}
        for move in self:
            pdf = by_move.get(move.id, found.browse())
            move.codabox_payroll_pdf_id = pdf
            move.codabox_payroll_pdf = pdf.datas

    def unlink(self):
        # EXTENDS account: the document of a deleted payroll waits for a decision
        payrolls = self.env["codabox.payroll"]
        if not self.env.context.get("codabox_undo"):
            payrolls = self.sudo().codabox_payroll_id
        result = super().unlink()
        payrolls._forget_deleted()
        return result

    def action_open_codabox_payroll(self):
        """Open the document that this payroll came from."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "codabox.document",
            "res_id": self.codabox_payroll_id.document_id.id,
            "view_mode": "form",
        }


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    codabox_soda_code = fields.Char(
        "Payroll code",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The account code of the social secretariat.",
    )
    codabox_soda_source = fields.Char("Social secretariat", readonly=True, copy=False)
    codabox_soda_account_id = fields.Many2one(
        "account.account",
        "Account given by the mapping",
        readonly=True,
        copy=False,
        help="While it differs from the account, a person changed it and was not asked yet.",
    )
