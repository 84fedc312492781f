"""Two who make the same at the same moment: the second is done again, and finds what is there.

A transaction sees the database as it was when it began. What another one made since, it cannot look
for; only PostgreSQL's unique index knows. Odoo does a request again when it is told so, up to five
times, and the scheduled actions have their next turn.
"""

import re
from contextlib import contextmanager

from psycopg2.errors import UniqueViolation

from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL


def is_overtaken(cr, error):
    """Return whether the row that is in the way was made by another one since this one began.

    :param cr: cursor of the transaction, rolled back to before the error.
    :param Exception error: what was raised.
    :rtype: bool
    """
    if not isinstance(error, UniqueViolation):
        return False
    # The words around it are in the language of the server.
    key = re.search(r"\(([\w, ]+)\)=\((.*)\)", error.diag.message_detail or "", re.DOTALL)
    if not key:
        return False
    columns = [SQL.identifier(name) for name in key[1].split(", ")]
    table = SQL.identifier(error.diag.table_name)
    cr.execute(
        SQL("SELECT FROM %s WHERE concat_ws(', ', %s) = %s", table, SQL(", ").join(columns), key[2])
    )
    return not cr.rowcount


@contextmanager
def done_again(cr):
    """Have what a person does done again when somebody else did the same at this moment.

    :param cr: cursor of the transaction.
    :raise ConcurrencyError: he was first; Odoo does the request again.
    """
    try:
        with cr.savepoint():
            yield
    except UniqueViolation as error:
        if is_overtaken(cr, error):
            raise ConcurrencyError("somebody else made the same at this moment") from error
        raise
