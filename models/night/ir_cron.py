from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# The shipped action, and what makes another record do the same: the model and the call in its code.
ACTIONS = {
    "fetch": ("ir_cron_fetch", "codabox.connection", "model._cron_fetch("),
    "look": ("ir_cron_look", "codabox.connection", "model._cron_look("),
    "create": ("ir_cron_create", "codabox.company.order", "model._cron_create("),
    "send": ("ir_cron_send", "res.company", "model._cron_codabox_send("),
}

# More than an office ever needs; each that runs takes a worker from all other scheduled actions.
MOST = 8


class IrCron(models.Model):
    """Our scheduled actions: waking all of one kind, and having more or fewer of them.

    One scheduled action runs in one worker at a time. Copies of it work side by side: each client
    is locked by the one that fetches it, and the others pass it by.
    """

    _inherit = "ir.cron"

    @api.model
    def _codabox_actions(self, what):
        """Return the scheduled actions of a kind, the shipped one first, archived ones too.

        Those that somebody made by hand are among them, with whatever else their code does.

        :param str what: key of ``ACTIONS``.
        """
        name, model, call = ACTIONS[what]
        crons = self.sudo().with_context(active_test=False)
        shipped = self.env.ref(f"account_codabox.{name}", raise_if_not_found=False)
        same = crons.search([("model_id.model", "=", model), ("code", "like", call)], order="id")
        return crons.browse(shipped and shipped.id) | same

    @api.model
    def _codabox_trigger(self, what, at=None, *, others=False):
        """Wake all scheduled actions of a kind.

        :param str what: key of ``ACTIONS``.
        :param datetime.datetime at: when; now by default.
        :param bool others: not the one that runs this.
        """
        actions = self._codabox_actions(what).filtered("active")
        if others:
            actions -= actions.browse(self.env.context.get("cron_id"))
        for action in actions:
            action._trigger(at=at)

    @api.model
    def _codabox_set_number(self, what, number):
        """Have so many scheduled actions of a kind: copies are made or archived.

        The shipped one is the last that is archived, the first that comes back.

        :param str what: key of ``ACTIONS``.
        :param int number: how many are to be active.
        :raise UserError: one that is to be archived runs at this moment.
        :raise ValidationError: no such number is allowed.
        """
        if not 1 <= number <= MOST:
            raise ValidationError(
                self.env._("Choose a number of scheduled actions from 1 to %(most)s.", most=MOST)
            )
        actions = self._codabox_actions(what)
        if not actions:
            raise UserError(
                self.env._(
                    "The scheduled action was deleted. Upgrade the app CodaBox, and it comes back."
                )
            )
        active = actions.filtered("active")
        active[number:].active = False
        (actions - active)[: max(number - len(active), 0)].active = True
        for place in range(len(actions) + 1, number + 1):
            actions[0]._codabox_copy(place)

    def _codabox_copy(self, place):
        """Make a copy of this scheduled action.

        :param int place: which one it is; part of its name.
        """
        return self.copy(
            {
                "name": f"{self.name} ({place})",
                "nextcall": fields.Datetime.now(),
                "active": True,
                "failure_count": 0,
                "first_failure_date": False,
            }
        )

    @api.model
    def _codabox_delete_copies(self):
        """Delete what no record of the module is, and would outlive it."""
        for what in ACTIONS:
            self._codabox_actions(what)[1:].unlink()
