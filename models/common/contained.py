"""What goes wrong with one client, connection or company, kept from all others.

The rule at each door: roll back, tell a concurrent change from a fault, log the fault under a
reference that a person can find again, go on with the next one. Where the connection to the
database itself is lost, the roll-back raises, and whatever runs ends.
"""

from contextlib import contextmanager
from uuid import uuid4

from odoo.exceptions import ConcurrencyError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY


def is_concurrent(error):
    """Return whether another transaction was in the way: the same works a moment later.

    Other errors of the database (a disk that is full, a value that no index holds) are none: to
    try them again at once would fail for ever.

    :param Exception error: what was raised.
    :rtype: bool
    """
    return isinstance(error, (ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY))


def new_reference():
    """Return what a person finds a fault in the log by."""
    return uuid4().hex[:8]


def log_fault(logger, subject, error):
    """Log what nobody foresaw, with its traceback.

    :param logger: of the module where it was caught.
    :param str subject: which record it stopped.
    :param Exception error: what was raised.
    :return: the reference under which the log has it.
    :rtype: str
    """
    reference = new_reference()
    logger.error("CodaBox %s: unforeseen, reference %s", subject, reference, exc_info=error)
    return reference


def fault_facts(reference, error):
    """Return the facts of the reason ``unforeseen``.

    :rtype: dict
    """
    words = " ".join(str(error).split())
    return {"error": f"{type(error).__name__}: {words}"[:200], "reference": reference}


@contextmanager
def contained(env, logger, subject, keep, on_conflict=None):
    """Keep what goes wrong in a block from what comes behind it; the transaction is rolled back.

    :param env: whose transaction it is.
    :param logger: of the module where the block stands.
    :param str subject: which record it is about.
    :param keep: function of the facts of the reason ``unforeseen``: notes them where a person
        looks, and commits.
    :param on_conflict: function of the error when another transaction was in the way.
    :raise Exception: the roll-back failed: the connection is lost, and nobody can go on.
    """
    try:
        yield
    except Exception as error:
        env.cr.rollback()
        if is_concurrent(error):
            logger.info("CodaBox %s: stopped by the database: %s", subject, error)
            if on_conflict:
                on_conflict(error)
            return
        reference = new_reference()
        logger.exception("CodaBox %s: unforeseen, reference %s", subject, reference)
        try:
            keep(fault_facts(reference, error))
        except Exception:
            env.cr.rollback()
            logger.exception("CodaBox %s: reference %s could not be kept", subject, reference)


def each_alone(env, logger, items, apply, subject):
    """Apply something to all items at once; where that fails, to each by itself.

    :param env: whose cursor gets the savepoints.
    :param items: what ``apply`` takes, as a tuple.
    :param apply: function of a tuple of items.
    :param subject: function of one item that says in the log which it is.
    :return: facts of the reason ``unforeseen`` of the last that failed, else nothing.
    :rtype: dict
    :raise Exception: what another transaction caused.
    """
    try:
        with env.cr.savepoint():
            apply(items)
            return {}
    except Exception as error:
        if is_concurrent(error):
            raise
        if len(items) == 1:
            return fault_facts(log_fault(logger, subject(items[0]), error), error)
    facts = {}
    for item in items:
        facts = each_alone(env, logger, (item,), apply, subject) or facts
    return facts
