from odoo import Command, api, fields, models

from ..models.checks.codabox_feed_check import LIGHTS
from ..models.checks.codabox_period_check import KINDS
from ..models.checks.lines import OPEN, STATES
from ..models.checks.res_company_filing import FILINGS
from ..models.common.own_company import opens_in_own_company

# What the button of a line is called, where it has a list.
BUTTONS = {
    "purchases": "decide",
    "sales": "decide",
    "foreign": "decide",
    "lines": "match",
    "entries": "post",
    "codes": "map",
}
DOCUMENTS = ("failed", "waiting", "withheld")


class CodaboxCheckView(models.TransientModel):
    """Both checks of one client and period, line by line; what a line says is asked when it is shown."""

    _name = "codabox.check.view"
    _inherit = "codabox.dialog.mixin"
    _description = "Checks of a client"
    _rec_name = "feed_id"

    feed_id = fields.Many2one("codabox.feed", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="feed_id.company_id")
    day = fields.Date(required=True, readonly=True)
    vat_line_ids = fields.One2many(
        "codabox.check.view.line",
        "view_id",
        domain=[("kind", "=", "vat")],
        readonly=True,
        export_string_translation=False,
    )
    closed_line_ids = fields.One2many(
        "codabox.check.view.line",
        "view_id",
        domain=[("kind", "=", "closed")],
        readonly=True,
        export_string_translation=False,
    )
    is_changing = fields.Boolean(readonly=True, export_string_translation=False)
    filing = fields.Selection(FILINGS, "VAT returns", compute="_compute_checks")
    title = fields.Char(compute="_compute_checks", export_string_translation=False)
    due = fields.Date("Return by", compute="_compute_checks")
    vat_light = fields.Selection(LIGHTS, "VAT-ready", compute="_compute_checks")
    vat_said = fields.Text(compute="_compute_checks", export_string_translation=False)
    closed_light = fields.Selection(LIGHTS, "Closed", compute="_compute_checks")
    closed_said = fields.Text(compute="_compute_checks", export_string_translation=False)
    reopened_text = fields.Text(compute="_compute_checks", export_string_translation=False)

    @api.model
    def _open(self, feed):
        """Return a view of a client that the user reads; nobody writes on it.

        :param codabox.feed feed: with the period that is looked at.
        :rtype: codabox.check.view
        """
        lines = [
            Command.create({"kind": kind, "name": line.name})
            for kind, check in feed._checks().get(feed.id, {}).items()
            for line in check.lines
        ]
        values = {"feed_id": feed.id, "day": feed._check_period().end, "vat_line_ids": lines}
        return self.sudo().create(values).with_env(self.env)

    def _dated_feed(self):
        """Return the client, with the period of this view."""
        self.ensure_one()
        return self.feed_id.with_context(codabox_period_day=str(self.day))

    def _found(self):
        """Return kind -> the check of this client, in the rights of the reader."""
        feed = self._dated_feed()
        feed.check_access("read")
        return feed._checks().get(feed.id, {})

    @api.depends("feed_id", "day")
    @api.depends_context("uid", "lang")
    def _compute_checks(self):
        for view in self:
            feed = view._dated_feed()
            feed.check_access("read")
            found = view._found()
            view.filing = feed.company_id.sudo().codabox_vat_period
            view.title = f"{feed.name}, {feed.check_period}"
            view.due = feed.check_due
            view.reopened_text = feed.reopened_text
            for kind in ("vat", "closed"):
                check = found.get(kind)
                view[f"{kind}_light"] = check and check.light
                said = check and check.light == "ready" and feed._ready_text(check.said)
                view[f"{kind}_said"] = said or False

    # -------------------------------------------------------------------------
    # Said by a person
    # -------------------------------------------------------------------------

    def action_ready_vat(self):
        """Say that this client is ready for its VAT return.

        :raise AccessError: for a user who is no accountant, or may not read the client.
        :raise UserError: when a line is open.
        """
        self.check_access("read")
        return self._dated_feed().action_check_ready_vat()

    def action_ready_closed(self):
        """Say that the period of this client is closed.

        :raise AccessError: for a user who is no accountant, or may not read the client.
        :raise UserError: when a line is open.
        """
        self.check_access("read")
        return self._dated_feed().action_check_ready_closed()

    def action_filing_month(self):
        """The VAT return of this client is monthly."""
        return self._say_filing("month")

    def action_filing_quarter(self):
        """The VAT return of this client is quarterly."""
        return self._say_filing("quarter")

    def action_filing_none(self):
        """This client files no periodic return."""
        return self._say_filing("none")

    def action_change_filing(self):
        """Ask again how often VAT is filed.

        :raise AccessError: for a user who is no accountant.
        """
        self.check_access("read")
        self.env["codabox.connection"]._require_accountant()
        self.sudo().is_changing = True

    def _say_filing(self, filing):
        self.check_access("read")
        self._dated_feed()._say_filing(filing)
        self.sudo().is_changing = False


class CodaboxCheckViewLine(models.TransientModel):
    """One line of a check as it is now: a ✓, a fact, or the buttons that make it a ✓."""

    _name = "codabox.check.view.line"
    _inherit = "codabox.dialog.mixin"
    _description = "Line of the checks of a client"
    _order = "id"

    view_id = fields.Many2one(
        "codabox.check.view",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        export_string_translation=False,
    )
    company_id = fields.Many2one(related="view_id.company_id")
    kind = fields.Selection(KINDS, "Which check", required=True, readonly=True)
    name = fields.Char(required=True, readonly=True, export_string_translation=False)
    label = fields.Char("What", compute="_compute_line")
    state = fields.Selection(STATES, compute="_compute_line")
    text = fields.Text("How it is", compute="_compute_line")
    button = fields.Char(compute="_compute_line", export_string_translation=False)
    is_open = fields.Boolean(compute="_compute_line", export_string_translation=False)

    @api.depends("view_id.feed_id", "view_id.day", "name", "kind")
    @api.depends_context("uid", "lang")
    def _compute_line(self):
        for view, records in self.grouped("view_id").items():
            found = view._found() if view else {}
            feed = view._dated_feed() if view else self.env["codabox.feed"]
            names = feed._check_names()
            for record in records:
                line = record._line_of(found)
                record.label = names.get(record.name, record.name)
                record.state = line and line.state
                record.text = line and feed._check_sentence(line)
                record.button = line and _button(line)
                record.is_open = bool(line and line.state in OPEN and line.name != "filing")

    def _line_of(self, found):
        """Return the line as it is now; none when it is no part of the check any more."""
        self.ensure_one()
        lines = found[self.kind].lines if self.kind in found else ()
        return next((line for line in lines if line.name == self.name), None)

    @opens_in_own_company
    def action_solve(self):
        """Open the list that proves this line, or do what makes it a ✓.

        :raise AccessError: when the user may not read the client.
        """
        self.check_access("read")
        self.ensure_one()
        found, feed = self.view_id._found(), self.view_id._dated_feed()
        line = self._line_of(found)
        if line is None or not _button(line):
            return None
        return feed._cure_line(line, found[self.kind].period, feed._check_names()[line.name])

    def action_right(self):
        """Say that this line is right as it is; what changes is asked again.

        :raise AccessError: for a user who is no accountant, or may not read the client.
        :raise UserError: when the line asks nothing.
        """
        self.check_access("read")
        self.ensure_one()
        self.view_id._dated_feed()._say_line_right(self.kind, self.name)


def _button(line):
    """Return which button a line has; none where there is nothing to open."""
    if line.state in ("closed", "ok") and line.name not in ("ledger", "suspense", "wages"):
        return False
    if trouble := line.facts.get("trouble"):
        return "documents" if trouble in DOCUMENTS else "solve"
    if line.name == "bank":
        return "gaps" if line.facts.get("gaps") else "bank" if line.ids else False
    if line.state == "closed" or not (line.ids or line.facts.get("count")):
        return False
    return BUTTONS.get(line.name, "show")
