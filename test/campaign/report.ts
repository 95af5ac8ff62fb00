import type { WorldResult } from './checked-world.ts';
import type { Clause, Finding } from './checker.ts';

/** The line with which a campaign ends. */
export interface Report {
  readonly lives: number;
  readonly faults: number;
  readonly kinds: number;
  readonly leaked_instances: number;
  readonly leaked_registrations: number;
  readonly leaked_schedules: number;
  readonly leaked_executions: number;
  readonly busy_kills: number;
  /** Whatever else the checker found: a status that disagrees, a failure without a name, and so on. */
  readonly disagreements: number;
  readonly max_overrun_seconds: number;
  readonly ready: number;
  readonly failed: number;
  readonly wall_seconds: number;
}

/** Adds up what came of a campaign's worlds. */
export class Tally {
  readonly #kinds = new Set<string>();
  readonly findings: Finding[] = [];
  #lives = 0;
  #faults = 0;
  #ready = 0;
  #failed = 0;
  #maxOverrunSeconds = 0;

  add({ lives, findings, faults, kinds }: WorldResult): void {
    for (const kind of kinds) this.#kinds.add(kind);
    this.findings.push(...findings);
    this.#faults += faults;
    for (const { gotReady, failed, overrunSeconds } of lives) {
      this.#lives += 1;
      if (gotReady) this.#ready += 1;
      if (failed) this.#failed += 1;
      this.#maxOverrunSeconds = Math.max(this.#maxOverrunSeconds, overrunSeconds);
    }
  }

  get lives(): number {
    return this.#lives;
  }

  report(wallSeconds: number): Report {
    const leaks: readonly Clause[] = [
      'leaked-instance',
      'leaked-registration',
      'leaked-schedule',
      'leaked-execution',
      'busy-kill',
    ];
    const count = (clause: Clause): number => this.findings.filter((found) => found.clause === clause).length;
    return {
      lives: this.#lives,
      faults: this.#faults,
      kinds: this.#kinds.size,
      leaked_instances: count('leaked-instance'),
      leaked_registrations: count('leaked-registration'),
      leaked_schedules: count('leaked-schedule'),
      leaked_executions: count('leaked-execution'),
      busy_kills: count('busy-kill'),
      disagreements: this.findings.filter(({ clause }) => !leaks.includes(clause)).length,
      max_overrun_seconds: this.#maxOverrunSeconds,
      ready: this.#ready,
      failed: this.#failed,
      wall_seconds: Number(wallSeconds.toFixed(1)),
    };
  }
}

/** Whether nothing leaked, nothing was killed and nothing disagreed. */
export const isClean = (report: Report): boolean =>
  report.leaked_instances === 0 &&
  report.leaked_registrations === 0 &&
  report.leaked_schedules === 0 &&
  report.leaked_executions === 0 &&
  report.busy_kills === 0 &&
  report.disagreements === 0;
