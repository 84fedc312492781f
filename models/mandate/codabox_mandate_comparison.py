from odoo import api, fields, models

from ...codabox import grouped_iban
from ..common.own_company import opens_in_own_company
from .codabox_mandate import STATES

RESULTS = [
    ("no_journal", "No bank journal"),
    ("no_mandate", "No mandate"),
    ("no_document", "Nothing received"),
    ("silent", "Silent for 30 days"),
    ("no_feed", "CodaBox delivers nothing"),
    ("no_company", "Not a company in Odoo"),
    ("under_way", "Under way"),
    ("ok", "In order"),
]


class CodaboxMandateComparison(models.Model):
    """Bank accounts with their mandate, journal and client: where one of them is missing.

    One line per account of a mandate that is not archived, and one per bank journal without
    mandate in a company that CodaBox feeds. Seen by who keeps the books of that company; what
    belongs to no company yet, by the office.
    """

    _name = "codabox.mandate.comparison"
    _description = "CodaBox mandates and bank journals"
    _auto = False
    _order = "client_company_id, iban, id"
    _rec_name = "iban"
    _depends = {
        "account.journal": ["active", "bank_account_id", "company_id", "type"],
        "codabox.feed": ["company_id", "connection_id", "state"],
        "codabox.mandate": ["client_company_id", "client_name", "company_id", "feed_id", "state"],
        "codabox.mandate.account": ["iban", "last_document_date", "mandate_id"],
        "res.partner.bank": ["sanitized_acc_number"],
    }

    company_id = fields.Many2one("res.company", "Office", readonly=True)
    client_company_id = fields.Many2one("res.company", "Books of", readonly=True)
    client_name = fields.Char("Client", readonly=True)
    iban = fields.Char("IBAN", readonly=True)
    iban_text = fields.Char("Account number", compute="_compute_iban_text")
    mandate_id = fields.Many2one("codabox.mandate", readonly=True)
    mandate_state = fields.Selection(STATES, "State of the mandate", readonly=True)
    journal_id = fields.Many2one("account.journal", "Bank journal", readonly=True)
    feed_id = fields.Many2one("codabox.feed", "CodaBox client", readonly=True)
    last_document_date = fields.Date("Last document", readonly=True)
    result = fields.Selection(RESULTS, readonly=True)

    @api.depends("iban")
    def _compute_iban_text(self):
        for line in self:
            line.iban_text = grouped_iban(line.iban)

    @property
    def _table_query(self):
        return """
            WITH journal AS (
                SELECT DISTINCT ON (j.company_id, b.sanitized_acc_number)
                       j.id, j.company_id, b.sanitized_acc_number AS iban
                  FROM account_journal j
                  JOIN res_partner_bank b ON b.id = j.bank_account_id
                 WHERE j.type = 'bank' AND j.active
              ORDER BY j.company_id, b.sanitized_acc_number, j.id
            ), fed AS (
                SELECT DISTINCT ON (f.company_id)
                       f.company_id, f.id AS feed_id, f.name, c.company_id AS office_id
                  FROM codabox_feed f
                  JOIN codabox_connection c ON c.id = f.connection_id
                 WHERE f.state = 'active' AND f.company_id IS NOT NULL
              ORDER BY f.company_id, f.id
            ), account AS (
                SELECT a.id, a.iban, a.last_document_date, m.id AS mandate_id, m.state,
                       m.company_id, m.client_company_id, m.client_name, m.feed_id
                  FROM codabox_mandate_account a
                  JOIN codabox_mandate m ON m.id = a.mandate_id
                 WHERE m.state NOT IN ('draft', 'asked', 'archived')
            )
            SELECT a.id * 2 AS id, a.company_id, a.client_company_id, a.client_name, a.iban,
                   a.mandate_id, a.state AS mandate_state, j.id AS journal_id, a.feed_id,
                   a.last_document_date,
                   CASE WHEN a.feed_id IS NULL THEN 'no_feed'
                        WHEN a.client_company_id IS NULL THEN 'no_company'
                        WHEN j.id IS NULL THEN 'no_journal'
                        WHEN a.state != 'active' THEN 'under_way'
                        WHEN a.last_document_date IS NULL THEN 'no_document'
                        WHEN a.last_document_date < CURRENT_DATE - 30 THEN 'silent'
                        ELSE 'ok'
                   END AS result
              FROM account a
         LEFT JOIN LATERAL (
                -- A branch has the journals of its parents, its own ones first.
                SELECT j.id
                  FROM journal j
                  JOIN res_company c ON c.id = a.client_company_id
                 WHERE j.iban = a.iban
                   AND j.company_id::text = ANY(string_to_array(c.parent_path, '/'))
              ORDER BY j.company_id = c.id DESC, j.id
                 LIMIT 1
                   ) j ON TRUE
         UNION ALL
            SELECT j.id * 2 + 1, fed.office_id, j.company_id, fed.name, j.iban,
                   NULL, NULL, j.id, fed.feed_id, NULL, 'no_mandate'
              FROM journal j
              JOIN fed ON fed.company_id = j.company_id
             WHERE NOT EXISTS (
                   SELECT FROM account a
                     JOIN res_company c ON c.id = a.client_company_id
                    WHERE a.iban = j.iban
                      AND j.company_id::text = ANY(string_to_array(c.parent_path, '/')))
        """

    @opens_in_own_company
    def action_open(self):
        """Open the mandate, or the journal that has none."""
        self.ensure_one()
        record = self.mandate_id or self.journal_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
        }
