import { createHash } from 'node:crypto';
import type { WireRequest, WireResponse } from '../wire/wire.ts';

/** Another token gets another one for the same body, as GitHub's `Vary` header says. */
const etagOf = (token: string, body: string): string =>
  `W/"${createHash('sha1').update(token).update('\n').update(body).digest('hex')}"`;

const isAsked = ({ headers }: Pick<WireRequest, 'headers'>, etag: string): boolean =>
  (headers['if-none-match'] ?? '').split(/,\s*/).includes(etag);

/**
 * The answer to a conditional request: 304 and no body when it is the same as before
 * (https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate).
 */
export const conditional = (request: WireRequest, token: string, response: WireResponse): WireResponse => {
  if (request.method !== 'GET' || response.status !== 200) return response;
  const etag = etagOf(token, response.body);
  const headers = { etag, vary: 'Accept, Authorization, Accept-Encoding' };
  return isAsked(request, etag)
    ? { status: 304, headers, body: '' }
    : { ...response, headers: { ...response.headers, ...headers } };
};
