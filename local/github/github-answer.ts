import type { WireRequest, WireResponse } from '../wire/wire.ts';

/** An answer of GitHub's; without a body when there is none. */
export const json = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: body === undefined ? '' : JSON.stringify(body),
});

/** An error as GitHub writes it (https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api). */
export const problem = (
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): WireResponse =>
  json(
    status,
    { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
    headers,
  );

/** Where this GitHub's API is, as the caller addresses it: for links in answers. */
export const apiUrl = ({ headers }: Pick<WireRequest, 'headers'>): string => {
  const prefix = headers['x-forwarded-prefix'];
  return prefix === undefined ? 'https://api.github.com' : `http://${headers['host'] ?? ''}${prefix}`;
};
