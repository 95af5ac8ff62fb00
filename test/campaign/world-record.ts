import type { FakeInstance } from '../../local/aws/ec2/state.ts';
import { runningInvocation } from '../../local/aws/lambda/invocation.ts';
import type { Strike } from './evidence.ts';
import { lifeOfPayload } from './life-of-payload.ts';
import type { TimelineEntry, Watch } from './timeline.ts';

export const lifeTag = 'stint:life';

/** When every world begins. */
export const worldStart = new Date('2026-03-01T10:00:00Z');

/** Seconds of the world. */
export const worldSeconds = (at: number): number => (at - worldStart.getTime()) / 1_000;

export type Told = Omit<TimelineEntry, 'at' | 'isFault'> & { readonly isFault?: boolean };

/** All that happens in a world, as it happens. */
export class WorldRecord {
  readonly instances = new Set<FakeInstance>();
  readonly onlineRunners = new Set<string>();
  readonly strikes: Strike[] = [];
  readonly terminatedByOperator = new Set<string>();
  /** The ids of strangers' instances. */
  readonly strangers = new Set<string>();
  ec2OutageEndedAt: number | undefined;
  readonly #watch: Watch | undefined;

  constructor(watch: Watch | undefined) {
    this.#watch = watch;
  }

  /** Whether anybody wants to know. */
  get isWatched(): boolean {
    return this.#watch !== undefined;
  }

  tell(entry: Told): void {
    this.#watch?.({ at: Date.now(), isFault: false, ...entry });
  }

  strike(struck: Strike): void {
    this.strikes.push(struck);
    if (struck.what.startsWith('ec2 ')) this.ec2OutageEndedAt = struck.at;
    const what = `${struck.kind}: ${struck.what}`;
    this.tell({ party: 'fault', what, isFault: true, ...this.presentLife() });
  }

  strikeNow(kind: string, what: string): void {
    this.strike({ at: Date.now(), kind, what });
  }

  lifeOf(payload: unknown): string | undefined {
    return lifeOfPayload(
      payload,
      (id) => [...this.instances].find((instance) => instance.id === id)?.tags[lifeTag],
    );
  }

  /** The life that the running invocation is for. */
  presentLife(): { readonly life?: string } {
    const life = this.lifeOf(runningInvocation()?.payload);
    return life === undefined ? {} : { life };
  }

  /** The deployment's own instances. */
  get own(): readonly FakeInstance[] {
    return [...this.instances].filter(({ id }) => !this.strangers.has(id));
  }

  /** The instances of a label and architecture, of whichever of its lives. */
  ofFamily(family: string): readonly FakeInstance[] {
    return this.own.filter(({ tags }) => tags[lifeTag]?.startsWith(`${family}-`) === true);
  }
}
