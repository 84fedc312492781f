"""The calls of CodaBox API V2 that were seen in the field: values in, ``domain`` values out.

Paths and bodies are those of ``docs/reference/api.md`` 4 to 6 and 8.2. Whoever uses the
client keeps these promises, which the API expects (API 5.3):

* entries of a feed are handled in the order of the list, and acknowledged only once their bytes
  are stored for good, because an acknowledgement covers everything before it;
* credentials are stored for good before the user is told that it worked: they come only once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from ..domain import Channel
from ..errors import BadAnswer
from ..transport.transport import Transport
from ..transport.upload import File
from . import answers, json_reader, parsing, parsing_clients

if TYPE_CHECKING:
    from types import TracebackType

    from .. import domain
    from ..transport.wire import Answer

C = TypeVar("C", bound="CodaboxClient")

UBL_TYPE: Final = "application/xml"
_FEED_PATHS: Final = {Channel.FEED: "feed", Channel.REDELIVERY: "redownload-feed"}
_FILE_PATHS: Final = {Channel.FEED: "download", Channel.REDELIVERY: "redownload"}


class CodaboxClient:
    """What one customer may ask CodaBox.

    Every method may raise any :class:`~.errors.TransportError` or :class:`~.errors.ApiError`; what
    stands under ``:raise`` is what a caller should expect in normal life.

    :param transport: the session to use; closing the client closes it.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @classmethod
    def open(
        cls: type[C],
        base_url: str,
        software_key: str,
        credentials: domain.Credentials | None = None,
        **options: Any,  # noqa: ANN401 - the options of Transport
    ) -> C:
        """Make a client with its own transport, to be used in a ``with`` statement.

        :param base_url: see :class:`~.transport.Transport`, as all other arguments.
        :raise CodaboxError: ``bad_setting`` or ``insecure_url``.
        """
        return cls(Transport(base_url, software_key, credentials, **options))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._transport!r})"

    def __enter__(self: C) -> C:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; the client must not be used any more."""
        self._transport.close()

    # --- Credentials (API 4) -------------------------------------------------------

    def request_access_token(self, enterprise_number: str) -> str:
        """Ask CodaBox to mail a one-time token to the company's contact (API 4.3).

        A newer token makes the older one invalid, so it is never asked twice by itself.

        :param enterprise_number: ``BE`` and ten digits.
        :return: the masked contact address when the answer has one, else the empty text.
        :raise Rejected: CodaBox does not know the company or may not mail it; see ``detail``.
        """
        answer = self._transport.request(
            "POST", "request-access-token", "invoicing-software",
            json={"vat": enterprise_number}, authenticate=False, repeatable=False,
        )  # fmt: skip
        try:
            body = json_reader.decode(answer)
        except BadAnswer:
            return ""  # known clients ignore the body, so it may well be empty
        values = body.values() if isinstance(body, dict) else ()
        return next((value for value in values if isinstance(value, str) and "@" in value), "")

    def get_credentials(self, token: str) -> domain.Credentials:
        """Exchange a one-time token for the customer's credentials (API 4.4).

        Never repeated: when the answer is lost, the token is used up and a new one is needed.

        :param token: as mailed by CodaBox; blanks around it are dropped.
        :raise NotFound: the token is unknown, used, superseded or of another software.
        """
        token = token.strip()
        answer = self._transport.request(
            "GET", "get-credentials", token,
            authenticate=False, repeatable=False, secrets=(token,),
        )  # fmt: skip
        return answers.one(answer, parsing.credentials)

    # --- Documents (API 5) ---------------------------------------------------------

    def pod(self) -> domain.Pod:
        """List the feeds of this customer and the formats it may fetch (API 5.1)."""
        return answers.one(self._get("delivery", "pod-client"), parsing.pod)

    def feed(self, feed_id: int, channel: Channel = Channel.FEED) -> domain.Feed:
        """List the entries of a feed that are not acknowledged yet (API 5.2 and 5.5).

        :raise NotFound: no such feed for these credentials.
        """
        return answers.one(self._get("delivery", _FEED_PATHS[channel], feed_id), parsing.feed)

    def acknowledge(self, feed_id: int, feed_index: str, channel: Channel = Channel.FEED) -> None:
        """Move the offset of a feed to an entry (API 5.3), once more if the answer is lost.

        :param feed_index: the last entry that is stored for good, with all before it.
        :raise Rejected: the entry is not in this feed; see ``fields["feed_offset"]``.
        """
        self._transport.request(
            "PUT", "delivery", _FEED_PATHS[channel], feed_id,
            json={"feed_offset": feed_index}, repeatable=True,
        )  # fmt: skip

    def download(
        self, feed_index: str, format: str, channel: Channel = Channel.FEED
    ) -> domain.Download:
        """Fetch one file of an entry, without acknowledging it (API 5.4).

        :param format: one of ``allowed_formats`` of the entry's model, e.g. ``cod``.
        :raise NotFound: unknown entry, entry of another customer, or format not available.
        :raise BadAnswer: what came is no such file (``bad_content_type``, ``empty_file``,
            ``bad_file``) or too large.
        """
        answer = self._transport.request(
            "GET", "delivery", _FILE_PATHS[channel], feed_index, format,
            accept="*/*", repeatable=True,
        )  # fmt: skip
        return answers.file(answer, format)

    # --- Fiduciaries and clients (API 6) -------------------------------------------

    def fiduciaries(self) -> domain.Listed[domain.Fiduciary]:
        """List the accounting offices of this customer that can be read (API 6.1)."""
        return answers.readable(self._get("fiduciaries"), parsing_clients.fiduciary)

    def fiduciary(self, id: str) -> domain.Fiduciary:
        """Read one accounting office.

        :raise NotFound: no such office for these credentials.
        """
        return answers.one(self._get("fiduciaries", id), parsing_clients.fiduciary)

    def clients(self) -> tuple[domain.Client, ...]:
        """List the clients with their mandates and accounts (API 6.2).

        For who must see all of them, before he orders: one that cannot be read ends it.
        """
        return answers.many(self._get("clients"), parsing_clients.client)

    def readable_clients(self) -> domain.Listed[domain.Client]:
        """List the clients that can be read: one with an odd form touches no other."""
        return answers.readable(self._get("clients"), parsing_clients.client)

    def client(self, id: str) -> domain.Client:
        """Read one client.

        :raise NotFound: no such client for these credentials.
        """
        return answers.one(self._get("clients", id), parsing_clients.client)

    # --- Peppol (API 8.2) ----------------------------------------------------------

    def peppol_licences(self) -> tuple[domain.PeppolLicence, ...]:
        """List the licences of this customer; a company has its own one."""
        return answers.many(self._get("peppol", "licences"), parsing.peppol_licence)

    def upload_to_peppol(self, licence_id: str, name: str, content: bytes) -> None:
        """Send an invoice or credit note over Peppol; never repeated.

        What the answer holds was not recorded, so any 2xx is success and nothing of it is read.
        Whether CodaBox refuses what it already has is not known.

        :param name: file name.
        :param content: UBL.
        :raise ApiError: refused; its body was only ever shown as it came.
        """
        self._transport.request(
            "POST", "peppol", "licences", licence_id, "upload",
            file=File(name, content, UBL_TYPE), repeatable=False,
        )  # fmt: skip

    def _get(self, *parts: str | int) -> Answer:
        return self._transport.request("GET", *parts, repeatable=True)
