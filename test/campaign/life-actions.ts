import type { LocalCloud } from '../../local/local-cloud.ts';
import type { Caller } from './caller.ts';
import type { JobPlan, LifePlan } from './plan.ts';
import type { WorldRecord } from './world-record.ts';

type Act = () => Promise<void> | void;

/** What callers, workflows, operators and AWS do to lives, each at its time. */
export class LifeActions {
  readonly #cloud: LocalCloud;
  readonly #caller: Caller;
  readonly #record: WorldRecord;
  #pending = 0;

  constructor(cloud: LocalCloud, caller: Caller, record: WorldRecord) {
    this.#cloud = cloud;
    this.#caller = caller;
    this.#record = record;
  }

  /** How many are still to come, or have not come to their end. */
  get pending(): number {
    return this.#pending;
  }

  plan({ label, architecture, at, job, againAt, destroyAt, stopAt, ...taken }: LifePlan): void {
    const family = `${label}_${architecture}`;
    const after = (offset: number | undefined, act: Act): void => {
      if (offset !== undefined) this.#at(at + offset, act);
    };
    after(0, () => this.#caller.create(label, architecture));
    after(againAt, () => this.#caller.create(label, architecture));
    after(destroyAt, () => this.#caller.destroy(label));
    after(job?.at, () => {
      if (job !== undefined) this.#queue(label, architecture, job);
    });
    after(stopAt?.at, () => this.#stop(family, stopAt?.stateMachine ?? ''));
    after(taken.interruptionAt, () => this.#interrupt(family));
    after(taken.terminationAt, () => this.#terminate(family));
  }

  #at(seconds: number, act: Act): void {
    this.#pending += 1;
    setTimeout(async () => {
      try {
        await act();
      } finally {
        this.#pending -= 1;
      }
    }, seconds * 1_000);
  }

  #queue(label: string, architecture: string, { durationSeconds, isHostile }: JobPlan): void {
    const family = `${label}_${architecture}`;
    const what = `queues a ${isHostile ? 'hostile ' : ''}job of ${durationSeconds} s`;
    this.#record.tell({ party: 'workflow', what, life: `${family}-1` });
    if (isHostile) this.#record.strikeNow('hostile-job', family);
    const labels = [label, `arch_${architecture}`];
    this.#cloud.github.queueJob({ runId: 1_001, labels, durationSeconds, isHostile });
  }

  /** An operator presses Stop in the console. */
  #stop(family: string, stateMachine: string): void {
    const { executions } = this.#cloud;
    const running = executions.all.filter(
      (execution) =>
        execution.status === 'RUNNING' &&
        execution.name.startsWith(`${family}-`) &&
        execution.stateMachine.name.toLowerCase().includes(stateMachine),
    );
    for (const { arn, name } of running) {
      this.#record.tell({ party: 'operator', what: `stops ${name}`, life: `${family}-1` });
      this.#record.strikeNow(`${stateMachine}-stopped`, name);
      executions.stop(arn);
    }
  }

  #interrupt(family: string): void {
    for (const instance of this.#record.ofFamily(family)) {
      if (instance.market !== 'spot' || instance.endedAt !== undefined) continue;
      this.#record.strikeNow('spot-interruption', instance.id);
      this.#cloud.fleet.end(instance, 'Server.SpotInstanceTermination');
    }
  }

  #terminate(family: string): void {
    for (const instance of this.#record.ofFamily(family)) {
      if (instance.endedAt !== undefined) continue;
      this.#record.strikeNow('operator-terminates', instance.id);
      this.#record.terminatedByOperator.add(instance.id);
      this.#cloud.fleet.end(instance, 'Client.UserInitiatedShutdown');
    }
  }
}
