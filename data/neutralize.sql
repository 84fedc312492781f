-- A copied database must neither fetch documents nor move an offset at CodaBox: without user,
-- password and software key no call can succeed, and no run is planned any more.
UPDATE codabox_connection
   SET software_key = NULL,
       username = NULL,
       password = NULL,
       secrets_from = 'database',
       environment = 'sandbox',
       base_url = NULL,
       fetch_automatically = FALSE,
       next_fetch = NULL,
       state = 'disconnected'
 WHERE state != 'draft' OR software_key IS NOT NULL;

-- What was typed in the wizard is a secret too.
DELETE FROM codabox_connect;

-- Nor does it send an invoice: without connection none can leave, and no round is planned.
UPDATE res_company
   SET codabox_send_schedule = 'manual',
       codabox_send_pending = FALSE,
       codabox_next_send = NULL;
UPDATE account_move
   SET codabox_send_requested = FALSE
 WHERE codabox_send_requested;
