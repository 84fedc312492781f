"""A disk that is full, said to whoever waits for what could not be kept on it."""

import errno
from contextlib import contextmanager

from odoo.exceptions import UserError

from ...reasons import explain
from .contained import log_fault

# No space, over quota, mounted read-only after a fault.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@contextmanager
def refusal(env, logger, subject):
    """Tell a person that the server cannot keep files now; what he did is undone.

    :param env: in whose language it is said.
    :param logger: of the module that stores them; the fault is for whoever manages the server.
    :param str subject: what was to be stored.
    :raise UserError: instead of what the disk said.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        log_fault(logger, subject, error)
        raise UserError(explain(env, "disk_full")) from error
