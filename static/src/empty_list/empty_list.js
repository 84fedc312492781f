import { markup, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ActionHelper } from "@web/views/action_helper";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";

/**
 * An empty list of ours says why it is empty as of now (`codabox_empty_mixin.py`).
 *
 * The text of an action stays in the browser; "connect first" would stand there long after.
 */
export class CodaboxEmpty extends ActionHelper {
    static template = "account_codabox.Empty";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.state = useState({ help: this.props.noContentHelp });
        onWillStart(() => this.ask());
    }

    async ask() {
        const { resModel, context } = this.env.searchModel || {};
        if (resModel) {
            const help = await this.orm.call(resModel, "get_empty_list_help", [
                this.props.noContentHelp || "",
            ], { context });
            this.state.help = markup(help || "");
        }
    }
}

export class CodaboxListRenderer extends ListRenderer {
    static components = { ...ListRenderer.components, ActionHelper: CodaboxEmpty };
}

registry.category("views").add("codabox_list", { ...listView, Renderer: CodaboxListRenderer });
