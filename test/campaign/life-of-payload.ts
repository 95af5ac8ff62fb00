const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The life that an invocation is for, as far as its payload says. */
export const lifeOfPayload = (payload: unknown): string | undefined => {
  if (!isRecord(payload)) return undefined;
  if (typeof payload['life'] === 'string') return payload['life'];
  const detail = payload['detail'];
  return isRecord(detail) && typeof detail['name'] === 'string' ? detail['name'] : undefined;
};
