from odoo import api, models

from ..common.own_company import open_in_own_company


class AccountMoveSend(models.AbstractModel):
    """CodaBox beside e-mail and Peppol in Odoo's *Send*."""

    _inherit = "account.move.send"

    @api.model
    def _get_all_extra_edis(self):
        # EXTENDS account
        return {
            **super()._get_all_extra_edis(),
            "codabox": {
                "label": self.env._("To my accountant"),
                "is_applicable": self._codabox_is_applicable,
                "help": self.env._(
                    "Sends the accountant the electronic invoice with its PDF inside. The customer gets nothing of it."
                ),
            },
        }

    @api.model
    def _codabox_is_applicable(self, move):
        """Say whether an invoice can be sent to CodaBox, for this user too."""
        may_send = self.env.su or self.env.user.has_group("account.group_account_invoice")
        return may_send and "send" in move._codabox_send_actions()

    @api.model
    def _get_default_extra_edis(self, move):
        # EXTENDS account: where the schedule decides, nobody has to
        chosen = super()._get_default_extra_edis(move)
        if move.company_id.codabox_send_schedule != "manual":
            chosen.discard("codabox")
        return chosen

    @api.model
    def _get_alerts(self, moves, moves_data):
        # EXTENDS account
        alerts = super()._get_alerts(moves, moves_data)
        chosen = moves.filtered(lambda m: "codabox" in moves_data[m]["extra_edis"])
        problems = {move: move._codabox_problem() for move in chosen}
        stopped = chosen.filtered(lambda m: problems[m])
        if stopped:
            alerts["codabox_cannot_send"] = stopped._codabox_alert(
                problems[stopped[0]], len(stopped)
            )
        twice = (chosen - stopped).filtered(
            lambda m: m._codabox_other_ways(
                "email" in moves_data[m]["sending_methods"]
                and moves_data[m].get("mail_partner_ids")
            )
        )
        if twice:
            alerts["codabox_twice"] = {
                "level": "warning",
                "message": self.env._(
                    "%(accountant)s gets this invoice by mail or Peppol too, so twice. Untick “To my accountant”, or leave the accountant out.",
                    accountant=twice.company_id.codabox_accountant_id[:1].display_name,
                ),
                "action_text": self.env._("View invoices") if len(twice) > 1 else False,
                "action": open_in_own_company(
                    twice._get_records_action(name=self.env._("Sent twice")), twice
                )
                if len(twice) > 1
                else False,
            }
        return alerts

    @api.model
    def _hook_if_success(self, moves_data, from_cron=False):
        # EXTENDS account: only noted here. The sending commits, which must not happen in the middle
        # of Odoo's own: its own action, woken now, does it, or the wizard when all the rest is done.
        result = super()._hook_if_success(moves_data, from_cron=from_cron)
        for move, data in moves_data.items():
            if "codabox" in data["extra_edis"] and "send" in move._codabox_send_actions():
                move.with_user(data["author_user_id"])._codabox_request()
        return result
