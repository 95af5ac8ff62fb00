import { AwsFault } from '../../wire/aws-json.ts';

export interface SchedulerTarget {
  readonly Arn: string;
  readonly RoleArn: string;
  readonly Input?: string;
  readonly DeadLetterConfig?: { readonly Arn: string };
}

export interface FakeSchedule {
  readonly name: string;
  readonly group: string;
  readonly expression: string;
  readonly at: Date;
  readonly target: SchedulerTarget;
  readonly createdAt: Date;
  readonly clientToken?: string;
}

export interface SchedulesOptions {
  readonly groups: readonly string[];
  /** Starts an execution for a schedule; throws or rejects when Step Functions refuses. */
  readonly startExecution: (
    stateMachineArn: string,
    name: string | undefined,
    input: string,
    schedule: FakeSchedule,
  ) => void | Promise<void>;
  readonly onDeadLetter: (queueArn: string | undefined, payload: string, schedule: FakeSchedule) => void;
  /** Whether schedules fire, for a simulation that takes them away. */
  readonly isOn?: (() => boolean) | undefined;
  /** After how many seconds a schedule fires, once for each: Scheduler invokes at least once. */
  readonly firings?: ((schedule: FakeSchedule) => readonly number[]) | undefined;
}

const universalStart = 'arn:aws:scheduler:::aws-sdk:sfn:startExecution';

/** Scheduler invokes within the minute that the expression names (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html). */
const firingSeconds = 30;

/** Pauses between Scheduler's tries; it goes on for the event's maximum age, of which these stand for the first minutes. */
const retrySeconds = [5, 30, 60, 120, 300];

const atOf = (expression: string): Date => {
  const [, at] = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/.exec(expression) ?? [];
  if (at === undefined)
    throw new AwsFault('ValidationException', `Invalid Schedule Expression ${expression}.`);
  return new Date(`${at}Z`);
};

const key = (group: string, name: string): string => `${group}/${name}`;

/** EventBridge Scheduler's one-time schedules. */
export class Schedules {
  readonly #options: SchedulesOptions;
  readonly #schedules = new Map<string, FakeSchedule>();
  readonly #timers = new Map<string, readonly ReturnType<typeof setTimeout>[]>();

  constructor(options: SchedulesOptions) {
    this.#options = options;
  }

  get all(): readonly FakeSchedule[] {
    return [...this.#schedules.values()];
  }

  /**
   * Creates a schedule. A repeat with the same client token, which the SDK makes for each call, is the same
   * schedule (https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html).
   */
  create(
    name: string,
    group: string,
    expression: string,
    target: SchedulerTarget,
    clientToken?: string,
  ): FakeSchedule {
    const earlier = this.#schedules.get(key(group, name));
    if (earlier !== undefined && clientToken !== undefined && earlier.clientToken === clientToken)
      return earlier;
    if (!/^[0-9A-Za-z_.-]{1,64}$/.test(name))
      throw new AwsFault('ValidationException', `Invalid name ${name}`);
    if (!this.#options.groups.includes(group))
      throw new AwsFault('ResourceNotFoundException', `Schedule group ${group} does not exist.`);
    if (earlier !== undefined) throw new AwsFault('ConflictException', `Schedule ${name} already exists.`);
    const schedule: FakeSchedule = {
      name,
      group,
      expression,
      at: atOf(expression),
      target,
      createdAt: new Date(),
      ...(clientToken === undefined ? {} : { clientToken }),
    };
    this.#schedules.set(key(group, name), schedule);
    for (const seconds of this.#options.firings?.(schedule) ?? [firingSeconds])
      this.#after(schedule, 0, Math.max(0, schedule.at.getTime() + seconds * 1_000 - Date.now()));
    return schedule;
  }

  get(name: string, group: string): FakeSchedule {
    const schedule = this.#schedules.get(key(group, name));
    if (schedule === undefined)
      throw new AwsFault('ResourceNotFoundException', `Schedule ${name} does not exist.`);
    return schedule;
  }

  delete(name: string, group: string): void {
    this.get(name, group);
    for (const timer of this.#timers.get(key(group, name)) ?? []) clearTimeout(timer);
    this.#schedules.delete(key(group, name));
    this.#timers.delete(key(group, name));
  }

  close(): void {
    for (const timer of [...this.#timers.values()].flat()) clearTimeout(timer);
  }

  #after(schedule: FakeSchedule, tried: number, delayMs: number): void {
    const at = key(schedule.group, schedule.name);
    const timer = setTimeout(() => void this.#fire(schedule, tried), delayMs);
    this.#timers.set(at, [...(this.#timers.get(at) ?? []), timer]);
  }

  async #fire(schedule: FakeSchedule, tried: number): Promise<void> {
    if (this.#options.isOn?.() === false) return;
    const { target } = schedule;
    try {
      await this.#invoke(schedule);
    } catch {
      const pause = retrySeconds[tried];
      if (pause === undefined) {
        this.#options.onDeadLetter(target.DeadLetterConfig?.Arn, target.Input ?? '{}', schedule);
        return;
      }
      this.#after(schedule, tried + 1, pause * 1_000);
    }
  }

  /** A universal target's input is the request itself; a templated target's is the execution's input. */
  async #invoke(schedule: FakeSchedule): Promise<void> {
    const { Arn, Input = '{}' } = schedule.target;
    if (Arn !== universalStart) return this.#options.startExecution(Arn, undefined, Input, schedule);
    const request = JSON.parse(Input) as { StateMachineArn: string; Name?: string; Input?: string };
    return this.#options.startExecution(
      request.StateMachineArn,
      request.Name,
      request.Input ?? '{}',
      schedule,
    );
  }
}
