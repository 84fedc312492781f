"""A setting no longer names a journal or account of another company; until now the screen took it."""

import logging

from odoo import SUPERUSER_ID, api

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    """Empty those that do: the first journal of the company itself counts again."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for company in env["res.company"].with_context(active_test=False).search([]):
        # All at once: the check looks at each of them.
        if names := company._codabox_of_others():
            _logger.warning("%s of company %s: of another one, emptied", names, company.id)
            company.write(dict.fromkeys(names, False))
