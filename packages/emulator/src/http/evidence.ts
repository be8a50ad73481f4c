/**
 * How a rule is known: WeChat documents it, somebody reported it from the live service, or it is an
 * assumption of the emulator.
 */
export type Evidence = "documented" | "reported" | "assumed";
