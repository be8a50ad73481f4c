import type { Hono } from "hono";
import type { Control } from "../control/control.ts";
import { addControlRoute } from "../control/route.ts";
import type { Bindings } from "../http/api-route.ts";
import type { EmulatorState } from "../state.ts";
import type { Answers } from "./answers.ts";
import { answerInspector } from "./inspector.ts";
import { answerKeptPicture } from "./picture.ts";

/** Adds the inspector page and the pictures on it, for the developer at this machine alone. */
export function addInspectorRoutes(
  app: Hono<Bindings>,
  control: Control,
  answers: Answers,
  current: () => EmulatorState,
): void {
  addControlRoute(app, control, "/_emulator/", {
    GET: (_, __, { url }) => answerInspector({ state: current(), control, answers, url }),
  });
  addControlRoute(app, control, "/_emulator/picture", {
    GET: (_, __, { url }) => answerKeptPicture(current(), url.searchParams.get("sha256") ?? ""),
  });
}
