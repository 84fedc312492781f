from odoo import api, fields, models

KINDS = [("vat", "VAT-ready"), ("closed", "Closed")]
STATES = [("open", "To do"), ("ready", "Ready"), ("reopened", "Reopened")]


class CodaboxPeriodCheck(models.Model):
    """What people said of a check of one company and period: that it is ready, that a line is right.

    What is counted is not kept: only what it was when somebody said so, so that it is seen when it is
    no longer so.
    """

    _name = "codabox.period.check"
    _description = "Check of a period"
    _inherit = ["codabox.facts.mixin"]
    _order = "date_to desc, id desc"
    _rec_name = "kind"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    kind = fields.Selection(KINDS, "Which check", required=True, readonly=True)
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("To", required=True, readonly=True)
    state = fields.Selection(STATES, required=True, default="open", readonly=True)
    ready_by_id = fields.Many2one("res.users", "Ready, says", readonly=True, ondelete="set null")
    ready_on = fields.Datetime("Ready since", readonly=True)
    figures = fields.Json("What it was then", readonly=True)
    right = fields.Json("Lines that are right", readonly=True, help="As a person said of each.")
    came = fields.Json("What came after", readonly=True)

    _period_unique = models.UniqueIndex(
        "(company_id, kind, date_from, date_to)",
        "A colleague said something of the same check at this moment. Look again.",
    )

    @api.model
    def _of(self, companies, period):
        """Return (company, kind) -> the check of that period, where anything was said of it.

        :param res.company companies: of the user.
        :rtype: dict[tuple[int, str], codabox.period.check]
        """
        found = self.search(
            [
                ("company_id", "in", companies.ids),
                ("date_from", "=", period.start),
                ("date_to", "=", period.end),
            ]
        )
        return {(check.company_id.id, check.kind): check for check in found}

    @api.model
    def _ensure(self, company, kind, period):
        """Return the check of a company, kind and period, made where nothing was said of it yet.

        :rtype: codabox.period.check
        """
        found = self._of(company, period).get((company.id, kind))
        made = found or self.sudo().create(
            {
                "company_id": company.id,
                "kind": kind,
                "date_from": period.start,
                "date_to": period.end,
            }
        )
        return made.with_env(self.env)

    def _say_ready(self, figures):
        """Note that the user says that this is ready.

        :param dict figures: name of a line -> what it was at that moment.
        """
        self.sudo().write(
            {
                "state": "ready",
                "ready_by_id": self.env.uid,
                "ready_on": fields.Datetime.now(),
                "figures": figures,
                "came": False,
            }
        )
        self.env["codabox.audit"]._note("ready", self)

    def _say_right(self, name, mark):
        """Note that the user says that a line is right as it is.

        :param str name: of the line.
        :param str mark: what it was at that moment; another one is not what was meant.
        """
        self.ensure_one()
        self.sudo().right = {**(self.right or {}), name: mark}
        self.env["codabox.audit"]._note("right", self)

    @api.depends("kind", "date_from", "date_to")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for check in self:
            start, end = check.date_from, check.date_to
            check.display_name = f"{kinds.get(check.kind, '')} {start:%m/%Y}–{end:%m/%Y}"
