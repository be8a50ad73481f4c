import { MediaError } from "@wechat-edge/core";
import { mediaNames, shorten } from "../media-file.ts";
import { emulatorClient, type Stage } from "../stage.ts";
import { type BadFile, badFiles } from "./bad-files.ts";

const COLUMNS = [26, 11] as const;
/** The other files of bad/ are for an Official Account. */
const BAD_FOR_PAY = /^((empty|text|webp|heic)\.jpg|jpeg\.png|no-extension|notes\.txt)$/;

/** Tries to upload bad files of each kind; none may reach the emulator. */
export async function refusals(stage: Stage): Promise<number> {
  const { screen, expectations, emulator } = stage;
  const files = await badFiles();
  const { journal } = emulator.control;
  const before = journal.entries().length;

  screen.heading("Files that WeChat Pay would refuse", "found before anything is sent");
  screen.labels([["file", COLUMNS[0]], ["reason", COLUMNS[1]], ["message"]]);
  const errors = [];
  for (const file of files) errors.push(await refusal(stage, file));

  const arrived = journal.entries().length - before;
  const noneArrived = expectations.expect(arrived === 0, `${arrived} bad files were sent.`);
  screen.line("");
  screen.row(noneArrived, [
    [`The emulator received ${arrived} requests for these ${files.length} files.`],
  ]);
  const answers = errors.flatMap((error) => error?.answer ?? []);
  const [answer] = answers;
  const known = expectations.expect(
    answer !== undefined,
    "No error says what WeChat Pay would answer.",
  );
  screen.row(known, [
    [
      `${answers.length} of the errors also carry what WeChat Pay would answer (error.answer), such as ` +
        `${answer?.status} ${answer?.code} ${answer?.message}`,
    ],
  ]);
  const tried = new Set(files.map(({ label }) => label));
  const untried = mediaNames("bad", BAD_FOR_PAY).filter((name) => !tried.has(name));
  expectations.expect(untried.length === 0, `Not tried: ${untried.join(", ")}.`);
  return files.length;
}

async function refusal(stage: Stage, bad: BadFile): Promise<MediaError | undefined> {
  const { screen, expectations } = stage;
  const { pay } = emulatorClient(stage);
  screen.progress(bad.label);
  const error: unknown = await bad.upload(pay, bad.file).then(
    () => new Error("It was uploaded."),
    (reason: unknown) => reason,
  );
  const isRight = error instanceof MediaError && error.reason === bad.reason;
  const { message } = error as Error;
  expectations.expect(isRight, `${bad.label} is not refused as ${bad.reason}: ${message}`);
  screen.row(isRight, [
    [shorten(visible(bad.label), 22), COLUMNS[0]],
    [error instanceof MediaError ? error.reason : "none", COLUMNS[1], "yellow"],
    [visible(message)],
  ]);
  return error instanceof MediaError ? error : undefined;
}

/** Escapes control characters as JSON does. */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}
