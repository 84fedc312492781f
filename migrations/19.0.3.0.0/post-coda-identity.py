"""Statements are known by what the bank says of their movements, not by their figures alone.

The keys of all that is here are computed anew from the stored files, so that a redelivery is a
duplicate as before. What was taken for a duplicate and says other things than its original is told
on its document, and can be released.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    env["codabox.document"]._renew_coda_keys()
