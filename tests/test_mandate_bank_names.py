from pathlib import Path

from odoo.modules.module import load_script

from .mandate_case import MandateCase

SCRIPT = Path(__file__).parents[1] / "migrations/19.0.2.0.0/post-bank-names.py"


class TestMandateBankNames(MandateCase):
    """Banks are called as people call them, also on mandates from before."""

    def test_mandates_from_before_get_the_name_of_today_and_others_keep_theirs(self):
        mandates = self.env["codabox.mandate"].sudo()
        vals = {"connection_id": self.connection.id, "service": "coda", "state": "to_sign"}
        old = mandates.create(vals | {"remote_id": "a", "bank_bic": "JVBABE22"})
        new = mandates.create(vals | {"remote_id": "b", "bank_bic": "KREDBEBB"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE codabox_mandate SET bank_name = 'Van Breda' WHERE id = %s", [old.id]
        )
        self.env.invalidate_all()
        load_script(str(SCRIPT), "bank_names").migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual((old | new).mapped("bank_name"), ["Bank Van Breda", "KBC"])
