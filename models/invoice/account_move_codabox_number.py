import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# "0012/2026": the number stands before the year. Odoo would count on with the year.
YEAR_LAST = re.compile(r"^(?P<before>.*?)(?P<number>\d{1,9})(?P<after>\D+(?:19|20)\d\d\D*)$")
# While Odoo looks for the last number of a journal, only those that it gave itself count.
NUMBERING = "codabox_numbering"


class AccountMove(models.Model):
    """A sales invoice keeps the number that its seller gave it.

    Odoo never renumbers it, and its number says nothing of the next one that Odoo gives in the
    same journal. Numbers that are missing are told, from the same software, series and year.
    """

    _inherit = "account.move"

    codabox_given_number = fields.Char(
        "Number given",
        readonly=True,
        copy=False,
        help="The number that the invoice was sent with. It stays its number here.",
    )

    # -------------------------------------------------------------------------
    # Kept
    # -------------------------------------------------------------------------

    @api.depends("codabox_given_number")
    def _compute_name(self):
        # EXTENDS account
        given = self.filtered("codabox_given_number")
        for move in given:
            if move.name != move.codabox_given_number:
                move.name = move.codabox_given_number
        given._inverse_name()
        return super(AccountMove, self - given)._compute_name()

    def write(self, vals):
        # EXTENDS account
        if not vals.keys() & {"name", "journal_id"}:
            return super().write(vals)
        given = self.filtered("codabox_given_number")
        if not given:
            return super().write(vals)
        if any(vals.get("name", move.name) != move.codabox_given_number for move in given):
            raise UserError(
                self.env._(
                    "%(invoice)s was sent with this number, which therefore stays.",
                    invoice=", ".join(given.mapped("codabox_given_number")),
                )
            )
        if "journal_id" not in vals:
            return super().write(vals)
        # Odoo gives a number up when the journal changes; ours comes back by itself.
        result = super().write({**vals, "name": False})
        given._compute_name()
        return result

    def _sequence_matches_date(self):
        # EXTENDS account: what year a seller's number is of, is his own business
        return bool(self.codabox_given_number) or super()._sequence_matches_date()

    def _is_end_of_seq_chain(self):
        # EXTENDS account: an import that is undone uses no number up
        given = self.filtered(lambda m: m.codabox_given_number and m.state == "draft")
        return super(AccountMove, self - given)._is_end_of_seq_chain()

    # -------------------------------------------------------------------------
    # Odoo's own numbers
    # -------------------------------------------------------------------------

    def _get_last_sequence_domain(self, relaxed=False):
        # EXTENDS account
        moves = self.with_context(**{NUMBERING: True})
        where, parameters = super(AccountMove, moves)._get_last_sequence_domain(relaxed)
        return f"{where} AND codabox_given_number IS NULL", parameters

    @api.model
    def _search(self, domain, *args, **kwargs):
        if self.env.context.get(NUMBERING):
            domain = Domain(domain) & Domain("codabox_given_number", "=", False)
        return super()._search(domain, *args, **kwargs)

    # -------------------------------------------------------------------------
    # Gaps
    # -------------------------------------------------------------------------

    def _compute_split_sequence(self):
        # EXTENDS account
        result = super()._compute_split_sequence()
        for move in self.filtered("codabox_given_number"):
            if found := YEAR_LAST.match(move.codabox_given_number):
                move.sequence_prefix = f"{found['before']}…{found['after']}"
                move.sequence_number = int(found["number"])
        return result

    @api.depends("invoice_date", "codabox_given_number")
    def _compute_made_sequence_gap(self):
        # EXTENDS account: drafts count, and what came before the connection is no gap
        given = self.filtered("codabox_given_number")
        result = super(AccountMove, self - given)._compute_made_sequence_gap()
        for move in given:
            move.made_sequence_gap = bool(move._codabox_numbers_missing())
        return result

    def _codabox_numbers_missing(self):
        """Return the first and the last number that are missing right before this one.

        :return: ``None`` when the one before is there, or nothing lower is of this series.
        :rtype: tuple[int, int] | None
        """
        self.ensure_one()
        below = self.sequence_number - 1
        if below < 1 or not self.invoice_date:
            return None
        year = self.invoice_date.year
        last = self.sudo().search(
            [
                ("journal_id", "=", self.journal_id.id),
                ("sequence_prefix", "=", self.sequence_prefix),
                ("sequence_number", "<=", below),
                ("codabox_given_number", "!=", False),
                ("invoice_date", ">=", f"{year}-01-01"),
                ("invoice_date", "<=", f"{year}-12-31"),
                ("id", "!=", self.id),
            ],
            order="sequence_number desc",
            limit=1,
        )
        found = last.sequence_number
        return None if not last or found == below else (found + 1, below)

    def _codabox_flag_stands(self, flag):
        # EXTENDS account_codabox: what came later fills a gap
        if flag["code"] == "sale_numbers_missing":
            return bool(self._codabox_numbers_missing())
        return super()._codabox_flag_stands(flag)

    def _codabox_flag_facts(self, flag):
        facts = super()._codabox_flag_facts(flag)
        missing = flag["code"] == "sale_numbers_missing" and self._codabox_numbers_missing()
        if missing:
            first, last = missing
            facts |= {"count": last - first + 1, "first": first, "last": last}
        return facts
