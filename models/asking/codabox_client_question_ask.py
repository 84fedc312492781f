from odoo import api, fields, models
from odoo.exceptions import UserError


class CodaboxClientQuestion(models.Model):
    """An accountant asks, and takes back what he asked."""

    _inherit = "codabox.client.question"

    @api.model
    def _ask(self, records, partner, kind, text=""):
        """Ask the same of each of these bank lines or bills; not again what is open already.

        Who may ask was checked before.

        :param records: bank lines or bills of one company.
        :param res.partner partner: who answers for that company; remembered.
        :return: the new questions.
        :raise UserError: where there is no address to ask at.
        """
        if not partner.email_normalized:
            raise UserError(
                self.env._("%s has no e-mail address. Fill it in first.", partner.display_name)
            )
        contact = self.env["codabox.client.contact"]._remember(records.company_id, partner)
        inverse = records._codabox_asked_by
        asked = self.sudo().search([(inverse, "in", records.ids), ("kind", "=", kind)])
        known = asked.filtered("is_open")[inverse]
        values = {
            "company_id": records.company_id.id,
            "contact_id": contact.id,
            "kind": kind,
            "text": (text or "").strip(),
            "user_id": self.env.uid,
            "asked_on": fields.Datetime.now(),
        }
        questions = self.sudo().create(
            [
                {
                    **values,
                    inverse: record.id,
                    "is_wages": record._codabox_is_about_wages(),
                    "was_done": record._codabox_is_done(),
                }
                for record in records - known.with_env(records.env)
            ]
        )
        for question in questions:
            question._log_at_record(question._asked_note())
        return questions.with_env(self.env)

    def _asked_note(self):
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        text = "" if self.is_wages else self.text
        return self.env._("Asked the client: %s", " ".join(filter(None, [kind, text])))

    def _record(self):
        """Return the entry whose history tells of this question."""
        self.ensure_one()
        return self.line_id.move_id or self.move_id

    def _log_at_record(self, body, author=None):
        """Write a line in the history of what this question is about.

        :param res.partner author: who says so; the current user by default.
        """
        values = {"author_id": author.id} if author else {}
        self._record().sudo()._message_log(body=body, **values)

    def action_withdraw(self):
        """Take these questions back; what is answered or closed stays as it is.

        :raise AccessError: for who keeps no books, or may not see them.
        """
        self._check_accountant()
        for question in self.sudo().filtered("is_open"):
            question.withdrawn_on = fields.Datetime.now()
            question._log_at_record(self.env._("The question to the client was withdrawn."))

    def _check_accountant(self):
        """Refuse who may not keep the books, or not see these questions.

        :raise AccessError: with a sentence that says so.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
