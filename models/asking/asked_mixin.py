from odoo import api, fields, models
from odoo.exceptions import UserError

READERS = "account.group_account_invoice,account.group_account_readonly"


class AskedMixin(models.AbstractModel):
    """What a client can be asked about: the last question stands beside it, and the button."""

    _name = "codabox.asked.mixin"
    _description = "What a client is asked about"

    # The field of a question that names it.
    _codabox_asked_by = None

    codabox_asked = fields.Char("Client asked", compute="_compute_codabox_asked", groups=READERS)

    @api.depends("codabox_client_question_ids.state")
    @api.depends_context("uid", "lang")
    def _compute_codabox_asked(self):
        for record in self:
            last = record.codabox_client_question_ids._filtered_access("read").sorted("id")[-1:]
            record.codabox_asked = last._said() if last else False

    def _codabox_is_done(self):
        """Return whether nothing is left to do with it."""
        raise NotImplementedError

    def _codabox_is_about_wages(self):
        """Return whether a question tells who earns what."""
        return False

    def _codabox_check_asking(self):
        """Refuse who may not ask about these.

        :raise AccessError: for who keeps no books, may not see them, or not read wages.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")

    def action_codabox_ask_client(self):
        """Ask the client about these.

        :raise AccessError: for who may not ask about them.
        :raise UserError: for those of several companies.
        """
        return self.env["codabox.client.ask"]._open(self._codabox_to_ask())

    def _codabox_to_ask(self):
        """Return those of these about which the client is asked, of one company.

        :raise AccessError: for who may not ask about them.
        :raise UserError: where there is none, or for those of several companies.
        """
        self._codabox_check_asking()
        records = self._codabox_askable()
        if not records:
            raise UserError(self.env._("The client can be asked about bank lines and bills."))
        if len(records.company_id) > 1:
            text = self.env._("Choose only what belongs to the company that this is about.")
            raise UserError(text)
        return records

    def _codabox_askable(self):
        """Return those of these about which a client can be asked."""
        return self


class CodaboxClientQuestion(models.Model):
    _inherit = "codabox.client.question"

    def _said(self):
        """Return in one line what was asked and what was answered."""
        self.ensure_one()
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        if self.is_open:
            return self.env._("Asked: %s", kind)
        return self.outcome
