from odoo import api, fields, models
from odoo.exceptions import UserError

from ...codabox import grouped_iban
from ..common.own_company import opens_in_own_company
from ..mandate.codabox_mandate import SERVICES, STATES

# Nothing moved for so long, or nothing ever came: then somebody should ask whether it is needed.
QUIET_DAYS = 180
NEVER_DAYS = 90

WHYS = [
    ("left", "The mission is over"),
    ("ended", "CodaBox delivers nothing any more"),
    ("never", "Nothing ever came"),
    ("ignored", "Its statements are not booked"),
    ("quiet", "Nothing moved for half a year"),
]


class CodaboxCost(models.Model):
    """What CodaBox delivers to this office, what that costs, and why it may be stopped.

    One row per account of a mandate for bank statements, and one per other mandate. Seen by the
    office: the client has no part in its prices.
    """

    _name = "codabox.cost"
    _description = "Cost of a CodaBox service"
    _auto = False
    _order = "client_name, service, iban, id"
    _rec_name = "client_name"
    _depends = {
        "codabox.document": ["document_date", "feed_id", "kind"],
        "codabox.feed": ["create_date", "last_fetch", "state"],
        "codabox.feed.kind": ["book_until", "feed_id", "kind"],
        "codabox.ignored.account": ["account", "company_id"],
        "codabox.mandate": [
            "client_company_id", "client_name", "company_id", "feed_id", "service", "state",
            "state_date",
        ],
        "codabox.mandate.account": ["iban", "last_document_date", "mandate_id"],
        "codabox.price": ["amount", "company_id", "service"],
        "codabox.statement": ["account", "closing_date", "company_id", "movement_count"],
    }  # fmt: skip

    company_id = fields.Many2one("res.company", "Office", readonly=True)
    client_company_id = fields.Many2one("res.company", "Books of", readonly=True)
    client_name = fields.Char("Client", readonly=True)
    mandate_id = fields.Many2one("codabox.mandate", readonly=True)
    mandate_state = fields.Selection(STATES, "State of the mandate", readonly=True)
    service = fields.Selection(SERVICES, readonly=True)
    iban = fields.Char("IBAN", readonly=True)
    what = fields.Char(compute="_compute_what")
    last_document_date = fields.Date("Last document", readonly=True)
    last_movement_date = fields.Date("Last movement", readonly=True)
    why = fields.Selection(WHYS, "Why stop it", readonly=True)
    is_shared = fields.Boolean(readonly=True, help="Its mandate has accounts that are needed.")
    has_price = fields.Boolean(readonly=True)
    price = fields.Monetary("A month", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    advice = fields.Text(compute="_compute_advice")
    can_archive = fields.Boolean(compute="_compute_can_archive")

    @api.depends("mandate_id", "iban")
    def _compute_what(self):
        for row in self:
            parts = [row.mandate_id.provider_name, grouped_iban(row.iban)]
            row.what = " ".join(filter(None, parts))

    @api.depends("why", "is_shared", "mandate_id.bank_bic")
    def _compute_advice(self):
        for row in self:
            goes_on = row.mandate_id._goes_on_after_archiving() if row.why else []
            if row.why and row.is_shared:
                goes_on.insert(
                    0, self.env._("Archive this account in MyCodaBox: its mandate has others.")
                )
            row.advice = "\n".join(goes_on)

    @api.depends("why", "is_shared", "mandate_id.can_archive")
    def _compute_can_archive(self):
        for row in self:
            row.can_archive = bool(row.why and not row.is_shared and row.mandate_id.can_archive)

    @property
    def _table_query(self):
        return f"""
            WITH moved AS (
                SELECT company_id, account, min(closing_date) AS since,
                       max(closing_date) FILTER (WHERE movement_count > 0) AS day
                  FROM codabox_statement
              GROUP BY company_id, account
            ), received AS (
                SELECT feed_id, kind, max(document_date) AS day
                  FROM codabox_document
                 WHERE feed_id IS NOT NULL
              GROUP BY feed_id, kind
            ), ended AS (
                SELECT DISTINCT feed_id, kind
                  FROM codabox_feed_kind
                 WHERE book_until < CURRENT_DATE
            ), row AS (
                SELECT COALESCE(a.id * 2, m.id * 2 + 1) AS id, m.id AS mandate_id, m.company_id,
                       m.client_company_id, m.client_name, m.service, m.state AS mandate_state,
                       a.iban, COALESCE(a.last_document_date, r.day) AS last_document_date,
                       moved.day AS last_movement_date, p.amount AS price,
                       p.id IS NOT NULL AS has_price, c.currency_id,
                       CASE WHEN ended.feed_id IS NOT NULL THEN 'left'
                            WHEN f.state = 'ended' THEN 'ended'
                            WHEN m.state != 'active' THEN NULL
                            WHEN COALESCE(a.last_document_date, r.day) IS NULL
                             AND m.state_date < CURRENT_DATE - {NEVER_DAYS}
                             -- What came before this client was fetched here, went elsewhere.
                             AND f.create_date < CURRENT_DATE - {NEVER_DAYS}
                             AND f.last_fetch IS NOT NULL THEN 'never'
                            WHEN i.account IS NOT NULL THEN 'ignored'
                            WHEN COALESCE(moved.day, moved.since) < CURRENT_DATE - {QUIET_DAYS}
                            THEN 'quiet'
                       END AS why
                  FROM codabox_mandate m
                  JOIN res_company c ON c.id = m.company_id
             LEFT JOIN codabox_mandate_account a ON a.mandate_id = m.id AND m.service = 'coda'
             LEFT JOIN codabox_feed f ON f.id = m.feed_id
             LEFT JOIN moved ON moved.company_id = m.client_company_id AND moved.account = a.iban
             LEFT JOIN received r ON r.feed_id = m.feed_id AND r.kind = m.service
                   AND m.service != 'coda'
             LEFT JOIN ended ON ended.feed_id = m.feed_id AND ended.kind = m.service
             LEFT JOIN (SELECT DISTINCT company_id, account FROM codabox_ignored_account) i
                    ON i.company_id = m.client_company_id AND i.account = a.iban
             LEFT JOIN codabox_price p ON p.company_id = m.company_id AND p.service = m.service
                 WHERE m.state NOT IN ('draft', 'asked', 'archived')
            )
            SELECT row.*,
                   count(*) OVER mandate > count(why) OVER mandate AND why IS NOT NULL AS is_shared
              FROM row
            WINDOW mandate AS (PARTITION BY mandate_id)
        """

    @opens_in_own_company
    def action_open(self):
        """Open the mandate."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "codabox.mandate",
            "res_id": self.mandate_id.id,
            "view_mode": "form",
        }

    def action_archive(self):
        """Open the dialog that archives the mandates of these rows.

        :raise UserError: for a row whose mandate is needed, or cannot be archived from here.
        """
        for row in self:
            if row.is_shared or not row.why:
                raise UserError(
                    self.env._(
                        "%(client)s, %(what)s: its mandate delivers what is needed. Archive only this account, in MyCodaBox.",
                        client=row.client_name,
                        what=row.what,
                    )
                )
        return self.mandate_id.action_open_archive()
