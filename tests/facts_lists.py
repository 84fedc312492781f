"""Which fields of this add-on a user may write, and which say what happened: only its software does.

A new field goes on one of the two lists. The first is for what a person decides: he may set it by
RPC or an import too. One2many are left out: they are the other end of a field that is on a list.
"""

USERS = {
    "account.journal": """
        codabox_bank_totals codabox_card_reference codabox_charges codabox_customer_totals
        codabox_enterprise_numbers codabox_matching codabox_send_excluded
        codabox_text_language codabox_tolerance
    """,
    "account.move": "codabox_paid_by codabox_payer_account_id codabox_payer_id",
    "account.move.line": "codabox_vat_country_id",
    "codabox.company.order": "city client_name lang number street street2 zip",
    "codabox.connection": """
        active base_url company_id environment fetch_automatically fetch_time
        mandates_restricted name password role secrets_from server_set software_key user_id
        username
    """,
    "codabox.feed": "is_fetched payroll_user_ids user_id wages_open",
    "codabox.feed.kind": "book_from book_until",
    "codabox.mandate": "partner_id",
    "codabox.price": "amount company_id service",
    "codabox.rule": """
        account_code account_number amount_max amount_min code company_id creditor is_state label
        name not_company_ids partner_id scope sequence sign tax_ids text
    """,
    "codabox.rule.account": "account_id company_id rule_id",
    "codabox.soda.mapping": "account_id code company_id source",
    "res.company": """
        codabox_cents_limit codabox_foreign_vat_account_id
        codabox_accountant_id codabox_cash_customer_id codabox_create_suppliers
        codabox_days_asked codabox_days_bank_or_office codabox_days_delayed codabox_days_preparing
        codabox_days_requested codabox_days_signed codabox_days_to_sign
        codabox_days_waiting_first_file codabox_expense_journal_id codabox_expense_target
        codabox_mandates_restricted codabox_payroll_user_ids codabox_private_account_id
        codabox_purchase_journal_id
        codabox_sale_journal_id codabox_sales_state codabox_send_day codabox_send_from
        codabox_send_inbox codabox_send_min_days codabox_send_old_year_first codabox_send_on_change
        codabox_send_schedule codabox_send_time codabox_send_way codabox_send_weekday
        codabox_send_when codabox_soda_date codabox_soda_detail codabox_soda_journal_id
        codabox_soda_post codabox_soda_suspense_account_id codabox_vat_period codabox_vat_regime
        codabox_wages_open
    """,
    "res.partner": "codabox_send_excluded",
    "res.users": "codabox_away_until codabox_deputy_id codabox_payroll_company_ids",
}
CODE = {
    "account.bank.statement": "codabox_document_id codabox_key",
    "account.bank.statement.line": """
        codabox_bank_date codabox_batch_id codabox_before codabox_key codabox_mandate
        codabox_partner_by_match
    """,
    "account.journal": "codabox_checked_by_id codabox_checked_on codabox_silent_since",
    "account.move": """
        codabox_debit_creditor codabox_debit_mandate codabox_deposit_ids codabox_document_id
        codabox_flags codabox_given_number codabox_has_flags codabox_notice codabox_number
        codabox_opening_journal_id codabox_payer_move_id codabox_payroll_id codabox_prepaid codabox_send_code
        codabox_send_facts codabox_send_requested codabox_send_state codabox_send_token
        codabox_send_tried_at codabox_sent_at codabox_sent_by_id codabox_sent_content
        codabox_sent_hash codabox_sent_number codabox_sent_ref codabox_sent_way
        codabox_pdf_only codabox_ubl_file
    """,
    "account.move.line": """
        codabox_soda_account_id codabox_soda_code codabox_soda_label_id codabox_soda_source
    """,
    "codabox.audit": "action company_id res_id res_model subject user_id user_name",
    "codabox.client.contact": "access_token company_id mail_id mailed_on partner_id",
    "codabox.client.question": """
        answer answered_on asked_on attachment_ids bill_ids company_id contact_id is_private
        is_wages kind line_id move_id sent_on state text times user_id was_done withdrawn_on
    """,
    "codabox.company.order": """
        book_from closed_until company_id existing_company_id feed_id fiscalyear_last_day
        fiscalyear_last_month notes office_id ordered_by_id reason_code reason_facts state
        template_company_id user_id vat_period
    """,
    "codabox.connection": """
        allowed_formats connected_at failed_nights failed_on failing_since fetch_delay
        functions_checked_at is_showing_clients last_fetch mandate_banks next_fetch pod_id
        reason_code reason_facts round_started_at state told_once
    """,
    "codabox.document": """
        accept_mismatch acknowledged addressee_accepted book_on_open_day card_reference
        channel company_id connection_id document_date document_model duplicate_of_id
        expense_id expense_model feed_id fetch_reason fetch_user_id has_wages invoice_id
        invoice_journal_id invoice_partner_id is_another_invoice is_closed is_own_sale kind
        metadata name number opened_by_ids reason_code reason_facts received_at released
        remote_index state to_decide upload_journal_id uses_pdf wages_judged
    """,
    "codabox.document.file": """
        asked_on attempts content document_id failed_nights format sha256 size state
    """,
    "codabox.feed": """
        client_code client_ref client_state client_state_date company_id connection_id
        enterprise_number failed_nights failed_on failing_since fetch_pending fetch_turns
        fiduciary_ref known_facts last_fetch look_failure look_pending looked_at name odd_fields
        reason_code reason_facts remote_id state waiting_count waiting_from waiting_to
    """,
    "codabox.feed.kind": "company_id feed_id kind responsible_id",
    "codabox.function": """
        state checked_at code company_id connection_id formats is_by_use kind sequence status
    """,
    "codabox.gap": """
        account after_id amount before_id closed_at closing_balance company_id currency_code
        date_from date_to feed_id journal_id numbers opening_balance requested_at
        requested_by_id state statement_count
    """,
    "codabox.ignored.account": "account company_id currency_code holder reason",
    "codabox.line.batch": "company_id name user_id",
    "codabox.mandate": """
        access_token bank_bic bank_name client_company_id client_name client_ref company_id
        connection_id enterprise_number feed_id has_no_pdf last_document_date looked_on
        ordered_by_id ordered_on pdf problem_code problem_reason raw_state reason_code reason_facts
        remote_id secretariat_name secretariat_ref service signed_upload_ids
        signed_upload_on signing_url signing_url_date state state_date todo_on todo_together
        transmission_raw_state validity_start
    """,
    "codabox.mandate.account": """
        client_company_id company_id iban last_document_date mandate_id raw_state
    """,
    "codabox.office": "active company_id connection_id email is_mailing may_order_payroll name ref",
    "codabox.payroll": """
        company_id conflict_id content_hash document_id enterprise_number is_sure line_count
        move_id name notices original_id period position reason_code reason_facts sequence
        source state total_credit total_debit
    """,
    "codabox.period.check": """
        came company_id date_from date_to figures kind ready_by_id ready_on right state
    """,
    "codabox.rule": """
        is_found learned_clients learned_count silent_told state switched_by_id tried_count tried_on tried_open tried_other tried_same
    """,
    "codabox.run": """
        booked company_id connection_id ended_at failed feed_id is_fetched is_stopped kept
        reason_code reason_facts seen started_at stored to_fetch user_id waiting withheld
    """,
    "codabox.secret": "name res_id res_model value",
    "codabox.secretariat": "active code name",
    "codabox.sender.answer": "account_id answer company_id found key partner_id sender",
    "codabox.sending.consent": "company_id given_at given_by_id inbox revoked_at revoked_by_id text",
    "codabox.soda.label": "code company_id is_released name released_by_id released_on source",
    "codabox.soda.mapping": """
        confirmed_at confirmed_by_id is_mapped label last_amount last_period learned_from_id
        previous_account_id
    """,
    "codabox.statement": """
        account bank_message bank_statement_id bic closing_balance closing_date company_id
        conflict_id currency_code document_id enterprise_number figures holder
        is_duplicate_copy is_other journal_id key known_answer movement_count name number
        opening_balance opening_date original_id paper_number position reason_code
        reason_facts state version_of_id warnings
    """,
    "codabox.stop": "company_id feed_id",
    "ir.attachment": "codabox_payroll",
    "mail.activity": "codabox_told_on",
    "res.company": """
        codabox_next_send codabox_payroll_asked codabox_rules_looked_on codabox_send_pending
        codabox_send_round codabox_send_turns
    """,
    "res.partner": """
        codabox_coda_state codabox_number_unchecked codabox_purchase_state
        codabox_soda_state
    """,
    "res.partner.bank": "codabox_is_learned codabox_is_new codabox_learned_line_id",
}
