"""What runs tests or judges them, for several scripts of ``dev/``.

* ``judge_odoo``: passes Odoo's output on and fails on warnings and errors of ours (``dev/odoo_tests``);
* ``odoo_reversed``: Odoo with its tests last one first (``REVERSE=1``);
* ``unit_at``: the framework-free tests on another day (``make unit DAY=…``, ``make unit-days``);
* ``apps_tour``: the add-on activated from Apps, in a browser (``dev/apps``);
* ``browser``: the browser that ``apps_tour`` and the demo's smoke test use.
"""
