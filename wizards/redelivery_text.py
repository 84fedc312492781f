"""The redelivery request in the languages of Belgium.

Whoever answers at CodaBox reads it, not the user: its language is chosen with the request and
needs no language pack in Odoo.
"""

LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("en", "English")]

# What a request says, per language. ``{…}`` are filled by the wizard.
TEXTS = {
    "nl": {
        "subject": "Herlevering van CODA-bestanden: {client}",
        "greeting": "Beste,",
        "intro": "Gelieve de volgende CODA-bestanden opnieuw te leveren via het herleveringskanaal.",
        "client": "Klant: {client}",
        "enterprise": "Ondernemingsnummer: {number}",
        "line": "- rekening {account} ({currency}): van {first} tot en met {last}",
        "numbers": ", nummers {numbers}",
        "thanks": "Met vriendelijke groeten,",
        "columns": ("klant", "ondernemingsnummer", "rekening", "valuta", "van", "tot", "nummers"),
    },
    "fr": {
        "subject": "Nouvelle livraison de fichiers CODA : {client}",
        "greeting": "Bonjour,",
        "intro": "Veuillez livrer à nouveau les fichiers CODA suivants par le canal de relivraison.",
        "client": "Client : {client}",
        "enterprise": "Numéro d’entreprise : {number}",
        "line": "- compte {account} ({currency}) : du {first} au {last} inclus",
        "numbers": ", numéros {numbers}",
        "thanks": "Bien à vous,",
        "columns": ("client", "numéro d’entreprise", "compte", "devise", "du", "au", "numéros"),
    },
    "en": {
        "subject": "Redelivery of CODA files: {client}",
        "greeting": "Hello,",
        "intro": "Please deliver the following CODA files again through the redelivery channel.",
        "client": "Client: {client}",
        "enterprise": "Enterprise number: {number}",
        "line": "- account {account} ({currency}): from {first} to {last} inclusive",
        "numbers": ", numbers {numbers}",
        "thanks": "Kind regards,",
        "columns": ("client", "enterprise number", "account", "currency", "from", "to", "numbers"),
    },
}
