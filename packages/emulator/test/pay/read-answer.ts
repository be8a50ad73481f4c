/** What every answer has; `json` is undefined if the body is not JSON. */
export interface Answer<Json> {
  status: number;
  headers: Headers;
  text: string;
  /** The fields that tests read; an answer has some of them. */
  json: Json;
}

/** Reads an answer to its end. */
export async function readAnswer<Json>(response: Response): Promise<Answer<Json>> {
  const { status, headers } = response;
  const text = await response.text();
  const isJson = headers.get("content-type")?.startsWith("application/json") && text;
  return { status, headers, text, json: (isJson ? JSON.parse(text) : undefined) as Json };
}
