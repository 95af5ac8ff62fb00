import type { LocalCloud } from '../../local/local-cloud.ts';
import type { VirtualTime } from '../../local/time/virtual-time.ts';
import type { ShownRunner } from './evidence.ts';
import { seconds } from './seconds.ts';
import type { TimelineEntry } from './timeline.ts';

type Tell = (entry: Omit<TimelineEntry, 'at' | 'isFault'>) => void;

interface Answer {
  readonly status: number;
  /** Absent when the answer does not say when to ask again. */
  readonly retryAfterSeconds?: number;
  readonly body: { readonly runners?: readonly ShownRunner[] };
}

/** A workflow tries again for a while when the answer says that it may, and waits as long as it says. */
const tries = 40;
const pauseSeconds = 15;

/** More than any request can take, with all its repeats. */
const answerSeconds = 1_200;

/** Whoever asks for runners, over the HTTP API. */
export class Caller {
  readonly #cloud: Pick<LocalCloud, 'gateway'>;
  readonly #tell: Tell;

  constructor(cloud: Pick<LocalCloud, 'gateway'>, tell: Tell) {
    this.#cloud = cloud;
    this.#tell = tell;
  }

  async create(label: string, architecture: string): Promise<void> {
    const answer = await this.#insist('POST', '/runners', { operation: 'create', label, architecture });
    const names = answer.body.runners?.map(({ name, status }) => `${name} ${status}`) ?? [];
    this.#say(label, architecture, `asks for a runner → ${answer.status} ${names.join(', ')}`);
  }

  async destroy(label: string): Promise<void> {
    const answer = await this.#insist('POST', '/runners', { operation: 'destroy', label });
    this.#say(label, 'x86_64', `asks for the destroy → ${answer.status}`);
  }

  /** What the API shows of the labels when time may move as it needs. */
  async statuses(labels: readonly string[], time: VirtualTime): Promise<readonly ShownRunner[]> {
    const shown: ShownRunner[] = [];
    let left = labels.length;
    const ask = async (label: string): Promise<void> => {
      try {
        const { body } = await this.#insist('GET', `/runners/${label}`);
        shown.push(...(body.runners ?? []));
      } finally {
        left -= 1;
      }
    };
    const asked = labels.map(ask);
    await time.advanceUntil(() => left === 0, answerSeconds);
    await Promise.all(asked);
    return shown;
  }

  async #insist(method: string, path: string, body?: object): Promise<Answer> {
    let answer = await this.#request(method, path, body);
    for (let tried = 1; tried < tries && (answer.status >= 500 || answer.status === 429); tried += 1) {
      await seconds(answer.retryAfterSeconds ?? pauseSeconds);
      answer = await this.#request(method, path, body);
    }
    return answer;
  }

  async #request(method: string, path: string, body?: object): Promise<Answer> {
    const response = await this.#cloud.gateway.request({
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
  }

  #say(label: string, architecture: string, what: string): void {
    this.#tell({ party: 'workflow', what, life: `${label}_${architecture}-1` });
  }
}
