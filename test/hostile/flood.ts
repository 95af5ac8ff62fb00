import type { HttpResponse } from '../../local/wire/http-exchange.ts';
import type { World } from '../statemachine/world.ts';

export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const isOverThrottle = ({ status, body }: HttpResponse): boolean =>
  status === 429 && String(body) === '{"message":"Too Many Requests"}';

/** One stranger's creates, evenly over a simulated minute and by both ways in; `bodyOf` makes the next one. */
export const flood = async (
  world: World,
  requests: number,
  bodyOf: (index: number) => object,
  everySecond: () => void = () => undefined,
): Promise<{ readonly answers: readonly Answered[]; readonly throttled: number }> => {
  const answers: Answered[] = [];
  let throttled = 0;
  const send = async (index: number): Promise<void> => {
    const response = await world.cloud.gateway.request({
      method: 'POST',
      path: index % 2 === 0 ? '/' : '/runners',
      headers: { host: 'stint.example', 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(bodyOf(index))),
      sourceIp: '203.0.113.66',
    });
    if (isOverThrottle(response)) throttled += 1;
    else answers.push({ status: response.status, body: JSON.parse(String(response.body)) });
  };
  let sent = 0;
  for (let second = 0; second < 60; second += 1) {
    const until = Math.round((requests * (second + 1)) / 60);
    const sending: Promise<void>[] = [];
    for (; sent < until; sent += 1) sending.push(send(sent));
    await world.advance(1);
    await Promise.all(sending);
    everySecond();
  }
  return { answers, throttled };
};

/** How many answers there are of each kind: a status, and the rule by which it was refused. */
export const counted = (answers: readonly Answered[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const kind = [status, body['rule']].filter((part) => part !== undefined).join(' ');
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};
