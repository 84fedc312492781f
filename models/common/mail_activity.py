from odoo import api, fields, models

# How people hear of their to-dos; kept for the whole database.
SETTING = "account_codabox.todo_mails"


class MailActivity(models.Model):
    """Our to-dos go to who is there, and are told in one mail each morning.

    Odoo's own mail for each one at once is a setting.
    Only what this add-on plans: a person who gives a to-do to another one is heard at once.
    """

    _inherit = "mail.activity"

    codabox_told_on = fields.Datetime(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="When the morning mail told its user of this to-do; empty: it is still new.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS mail
        if not self._codabox_is_ours(vals_list):
            return super().create(vals_list)
        vals_list = [{**vals, "user_id": self._codabox_acting_id(vals)} for vals in vals_list]
        if not self.env["res.users"]._codabox_has_morning_mail():
            return super().create(vals_list)
        quiet = self.with_context(mail_activity_quick_update=True)
        return super(MailActivity, quiet).create(vals_list).with_env(self.env)

    @api.model
    def _codabox_is_ours(self, vals_list):
        """Return whether all these to-dos are planned by this add-on, and none by a person."""
        if not vals_list or not all(vals.get("automated") for vals in vals_list):
            return False
        types = {vals.get("activity_type_id") for vals in vals_list}
        return types <= set(self._codabox_types().ids)

    @api.model
    def _codabox_acting_id(self, vals):
        """Return the id of who gets a new to-do: its user, or who stands in for him."""
        user = self.env["res.users"].browse(vals.get("user_id"))
        model = self.env["ir.model"].sudo().browse(vals.get("res_model_id")).model
        if not user or not model:
            return user.id
        return user._codabox_acting(self.env[model].browse(vals["res_id"])).id

    @api.model
    def _codabox_types(self):
        """Return the types of the to-dos that this add-on plans."""
        known = (
            self.env["ir.model.data"]
            .sudo()
            .search_fetch(
                [("module", "=", "account_codabox"), ("model", "=", "mail.activity.type")],
                ["res_id"],
            )
        )
        return self.env["mail.activity.type"].sudo().browse(known.mapped("res_id"))

    def _codabox_record(self, env):
        """Return what this to-do is about, empty where it may not stand in a mail.

        A mail lies open on its way: nothing of payroll, no name that its reader may not see.

        :param env: of the reader.
        """
        record = env[self.res_model].browse(self.res_id).exists() if self.res_model else None
        if not record or not record.has_access("read"):
            return None
        return None if self._codabox_is_payroll(record) else record

    @api.model
    def _codabox_is_payroll(self, record):
        """Return whether a record is about payroll."""
        if record._name == "codabox.document":
            return record.kind == "soda"
        if record._name == "codabox.mandate":
            return record.service == "soda"
        if record._name == "account.journal":
            return record == record.company_id.sudo().codabox_soda_journal_id
        return record._name == "codabox.payroll"
