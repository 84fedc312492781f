from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...reasons import explain
from ..common.own_company import opens_in_own_company
from .plan import clean_zip, language_for

STATES = [
    ("todo", "Waits its turn"),
    ("problem", "Needs a person"),
    ("done", "Made"),
    ("cancelled", "Cancelled"),
]
MANAGER = "account.group_account_manager"
# What a person may put right before the company is made.
CLIENT_FIELDS = ("client_name", "number", "street", "street2", "zip", "city", "lang")


class CodaboxCompanyOrder(models.Model):
    """The company of one client, ordered by a person: what it will be, and what became of it.

    Life::

        todo --[made]--> done
             --[something is missing or in the way]--> problem --[Create again]--> todo
             --[a person changes his mind]--> cancelled

    Only `codabox_company_order_job.py` goes from `todo` to `done`, in one transaction.
    """

    _name = "codabox.company.order"
    _description = "Company of a client"
    _inherit = ["codabox.reason.mixin", "codabox.facts.mixin"]
    _order = "id desc"
    _rec_name = "client_name"

    feed_id = fields.Many2one(
        "codabox.feed", "Client", required=True, readonly=True, index=True, ondelete="cascade"
    )
    office_id = fields.Many2one(
        related="feed_id.connection_id.company_id", string="Office", store=True, index=True
    )
    state = fields.Selection(STATES, required=True, default="todo", readonly=True, index=True)
    ordered_by_id = fields.Many2one("res.users", "Ordered by", required=True, readonly=True)
    # What CodaBox knows; a person may correct it.
    client_name = fields.Char("Name", required=True)
    number = fields.Char("Enterprise number")
    street = fields.Char()
    street2 = fields.Char("Street 2")
    zip = fields.Char("Postal code")
    city = fields.Char()
    lang = fields.Selection(selection="_installed_languages", string="Language")
    # What was asked; none of it is taken from the other company.
    template_company_id = fields.Many2one(
        "res.company", "Like", required=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    fiscalyear_last_day = fields.Integer("Last day of the book year", readonly=True)
    fiscalyear_last_month = fields.Char(readonly=True)
    book_from = fields.Date("Book from", required=True, readonly=True)
    closed_until = fields.Date(readonly=True)
    vat_period = fields.Char("VAT returns", readonly=True)
    # What became of it.
    company_id = fields.Many2one(
        "res.company", "Company made", readonly=True, index=True, ondelete="set null"
    )
    existing_company_id = fields.Many2one(
        "res.company", "Company with this number", readonly=True, ondelete="set null"
    )
    notes = fields.Json(readonly=True)
    notes_text = fields.Text("To look at", compute="_compute_notes_text")

    # Never two companies for one client or one number, also where two make them at once.
    _open_once = models.UniqueIndex("(feed_id) WHERE state IN ('todo', 'problem')")
    _client_once = models.UniqueIndex("(feed_id) WHERE company_id IS NOT NULL")
    _number_once = models.UniqueIndex("(number) WHERE company_id IS NOT NULL")

    @api.model
    def _installed_languages(self):
        return self.env["res.lang"].get_installed()

    @api.depends("notes")
    @api.depends_context("lang", "uid")
    def _compute_notes_text(self):
        for order in self:
            order.notes_text = "\n".join(
                explain(self.env, note["code"], note["facts"]) for note in order.notes or ()
            )

    # -------------------------------------------------------------------------
    # Who may
    # -------------------------------------------------------------------------

    @api.model
    def _require_creator(self):
        """Refuse who may not have companies made.

        :raise AccessError: for anybody who does not both administer CodaBox and accounting.
        """
        self.env["codabox.connection"]._require_administrator()
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._(
                    "Creating a company needs the right “%(group)s” beside CodaBox administrator.",
                    group=self.env.ref(MANAGER).sudo().full_name,
                )
            )

    def _check_creator(self):
        """Refuse who may not have these companies made, or may not see these clients."""
        self._require_creator()
        self.check_access("write")

    def write(self, vals):
        if not self.env.su:
            self._require_creator()
        return super().write(vals)

    # -------------------------------------------------------------------------
    # Made by the dialog
    # -------------------------------------------------------------------------

    @api.model
    def _order_for(self, feeds, answers):
        """Order the companies of clients; of those that have an open order, it is answered anew.

        :param codabox.feed feeds: clients without company, which the user may read.
        :param dict answers: what was asked, see `_prepare_order`.
        :rtype: codabox.company.order
        """
        orders = self.sudo()
        open_ones = orders.search(
            [("feed_id", "in", feeds.ids), ("state", "in", ("todo", "problem"))]
        )
        for order in open_ones.try_lock_for_update():
            known = orders._prepare_order(order.feed_id)
            lacking = {name: value for name, value in known.items() if value and not order[name]}
            order.write({**lacking, **answers, "state": "todo", **self._reason_vals()})
        return open_ones | orders.create(
            [{**orders._prepare_order(feed), **answers} for feed in feeds - open_ones.feed_id]
        )

    @api.model
    def _prepare_order(self, feed):
        """Return what CodaBox knows of a client, as the values of an order."""
        known = feed.sudo().known_facts or {}
        lang, _same = language_for(
            known.get("language"), dict(self._installed_languages()), self.env.user.lang
        )
        return {
            "feed_id": feed.id,
            "ordered_by_id": self.env.uid,
            "client_name": known.get("name") or feed.name,
            "number": feed.enterprise_number,
            "street": known.get("street"),
            "street2": known.get("street2"),
            "zip": clean_zip(known.get("zip")) or known.get("zip"),
            "city": known.get("city"),
            "lang": lang,
        }

    # -------------------------------------------------------------------------
    # Buttons
    # -------------------------------------------------------------------------

    def action_create_again(self):
        """Have these companies made, now that what was in the way is put right."""
        self._check_creator()
        orders = self.filtered(lambda o: o.state == "problem").sudo()
        orders.write({"state": "todo", "ordered_by_id": self.env.uid, **self._reason_vals()})
        orders._start()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_cancel(self):
        """Make none of these companies; one that is made at this moment is made."""
        self._check_creator()
        waiting = self.sudo().filtered(lambda o: o.state in ("todo", "problem"))
        waiting.try_lock_for_update().state = "cancelled"
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_choose_existing(self):
        """Take the company that has this number already for the company of this client.

        :raise AccessError: for who may not enter that company.
        """
        self.ensure_one()
        self._check_creator()
        company = self.sudo().existing_company_id
        if not company or company not in self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "You may not enter the company with this number. Ask your administrator for access."
                )
            )
        self.feed_id._confirm_company(company.sudo(False))
        self.feed_id.sudo()._ensure_kinds()
        self.sudo().write({"state": "cancelled", **self._reason_vals()})
        return self.action_open_client()

    def action_fetch(self):
        """Fetch what CodaBox has for this client now."""
        self.check_access("read")
        return self.feed_id.action_fetch()

    @opens_in_own_company
    def action_open_client(self):
        """Open the client of this order."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "codabox.feed",
            "res_id": self.feed_id.id,
            "views": [(False, "form")],
        }
