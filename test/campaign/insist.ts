import type { LocalCloud } from '../../local/local-cloud.ts';
import { seconds } from './seconds.ts';

/** What the HTTP API answered. */
export interface Answer<Body> {
  readonly status: number;
  /** Absent when the answer does not say when to ask again. */
  readonly retryAfterSeconds?: number;
  readonly body: Body;
}

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

/** A workflow tries again for a while when the answer says that it may, and waits as long as it says. */
export interface Patience {
  readonly tries: number;
  /** Between two tries, in seconds, where the answer does not say. */
  readonly pauseSeconds: () => number;
}

type Gateway = Pick<LocalCloud['gateway'], 'request'>;

const send = async <Body>(gateway: Gateway, { method, path, body }: Request): Promise<Answer<Body>> => {
  const response = await gateway.request({
    method,
    path,
    headers: { host: 'stint.example', 'content-type': 'application/json' },
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    sourceIp: '192.0.2.1',
  });
  const retryAfter = response.headers['retry-after'];
  return {
    status: response.status,
    body: JSON.parse(Buffer.from(response.body).toString('utf8')),
    ...(retryAfter === undefined ? {} : { retryAfterSeconds: Number(retryAfter) }),
  };
};

/** Sends a request until the answer is neither 429 nor 5xx, or patience ends. */
export const insist = async <Body>(
  gateway: Gateway,
  request: Request,
  { tries, pauseSeconds }: Patience,
): Promise<Answer<Body>> => {
  let answer = await send<Body>(gateway, request);
  for (let tried = 1; tried < tries && (answer.status >= 500 || answer.status === 429); tried += 1) {
    await seconds(answer.retryAfterSeconds ?? pauseSeconds());
    answer = await send<Body>(gateway, request);
  }
  return answer;
};
