import logging

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class AccountBankStatementLine(models.Model):
    """All lines that are exact, at once: in the nightly run and by *Match all exact*."""

    _inherit = "account.bank.statement.line"

    def _codabox_match_exact(self):
        """Match each of these lines that names exactly what its amount pays.

        The oldest line gets the one that several lines pay. What goes wrong with one line is
        taken back and does not touch the others.

        :return: (the matched lines, line -> what went wrong)
        :rtype: tuple[account.bank.statement.line, dict]
        """
        proposals = self._codabox_exact_moves()
        lines = self.filtered(lambda line: line.id in proposals).sorted("internal_index")
        payments, several, problems, taken = {}, {}, {}, set()
        for line in lines:
            moves = proposals[line.id]
            if not taken.isdisjoint(moves):
                continue
            try:
                line._codabox_check_period()
                owed = [line._codabox_owed_items(move) for move in moves]
            except UserError as error:
                problems[line] = str(error)
                continue
            taken.update(moves)
            if len(moves) > 1:
                several[line] = moves
            else:
                payments[line] = (line._seek_for_lines()[1], owed[0])
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
