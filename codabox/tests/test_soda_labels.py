"""Labels of payroll codes: ordinary words show, whatever may name a person does not."""

import unittest

from ..soda import entry_totals, parse_soda
from ..soda.payroll_words import names_nobody
from .sample_files import OURS

ORDINARY = """
Précompte professionnel|Avantages de toute nature|Cotisation spéciale sécurité sociale
Frais propres à l'employeur|Titres-repas|Prime de fin d'année|Rémunération gérant
Indemnité de préavis|Bijzondere bijdrage sociale zekerheid|Kosten eigen aan de werkgever
Voordelen alle aard|Voordelen van alle aard|Sociale Maribel|Maribel social|Flexi-job
Opzegvergoeding|Doelgroepvermindering|Forfaitaire onkosten|Bedrijfsvoorheffing|RSZ werkgever
Bezoldigingen bedienden|Netto lonen|Nettolonen|Brutolonen|Rémunérations brutes
Salaires nets|Net à payer|Cotisations patronales ONSS|Cotisations ONSS travailleurs
Onkostenvergoeding|Maaltijdcheques|Ecocheques|Éco-chèques|Chèques-repas|Vakantiegeld
Dubbel vakantiegeld|Enkel vakantiegeld|Pécule de vacances|Double pécule de vacances
Eindejaarspremie|Dertiende maand|Treizième mois|Provision pécule de vacances
Provisie vakantiegeld|Groepsverzekering|Assurance groupe|Hospitalisatieverzekering
Assurance hospitalisation|Loonbeslag|Saisie sur salaire|Voorschotten|Avances
Fietsvergoeding|Indemnité vélo|Woon-werkverkeer|Frais de déplacement|Bedrijfswagen
Solidariteitsbijdrage|Cotisation de solidarité CO2|Structurele vermindering
Réductions structurelles|Gewaarborgd loon|Salaire garanti|Overuren|Ploegenpremie
Prime d'équipe|Jobstudenten|Étudiants|Arbeiders|Ouvriers|Employés|Bestuurders
Bezoldiging zaakvoerder|Vergoeding thuiswerk|Indemnité télétravail|Vakbondspremie
Prime syndicale|Arbeidsongevallenverzekering|Afrondingen|Arrondis
Löhne und Gehälter|Berufssteuervorabzug|Sozialversicherung Arbeitgeber|Urlaubsgeld
Vorteile jeder Art|Jahresendprämie|Nettolöhne|Bruttolöhne
"""
NAMES = [
    "Peeters",
    "Janssens",
    "Maes",
    "Jacobs",
    "Mertens",
    "Willems",
    "Claes",
    "Goossens",
    "Wouters",
    "Dubois",
    "Lambert",
    "Dupont",
    "Martin",
    "Simon",
    "Laurent",
    "Leroy",
    "Lejeune",
    "Provoost",
    "Wagemans",
    "Wagenaar",
    "Payen",
    "Netten",
    "Nachtergaele",
    "Bouwens",
    "Loones",
    "Persoons",
    "Planckaert",
    "Kasper",
    "Jourdain",
    "Jaarsma",
    "Veloso",
    "Zegels",
    "Scheckter",
    "Moisse",
    "Jeunehomme",
    "Werkx",
    "Dettmer",
    "Marie",
    "Maribel",
    "Job",
    "An",
    "Art",
    "Jan",
    "Luc",
    "Nathalie",
    "Mohamed",
    "Yilmaz",
    "Nguyen",
    "Legrand",
    "Legein",
    "Directeyn",
    "Sonderegger",
    "Desmet",
    "Desmedt",
    "Hermans",
    "Michiels",
    "Aerts",
    "Thijs",
    "Segers",
    "Lemmens",
    "Cools",
    "Verhoeven",
    "Vermeulen",
    "Smets",
    "Pauwels",
]


class TestLabels(unittest.TestCase):
    def test_ordinary_labels_show(self):
        hidden = [
            label
            for label in ORDINARY.replace("\n", "|").split("|")
            if label and not names_nobody(label)
        ]
        self.assertEqual(hidden, [])

    def test_each_code_of_an_ordinary_file_has_its_label(self):
        data = (OURS / "soda/cases/soda_ordinary_labels.xml").read_bytes()
        (entry,) = parse_soda(data).entries
        totals = entry_totals(entry)
        self.assertEqual([total.label for total in totals], [line.label for line in entry.lines])
        self.assertEqual(len(totals), 20)

    def test_no_name_shows_alone_or_among_payroll_words(self):
        for name in NAMES:
            for label in (
                name,
                name.upper(),
                f"Netto {name}",
                f"Bezoldiging {name} Jan",
                f"Rémunération M. {name}",
                f"Lohn {name}",
                f"{name} loon",
                f"Sociale Maribel {name}",
            ):
                with self.subTest(label):
                    self.assertFalse(names_nobody(label))

    def test_a_label_without_a_known_word_or_with_a_long_number_stays_hidden(self):
        for label in ("", "de la", "XYZ", "620200", "Netto 85010112345", "Diversen Q"):
            with self.subTest(label):
                self.assertFalse(names_nobody(label))
