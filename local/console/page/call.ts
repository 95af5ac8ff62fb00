import { useEffect, useState } from 'preact/hooks';

/** What came of a call: its answer, or a sentence that says what to change. */
type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string };

const problemOf = (value: unknown, { status, statusText }: Response): string => {
  const { detail, message } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return String(detail ?? message ?? `The server answered ${status} ${statusText}.`);
};

/** Asks the server for something; never rejects. */
export const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
  const content =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  try {
    const response = await fetch(path, { method, ...content });
    const text = await response.text();
    const value: unknown = text === '' ? undefined : JSON.parse(text);
    return response.ok ? { ok: true, value } : { ok: false, problem: problemOf(value, response) };
  } catch (error) {
    return { ok: false, problem: `The server does not answer: ${String(error)}` };
  }
};

/** What the server answers for a path, read again whenever `version` changes; `undefined` until it has answered. */
export const useAnswer = <T>(path: string | undefined, version: unknown): T | undefined => {
  const [answer, setAnswer] = useState<{ readonly path: string; readonly value: T }>();
  useEffect(() => {
    if (path === undefined) return undefined;
    let isWanted = true;
    void call('GET', path).then((read) => {
      if (isWanted && read.ok) setAnswer({ path, value: read.value as T });
    });
    return () => {
      isWanted = false;
    };
  }, [path, version]);
  return answer?.path === path ? answer?.value : undefined;
};
