// Tokens, secrets, and the codes and tickets that are exchanged for tokens.
const NAMES = "access_token|refresh_token|secret|verify_ticket|authorization_code|pre_auth_code";

/** What follows such a name in JSON, also in JSON inside a string, and in a query. */
const VALUE = new RegExp(String.raw`((?:${NAMES})\\*"?\s*[=:]\s*\\*"?)[^\\"&\s]+`, "g");
const NAME = new RegExp(`(?:${NAMES})$`);

/** Whether a field is never shown; `component_appsecret` and the like are such fields too. */
export const isSecret = (name: string): boolean => NAME.test(name);

/** A text without the values of such fields. */
export const withoutSecrets = (text: string): string => text.replace(VALUE, "$1…");
