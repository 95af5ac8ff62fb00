import { STATUS_CODES } from 'node:http';
import type { WireResponse } from './wire.ts';

/**
 * The answer of a load balancer in front of a service, which knows nothing of the service's protocol; `undefined`
 * for a code that is not an HTTP status.
 */
export const bareError = (code: string): WireResponse | undefined => {
  if (!/^[45]\d\d$/.test(code)) return undefined;
  const reason = `${code} ${STATUS_CODES[code] ?? ''}`.trim();
  return {
    status: Number(code),
    headers: { 'content-type': 'text/html' },
    body: `<html><head><title>${reason}</title></head><body><h1>${reason}</h1></body></html>`,
  };
};
