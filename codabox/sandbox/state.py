"""The state of the sandbox and everything that may be done to it, behind one lock.

This is the Python interface of the sandbox; ``control.py`` offers the same over HTTP.
"""

from __future__ import annotations

import copy
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from .. import const as known
from ..domain import Channel, Credentials
from . import const, resources
from .bench import change, now
from .invoices import Invoices
from .metadata import derive
from .model import Document, Feed, Mail, Pod, Queue, Token, new_credentials

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .resources import Json


class World(Invoices):
    """A CodaBox with its customers and documents; a new one has none.

    Every method may be called from any thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        with self.lock:
            self.clear_bench()
            self.clear_invoices()
            self.pods: dict[int, Pod] = {}
            self.feeds: dict[int, Feed] = {}
            self.fiduciaries: dict[str, Json] = {}
            self.tokens: list[Token] = []
            self._mails: list[Mail] = []

    # --- Customers -----------------------------------------------------------------

    def add_fiduciary(
        self, name: str, enterprise_num: str, *, id: str | None = None, language: str = "fr"
    ) -> str:
        """Add an accounting office and give its id."""
        with self.lock:
            id = id or resources.stable_id("fiduciary", enterprise_num)
            self.fiduciaries[id] = resources.fiduciary(id, name, enterprise_num, language)
            return id

    def add_pod(
        self,
        *,
        pod_id: int | None = None,
        credentials: Credentials | None = None,
        software_key: str = const.SOFTWARE_KEY,
        enterprise_num: str | None = None,
        fiduciary_ids: Sequence[str] = (),
        allowed_formats: Mapping[str, Sequence[str]] = known.KNOWN_FORMATS,
        fetch_delay: int = known.DEFAULT_FETCH_DELAY,
    ) -> int:
        """Add a customer and give its pod id.

        :param credentials: invented when not given; read them with :meth:`credentials`.
        :param enterprise_num: of the company when it is no accounting office.
        :param fetch_delay: seconds.
        """
        with self.lock:
            pod_id = pod_id or max(self.pods, default=const.POD_ID - 1) + 1
            credentials = credentials or new_credentials()
            formats = {model: list(names) for model, names in allowed_formats.items()}
            self.pods[pod_id] = Pod(
                pod_id, software_key, credentials.username, credentials.password,
                enterprise_num, fetch_delay, formats, list(fiduciary_ids),
                resources.licence(pod_id, enterprise_num) if enterprise_num else None,
            )  # fmt: skip
            return pod_id

    def credentials(self, pod_id: int = const.POD_ID) -> Credentials:
        """Give the credentials of a pod."""
        with self.lock:
            return Credentials(self.pods[pod_id].username, self.pods[pod_id].password)

    def configure_pod(self, pod_id: int = const.POD_ID, **changes: object) -> None:
        """Change fields of a pod, e.g. ``allowed_formats``, ``fetch_delay`` or ``password``."""
        with self.lock:
            change(self.pods[pod_id], changes)

    def allow(self, model: str, *formats: str, pod_id: int = const.POD_ID) -> None:
        """Add formats to the allowed ones of a model; both may be unknown to everybody."""
        with self.lock:
            allowed = self.pods[pod_id].allowed_formats.setdefault(model, [])
            allowed.extend(name for name in formats if name not in allowed)

    def add_client(
        self,
        code: str,
        name: str | None = None,
        *,
        enterprise_num: str | None = None,
        accounts: Sequence[str | Json] = (),
        social_welfare_ids: Sequence[str] = ("group_s",),
        language: str = "fr",
        fiduciary_id: str | None = None,
        pod_id: int = const.POD_ID,
        feed_id: int | None = None,
        client_id: str | None = None,
    ) -> int:
        """Add a client with active mandates and an empty feed, and give the feed id.

        :param accounts: IBANs, or objects with ``iban``, ``bank_id``, ``currency`` and
            ``extension_zone``.
        :param fiduciary_id: the pod's first office when not given.
        """
        with self.lock:
            pod = self.pods[pod_id]
            feed_id = feed_id or max(self.feeds, default=const.FEED_ID - 1) + 1
            client = resources.client(
                client_id or resources.stable_id("client", pod_id, code),
                fiduciary_id or next(iter(pod.fiduciary_ids), None),
                code=code,
                name=name or code,
                enterprise_num=enterprise_num,
                language=language,
                accounts=[_account(account) for account in accounts],
                social_welfare_ids=social_welfare_ids,
            )
            self.feeds[feed_id] = Feed(feed_id, pod_id, client)
            return feed_id

    def remove_client(self, feed_id: int) -> None:
        """Let a feed disappear."""
        with self.lock:
            del self.feeds[feed_id]

    @contextmanager
    def editing(self, feed_id: int) -> Iterator[Json]:
        """Give the resource of a client (API 6.2) to change it in place while it is locked."""
        with self.lock:
            yield self.feeds[feed_id].client

    def set_coda_mandate(self, feed_id: int, iban: str | None = None, **changes: object) -> None:
        """Change CODA mandates of a client, e.g. ``state="problem", reason="..."``.

        :param iban: only the mandate of this account; all when not given.
        :raise LookupError: the client has no such mandate.
        """
        with self.editing(feed_id) as client:
            found = [
                mandate
                for mandate in client["coda_mandates"]
                if iban is None or iban in mandate["ibans"]
            ]
            if not found:
                message = f"feed {feed_id} has no mandate for {iban or 'any account'}"
                raise LookupError(message)
            for mandate in found:
                mandate.update(changes, state_modified_at=now())

    # --- Documents -----------------------------------------------------------------

    def add_document(
        self,
        feed_id: int,
        model: str,
        files: Mapping[str, bytes],
        *,
        metadata: Json | None = None,
        channel: Channel = Channel.FEED,
        feed_index: str | None = None,
        mandate: bool = True,
    ) -> str:
        """Deliver a document and give its ``feed_index``.

        :param files: format -> content. A format that is allowed but missing here answers 404.
        :param metadata: derived from the CODA when not given, else empty.
        :param mandate: a CODA of an account the client does not have yet, or a SODA of a new
            secretariat, brings an active mandate with it: nothing is delivered without one.
        """
        with self.lock:
            found = derive(model, dict(files)) if metadata is None else metadata
            document = Document(feed_index or str(uuid4()), model, dict(files), found)
            feed = self.feeds[feed_id]
            feed.queues[channel].documents.append(document)
            if mandate and model == "coda":
                resources.ensure_account(feed.client, found)
            if mandate and model == "soda":
                resources.ensure_social_mandate(feed.client, found.get("social_welfare_id"))
            return document.feed_index

    def redeliver(self, feed_index: str, *, same_index: bool = False) -> str:
        """Offer a document again on the redelivery channel and give its ``feed_index`` there.

        :param same_index: whether it keeps its index, which nobody outside CodaBox knows (API 5.5).
        :raise LookupError: no such document.
        """
        with self.lock:
            feed, document = self.find(feed_index, Channel.FEED)
            again = copy.deepcopy(document)
            if not same_index:
                again.feed_index = str(uuid4())
            feed.queues[Channel.REDELIVERY].documents.append(again)
            return again.feed_index

    def find(self, feed_index: str, channel: Channel) -> tuple[Feed, Document]:
        """Find a document and its feed.

        :raise LookupError: no such document in this channel.
        """
        with self.lock:
            for feed in self.feeds.values():
                queue = feed.queues[channel]
                if (place := queue.position(feed_index)) >= 0:
                    return feed, queue.documents[place]
        message = f"no document {feed_index} in {channel.value}"
        raise LookupError(message)

    def queue(self, feed_id: int, channel: Channel = Channel.FEED) -> Queue:
        """Give a channel of a feed, e.g. to look at its ``offset``."""
        with self.lock:
            return self.feeds[feed_id].queues[channel]

    # --- Tokens --------------------------------------------------------------------

    def issue_token(
        self,
        pod_id: int = const.POD_ID,
        *,
        software_key: str | None = None,
        value: str | None = None,
    ) -> str:
        """Make a one-time token; it makes the unused ones of the same pod invalid (API 4.2)."""
        with self.lock:
            key = software_key or self.pods[pod_id].software_key
            for token in self.tokens:
                if token.pod_id == pod_id and token.software_key == key and not token.used:
                    token.superseded = True
            self.tokens.append(Token(value or secrets.token_hex(20), key, pod_id))
            return self.tokens[-1].value

    def mail_token(self, vat: str, to: str, pod_id: int) -> None:
        """Issue a token and keep the mail that would have carried it."""
        with self.lock:
            self._mails.append(Mail(vat, to, self.issue_token(pod_id), now()))

    def mails(self, vat: str | None = None) -> list[Mail]:
        """Give the mails with tokens, oldest first."""
        with self.lock:
            return [mail for mail in self._mails if vat in (None, mail.vat)]

    def connect_company(self, enterprise_num: str, credentials: Credentials | None = None) -> int:
        """Give the pod of a company that an office has as client: its own connection.

        It may send sales invoices; what it sends is in the feed of that office, because both have
        the same enterprise number (``invoices.py``).

        :param credentials: of a pod that is made; invented when not given.
        :raise LookupError: no office has this client.
        """
        with self.lock:
            feeds = self.office_feeds(enterprise_num)
            if not feeds:
                message = f"no office has a client {enterprise_num}"
                raise LookupError(message)
            return self.company_pod(feeds[0], credentials)

    def company_pod(self, feed: Feed, credentials: Credentials | None = None) -> int:
        """Give the pod of one company on its own, made on first use from its office's feed."""
        with self.lock:
            number = feed.client["legal_entity"]["enterprise_num"]
            for pod in self.pods.values():
                if pod.enterprise_num == number:
                    return pod.pod_id
            pod_id = self.add_pod(enterprise_num=number, credentials=credentials)
            own = Feed(max(self.feeds) + 1, pod_id, copy.deepcopy(feed.client))
            for document in feed.queues[Channel.FEED].documents:
                twin = copy.deepcopy(document)
                twin.feed_index = resources.stable_id(document.feed_index, pod_id)
                own.queues[Channel.FEED].documents.append(twin)
            self.feeds[own.feed_id] = own
            return pod_id


def _account(account: str | Json) -> Json:
    given = {"iban": account} if isinstance(account, str) else account
    return {"bank_id": const.BANK_ID, "currency": "EUR", "extension_zone": None, **given}
