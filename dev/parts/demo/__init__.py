"""The demo, started by ``dev/demo``: an office with clients at a sandbox of CodaBox.

* ``run``: starts the sandbox and Odoo, and ends them; with --check it runs ``smoke``;
* ``setup``: runs in Odoo's shell before each start; ``connection``, ``sending`` and ``by_hand`` (an
  office whose CodaBox takes no orders) are its steps;
* ``clients``: who they are; ``documents``: what comes for them, made by ``bank``, ``payroll`` and
  ``invoices``;
* ``smoke``: what a person does first, in a browser; ``jobs``: the jobs of an accountant, clicks counted.
"""
