"""What connections can do is tried with the next round: an earlier version did not know."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE codabox_connection
           SET functions_checked_at = now() AT TIME ZONE 'UTC' - interval '30 days'
         WHERE state IN ('connected', 'broken') AND functions_checked_at IS NULL
        """
    )
