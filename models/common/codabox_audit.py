from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

ACTIONS = [
    ("fetched", "Fetched by hand"),
    ("resolved", "Resolved"),
    ("discarded", "Discarded"),
    ("gave_up", "Gave up"),
    ("overruled", "Overrode a question"),
    ("ordered", "Ordered"),
    ("asked", "Asked CodaBox by hand"),
    ("archived", "Archived a mandate"),
    ("sent", "Sent"),
    ("checked", "Checked at the bank"),
    ("ready", "Said that a period is ready"),
    ("right", "Said that a line of a check is right"),
    ("filing", "Said how often VAT is filed"),
    ("opened", "Opened payroll"),
    ("exported", "Exported"),
    ("handed_over", "Handed over a dossier"),
    ("given", "Lets read payroll"),
    ("taken", "Lets read payroll no more"),
    ("role_given", "Gave a role"),
    ("role_taken", "Took a role"),
    ("wages_opened", "Lets accountants read wages"),
    ("wages_closed", "Lets accountants read wages no more"),
    ("label_shown", "Says a payroll label names nobody"),
    ("label_hidden", "Hides a payroll label again"),
    ("orders_restricted", "Lets only mandate officers order"),
    ("orders_opened", "Lets every accountant order"),
    ("company_made", "Had a company made"),
]
# The parts and the pages of a file are one opening.
ONE_OPENING = timedelta(minutes=5)


class CodaboxAudit(models.Model):
    """Who did what, when, on what, in which company; read by CodaBox administrators.

    Written by code, in the transaction of what it tells: what is rolled back is not told. Nobody
    changes or deletes a row, whatever his rights: the methods refuse, not only the rights. It
    quotes neither files nor what people write, so no name or amount of a wage stands in it.
    """

    _name = "codabox.audit"
    _description = "CodaBox log"
    _order = "id desc"
    _rec_name = "subject"

    create_date = fields.Datetime("When", readonly=True, index=True)
    user_id = fields.Many2one("res.users", "Who", readonly=True, ondelete="set null", index=True)
    # Stays when the user is deleted.
    user_name = fields.Char("Name at the time", readonly=True)
    action = fields.Selection(ACTIONS, "What", required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", readonly=True, ondelete="set null", index=True)
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    subject = fields.Char("On what", readonly=True)

    _record_idx = models.Index("(res_model, res_id)")

    # -------------------------------------------------------------------------
    # Written by code only
    # -------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The log of CodaBox is written by what happens only."))
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_change()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _refuse_change(self):
        raise AccessError(self.env._("Nobody changes the log of CodaBox, nor deletes from it."))

    # -------------------------------------------------------------------------
    # Telling
    # -------------------------------------------------------------------------

    @api.model
    def _note(self, action, records, company=None):
        """Tell what the user did with each of these records.

        :param str action: one of ``ACTIONS``.
        :param res.company company: by default that of each record, or of its connection.
        """
        self._keep([self._prepare(action, record, company) for record in records.sudo()])

    @api.model
    def _note_export(self, records):
        """Tell that the user took these records out of Odoo: a row for each company."""
        rows = []
        for company, group in records.sudo().grouped(self._company_of).items():
            one = group if len(group) == 1 else group.browse()
            values = self._prepare("exported", one, company)
            rows.append(values | {"subject": f"{records._description}: {len(group)}"})
        self._keep(rows)

    @api.model
    def _note_opened(self, records):
        """Tell that the user opened the files of these, once while he looks at them."""
        since = self.env.cr.now() - ONE_OPENING
        known = self.sudo().search(
            [
                ("action", "=", "opened"),
                ("user_id", "=", self.env.uid),
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("create_date", ">=", since),
            ]
        )
        new = records.sudo().filtered(lambda r: r.id not in set(known.mapped("res_id")))
        self._keep([self._prepare("opened", record) for record in new])

    @api.model
    def _company_of(self, record):
        """Return whose record this is; of a client without company, the office of its connection."""
        company = record[:1].company_id if "company_id" in record else None
        if not company and "document_id" in record:
            return self._company_of(record.document_id)
        if not company and "connection_id" in record:
            company = record.connection_id.company_id
        return company or self.env["res.company"]

    @api.model
    def _prepare(self, action, record, company=None):
        """Return the values of a row."""
        return {
            "action": action,
            "user_id": self.env.uid,
            "user_name": self.env.user.sudo().name,
            "company_id": (company or self._company_of(record)).id,
            "res_model": record._name,
            "res_id": record.id,
            "subject": record.display_name if record else False,
        }

    @api.model
    def _keep(self, rows):
        """Write rows; where Odoo only reads at the moment, in a transaction of their own."""
        if not rows:
            return
        if not self.env.cr.readonly:
            self.sudo().create(rows)
            return
        self.env.cr.rollback()  # as Odoo does: nothing was written, and what was read is read again
        with self.env.registry.cursor() as cr:
            self.with_env(self.env(cr=cr)).sudo().create(rows)


class Base(models.AbstractModel):
    _inherit = "base"

    def export_data(self, fields_to_export):
        """Extend: tell who took records of ours out of Odoo."""
        result = super().export_data(fields_to_export)
        if self._name.startswith("codabox.") and self and not self.env.su:
            self.env["codabox.audit"]._note_export(self)
        return result
