from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.own_company import in_own_company, open_in_own_company

# One client after the other, the oldest first.
ORDER = "company_id, date, id"
# The filter of the list from which a person began; the browser sends it along.
QUEUE = "codabox_queue"


class AccountMove(models.Model):
    """Drafts that CodaBox made, decided and posted one after the other, whosever they are.

    The queue is nothing that is kept: what the filter of the list finds now, in its order. Each draft
    opens in its own company (ADR 0022).
    """

    _inherit = "account.move"

    codabox_is_asked = fields.Boolean("Has a question", compute="_compute_codabox_is_asked")

    @api.depends("codabox_flag_text", "codabox_unmapped_count", "codabox_payroll_notice")
    def _compute_codabox_is_asked(self):
        for move in self:
            move.codabox_is_asked = bool(
                move.codabox_flag_text or move.codabox_unmapped_count or move.codabox_payroll_notice
            )

    # -------------------------------------------------------------------------
    # Which
    # -------------------------------------------------------------------------

    @api.model
    def _codabox_to_decide(self):
        """Return the domain of the drafts that wait for a person.

        :rtype: Domain
        """
        asks = Domain("codabox_document_id", "!=", False) | Domain("codabox_has_flags", "=", True)
        if self.env.user.has_group("account_codabox.group_payroll"):
            asks |= Domain("codabox_payroll_id", "!=", False)
        else:
            # The entry of a payroll asks too, of who reads payroll.
            asks &= Domain("move_type", "!=", "entry")
        return Domain("state", "=", "draft") & asks

    def _codabox_after(self):
        """Return the draft after this one in the filter of the user, empty after the last one."""
        everywhere = in_own_company(self.browse(), self.env.user.company_ids)
        queue = Domain(self.env.context.get(QUEUE) or Domain.TRUE)
        found = everywhere.search(self._codabox_to_decide() & queue, order=ORDER)
        ids = found.ids
        after = ids[ids.index(self.id) + 1 :] if self.id in ids else ids
        return found.browse(after[:1])

    # -------------------------------------------------------------------------
    # Screens
    # -------------------------------------------------------------------------

    @api.model
    def _action_codabox_to_decide(self):
        """Open the list of these drafts, of all companies of the user."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.account_move_action_to_decide"
        )
        action["domain"] = list(self._codabox_to_decide())
        return open_in_own_company({**action, "context": {}}, self.env.user.company_ids)

    def action_codabox_decide(self):
        """Open this draft beside its PDF, in its own company."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.account_move_action_decide"
        )
        context = {name: self.env.context[name] for name in (QUEUE,) if name in self.env.context}
        action |= {"res_id": self.id, "context": context}
        return open_in_own_company(action, self)

    def action_codabox_post_next(self):
        """Post this draft and open the next one of the filter.

        :raise UserError: what Odoo or an open question says against it.
        """
        self.ensure_one()
        self.check_access("write")
        move = in_own_company(self)
        if move.state != "draft":
            raise UserError(self.env._("%(entry)s is no draft any more.", entry=move.display_name))
        following = self._codabox_after()
        # Not ``action_post``: after it Odoo may ask about posting by itself, in the way of the next one.
        move._post(soft=False)
        return following._codabox_go_on()

    def action_codabox_skip(self):
        """Leave this draft as it is and open the next one of the filter."""
        self.ensure_one()
        self.check_access("read")
        return self._codabox_after()._codabox_go_on()

    def _codabox_go_on(self):
        """Return the action that shows this in the place of what is shown now; after the last one the list."""
        if not self:
            return {**self._action_codabox_to_decide(), "target": "main"}
        return {
            "type": "ir.actions.client",
            "tag": "codabox_decide_next",
            "params": {"action": self.action_codabox_decide()},
        }
