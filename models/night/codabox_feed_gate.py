import time

from odoo import fields

from ...codabox import (
    BadAnswer,
    Forbidden,
    NotFound,
    Rejected,
    Verdict,
    check_document,
    document_day,
)
from ..inbox.codabox_downloads import Downloads

# Codes of the gate -> codes of reasons.REASONS, where those say something else.
REASON_CODES = {"client_ended": "client_archived"}

FACT_NAMES = {"state": "raw_state"}

# A run may last: what was read of the client counts for so many seconds.
MAX_AGE = 600

# Answers with which the client is not shown in a form that can be judged.
UNREADABLE = ("bad_json", "bad_field", "bad_content_type", "too_large")


class Gate:
    """Whether CodaBox may be asked for the bytes of a document: no data without its legal step.

    The one place where a run decides. The rule itself is ``codabox.check_document``; here is what
    it judges: the client as CodaBox shows it *now*, read when there is something to decide, and
    again when that is too long ago. What is not known passes, and is told once per connection.

    :param codabox.feed feed: the client that is fetched.
    :param CodaboxClient client: an open client.
    """

    def __init__(self, feed, client):
        self.feed = feed
        self.client = client
        self.downloads = Downloads(client)
        self._seen = None
        self._read_at = None
        self._is_unseen = False

    def check(self, document, model, metadata):
        """Return whether the files of a document may be fetched.

        :param codabox.document document: of a feed entry; empty when it is not here yet.
        :param str model: its kind, in CodaBox's word.
        :param dict metadata: what CodaBox says of it.
        :rtype: Verdict
        :raise CodaboxError: the client cannot be read, so nothing is known: nothing may move.
        """
        if document.fetch_reason:
            return Verdict()
        model = model.strip().lower()  # other letters lead around no mandate
        verdict = self._after_mission(document._kind_of_model(model), metadata)
        if not verdict.allowed:
            return verdict
        seen = self._read()
        verdict = check_document(seen, model, metadata)
        self._tell(verdict)
        return verdict

    def reason(self, verdict):
        """Return the code of ``reasons.REASONS`` that says a verdict, and its facts.

        :param Verdict verdict: a refusal.
        :rtype: tuple[str, dict]
        """
        facts = {FACT_NAMES.get(name, name): value for name, value in verdict.facts.items()}
        return REASON_CODES.get(verdict.code, verdict.code), facts

    def _after_mission(self, kind, metadata):
        """Refuse what is dated after the last day of this client, whatever its mandates say."""
        until = self.feed.kind_ids.filtered(lambda k: k.kind == kind).book_until
        if until and (document_day(metadata) or fields.Date.today()) > until:
            return Verdict("after_book_until", {"until": until.isoformat()})
        return Verdict()

    def _read(self):
        """Return the client as CodaBox shows it now, and bring its mandates here up to date.

        :return: ``None`` where nothing is known of it, or the connection is that of a company: its
            own confirmed connection is then the legal step.
        """
        now = time.monotonic()
        if self._read_at is None or now - self._read_at > MAX_AGE:
            self._seen = self._ask()
            self._read_at = now
            if self._seen and not self._is_unseen:
                self.feed.connection_id._apply_mandates((self._seen,))
        return self._seen

    def _ask(self):
        """Ask for the client; one that is not shown is judged by what was seen of it last."""
        self._is_unseen = False
        if not self.feed.connection_id._is_of_office() or not self.feed.client_ref:
            return None
        try:
            found = self.client.client(self.feed.client_ref)
            if found.id == self.feed.client_ref:  # another one says nothing of this one
                return found
        except (BadAnswer, Forbidden, NotFound, Rejected) as error:
            if isinstance(error, BadAnswer) and error.code not in UNREADABLE:
                raise
        self._is_unseen = True
        return self.feed._client_as_last_seen()

    def _tell(self, verdict):
        """Say once what was not known of a document that passes."""
        if not verdict.allowed:
            return
        code = "client_unseen" if self._is_unseen else verdict.doubt
        if code:
            self.feed.connection_id._tell_once(code, client=self.feed.name, **verdict.facts)
