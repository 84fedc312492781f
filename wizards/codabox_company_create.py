from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.account.models.company import MONTH_SELECTION

from ..models.checks.res_company_filing import FILINGS


class CodaboxCompanyCreate(models.TransientModel):
    """Ask what CodaBox does not know of new companies, then have them made.

    Like which company: that, and who is responsible, is proposed. Book year, first day to book, lock
    and how often VAT is filed are asked: they are of each company.
    """

    _name = "codabox.company.create"
    _inherit = "codabox.dialog.mixin"
    _description = "Create companies of CodaBox clients"

    feed_ids = fields.Many2many("codabox.feed", string="Clients", required=True)
    feed_count = fields.Integer(compute="_compute_feeds")
    clients_text = fields.Char("For", compute="_compute_feeds")
    # Ids only: Odoo refuses to read companies that are not ticked.
    template_ids = fields.Json(compute="_compute_template_ids")
    template_company_id = fields.Many2one(
        "res.company",
        "Like this company",
        domain="[('id', 'in', template_ids)]",
        default=lambda self: self._last_template(),
        help="Its chart, journals, taxes, payroll mapping and rules are taken over; nothing that "
        "names people or other parties.",
    )
    user_ids = fields.Many2many("res.users", compute="_compute_user_ids")
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', user_ids)]",
        help="Gets the to-dos of these clients, and may enter their companies.",
    )
    fiscalyear_last_day = fields.Integer("Book year ends on", default=31)
    fiscalyear_last_month = fields.Selection(MONTH_SELECTION, default="12")
    book_from = fields.Date(
        "Book from",
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
        help="Documents dated before this day are kept and not booked.",
    )
    closed_until = fields.Date(
        "Lock everything up to",
        help="Empty: nothing is locked. Nothing can be booked up to this day.",
    )
    vat_period = fields.Selection(
        FILINGS, "VAT returns", help="Empty: not known yet, and CodaBox > Periods asks."
    )
    order_ids = fields.Many2many("codabox.company.order", readonly=True)
    progress_text = fields.Char(compute="_compute_progress_text")
    is_running = fields.Boolean(compute="_compute_progress_text")

    @api.depends("feed_ids")
    def _compute_feeds(self):
        for wizard in self:
            names = wizard.feed_ids.mapped("name")
            wizard.feed_count = len(names)
            more = ", …" if len(names) > 5 else ""
            wizard.clients_text = ", ".join(names[:5]) + more

    @api.depends_context("uid")
    def _compute_template_ids(self):
        for wizard in self:
            wizard.template_ids = self._templates().ids

    @api.model
    def _templates(self):
        """Return the companies of the user that have a chart and are no branch, ticked or not."""
        mine = self.env.user.company_ids.sudo()
        return mine.filtered(lambda c: c.chart_template and not c.parent_id).sudo(False)

    @api.model
    def _last_template(self):
        """Return the company that the user took last, where it still does."""
        last = self.env["codabox.company.order"].sudo().search(
            [("ordered_by_id", "=", self.env.uid)], limit=1
        )  # fmt: skip
        return last.template_company_id.sudo(False) & self._templates()

    @api.depends("feed_ids")
    def _compute_user_ids(self):
        """Colleagues who may enter the office of the connection."""
        for wizard in self:
            offices = wizard.feed_ids.connection_id.company_id
            wizard.user_ids = self.env["res.users"].search(
                [("share", "=", False), *(("company_ids", "in", c.id) for c in offices)]
            )

    @api.depends("template_company_id")
    def _compute_user_id(self):
        for wizard in self:
            template = wizard.template_company_id
            feeds = self.env["codabox.feed"].sudo()
            like = feeds.search(
                [("company_id", "=", template.id), ("user_id", "!=", False)], limit=1
            )
            wizard.user_id = like.user_id.sudo(False) & wizard.user_ids if template else False

    @api.depends("order_ids.state")
    def _compute_progress_text(self):
        for wizard in self:
            states = wizard.order_ids.mapped("state")
            wizard.is_running = "todo" in states
            wizard.progress_text = self.env._(
                "Companies made: %(done)s of %(all)s. Need you: %(problem)s. You may go on meanwhile.",
                done=states.count("done"),
                all=len(states),
                problem=states.count("problem"),
            )

    @api.model
    def _check_readable(self, vals_list):
        # EXTENDS account_codabox: a template company need not be ticked
        ids = self.env.user.company_ids.ids
        everywhere = self if self.env.su else self.with_context(allowed_company_ids=ids)
        return super(CodaboxCompanyCreate, everywhere)._check_readable(vals_list)

    # -------------------------------------------------------------------------
    # Buttons
    # -------------------------------------------------------------------------

    def _reopen(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Create company"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_create_companies(self):
        """Order the companies: one is made at once, many in the background.

        :raise AccessError: for who may not have companies made, or see these clients.
        :raise UserError: when an answer is missing, or is no longer possible.
        """
        self.ensure_one()
        orders = self.env["codabox.company.order"]
        orders._require_creator()
        self.feed_ids.check_access("read")
        self._check_answers()
        made = orders._order_for(self.feed_ids, self._prepare_answers())
        made._start()
        if len(made) > 1:
            self.order_ids = [Command.set(made.ids)]
            return self._reopen()
        return {
            "type": "ir.actions.act_window",
            "res_model": "codabox.company.order",
            "res_id": made.id,
            "views": [(False, "form")],
        }

    def _check_answers(self):
        if self.template_company_id not in self._templates():
            raise UserError(self.env._("Choose the company that the new ones are to be like."))
        if self.user_id and self.user_id not in self.user_ids:
            raise UserError(self.env._("Choose a colleague who may enter the office."))
        if not self.book_from:
            raise UserError(self.env._("Say from which day documents are booked."))
        if self.closed_until and self.closed_until >= self.book_from:
            raise UserError(
                self.env._("The first day that is booked lies in the period that you lock.")
            )

    def _prepare_answers(self):
        return {
            "ordered_by_id": self.env.uid,
            "template_company_id": self.template_company_id.id,
            "user_id": self.user_id.id,
            "fiscalyear_last_day": self.fiscalyear_last_day,
            "fiscalyear_last_month": self.fiscalyear_last_month,
            "book_from": self.book_from,
            "closed_until": self.closed_until,
            "vat_period": self.vat_period,
        }

    def action_refresh(self):
        """Show how far it is."""
        return self._reopen()

    def action_stop(self):
        """Make no more of these companies; those that are made stay."""
        self.ensure_one()
        self.order_ids.filtered(lambda o: o.state == "todo").action_cancel()
        return self._reopen()

    def action_open_orders(self):
        """Open the list of these companies: made, waiting, and what needs a person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_codabox.codabox_company_order_action"
        )
        return action | {"domain": [("id", "in", self.order_ids.ids)], "context": {}}


class CodaboxConnect(models.TransientModel):
    """Where a person says which company a client is, he may have it made as well."""

    _inherit = "codabox.connect"

    without_count = fields.Integer(compute="_compute_without_count")

    @api.depends("line_ids.company_id")
    def _compute_without_count(self):
        for wizard in self:
            wizard.without_count = len(wizard.line_ids.filtered(lambda line: not line.company_id))

    def action_create_company(self):
        """Have the companies made of the clients here that have none."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: not line.company_id)
        return lines.feed_id.action_create_company()
