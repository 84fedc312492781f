-- A copied database must neither fetch documents nor move an offset at CodaBox: without user,
-- password and software key no call can succeed, and no run is planned any more.
UPDATE codabox_connection
   SET secrets_from = 'database',
       environment = 'sandbox',
       base_url = NULL,
       fetch_automatically = FALSE,
       next_fetch = NULL,
       state = 'disconnected'
 WHERE state != 'draft'
    OR id IN (SELECT res_id FROM codabox_secret WHERE res_model = 'codabox.connection');

-- With them what was typed in the wizard.
DELETE FROM codabox_secret;
DELETE FROM codabox_connect;

-- Links that were mailed: with one a mandate is signed at CodaBox, or a document uploaded on the
-- portal of the original. First in the mails, as long as it is known what they look like.
UPDATE mail_mail
   SET body_html = regexp_replace(body_html, 'https?://[^"''[:space:]<]+', '#', 'g')
 WHERE body_html LIKE '%/my/codabox/mandates/%access_token=%'
    OR body_html LIKE '%/my/codabox/questions/%access_token=%'
    OR EXISTS (SELECT FROM codabox_mandate
                WHERE signing_url > ''
                  AND position(replace(signing_url, '&', '&amp;') IN body_html) > 0);
UPDATE mail_message
   SET body = regexp_replace(body, 'https?://[^"''[:space:]<]+', '#', 'g')
 WHERE body LIKE '%/my/codabox/mandates/%access_token=%'
    OR body LIKE '%/my/codabox/questions/%access_token=%'
    OR model IN ('res.partner', 'codabox.mandate')
   AND EXISTS (SELECT FROM codabox_mandate
                WHERE signing_url > ''
                  AND position(replace(signing_url, '&', '&amp;') IN body) > 0);
UPDATE codabox_mandate
   SET signing_url = NULL,
       signing_url_date = NULL,
       access_token = NULL
 WHERE signing_url IS NOT NULL OR access_token IS NOT NULL;
UPDATE codabox_client_contact
   SET access_token = NULL
 WHERE access_token IS NOT NULL;

-- Nor does it send an invoice: without connection none can leave, and no round is planned.
UPDATE res_company
   SET codabox_send_schedule = 'manual',
       codabox_send_pending = FALSE,
       codabox_next_send = NULL;
UPDATE account_move
   SET codabox_send_requested = FALSE
 WHERE codabox_send_requested;
