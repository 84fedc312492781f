from odoo import models
from odoo.exceptions import UserError

from ..common.own_company import in_own_company, opens_in_own_company
from .lines import OPEN
from .res_company_filing import FILINGS


class CodaboxFeed(models.Model):
    """What a person says of a check, and how he comes to what it asks."""

    _inherit = "codabox.feed"

    # -------------------------------------------------------------------------
    # Ready
    # -------------------------------------------------------------------------

    def action_check_ready_vat(self):
        """Say that these clients are ready for their VAT return; it files nothing.

        :raise AccessError: for a user who is no accountant, or may not read them.
        :raise UserError: when nothing of them is without question.
        """
        return self._say_checks_ready("vat")

    def action_check_ready_closed(self):
        """Say that the period of these clients is closed; it locks nothing.

        :raise AccessError: for a user who is no accountant, or may not read them.
        :raise UserError: when nothing of them is without question.
        """
        return self._say_checks_ready("closed")

    def _say_checks_ready(self, kind):
        self._require_books()
        ready, left = 0, self.browse()
        said_of = self.env["codabox.period.check"]
        checks = self._checks((kind,))
        for feed in self:
            check = checks.get(feed.id, {}).get(kind)
            if check and feed._may_be_ready(check):
                said = check.said or said_of._ensure(feed.company_id, kind, check.period)
                said._say_ready({line.name: line.mark for line in check.lines})
                ready += 1
            else:
                left |= feed
        if not ready:
            raise UserError(
                self.env._("Nothing is said: lines are open, or the period is not over yet.")
            )
        text = self.env._(
            "Ready: %(ready)s. Left as they were: %(left)s.", ready=ready, left=len(left)
        )
        return self._check_notify(text, "warning" if left else "success")

    def _may_be_ready(self, check):
        """Return whether no line is open; what was reopened is looked at again."""
        if check.light == "green":
            return True
        states = {line.state for line in check.lines}
        return check.light == "reopened" and not states & {*OPEN, "closed"}

    def _check_notify(self, text, kind):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": text,
                "type": kind,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _require_books(self):
        """Check that the user keeps the books of these clients.

        :raise AccessError: when he does not.
        """
        self.env["codabox.connection"]._require_accountant()
        self.check_access("read")
        in_own_company(self.company_id).check_access("read")

    # -------------------------------------------------------------------------
    # One client
    # -------------------------------------------------------------------------

    @opens_in_own_company
    def action_check_open(self):
        """Open both checks of this client, line by line.

        :raise AccessError: when the user may not read this client.
        """
        self.ensure_one()
        self.check_access("read")
        view = self.env["codabox.check.view"]._open(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": view._name,
            "res_id": view.id,
            "views": [(False, "form")],
            "context": {},
        }

    def _say_line_right(self, kind, name):
        """Note that the user says that a line of this client is right as it is.

        :raise AccessError: for a user who is no accountant, or may not read it.
        :raise UserError: when the line asks nothing.
        """
        self._require_books()
        check = self._checks((kind,))[self.id][kind]
        line = next((line for line in check.lines if line.name == name), None)
        if line is None or line.state not in OPEN or name == "filing":
            raise UserError(self.env._("This line asks nothing of you now."))
        said = self.env["codabox.period.check"]._ensure(self.company_id, kind, check.period)
        said._say_right(name, line.mark)

    def _say_filing(self, filing):
        """Note how often the company of these clients files its VAT return.

        :param str filing: one of ``FILINGS``.
        :raise AccessError: for a user who is no accountant, or may not read them.
        """
        self._require_books()
        if filing not in dict(FILINGS):
            raise UserError(self.env._("Choose month or quarter."))
        self.company_id.sudo().codabox_vat_period = filing
        for feed in self:
            self.env["codabox.audit"]._note("filing", feed)

    def _cure_line(self, line, period, title):
        """Return what leads to the cure of a line: its list, or what the Overview would do.

        :param Line line: of this client.
        """
        self.ensure_one()
        if trouble := line.facts.get("trouble"):
            row = self.env["codabox.feed.kind"].browse(line.facts["row"])
            return (
                row.action_office_open(trouble) if line.facts["count"] else row.action_office_cure()
            )
        if line.name == "bank" and not line.facts.get("gaps"):
            journals = in_own_company(self.env["account.journal"], self.company_id)
            journals.browse(line.ids)._codabox_check_at_bank()
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        return self._open_check_list(line, period, title)
