import { registry } from "@web/core/registry";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

/** The drafts that wait: one opens beside its PDF, and knows the filter in which the next one is found. */
export class CodaboxDecideListController extends ListController {
    async openRecord(record, { newWindow } = {}) {
        await this.actionService.doActionButton(
            {
                name: "action_codabox_decide",
                type: "object",
                resModel: record.resModel,
                resId: record.resId,
                context: { ...record.context, codabox_queue: this.model.root.domain },
            },
            { newWindow }
        );
    }
}

registry.category("views").add("codabox_decide_list", {
    ...listView,
    Controller: CodaboxDecideListController,
});

/** The next draft takes the place of the one before it: the way back leads to the list. */
registry.category("actions").add("codabox_decide_next", (env, { params }) =>
    env.services.action.doAction(params.action, { stackPosition: "replaceCurrentAction" })
);
