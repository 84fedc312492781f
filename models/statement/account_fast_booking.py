"""The same bank lines in a third of the time: what Odoo asks for each line, asked once per batch.

The items of a payroll entry, which are many too, are made in the same way.

Switched on by a context key of our own that lives as long as one call of ``create``. What is
booked is the same, field by field (a test compares); only the number of queries differs.
"""

from odoo import api, models

from ..common.cursor_object import cursor_object

BATCH = "codabox_batch"

# Odoo computes the numbers of entries for a thousand at a time. Of a larger batch, each entry
# beyond those costs three queries, and it is numbered before the first thousand.
LINES_AT_ONCE = 500

# What Odoo would compute for each item anew: none of a batch is of an invoice, a tax or a note.
PLAIN_ITEM = {
    "display_type": "product",
    "quantity": 1.0,
    "product_uom_id": False,
    "tax_ids": [],
}


class Batch:
    """What one batch of bank lines remembers."""

    def __init__(self):
        self.clear()

    def clear(self):
        """Forget all: another batch begins."""
        self.formats = {}
        self.distributions = {}
        self.links = []


def in_one_batch(model):
    """Return a model with the context under which records are created in one batch.

    The caller answers for the balance of each entry, so Odoo need not check each twice; none of
    them has taxes or is an invoice.
    """
    batch = cursor_object(model.env.cr, Batch)
    batch.clear()
    return model.with_context(
        **{BATCH: batch},
        check_move_validity=False,
        skip_invoice_sync=True,
        skip_analytic_sync=True,
        # As Odoo has it wherever an amount asks for its currency, in an environment that it would
        # otherwise make and forget each time.
        prefetch_fields=False,
    )


def one_of_each(records):
    """Return, in a batch, one of the records for all that a check of their company finds alike.

    Their entry is left out: it is made with them, and has their company.
    """
    if records.env.context.get(BATCH) is None:
        return records
    names = [
        name
        for name, field in records._fields.items()
        if name != "move_id" and field.relational and field.check_company
    ]
    alike = {
        tuple(record[name]._ids for name in ("company_id", *names)): record for record in records
    }
    return records.browse(record.id for record in alike.values())


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS account
        if self.env.context.get(BATCH) is None:
            return super().create(vals_list)
        lines = self.browse()
        for start in range(0, len(vals_list), LINES_AT_ONCE):
            lines += super().create(vals_list[start : start + LINES_AT_ONCE])
            # What is computed and written at last is so in the batch too, and each row once.
            self.env.flush_all()
        return lines

    def _synchronize_from_moves(self, changed_fields):
        # EXTENDS account: written on each line and each entry in turn. The items of a new entry say
        # what its line does; the entry takes its partner and its currency from there.
        if self.env.context.get(BATCH) is None:
            return super()._synchronize_from_moves(changed_fields)
        if "line_ids" not in changed_fields:
            return None

        def told(line):
            return line.partner_id, line.foreign_currency_id or line.currency_id

        changed = self.filtered(
            lambda line: (line.move_id.partner_id, line.move_id.currency_id) != told(line)
        )
        for (partner, currency), lines in changed.grouped(told).items():
            lines.move_id.with_context(
                skip_account_move_synchronization=True, skip_readonly_check=True
            ).write({"partner_id": partner.id, "currency_id": currency.id})
        return None

    def _check_company(self, fnames=None):
        # EXTENDS base
        return super(AccountBankStatementLine, one_of_each(self))._check_company(fnames)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_next_sequence_format(self):
        # EXTENDS account: the last number of the journal is searched once per month and not once
        # per entry; the number itself is held by the sequence mixin under its own lock.
        batch = self.env.context.get(BATCH)
        if batch is None:
            return super()._get_next_sequence_format()
        key = (self.journal_id.id, self.date.year, self.date.month)
        if key not in batch.formats:
            batch.formats[key] = super()._get_next_sequence_format()
        text, values = batch.formats[key]
        return text, dict(values)

    def write(self, vals):
        # EXTENDS account: creating bank lines writes these three on each entry in turn, with all
        # the checks of an entry that has lines; here it has none yet. They are kept and written
        # together before the lines are made.
        batch = self.env.context.get(BATCH)
        if batch is not None and vals.keys() == {"statement_line_id", "narration", "name"}:
            batch.links.append((self, vals))
            return True
        return super().write(vals)

    def _compute_reconciled_payment_ids(self):
        # EXTENDS account: asked whenever entries are made, by a query that walks through all lines
        # made before. What no line is reconciled with is paid at most by payments without entry.
        moves = self
        if self.env.context.get(BATCH) is not None:
            moves = self.filtered(
                lambda move: move.line_ids.matched_debit_ids or move.line_ids.matched_credit_ids
            )
            for move in self - moves:
                move.reconciled_payment_ids = move.matched_payment_ids
        return super(AccountMove, moves)._compute_reconciled_payment_ids()

    def _check_company(self, fnames=None):
        # EXTENDS base
        return super(AccountMove, one_of_each(self))._check_company(fnames)

    def _compute_tax_country_id(self):
        # EXTENDS account: a check asks for it outside a computation when entries are created, and
        # each answer would be written like a change of the entry. It is not stored.
        if self.env.context.get(BATCH) is None:
            return super()._compute_tax_country_id()
        with self.env.protecting([self._fields["tax_country_id"]], self):
            return super()._compute_tax_country_id()

    @api.model
    def _codabox_link_lines(self, links):
        """Write on each entry which bank line it is, in one go.

        The narration is the one that the entry has already.

        :param list links: (entry, values) as core wanted to write them.
        """
        moves = self.browse([move.id for move, _vals in links])
        field = self._fields["statement_line_id"]
        for move, vals in links:
            field._update_cache(move, vals["statement_line_id"], dirty=True)
        moves.modified(["statement_line_id"])
        models.Model.write(moves, {"name": False, "is_manually_modified": True})


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS account
        batch = self.env.context.get(BATCH)
        if batch is None:
            return super().create(vals_list)
        links, batch.links = batch.links, []
        if links:
            self.env["account.move"]._codabox_link_lines(links)
        lines = super().create([PLAIN_ITEM | vals for vals in vals_list])
        lines._codabox_know_plain_items()
        return lines

    def _codabox_know_plain_items(self):
        """Tell the entries of new items which items they have, or Odoo asks after writing all."""
        moves = self.move_id
        for name in ("invoice_line_ids", "journal_line_ids"):
            field = moves._fields[name]
            for move in moves:
                field._update_cache(move, move.line_ids._ids)

    def _check_company(self, fnames=None):
        # EXTENDS base
        return super(AccountMoveLine, one_of_each(self))._check_company(fnames)

    def _compute_totals(self):
        # EXTENDS account: prepared as for a tax computation, one item after the other. An item of
        # an entry without taxes has the total that it is.
        lines = self
        if self.env.context.get(BATCH) is not None:
            lines = self.filtered(
                lambda line: (
                    line.tax_ids or line.display_type != "product" or line.move_type != "entry"
                )
            )
            for line in self - lines:
                total = line.currency_id.round(line.amount_currency)
                line.price_subtotal = line.price_total = total
        return super(AccountMoveLine, lines)._compute_totals()

    def _compute_debit_credit(self):
        # EXTENDS account: computed three times while items are made, of which two change nothing.
        lines = self
        if self.env.context.get(BATCH) is not None:
            lines = self.filtered(lambda li: not li._origin or li.debit - li.credit != li.balance)
        return super(AccountMoveLine, lines)._compute_debit_credit()


class AccountAnalyticDistributionModel(models.Model):
    _inherit = "account.analytic.distribution.model"

    @api.model
    def _get_applicable_models(self, vals):
        # EXTENDS analytic: the same question for each line of a batch.
        batch = self.env.context.get(BATCH)
        if batch is None:
            return super()._get_applicable_models(vals)
        key = repr(sorted(vals.items(), key=str))
        if key not in batch.distributions:
            batch.distributions[key] = super()._get_applicable_models(vals)
        return batch.distributions[key]
