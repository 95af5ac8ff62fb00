import type { LocalCloud } from '../../local/local-cloud.ts';
import type { Leftover } from './evidence.ts';
import { leftoversOf } from './leftovers.ts';
import type { WorldPlan } from './plan.ts';
import { lifeTag, type WorldRecord, worldSeconds } from './world-record.ts';

/** Nothing of a life may be there so long after its deadline and the last fault. */
const graceSeconds = 1_200;

/** A world that has been at rest for so long stays so. */
const restSeconds = 660;

/** Long after every deadline and every fault a world that is not at rest will never be. */
const patienceSeconds = 6 * 3_600;

/** Says when a world has nothing more to show, and what should not be there any more. */
export class WorldEnd {
  readonly #cloud: LocalCloud;
  readonly #record: WorldRecord;
  readonly #deployment: string;
  readonly #lastPlanned: number;
  #restedSince: number | undefined;
  /** What was there when nothing should be. */
  leftovers: readonly Leftover[] = [];

  constructor(cloud: LocalCloud, record: WorldRecord, deployment: string, { faults, lives }: WorldPlan) {
    this.#cloud = cloud;
    this.#record = record;
    this.#deployment = deployment;
    const ends = faults.map(({ from, seconds = 0 }) => from + seconds);
    this.#lastPlanned = Math.max(0, ...ends, ...lives.map(({ at }) => at));
  }

  /** Whether the world has shown all that it will. To be asked again and again, with what is still planned. */
  hasCome(pending: number): boolean {
    const now = worldSeconds(Date.now());
    if (pending > 0) return false;
    if (now >= this.#lastPlanned + patienceSeconds) return true;
    const isQuiet = now >= this.#lastPlanned && this.#isAtRest();
    this.#restedSince = isQuiet ? (this.#restedSince ?? now) : undefined;
    if (this.#restedSince !== undefined) return now - this.#restedSince >= restSeconds;
    this.leftovers = this.#truth().filter(({ life }) => now >= this.#dueAt(life));
    return this.leftovers.length > 0;
  }

  #truth(): readonly Leftover[] {
    return leftoversOf(this.#cloud, this.#deployment);
  }

  #isAtRest(): boolean {
    return this.#truth().length === 0 && this.#record.own.every(({ state }) => state === 'terminated');
  }

  #dueAt(life: string): number {
    const { strikes } = this.#record;
    const lastStrike = worldSeconds(strikes.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
    const times = [this.#deadlineOf(life), lastStrike, this.#lastPlanned, this.#seizedUntil(life)];
    return Math.max(...times) + graceSeconds;
  }

  #deadlineOf(life: string): number {
    const execution = this.#cloud.executions.all.find(({ name }) => name === life);
    if (execution === undefined) return 0;
    const { deadline } = JSON.parse(execution.input) as { deadline: string };
    return worldSeconds(Date.parse(deadline));
  }

  /** A hostile job is a fault for as long as it holds its machine. */
  #seizedUntil(life: string): number {
    const isSeized = this.#cloud.github.jobs.some(
      ({ isHostile, runnerName }) => isHostile && runnerName?.startsWith(`${life}-`) === true,
    );
    if (!isSeized) return 0;
    const ends = this.#record.own
      .filter(({ tags }) => tags[lifeTag] === life)
      .map(({ endedAt }) => worldSeconds(endedAt?.getTime() ?? Number.POSITIVE_INFINITY));
    return Math.max(0, ...ends);
  }
}
