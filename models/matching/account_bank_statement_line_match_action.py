import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class AccountBankStatementLine(models.Model):
    """The buttons *Match*, *Match all exact* and *Undo match*."""

    _inherit = "account.bank.statement.line"

    codabox_can_match = fields.Boolean(
        compute="_compute_codabox_left", export_string_translation=False
    )
    codabox_can_undo = fields.Boolean(
        compute="_compute_codabox_left", export_string_translation=False
    )
    codabox_left_amount = fields.Monetary(
        "Left to match",
        compute="_compute_codabox_left",
        currency_field="codabox_left_currency_id",
        help="What is left of a line that is matched in part.",
    )
    codabox_left_currency_id = fields.Many2one(
        "res.currency", compute="_compute_codabox_left", export_string_translation=False
    )
    codabox_matched_ids = fields.Many2many(
        "account.move", string="Matched with", compute="_compute_codabox_matched_ids"
    )

    @api.depends(
        "state",
        "is_reconciled",
        "amount",
        "amount_residual",
        "amount_currency",
        "foreign_currency_id",
        "journal_id.codabox_matching",
    )
    def _compute_codabox_left(self):
        for line in self:
            whole = line.amount_currency if line.foreign_currency_id else line.amount
            left, currency = line._codabox_open_amount()
            is_open = line._codabox_is_open()
            is_part = is_open and bool(currency.compare_amounts(left, whole))
            is_matched = line.state == "posted" and line.is_reconciled
            line.codabox_can_match = is_open and line.journal_id.codabox_matching != "off"
            line.codabox_can_undo = is_part or (is_matched and not currency.is_zero(whole))
            line.codabox_left_amount = left if is_part else 0
            line.codabox_left_currency_id = currency

    @api.depends("move_id.line_ids.matched_debit_ids", "move_id.line_ids.matched_credit_ids")
    def _compute_codabox_matched_ids(self):
        for line in self:
            items = line.move_id.line_ids
            others = items.matched_debit_ids.debit_move_id | items.matched_credit_ids.credit_move_id
            line.codabox_matched_ids = others.move_id.filtered(
                lambda move: (
                    move.is_invoice(True) or move.origin_payment_id or move.codabox_is_payroll
                )
            )

    def action_codabox_match(self):
        """Match these lines with what is proposed; for one line without proposal, offer a choice.

        Lines that are matched already are left alone.
        """
        self._codabox_check_accountant()
        if len(self) != 1:
            return self._codabox_tell(*self._codabox_match_exact())
        if not self.codabox_can_match:
            return None
        if not self.codabox_proposal_id:
            return self.env["codabox.match"]._open(self)
        self._codabox_match_each(self.codabox_proposal_ids)
        self.invalidate_model(["codabox_proposal_id", "codabox_proposal_ids"])
        return None

    def action_codabox_match_all(self):
        """Show every exact line, to match them all: of the selection, else of what the list is about."""
        self._codabox_check_accountant()
        lines = self or self.search(
            [
                *self.env.context.get("codabox_scope", []),
                ("company_id", "in", self.env.companies.ids),
                ("is_reconciled", "=", False),
            ]
        )
        plan, problems = lines._codabox_plan_exact()
        if not plan:
            return lines._codabox_tell(lines.browse(), problems)
        return self.env["codabox.match.all"]._open(plan, problems)

    def action_codabox_undo_match(self):
        """Take the match of these lines back, whoever made it; their amount is open again.

        :raise UserError: when a line lies in a closed period.
        """
        self._codabox_check_accountant()
        matched = self.filtered("codabox_can_undo")
        matched._codabox_check_period()
        matched = matched.sudo()
        matched.action_undo_reconciliation()
        given = matched.filtered("codabox_partner_by_match")
        given.write({"partner_id": False, "codabox_partner_by_match": False})
        self.invalidate_model(["codabox_proposal_id", "codabox_proposal_ids"])

    def _codabox_tell(self, matched, problems):
        """Return the action that says how many lines were matched, and what went wrong.

        :param matched: the matched lines.
        :param dict problems: line -> what went wrong.
        :raise UserError: when all that could be matched went wrong.
        """
        if problems and not matched:
            raise UserError("\n".join(dict.fromkeys(problems.values())))
        if matched:
            text = self.env._("Bank lines matched: %s.", len(matched))
        else:
            text = self.env._("No line names exactly one open invoice or payment of its amount.")
        return self._codabox_told(text, problems, "success" if matched else "info")

    @api.model
    def _codabox_told(self, text, problems, kind="success"):
        """Return the action that says what was done with lines, and what went wrong.

        :param dict problems: line -> what went wrong; each sentence is told once, as a warning.
        :param str kind: of the notification where nothing went wrong.
        """
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": " ".join([text, *dict.fromkeys(problems.values())]),
                "type": "warning" if problems else kind,
                "sticky": bool(problems),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # All lines that are exact, at once: in the nightly run and by *Match all exact*.

    def _codabox_plan_exact(self):
        """Return what would be matched: each of these lines that names exactly what it pays.

        The oldest line gets the one that several lines pay.

        :return: (line -> what it pays, line -> why it cannot)
        :rtype: tuple[dict, dict]
        """
        proposals = self._codabox_exact_moves()
        lines = self.filtered(lambda line: line.id in proposals).sorted("internal_index")
        plan, problems, taken = {}, {}, set()
        for line in lines:
            moves = proposals[line.id]
            if not taken.isdisjoint(moves):
                continue
            try:
                line._codabox_check_period()
                for move in moves:
                    line._codabox_owed_items(move)
            except UserError as error:
                problems[line] = str(error)
                continue
            taken.update(moves)
            plan[line] = moves
        return plan, problems

    def _codabox_match_exact(self, expected=None):
        """Match each of these lines that names exactly what its amount pays.

        What goes wrong with one line is taken back and does not touch the others.

        :param dict expected: line id -> ids of what a person saw; what changed since is left.
        :return: (the matched lines, line -> what went wrong)
        :rtype: tuple[account.bank.statement.line, dict]
        """
        plan, problems = self._codabox_plan_exact()
        if expected is not None:
            plan = {line: ms for line, ms in plan.items() if expected.get(line.id) == ms.ids}
        several = {line: moves for line, moves in plan.items() if len(moves) > 1}
        payments = {
            line: (line._seek_for_lines()[1], line._codabox_owed_items(moves))
            for line, moves in plan.items()
            if len(moves) == 1
        }
        problems |= self._codabox_pay_what_goes(payments)
        tried = {
            line: self._codabox_try(line._codabox_match_each, several[line]) for line in several
        }
        problems |= {line: problem for line, problem in tried.items() if problem}
        self.invalidate_model(["codabox_proposal_id", "codabox_proposal_ids"])
        done = [line.id for line in (*payments, *several) if line not in problems]
        return self.browse(done), problems

    def _codabox_pay_what_goes(self, payments):
        """Pay all at once; when Odoo refuses, one by one, so that the good ones stay.

        :param dict payments: as in ``_codabox_pay``.
        :return: line -> why it was not matched.
        :rtype: dict
        """
        if not self._codabox_try(self._codabox_pay, payments):
            return {}
        attempts = {
            line: self._codabox_try(self._codabox_pay, {line: payments[line]}) for line in payments
        }
        return {line: problem for line, problem in attempts.items() if problem}

    def _codabox_try(self, pay, what):
        """Pay, and return what went wrong, which is then taken back, or an empty text."""
        try:
            with self.env.cr.savepoint():
                pay(what)
        except OperationalError:
            raise  # the transaction is gone: only the caller can begin another one
        except UserError as error:
            return str(error)
        except Exception as error:
            _logger.exception("CodaBox: bank lines not matched")
            return repr(error)
        return ""

    def _codabox_match_on_booking(self):
        """Match what is exact among lines that were just booked, where the journal wants it.

        Never fails: a line that could not be matched says so in the history of its entry.
        """
        lines = self.filtered(lambda line: line.journal_id.codabox_matching == "exact")
        if not lines:
            return
        lines = lines.with_context(lang=lines.company_id.partner_id.lang)
        try:
            with self.env.cr.savepoint():
                _matched, problems = lines._codabox_match_exact()
        except OperationalError:
            raise
        except Exception:
            _logger.exception("CodaBox bank lines %s: not matched", lines.ids)
            return
        for line, problem in problems.items():
            note = line.env._("Not matched with its invoice: %(error)s", error=problem)
            line.move_id.message_post(body=note)
