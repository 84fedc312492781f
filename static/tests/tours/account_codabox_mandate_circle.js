import { registry } from "@web/core/registry";

import { orderAll } from "@account_codabox/../tests/tours/account_codabox_order_mandate";

const tours = registry.category("web_tour.tours");
const MANDATE = "div[name='codabox_mandate_ids'] .o_data_row";

/** On the client: ask CodaBox how the mandates stand, and see that they moved on. */
const refresh = (after) => [
    {
        content: "Look at the mandates of the client",
        trigger: ".o_notebook a.nav-link[name='codabox']",
        run: "click",
    },
    {
        content: "Ask CodaBox",
        trigger: "button[name='action_codabox_refresh_mandates']",
        run: "click",
    },
    ...["ING", "KBC", "Group S"].map((name) => ({
        content: `${name} moved on`,
        trigger: `${MANDATE}:contains('${name}'):contains('${after}')`,
    })),
];

tours.add("account_codabox_circle_order", {
    steps: () => [
        ...orderAll,
        {
            content: "The document of one bank is shown",
            trigger: ".modal .o_kanban_record:contains('KBC') div[name='pdf'] iframe",
        },
        {
            content: "The document of the other bank too",
            trigger: ".modal .o_kanban_record:contains('ING') div[name='pdf'] iframe",
        },
        {
            content: "Open the page where the client signs",
            trigger: ".modal .o_kanban_record:contains('ING') button[name='action_open_signing_page']",
            run: "click",
        },
        {
            content: "Close the order",
            trigger: ".modal footer button:contains('Close')",
            run: "click",
        },
        { trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("account_codabox_circle_signed", {
    steps: () => refresh("Signed"),
});

tours.add("account_codabox_circle_fetch", {
    steps: () => [
        {
            content: "See what waits for a signature",
            trigger: "button[name='action_open_documents']",
            run: "click",
        },
        { trigger: ".o_data_row:contains('Withheld')" },
        {
            content: "Back to the client",
            trigger: ".o_back_button a, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "Fetch, now that the mandates allow it",
            trigger: "button[name='action_fetch']",
            run: "click",
        },
        {
            content: "Everything that waited is booked",
            trigger: ".o_notification:contains('3 received, 3 booked')",
            timeout: 60000,
        },
        {
            content: "See the documents",
            trigger: "button[name='action_open_documents']",
            run: "click",
        },
        { trigger: ".o_data_row:contains('Payroll'):contains('Imported')" },
        { trigger: ".o_data_row:contains('Bank statement'):contains('Imported')" },
        { trigger: ".o_list_view:not(:has(.o_data_row:contains('Withheld')))" },
    ],
});

tours.add("account_codabox_circle_active", {
    steps: () => [
        ...refresh("Active"),
        {
            content: "All three are active",
            trigger: "button[name='action_codabox_open_mandates']:contains('3/3')",
        },
    ],
});
