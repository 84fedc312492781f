import { registry } from "@web/core/registry";

const BANNER = "div[name='codabox_missing']";

/** What is missing before a mandate can be ordered, each with its way to fill it in. */
const fill = (label, steps) => [
    {
        content: `${label} is missing: go there`,
        trigger: `${BANNER} button:contains('${label}')`,
        run: "click",
    },
    ...steps,
    {
        content: "Keep it",
        trigger: ".modal footer button:contains('Save')",
        run: "click",
    },
    {
        content: `${label} is missing no more`,
        trigger: `body:not(:has(.modal)):not(:has(${BANNER} button:contains('${label}')))`,
    },
];

registry.category("web_tour.tours").add("account_codabox_partner_missing", {
    steps: () => [
        {
            trigger: ".o_notebook a.nav-link[name='codabox']",
            run: "click",
        },
        ...fill("Address", [
            { trigger: ".modal div[name='street'] input", run: "edit Dorp 1" },
            { trigger: ".modal div[name='zip'] input", run: "edit 9000" },
            { trigger: ".modal div[name='city'] input", run: "edit Gent" },
        ]),
        ...fill("Enterprise number", [
            { trigger: ".modal div[name='company_registry'] input", run: "edit 0417497106" },
        ]),
        ...fill("Bank accounts", [
            { trigger: ".modal .o_field_x2many_list_row_add a", run: "click" },
            { trigger: ".modal td[name='acc_number'] input", run: "edit BE83736123456715" },
        ]),
        ...fill("Who signs", [
            { trigger: ".modal .o_field_x2many_list_row_add a", run: "click" },
            { trigger: ".modal td[name='name'] input", run: "edit Ann Peeters" },
            { trigger: ".modal td[name='email'] input", run: "edit ann@example.test" },
        ]),
        {
            content: "Nothing is missing any more",
            trigger: `body:not(:has(${BANNER}))`,
        },
    ],
});
