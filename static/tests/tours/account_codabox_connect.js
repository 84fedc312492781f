import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("account_codabox_connect", {
    steps: () => [
        stepUtils.showAppsMenuItem(),
        {
            content: "Open the accounting application",
            trigger: ".o_app[data-menu-xmlid='account.menu_finance']",
            run: "click",
        },
        {
            content: "Open the CodaBox menu",
            trigger: "button[data-menu-xmlid='account_codabox.codabox_menu']",
            run: "click",
        },
        {
            content: "Open the connections",
            trigger: "a[data-menu-xmlid='account_codabox.codabox_menu_connections']",
            run: "click",
        },
        {
            content: "There is none yet: the empty list says what to do",
            trigger: ".o_view_nocontent a:contains('Connect')",
            run: "click",
        },
        {
            content: "Step 1: choose an own address, the sandbox of the test",
            trigger: ".modal div[name='environment'] input[data-value='custom']",
            run: "click",
        },
        {
            content: "The test filled in its address",
            trigger: ".modal div[name='base_url'] input:value(http://127.0.0.1)",
        },
        {
            content: "Fill in the software key",
            trigger: ".modal div[name='software_key'] input",
            run: "edit 0d5c0f4e-52b1-4d1c-9d0a-6c1f3a7b2e10",
        },
        {
            content: "Go to the token",
            trigger: ".modal button[name='action_to_token']",
            run: "click",
        },
        {
            content: "Step 2: paste the token",
            trigger: ".modal div[name='token'] input",
            run: "edit 3f9a1c5d7e2b4860a1c3e5f7092b4d6f8a0c2e4f",
        },
        {
            content: "Connect",
            trigger: ".modal button[name='action_connect']",
            run: "click",
        },
        {
            content: "Step 3: the company with the same enterprise number is proposed",
            trigger: ".modal .o_data_row:contains('JO') td[name='company_id']:contains('Bakkerij Jo')",
        },
        {
            content: "One document waits",
            trigger: ".modal .o_data_row td[name='waiting']:contains('1')",
        },
        {
            content: "Start",
            trigger: ".modal button[name='action_start']:contains('Start')",
            run: "click",
        },
        {
            content: "The connection says that it is connected",
            trigger: "body:not(.modal-open) .o_statusbar_status button[data-value='connected'].o_arrow_button_current",
        },
        {
            content: "Fetch",
            trigger: "button[name='action_fetch']",
            run: "click",
        },
        {
            content: "The result is told",
            trigger: ".o_notification:contains('1 received, 1 booked')",
        },
        {
            content: "Open the CodaBox menu again",
            trigger: "button[data-menu-xmlid='account_codabox.codabox_menu']",
            run: "click",
        },
        {
            content: "Open the documents",
            trigger: "a[data-menu-xmlid='account_codabox.codabox_menu_documents']",
            run: "click",
        },
        {
            content: "Nothing is to do",
            trigger: ".o_view_nocontent:contains('Nothing to do')",
        },
        {
            content: "Show all documents",
            trigger: ".o_facet_remove",
            run: "click",
        },
        {
            content: "Open the document",
            trigger: ".o_data_row:contains('Imported') td[name='name']",
            run: "click",
        },
        {
            content: "The PDF stands beside it",
            trigger: ".o_form_view iframe[data-src*='pdf'], .o_form_view .o_field_pdf_viewer iframe",
        },
        {
            content: "Open the statement in it",
            trigger: "div[name='statement_ids'] .o_data_row td[name='account']",
            run: "click",
        },
        {
            content: "Its movements are bank lines with the right balance",
            trigger: ".modal div[name='line_ids'] .o_data_row:contains('Invoice 7') td[name='running_balance']:contains('1,121.00')",
        },
        {
            content: "Close it",
            trigger: ".modal .btn-close",
            run: "click",
        },
        {
            content: "Open the bank statement of Odoo",
            trigger: "body:not(.modal-open) button[name='action_open_statements']",
            run: "click",
        },
        {
            content: "It ends with the closing balance of the bank",
            trigger: ".o_list_view .o_data_row td[name='balance_end_real']:contains('1,075.01')",
        },
    ],
});
