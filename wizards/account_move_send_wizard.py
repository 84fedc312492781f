from odoo import api, models


class AccountMoveSendWizard(models.TransientModel):
    """CodaBox in Odoo's *Send*, of which the hooks are in ``account_move_send_codabox``."""

    _inherit = "account.move.send.wizard"

    @api.depends("move_id")
    def _compute_extra_edi_checkboxes(self):
        # EXTENDS account: what is not chosen by default can be chosen all the same
        result = super()._compute_extra_edi_checkboxes()
        edi = self._get_all_extra_edis()["codabox"]
        for wizard in self:
            boxes = wizard.extra_edi_checkboxes or {}
            if "codabox" not in boxes and self._codabox_is_applicable(wizard.move_id):
                box = {"checked": False, "label": edi["label"], "help": edi["help"]}
                wizard.extra_edi_checkboxes = {**boxes, "codabox": box}
        return result

    def action_send_and_print(self, allow_fallback_pdf=False):
        # EXTENDS account: the accountant comes last, when everything else is done
        action = super().action_send_and_print(allow_fallback_pdf=allow_fallback_pdf)
        if "codabox" not in (self.extra_edis or ()) or not self.move_id.codabox_send_requested:
            return action
        notification = self.move_id.action_codabox_send()
        notification["params"]["next"] = action
        return notification


class AccountMoveSendBatchWizard(models.TransientModel):
    """CodaBox in Odoo's *Send* of many invoices."""

    _inherit = "account.move.send.batch.wizard"

    @api.depends("move_ids")
    def _compute_summary_data(self):
        # EXTENDS account: Odoo writes "by" before each way, which ours says itself
        result = super()._compute_summary_data()
        for wizard in self.filtered(lambda w: "codabox" in (w.summary_data or {})):
            label = self.env._("to my accountant")
            ours = {**wizard.summary_data["codabox"], "label": label}
            wizard.summary_data = {**wizard.summary_data, "codabox": ours}
        return result
