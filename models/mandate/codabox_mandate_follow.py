from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.tools import html2plaintext
from odoo.tools.misc import format_date

from ...reasons import explain

# A to-do that a person closed while nothing changed comes back after this many days at the soonest.
AGAIN_DAYS = 14

TODO_TYPES = {
    "problem": "account_codabox.mail_activity_type_mandate_problem",
    "stuck": "account_codabox.mail_activity_type_mandate_stuck",
}

# Of more new to-dos of one person at once, one to-do on the connection stands for all.
TOGETHER = 10

ACTIVITY = "account_codabox.mail_activity_type_mandates_together"


class CodaboxMandate(models.Model):
    """What changes is told on the client; what stands still or is wrong becomes a to-do."""

    _inherit = "codabox.mandate"

    # -------------------------------------------------------------------------
    # Told on the client
    # -------------------------------------------------------------------------

    def write(self, vals):
        turns = vals.keys() & {"state", "state_date"}
        before = {m.id: (m.state, m.state_date) for m in self} if turns else {}
        result = super().write(vals)
        turned = self.filtered(lambda m: m.id in before and (m.state, m.state_date) != before[m.id])
        # What was asked was about the state before. Which moment is the later one would not tell
        # that: CodaBox's clock is another than ours, and a second is long.
        turned.filtered("todo_on").todo_on = False
        changed = turned.filtered(lambda m: m.state != before[m.id][0])
        for mandate in changed:
            if mandate.problem_reason:
                mandate._track_set_log_message(mandate.problem_reason)
        changed._log_on_partners({id: state for id, (state, _since) in before.items()})
        return result

    def _log_on_partners(self, before):
        """Note on each client what became of its mandates.

        :param dict before: id of a mandate -> its earlier state.
        """
        bodies = {}
        for mandate in self.sudo().filtered("partner_id"):
            reader = mandate.with_context(lang=mandate._responsible().lang)
            labels = dict(reader._fields["state"]._description_selection(reader.env))
            text = reader.env._(
                "CodaBox mandate %(mandate)s: %(before)s → %(after)s.",
                mandate=reader.display_name,
                before=labels[before[mandate.id]],
                after=labels[mandate.state],
            )
            if mandate.state == "problem" and mandate.problem_reason:
                text = f"{text} {mandate.problem_reason}"
            bodies.setdefault(mandate.partner_id, []).append(text)
        for partner, texts in bodies.items():
            for text in texts:
                partner._message_log(body=text)

    # -------------------------------------------------------------------------
    # To do
    # -------------------------------------------------------------------------

    def _follow_up(self):
        """Ask the responsible to look at what is stuck or wrong; close what is no more."""
        mandates, to_ask = self.sudo(), {}
        together = mandates.connection_id._asked_together()
        for kind, xml_id in TODO_TYPES.items():
            wanted = mandates.filtered(lambda m, kind=kind: m._todo_kind() == kind)
            asked = mandates.browse(mandates.activity_search([xml_id]).mapped("res_id"))
            (asked - wanted).activity_feedback([xml_id])
            new = (wanted - asked).filtered(lambda m: not m._was_asked(together))
            to_ask.update(dict.fromkeys(new, xml_id))
        mandates._ask_all(to_ask)
        together._refresh_together()

    def _todo_kind(self):
        """Return ``problem``, ``stuck`` or ``""``: what this mandate asks of a person now."""
        self.ensure_one()
        if self.state in ("problem", "expired"):
            return "problem"
        days = self._patience()
        limit = fields.Datetime.now() - timedelta(days=days)
        return "stuck" if days and self._since() <= limit else ""

    def _patience(self):
        """Return after how many days this state is too long, 0 for never."""
        company, name = self.company_id, f"codabox_days_{self.state}"
        return company[name] if name in company._fields else 0

    def _since(self):
        return self.state_date or self.create_date

    def _was_asked(self, together):
        """Say whether the to-do of this very state is open, or was closed not long ago.

        :param together: connections on which one to-do stands for many mandates.
        """
        self.ensure_one()
        if not self.todo_on:
            return False
        if self.todo_together and self.connection_id in together:
            return True
        again = timedelta(days=max(self._patience(), AGAIN_DAYS))
        return self.todo_on > fields.Datetime.now() - again

    def _ask(self, xml_id):
        """Plan the to-do of this mandate."""
        user = self._responsible()
        reader = self.with_context(lang=user.lang)
        facts = {
            "mandate": reader.display_name,
            "since": format_date(reader.env, self._since()),
            "reason": self.problem_reason,
        }
        note = explain(reader.env, f"todo_{self.state}", facts)
        self.activity_schedule(xml_id, user_id=user.id, note=note)
        self.write({"todo_on": fields.Datetime.now(), "todo_together": False})

    # Many to-dos at once: the first reading of an office, or a bank where everything waits.

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
        users = user | user._codabox_acting(self)
        if not any(self.activity_search([ACTIVITY], user_id=u.id) for u in users):
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
            acting = {user._codabox_acting(connection): own for user, own in left.items()}
            for activity in connection.activity_search([ACTIVITY]):
                own = left.get(activity.user_id) or acting.get(activity.user_id)
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
