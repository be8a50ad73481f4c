import type { Hono } from "hono";
import type { Control } from "../control/control.ts";
import { addControlRoute } from "../control/route.ts";
import type { Bindings } from "../http/api-route.ts";
import type { EmulatorState } from "../state.ts";
import { callDetails } from "./call-details.ts";
import { alikeBetween } from "./fold.ts";
import { answerIcon } from "./icon.ts";
import { answerInspector, answerMarkup } from "./inspector.ts";
import { answerKeptPicture } from "./picture.ts";
import type { CallRecords } from "./records.ts";

/** Adds the inspector for the developer at this machine only; the icon is for everybody. */
export function addInspectorRoutes(
  app: Hono<Bindings>,
  control: Control,
  records: CallRecords,
  current: () => EmulatorState,
): void {
  addControlRoute(app, control, "/_emulator/", {
    GET: (_, __, { url }) => answerInspector({ state: current(), control, records, url }),
  });
  addControlRoute(app, control, "/_emulator/calls", {
    GET(_, __, { url: { searchParams } }) {
      const [first, last] = [searchParams.get("first") ?? "", searchParams.get("last") ?? ""];
      const calls = alikeBetween(control.journal.entries(), first, last);
      return answerMarkup(callDetails(calls, records));
    },
  });
  addControlRoute(app, control, "/_emulator/picture", {
    GET: (_, __, { url }) => answerKeptPicture(current(), url.searchParams.get("sha256") ?? ""),
  });
  app.get("/favicon.ico", answerIcon);
}
