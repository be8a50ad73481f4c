/**
 * How a rule is known: WeChat documents it, somebody reported it from the live service, or nobody
 * has said so and the emulator guesses.
 */
export type Evidence = "documented" | "reported" | "assumed";
