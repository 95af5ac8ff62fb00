import type { LocalCloud } from '../../local/local-cloud.ts';
import type { VirtualTime } from '../../local/time/virtual-time.ts';
import type { ShownRunner } from './evidence.ts';
import { type Answer, insist, type Request } from './insist.ts';
import type { TimelineEntry } from './timeline.ts';

type Tell = (entry: Omit<TimelineEntry, 'at' | 'isFault'>) => void;

interface Body {
  readonly runners?: readonly ShownRunner[];
}

const patience = { tries: 40, pauseSeconds: () => 15 };

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

  #insist(method: Request['method'], path: string, body?: object): Promise<Answer<Body>> {
    return insist(this.#cloud.gateway, { method, path, ...(body === undefined ? {} : { body }) }, patience);
  }

  #say(label: string, architecture: string, what: string): void {
    this.#tell({ party: 'workflow', what, life: `${label}_${architecture}-1` });
  }
}
