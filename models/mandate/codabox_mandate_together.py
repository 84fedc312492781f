from markupsafe import Markup

from odoo import fields, models
from odoo.tools import html2plaintext

from ...reasons import explain

# Of more new to-dos of one person at once, one to-do on the connection stands for all.
TOGETHER = 10
ACTIVITY = "account_codabox.mail_activity_type_mandates_together"


class CodaboxMandate(models.Model):
    """Many to-dos at once: the first reading of an office, or a bank where everything waits."""

    _inherit = "codabox.mandate"

    todo_together = fields.Boolean("In a common to-do", readonly=True, copy=False, index=True)

    def _ask_all(self, to_ask):
        """Plan the to-dos of mandates: one each, or one for all where they are many.

        :param dict to_ask: mandate -> type of its to-do.
        """
        groups = {}
        for mandate in to_ask:
            groups.setdefault((mandate.connection_id, mandate._responsible()), []).append(mandate)
        for (connection, user), mandates in groups.items():
            # Who may not see the connection of the office is asked for each.
            if len(mandates) > TOGETHER and connection.company_id in user.company_ids:
                many = self.browse([mandate.id for mandate in mandates])
                many.write({"todo_on": fields.Datetime.now(), "todo_together": True})
                connection._ask_together(user)
                continue
            for mandate in mandates:
                mandate._ask(to_ask[mandate])


class CodaboxConnection(models.Model):
    """The one to-do for many mandates."""

    _inherit = "codabox.connection"

    def _asked_together(self):
        """Return the connections on which such a to-do is open."""
        return self.browse(self.activity_search([ACTIVITY]).mapped("res_id"))

    def _ask_together(self, user):
        """Plan the to-do, unless this user has it already."""
        if not self.activity_search([ACTIVITY], user_id=user.id):
            self.activity_schedule(ACTIVITY, user_id=user.id)
        self._refresh_together()

    def _refresh_together(self):
        """Say in each such to-do how many are left; close it when none is."""
        for connection in self:
            mandates = self.env["codabox.mandate"].search(
                [("connection_id", "=", connection.id), ("todo_together", "=", True)]
            )
            done = mandates.filtered(lambda m: not m._todo_kind())
            done.todo_together = False
            left = (mandates - done).grouped(lambda m: m._responsible())
            for activity in connection.activity_search([ACTIVITY]):
                own = left.get(activity.user_id)
                if not own:
                    connection.activity_feedback([ACTIVITY], user_id=activity.user_id.id)
                    continue
                note = connection._together_note(own, activity.user_id)
                if html2plaintext(activity.note or "") != html2plaintext(note):
                    activity.note = note

    def _together_note(self, mandates, user):
        """Return what the to-do says to its user."""
        kinds = mandates.grouped(lambda m: m._todo_kind())
        counts = {kind: len(kinds.get(kind, ())) for kind in ("problem", "stuck")}
        env = self.with_context(lang=user.lang).env
        return Markup('<p>%s</p><p><a href="/odoo/codabox-mandates-together">%s</a></p>') % (
            explain(env, "todo_together", counts),
            env._("See these mandates"),
        )
