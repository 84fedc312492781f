import { registry } from "@web/core/registry";

/** From what waits to the list that proves it, and back to the same filter. */
registry.category("web_tour.tours").add("account_codabox_overview", {
    steps: () => [
        {
            content: "The header says what waits of all clients",
            trigger: ".o_codabox_overview button[data-filter='gaps']:contains(1)",
        },
        {
            content: "My clients that are not in order are the list; open the proof of a number",
            trigger: ".o_data_row:contains(Bakkerij Jo) button[data-count='gaps']:contains(1)",
            run: "click",
        },
        {
            trigger: ".o_breadcrumb:contains(Bakkerij Jo)",
        },
        {
            content: "Back: the filter still stands",
            trigger: ".o_back_button a, .o_back_button",
            run: "click",
        },
        {
            trigger: ".o_facet_value:contains(My clients)",
        },
        {
            content: "Each number above the list is a filter",
            trigger: ".o_codabox_overview button[data-filter='gaps']",
            run: "click",
        },
        {
            trigger: ".o_facet_value:contains(Missing statements)",
        },
        {
            content: "The button in the row cures it",
            trigger: ".o_data_row:contains(Bakkerij Jo) button[name='action_office_cure']:contains(Ask again)",
            run: "click",
        },
        {
            trigger: ".modal-title:contains(Redelivery request)",
        },
    ],
});
