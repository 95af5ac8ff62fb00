import type { FakeInstance } from './aws/ec2/state.ts';
import { LateFunctions } from './aws/lambda/late-functions.ts';
import type { FakeExecution } from './aws/step-functions/state.ts';
import type { Layers, LocalCloudOptions, Misfortunes } from './cloud-options.ts';
import type { FakeJob } from './github/runners.ts';
import { Listeners } from './listeners.ts';
import { CloudRations, newAccount } from './rations/cloud-rations.ts';
import type { Stack } from './template/stack.ts';
import { FaultPlan } from './wire/faults.ts';
import type { CloudService } from './wire/wire.ts';

/**
 * What the services of one simulated cloud share. Each service registers here what it answers, what it wants to hear,
 * and what it does when the cloud begins, when the stack is removed and when all ends.
 */
export class CloudBase {
  readonly stack: Stack;
  readonly options: LocalCloudOptions;
  readonly layers: Layers;
  readonly misfortunes: Misfortunes;
  readonly faults = new FaultPlan();
  readonly rations: CloudRations;
  readonly functions = new LateFunctions();
  /** An instance has entered a state. */
  readonly instanceStates = new Listeners<FakeInstance>();
  /** A job at GitHub is queued, has begun, or has ended. */
  readonly jobs = new Listeners<FakeJob>();
  /** An execution has begun or ended. */
  readonly executionStatuses = new Listeners<FakeExecution>();
  /** All services are there, and the functions. */
  readonly beginning = new Listeners();
  readonly stackRemoval = new Listeners();
  readonly ending = new Listeners();
  readonly #services: CloudService[] = [];

  constructor(options: LocalCloudOptions) {
    const { stack, layers = {}, misfortunes = {}, watcher = {} } = options;
    this.stack = stack;
    this.options = options;
    this.rations = new CloudRations({ ...newAccount, ...options.rations });
    this.layers = layers;
    this.misfortunes = misfortunes;
    this.instanceStates.add((instance) => watcher.onInstance?.(instance));
  }

  /** The services that answer on the wire. */
  get services(): readonly CloudService[] {
    return this.#services;
  }

  serve(...services: readonly CloudService[]): void {
    this.#services.push(...services);
  }

  /** Sends a message that nobody took to its queue, if it may go there; else it is lost. Whoever watches is told. */
  async sendDeadLetter(
    queueArn: string | undefined,
    payload: unknown,
    maySend: (queueArn: string) => Promise<boolean>,
  ): Promise<void> {
    const isSent = queueArn !== undefined && (await maySend(queueArn));
    this.options.watcher?.onDeadLetter?.(isSent ? queueArn : undefined, payload);
  }
}
