import { registry } from "@web/core/registry";

const openClient = [
    {
        content: "The client stands there with both lights; open its lines",
        trigger: ".o_data_row:contains(Bakkerij Jo) td[name='vat_light'] .badge",
        run: "click",
    },
    {
        trigger: ".o_form_view [name='vat_line_ids'] .o_data_row",
    },
];

/** In any language: the one line that asks something is proved and answered, and the client is ready. */
registry.category("web_tour.tours").add("account_codabox_checks", {
    steps: () => [
        ...openClient,
        {
            content: "The list that proves the line",
            trigger: "[name='vat_line_ids'] .o_data_row:has(button[name='action_right']) button[name='action_solve']",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(33)",
        },
        {
            content: "Back to the lines",
            trigger: ".o_back_button a, .o_back_button",
            run: "click",
        },
        {
            content: "It is right as it is",
            trigger: "[name='vat_line_ids'] button[name='action_right']",
            run: "click",
        },
        {
            trigger: ".o_form_view:not(:has([name='vat_line_ids'] button[name='action_right']))",
        },
        {
            content: "A person says ready",
            trigger: "button[name='action_ready_vat']",
            run: "click",
        },
        {
            trigger: ".o_form_view:not(:has(button[name='action_ready_vat']))",
        },
    ],
});

/** What came after it is told in the list and with the lines. */
registry.category("web_tour.tours").add("account_codabox_checks_reopened", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Bakkerij Jo) td[name='reopened_text']:contains(10,50)",
        },
        ...openClient,
        {
            trigger: ".o_form_view .alert-danger:contains(10,50)",
        },
        {
            trigger: "button[name='action_ready_vat']",
        },
    ],
});
