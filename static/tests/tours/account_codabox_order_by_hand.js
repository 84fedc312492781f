import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const ROW = ".modal div[name='line_ids'] .o_data_row";
const MANDATE = "div[name='codabox_mandate_ids'] .o_data_row";

// The reader is Dutch: buttons are found by their name, texts are those of MyCodaBox in Dutch.
tours.add("account_codabox_order_by_hand", {
    steps: () => [
        {
            content: "Order a mandate",
            trigger: "button[name='action_codabox_order_mandate']",
            run: "click",
        },
        {
            content: "Check",
            trigger: ".modal footer button[name='action_check']",
            run: "click",
        },
        {
            content: "Everything is right",
            trigger: ".modal div[name='check_ids'] .o_data_row:contains('✓')",
        },
        {
            content: "Prepare the order",
            trigger: ".modal footer button[name='action_order']",
            run: "click",
        },
        {
            content: "What MyCodaBox asks is filled in, in Dutch",
            trigger: `${ROW}:contains('Klantcode'):contains('JO')`,
        },
        {
            content: "Each account too",
            trigger: `${ROW}:contains('Rekening bij KBC'):contains('BE83736123456715')`,
        },
        {
            content: "Each value can be copied",
            trigger: `${ROW}:contains('Ondernemingsnummer') .o_clipboard_button`,
        },
        {
            content: "Or it goes by mail",
            trigger: ".modal .o_notebook a.nav-link[name='mail']",
            run: "click",
        },
        {
            content: "The mail is in Dutch",
            trigger: ".modal div[name='body'] textarea:value('Gelieve de volgende mandaten aan te maken')",
        },
        {
            content: "I entered it",
            trigger: ".modal footer button[name='action_mark_asked']",
            run: "click",
        },
        {
            content: "It stands as asked",
            trigger: ".modal .alert-success:visible",
        },
        {
            content: "Both banks",
            trigger: ".modal .o_kanban_record:contains('KBC')",
        },
        {
            content: "Close",
            trigger: ".modal footer button.o_form_button_cancel, .modal footer button[special='cancel']",
            run: "click",
        },
        { trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("account_codabox_by_hand_followed", {
    steps: () => [
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
        {
            content: "CodaBox lists them: they have to be signed",
            trigger: `${MANDATE}:contains('KBC') .text-bg-warning`,
        },
        {
            content: "The other bank too",
            trigger: `${MANDATE}:contains('ING') .text-bg-warning`,
        },
    ],
});
