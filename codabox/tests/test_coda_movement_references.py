"""Payment references in structured and free communications."""

import unittest

from ..coda import parse_coda, write_coda
from ..coda.builders import credit, free_information, statement, structured_information
from .coda_lines import ACCOUNT


class TestReferences(unittest.TestCase):
    def reference(self, **values):
        data = write_coda([statement(account=ACCOUNT, movements=[credit("1", **values)])])
        return parse_coda(data).statements[0].movements[0].reference

    def test_a_structured_ogm(self):
        self.assertEqual(self.reference(ogm="009093375538"), "+++009/0933/75538+++")
        structured = {"type": "102", "ogm": "009093375538"}
        self.assertEqual(self.reference(structured=structured), "+++009/0933/75538+++")

    def test_an_ogm_with_wrong_check_digits_is_none(self):
        self.assertEqual(self.reference(ogm="009093375539"), "")
        self.assertEqual(self.reference(communication="+++009/0933/75539+++"), "")

    def test_a_structured_creditor_reference(self):
        structured = {"type": "100", "iso11649_reference": "RF18539007547034"}
        self.assertEqual(self.reference(structured=structured), "RF18539007547034")
        structured["iso11649_reference"] = "RF19539007547034"
        self.assertEqual(self.reference(structured=structured), "")

    def test_an_ogm_across_the_border_of_two_records(self):
        text = "Factuur van januari, betaald met dank ".ljust(47) + "+++009/0933/75538+++"
        self.assertEqual(self.reference(communication=text), "+++009/0933/75538+++")

    def test_an_ogm_in_the_text_of_a_direct_debit(self):
        structured = {"type": "127", "communication": "FACT ***091/7368/89225*** X"}
        self.assertEqual(self.reference(structured=structured), "+++091/7368/89225+++")

    def test_an_ogm_in_a_foreign_payment_and_in_an_old_direct_debit(self):
        structured = {"type": "105", "structured_comm": "000000000505"}
        self.assertEqual(self.reference(structured=structured), "+++000/0000/00505+++")
        structured = {"type": "107", "communication": "000000000505"}
        self.assertEqual(self.reference(structured=structured), "+++000/0000/00505+++")

    def test_an_ogm_in_free_information(self):
        information = [
            structured_information("001", name="X"),
            free_information("REF 000000000505"),
        ]
        self.assertEqual(self.reference(information=information), "+++000/0000/00505+++")

    def test_an_ogm_in_structured_information_of_a_movement_type(self):
        information = [structured_information("105", structured_comm="000000000505")]
        self.assertEqual(self.reference(information=information), "+++000/0000/00505+++")

    def test_a_name_and_address_hold_no_reference(self):
        information = [structured_information("001", name="000000000505")]
        self.assertEqual(self.reference(information=information), "")
