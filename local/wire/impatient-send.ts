import { requestTimeoutMs } from '../../functions/adapters/aws/aws-connection.ts';
import type { WireRequest, WireResponse } from './wire.ts';

type Send = (request: WireRequest) => Promise<WireResponse>;

/** No answer came in time. The name is what the SDKs' own connections give. */
class TimedOut extends Error {
  override readonly name = 'TimeoutError';
}

/** A caller that gives up as the real connections do. What it sent goes on, and may have its effect later. */
export const impatient =
  (send: Send): Send =>
  async (request) => {
    const expiry = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => expiry.reject(new TimedOut(`No answer within ${requestTimeoutMs} ms`)),
      requestTimeoutMs,
    );
    try {
      return await Promise.race([send(request), expiry.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
