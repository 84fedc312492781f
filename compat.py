"""What stands between Odoo and a library that we use.

Odoo replaces the loader of ``stdnum`` to patch it (``odoo/_monkeypatches``), and the new loader
cannot find the data files of that package: ``stdnum.iban`` then fails when it is imported. Seen on
Odoo 19.0 with python-stdnum 2.2, 2026-11-22. The loader is completed before anything imports it.
"""

from importlib.machinery import SourceFileLoader

import stdnum

if not hasattr(stdnum.__spec__.loader, "get_resource_reader"):
    stdnum.__spec__.loader = SourceFileLoader(stdnum.__name__, stdnum.__file__)
