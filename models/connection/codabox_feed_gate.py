from ...codabox import Forbidden, NotFound, check_document
from ..inbox.codabox_downloads import Downloads

# Codes of the gate -> codes of reasons.REASONS, where those say something else.
REASON_CODES = {"client_ended": "client_archived"}

FACT_NAMES = {"state": "raw_state"}


class Gate:
    """Whether CodaBox may be asked for the bytes of a document: no data without its legal step.

    The one place where a run decides. The rule itself is ``codabox.check_document``; here is what
    it judges: the client as CodaBox shows it *now*, read once per run and client, and only when
    there is something to decide.

    :param codabox.feed feed: the client that is fetched.
    :param CodaboxClient client: an open client.
    """

    def __init__(self, feed, client):
        self.feed = feed
        self.client = client
        self.downloads = Downloads(client)
        self._seen = None
        self._is_read = False

    def check(self, document):
        """Return whether the files of a document may be fetched.

        :param codabox.document document: the document of a feed entry.
        :rtype: Verdict
        :raise CodaboxError: the client cannot be read, so nothing is known: nothing may move.
        """
        seen = self._read()
        model = document.document_model.strip().lower()  # other letters lead around no mandate
        return check_document(seen, model, document.metadata or {})

    def reason(self, verdict):
        """Return the code of ``reasons.REASONS`` that says a verdict, and its facts.

        :param Verdict verdict: a refusal.
        :rtype: tuple[str, dict]
        """
        facts = {FACT_NAMES.get(name, name): value for name, value in verdict.facts.items()}
        return REASON_CODES.get(verdict.code, verdict.code), facts

    def _read(self):
        """Return the client as CodaBox shows it now, and bring its mandates here up to date.

        :return: ``None`` where this connection sees no clients: its own confirmed connection is
            then the legal step.
        """
        if not self._is_read:
            self._seen = self._ask()
            self._is_read = True
            if self._seen:
                self.feed.connection_id._apply_mandates((self._seen,))
        return self._seen

    def _ask(self):
        if self.feed.connection_id.role != "office" or not self.feed.client_ref:
            return None
        try:
            return self.client.client(self.feed.client_ref)
        except (Forbidden, NotFound):
            if self.feed.mandate_ids:
                raise  # seen before: not to see it today is no permission
            return None
