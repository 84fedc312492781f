"""Odoo's own command line, with its tests in the reverse order: no test may need one before it."""

import odoo.tests.loader
from odoo.cli.command import main
from odoo.tests.suite import OdooSuite

in_order = odoo.tests.loader.make_suite


def make_suite(*args: object, **kwargs: object) -> OdooSuite:
    """Give the same tests, the last one first."""
    return OdooSuite(reversed(list(in_order(*args, **kwargs))))


odoo.tests.loader.make_suite = make_suite
main()
