const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const parsed = (text: unknown): unknown => {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
};

/** A request names a label; in a campaign that is one architecture's, and its first life's. */
const lifeOfRequest = (body: unknown): string | undefined => {
  if (!isRecord(body) || typeof body['label'] !== 'string') return undefined;
  return `${body['label']}_${String(body['architecture'] ?? 'x86_64')}-1`;
};

/**
 * The life that an invocation is for, as far as its payload says: a step's input, an event or a request.
 * `lifeOfInstance` knows whose instance an event tells of.
 */
export const lifeOfPayload = (
  payload: unknown,
  lifeOfInstance: (id: string) => string | undefined,
): string | undefined => {
  if (!isRecord(payload)) return undefined;
  if (typeof payload['life'] === 'string') return payload['life'];
  const { detail, body } = payload;
  if (!isRecord(detail)) return lifeOfRequest(parsed(body));
  if (typeof detail['name'] === 'string') return detail['name'];
  const id = detail['instance-id'];
  return typeof id === 'string' ? lifeOfInstance(id) : undefined;
};
