from odoo import fields, models

from ...reasons import explain
from .codabox_feed import enterprise_digits


class CodaboxConnection(models.Model):
    """What is not known, or not as a person said, about what a connection may see."""

    _inherit = "codabox.connection"

    is_showing_clients = fields.Boolean(
        "Shows clients",
        readonly=True,
        copy=False,
        help="CodaBox shows the documents of several enterprises, or of another one: these are the "
        "credentials of an accounting office.",
    )
    told_once = fields.Json(readonly=True, copy=False, export_string_translation=False)

    def _is_of_office(self):
        """Return whether the clients of this connection need mandates: it is that of an office.

        Its role says so, or what CodaBox shows: who chose *Company* by mistake opens nothing.
        """
        self.ensure_one()
        return self.role == "office" or self.is_showing_clients

    def _judge_role(self, clients, enterprises):
        """Notice the credentials of an office behind the role of a company.

        :param clients: the ``FeedClient`` values of the pod.
        :param dict enterprises: CodaBox client id -> enterprise number.
        """
        own = self.company_id._codabox_enterprise_number()
        numbers = set(filter(None, map(enterprise_digits, enterprises.values())))
        # Where the clients were not read this time, what was noticed before stays.
        is_other = bool(own and numbers - {own}) if enterprises else self.is_showing_clients
        shows = is_other or len({client.client_id for client in clients} - {""}) > 1
        if self.is_showing_clients != shows:
            self.sudo().is_showing_clients = shows
        if shows and self.role == "company":
            self.sudo().write(self._reason_vals("role_of_office"))
            self._tell_once("role_of_office")

    def _tell_once(self, code, **facts):
        """Tell the responsible something about this connection, the first time only.

        :param str code: of the reason that says it.
        :param facts: of that reason.
        """
        connection = self.sudo()
        told = connection.told_once or []
        if code in told:
            return
        connection.told_once = [*told, code]
        user = connection._responsible()
        reader = connection.with_context(lang=user.lang)
        connection.message_post(
            body=explain(reader.env, code, facts), partner_ids=user.partner_id.ids
        )
