import { CodaboxListRenderer } from "@account_codabox/empty_list/empty_list";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { listView } from "@web/views/list/list_view";
import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

/** Above a list: what holds several of its records, once, with the button that cures all. */
export class SharedCauses extends Component {
    static template = "account_codabox.SharedCauses";
    static props = { list: Object };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ causes: [] });
        onWillStart(() => this.update());
        onWillUpdateProps(() => this.update());
    }

    get model() {
        return this.props.list.resModel;
    }

    /** They stand here as long as the filter leaves them out of the list. */
    get leavesOut() {
        const isAlone = (item) => item.name === "alone" && item.isActive;
        return this.env.searchModel.getSearchItems(isAlone).length > 0;
    }

    async update() {
        this.state.causes = this.leavesOut
            ? await this.orm.call(this.model, "action_shared_causes", [[]])
            : [];
    }

    show(cause) {
        this.action.doAction(cause.shows);
    }

    async cure({ button }) {
        const done =
            button.action ||
            (await this.orm.call(button.model || this.model, button.method, [button.ids]));
        const onClose = () => this.props.list.load();
        await this.action.doAction(done, { onClose });
    }
}

export class DocumentsRenderer extends CodaboxListRenderer {
    static template = "account_codabox.DocumentsRenderer";
    static components = { ...CodaboxListRenderer.components, SharedCauses };
}

registry.category("views").add("codabox_documents", { ...listView, Renderer: DocumentsRenderer });
