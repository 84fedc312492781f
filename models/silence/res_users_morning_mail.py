import logging
from urllib.parse import urlencode

from odoo import api, fields, models

from ..common.contained import contained
from ..common.mail_activity import SETTING

_logger = logging.getLogger(__name__)

# What is more stands in Odoo.
LINES = 100


class ResUsers(models.Model):
    """The mail of each morning: what is new for a responsible, and what is still open.

    The to-dos of Odoo stay the record; without anything new there is no mail.
    """

    _inherit = "res.users"

    @api.model
    def _codabox_has_morning_mail(self):
        """Return whether to-dos are told in the morning; where nothing sends it, each is at once."""
        setting = self.env["ir.config_parameter"].sudo().get_param(SETTING)
        cron = self.env.ref("account_codabox.ir_cron_morning_mail", raise_if_not_found=False)
        return setting != "single" and bool(cron and cron.sudo().active)

    @api.model
    def _cron_codabox_morning_mail(self):
        """Send each responsible one mail of his to-dos, where any is new."""
        if not self._codabox_has_morning_mail():
            return
        progress = self.env["ir.cron"]._commit_progress
        users = self._codabox_todos([("codabox_told_on", "=", False)]).user_id.sorted("id")
        for user in users.with_prefetch():
            subject = f"morning mail of user {user.id}"
            with contained(self.env, _logger, subject, lambda facts: None):
                user._codabox_send_morning_mail()
                progress(1)

    @api.model
    def _codabox_todos(self, domain=()):
        """Return the open to-dos that this add-on planned, the oldest first."""
        activities = self.env["mail.activity"].sudo()
        types = activities._codabox_types()
        return activities.search(
            [("activity_type_id", "in", types.ids), ("user_id.active", "=", True), *domain],
            order="id",
        )

    def _codabox_send_morning_mail(self):
        """Send this user what is new for him and what is still open, in his language."""
        self.ensure_one()
        todos = self._codabox_todos([("user_id", "=", self.id)])
        new = todos.filtered(lambda todo: not todo.codabox_told_on)
        if not new:
            return
        reader = (
            self.with_user(self)
            .with_context(lang=self.lang, allowed_company_ids=self.company_ids.ids)
            .env
        )
        body = reader["ir.qweb"]._render(
            "account_codabox.morning_mail",
            self._codabox_morning_values(new, todos - new, reader),
            minimal_qcontext=True,
        )
        self.env["mail.thread"].sudo().with_context(lang=self.lang).message_notify(
            partner_ids=self.partner_id.ids,
            subject=reader._("CodaBox: what is new for you (%(count)s)", count=len(new)),
            body=body,
            email_layout_xmlid="mail.mail_notification_light",
        )
        new.codabox_told_on = fields.Datetime.now()

    def _codabox_morning_values(self, new, old, reader):
        """Return what the mail shows.

        :param mail.activity new: not told yet.
        :param mail.activity old: told before, and still open.
        :param reader: environment of the reader.
        :rtype: dict
        """
        shown = {todo: todo._codabox_record(reader) for todo in (new | old)}
        lines = [(todo, record) for todo, record in shown.items() if record][:LINES]
        return {
            "new": [self._codabox_line(*line) for line in lines if line[0] in new],
            "old": [self._codabox_line(*line) for line in lines if line[0] in old],
            "more": len(shown) - len(lines),
            "url": f"{self.get_base_url()}/odoo/action-mail.mail_activity_action_my",
        }

    def _codabox_line(self, todo, record):
        """Return what is to do, about what, and where it opens."""
        kind = todo.activity_type_id.with_env(record.env)
        place = urlencode({"model": record._name, "res_id": record.id})
        return {
            "summary": kind.sudo().summary or kind.sudo().name,
            "name": record.display_name,
            "url": f"{self.get_base_url()}/mail/view?{place}",
        }
