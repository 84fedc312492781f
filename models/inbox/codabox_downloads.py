from ...codabox import Forbidden, NotFound, Rejected, TransportError

# Answers that say something about one file: it would come back the same.
UNUSABLE = ("too_large", "empty_file", "bad_content_type", "bad_file")

# So many files in a row that fail are no fault of these files: CodaBox has a problem.
MAX_FAULTS = 6


class Refusal(Exception):
    """CodaBox does not give one file; the rest of the client goes on.

    :param CodaboxError error: what it answered.
    :param bool passing: whether it may be another answer in a while.
    """

    def __init__(self, error, *, passing):
        super().__init__(str(error))
        self.error = error
        self.passing = passing

    @property
    def facts(self):
        """What was answered: facts of the reason ``not_available``.

        :rtype: dict
        """
        status = self.error.details.get("status") or ""
        detail = self.error.details.get("detail") or (status and f"HTTP {status}")
        return {"cause": self.error.code, "status": status, "detail": detail or ""}


class Downloads:
    """The files that one run asks of CodaBox for one client.

    It tells a fault of one file, which steps aside, from a fault of CodaBox, which ends the run.

    :param CodaboxClient client: an open client.
    """

    def __init__(self, client):
        self._client = client
        self._faults = 0  # in a row
        self.last_fault = None
        self.retry_after = 0.0  # seconds, the longest that was asked

    def download(self, *arguments):
        """Ask for one file, as ``CodaboxClient.download`` does.

        :rtype: Download
        :raise Refusal: this file cannot be had now; others may well be.
        :raise CodaboxError: CodaBox fails, or refuses whatever is asked.
        """
        try:
            answer = self._client.download(*arguments)
        except (Forbidden, NotFound, Rejected) as error:
            self._faults = 0  # it answers
            raise Refusal(error, passing=False) from error
        except TransportError as error:
            self._judge(error)
            raise
        self._faults = 0
        return answer

    def check(self):
        """End the run when one file after the other failed; called when that is noted for good.

        :raise CodaboxError: what CodaBox answered last.
        """
        if self._faults >= MAX_FAULTS:
            raise self.last_fault

    def _judge(self, error):
        """Raise a refusal for a file that did not arrive, unless that is no fault of the file."""
        if error.code in UNUSABLE:
            self._faults = 0
            raise Refusal(error, passing=False) from error
        self._faults += 1
        self.last_fault = error
        if error.code == "tls":
            return
        self.retry_after = max(self.retry_after, error.details.get("retry_after") or 0.0)
        raise Refusal(error, passing=True) from error
