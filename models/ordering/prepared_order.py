"""What CodaBox asks for a new client or new accounts, filled in, for one client."""

from dataclasses import dataclass

from .prepared_order_text import TEXTS


@dataclass(frozen=True)
class PreparedOrder:
    """One client and what is asked for it by hand.

    Neither a national number nor anything of an identity card is in it: CodaBox needs none.

    :param order: ``Order``: who it is and what is asked.
    :param is_known: whether CodaBox has this client.
    :param has_vat: whether its number is a VAT number too.
    :param office: name of the office, where a connection sees several.
    :param banks: IBAN -> name of the bank.
    :param secretariats: names of the social secretariats.
    """

    order: object
    is_known: bool
    has_vat: bool
    office: str
    banks: dict
    secretariats: tuple

    @property
    def number(self):
        """The enterprise number as people write it."""
        digits = self.order.new.enterprise_num.removeprefix("BE")
        return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"

    def rows(self, language):
        """Return (part, label, value) of all that is to be filled in, in the order of MyCodaBox.

        :param str language: a key of ``TEXTS``.
        :rtype: list[tuple]
        """
        texts = TEXTS[language]
        parts = [*self._client_rows(texts), *self._service_rows(texts)]
        return [(texts[part], label, value) for part, label, value in parts if value]

    def _client_rows(self, texts):
        new = self.order.new
        if self.is_known:
            yield "known", texts["code"], new.client_code
            yield "known", texts["name"], new.name
            yield "known", texts["number"], self.number
            return
        values = {
            "code": new.client_code,
            "number": self.number,
            "vat": texts["yes" if self.has_vat else "no"],
            "name": new.name,
            "address": ", ".join(filter(None, [new.address, new.address2])),
            "zip": new.zip,
            "city": new.city,
            "email": new.contact_email,
            "language": texts.get(new.language, new.language),
            "signer": new.representative_name,
            "function": new.representative_function,
        }
        for name, value in values.items():
            yield "new", texts[name], value

    def _service_rows(self, texts):
        new = self.order.new
        for iban in self.order.ibans:
            yield "accounts", texts["account"].format(bank=self.banks.get(iban, "?")), iban
        for name in self.secretariats:
            yield "payroll", texts["secretariat"], name
        if self.order.purchase_invoices:
            yield "purchase", texts["invite"], new.contact_email
            yield "purchase", texts["signer"], new.representative_name
            yield "purchase", texts["function"], new.representative_function

    def summary(self, language):
        """Return the lines of the mail about this client.

        :param str language: a key of ``TEXTS``.
        :rtype: list[str]
        """
        texts, new = TEXTS[language], self.order.new
        banks = dict.fromkeys(self.banks.get(iban, "?") for iban in self.order.ibans)
        asked = {
            "accounts": f"{len(self.order.ibans)} ({', '.join(banks)})" if banks else "",
            "payroll": ", ".join(self.secretariats),
            "purchase": texts["yes"] if self.order.purchase_invoices else "",
        }
        name = f"{new.name} ({new.client_code})" if new.client_code else new.name
        return [
            texts["client"].format(client=name, number=self.number),
            *([texts["office"].format(office=self.office)] if self.office else []),
            *(
                texts["line"].format(what=texts[part], which=which)
                for part, which in asked.items()
                if which
            ),
        ]
