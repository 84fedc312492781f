"""World of the mandate tests: a client that can order, on a sandbox of its own."""

from __future__ import annotations

from ..coda import write_coda
from ..coda.builders import credit, statement
from ..sandbox import CREDENTIALS, SOFTWARE_KEY
from ..v2.provisional import NewClient, ProvisionalClient
from .client_case import ClientCase


def iban(bank_code, number=1):
    """Make a Belgian IBAN at a bank, with its check digits."""
    base = f"{bank_code}{number:07d}"
    bban = f"{base}{int(base) % 97 or 97:02d}"
    return f"BE{98 - int(bban + '111400') % 97:02d}{bban}"


def enterprise(number):
    """Make an enterprise number with its check digits."""
    return f"BE{number:08d}{97 - number % 97:02d}"


KBC, KBC_TWO = iban("409", 1), iban("410", 2)
ING, BELFIUS, BNP, PAPER = iban("310", 3), iban("068", 4), iban("001", 5), iban("132", 6)
NO_PARTNER = iban("651", 7)  # Keytrade is not in the table of API 7.2
PERSON = {"name": "An Peeters", "function": "bestuurder", "email": "an@jo.example.test"}


def new_client(number=1, **values):
    """Give what a client is created with."""
    return NewClient(
        **{
            "client_code": f"N{number:04d}",
            "name": f"Bakkerij {number}",
            "enterprise_num": enterprise(4_000_000 + number),
            "address": "Kerkstraat 1",
            "zip": "9000",
            "city": "Gent",
            "contact_email": f"client{number}@example.test",
            "language": "nl",
            "representative_name": "An Peeters",
            "representative_function": "bestuurder",
            **values,
        }
    )


def one_day(account, number=1, **options):
    """Write a CODA file of one statement."""
    day = statement(account=account, movements=[credit("1")], number=number, **options)
    return write_coda([day])


class MandateCase(ClientCase):
    """``self.api`` can order; ``self.office()`` changes the office."""

    def setUp(self):
        super().setUp()
        self.api = self.enterContext_(
            ProvisionalClient.open(
                self.sandbox.url, SOFTWARE_KEY, CREDENTIALS,
                sleep=self.waits.append, jitter=lambda: 1.0, read_timeout=5,
            )
        )  # fmt: skip

    def create(self, number=1, **values):
        return self.api.create_client(new_client(number, **values))

    def feed_of(self, client):
        return next(f.feed_id for f in self.api.pod().clients if f.client_id == client.id)

    def listed(self, feed_id):
        return [entry.feed_index for entry in self.api.feed(feed_id).entries]

    def posts(self, path=""):
        """Give the orders that reached the sandbox."""
        return [e.path for e in self.sandbox.log if e.method == "POST" and path in e.path]
