/** What came of a call: its answer, or a sentence that says what to change. */
export type Outcome =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly problem: string };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const answerOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
};

const problemOf = (answer: unknown, { status, statusText }: Response): string => {
  const detail = isRecord(answer) ? (answer['detail'] ?? answer['message']) : undefined;
  return typeof detail === 'string' ? detail : `The answer is ${status} ${statusText}.`;
};

/** Asks the server for something; never rejects. */
export const call = async (method: string, path: string, body?: unknown): Promise<Outcome> => {
  const content =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  try {
    const response = await fetch(path, { method, ...content });
    const answer = await answerOf(response);
    return response.ok ? { ok: true, answer } : { ok: false, problem: problemOf(answer, response) };
  } catch (error) {
    return { ok: false, problem: `The server does not answer: ${String(error)}` };
  }
};
