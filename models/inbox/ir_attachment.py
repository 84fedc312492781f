from pathlib import Path
from uuid import uuid4

from odoo import api, models


class IrAttachment(models.Model):
    """Files of the filestore that were left half-written, by a kill or by a disk that was full."""

    _inherit = "ir.attachment"

    @api.model
    def _get_path(self, bin_data, sha):
        # EXTENDS base: it takes half a file for a collision, and would refuse these bytes for ever
        self._codabox_mend(bin_data, f"{sha[:2]}/{sha}")
        return super()._get_path(bin_data, sha)

    def _codabox_mend(self, content, name):
        """Complete a file of which only a part was written.

        Odoo names the files of its filestore after their content, so what is shorter than the
        content of its name is no other file.

        :param bytes content: what is about to be stored.
        :param str name: of its file, as ``store_fname``.
        :raise OSError: the disk is full, or cannot be written.
        """
        path = Path(self._full_path(name))
        if not path.is_file() or path.stat().st_size >= len(content):
            return
        # Replaced in one go: a worker that is writing the same bytes just now is not disturbed.
        whole = path.with_name(f"{path.name}.{uuid4().hex}")
        try:
            whole.write_bytes(content)
            whole.replace(path)
        except OSError:
            whole.unlink(missing_ok=True)  # nobody would ever clean it up
            raise
        self._mark_for_gc(name)
