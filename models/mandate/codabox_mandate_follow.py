from datetime import timedelta

from odoo import fields, models
from odoo.tools.misc import format_date

from ...reasons import explain

# A to-do that a person closed while nothing changed comes back after this many days at the soonest.
AGAIN_DAYS = 14

TODO_TYPES = {
    "problem": "account_codabox.mail_activity_type_mandate_problem",
    "stuck": "account_codabox.mail_activity_type_mandate_stuck",
}


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
