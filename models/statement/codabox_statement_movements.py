from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

from ...codabox import FormatError, content_key, full_name, parse_coda
from ..common.own_company import in_own_company

# A page shows what a person can read; the file, and the PDF, have all.
MOST = 500
LANGUAGES = ("nl", "fr", "de", "en")


class CodaboxDocument(models.Model):
    """The movements of statements that are not booked, read from the file by who may read it."""

    _inherit = "codabox.document"

    waiting_movements = fields.Html(compute="_compute_waiting_movements", sanitize=False)

    @api.depends("statement_ids.state")
    @api.depends_context("lang", "uid")
    def _compute_waiting_movements(self):
        for document in self:
            statements = document._readable_statements()
            waiting = statements.filtered(lambda s: s.state == "waiting")
            is_short = 0 < sum(waiting.mapped("movement_count")) <= MOST
            tables = document._movement_tables(waiting) if is_short else []
            document.waiting_movements = bool(tables) and self.env["ir.qweb"]._render(
                "account_codabox.statement_movements", {"tables": tables}
            )

    def _movement_tables(self, statements):
        """Return title and rows of each of these statements.

        :param codabox.statement statements: of this document.
        :rtype: list[tuple[str, list[tuple]]]
        """
        file = self._readable_file()
        # Files that tell who earns what are closed to most: the rule decides, with nobody's sudo.
        if not file or not file.has_access("read"):
            return []
        try:
            parsed = parse_coda(file._raw())
        except FormatError:
            return []
        by_place = dict(enumerate(parsed.statements))
        return [
            (record.name, record._movement_rows(by_place[record.position]))
            for record in statements.sorted("position")
            if record.position in by_place and content_key(by_place[record.position]) == record.key
        ]


class CodaboxStatement(models.Model):
    _inherit = "codabox.statement"

    def _movement_rows(self, statement):
        """Return day, name, communication and amount of each movement of a parsed statement.

        :param Statement statement: what the file says.
        :rtype: list[tuple[str, str, str, str]]
        """
        company = in_own_company(self).company_id or self.env.company
        named = self.env["res.currency"].with_context(active_test=False)
        currency = named.search([("name", "=", self.currency_code)], limit=1)
        language = (self.env.lang or "en")[:2]
        language = language if language in LANGUAGES else "en"
        return [
            (
                format_date(self.env, self._line_date(statement, movement)),
                full_name(movement) or "",
                self._payment_ref(movement, movement, language),
                formatLang(
                    self.env,
                    float(movement.amount),
                    currency_obj=currency or company.currency_id,
                ),
            )
            for movement in statement.movements
        ]
