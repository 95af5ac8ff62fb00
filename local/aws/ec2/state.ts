import { vcpusOf } from './catalogue.ts';

export type FakeState = 'pending' | 'running' | 'shutting-down' | 'terminated';

/** What an instance was launched with, as far as anybody asks. */
export interface InstanceDescription {
  readonly imageId: string;
  readonly instanceType: string;
  readonly subnetId: string;
  readonly availabilityZone: string;
  readonly market: 'spot' | 'on-demand';
  readonly tags: Readonly<Record<string, string>>;
  /** Plain text. */
  readonly userData: string;
  readonly clientToken: string;
  /** The whole request, for tests that look at what was asked for. */
  readonly request: unknown;
}

export interface FakeInstance extends InstanceDescription {
  readonly id: string;
  readonly launchedAt: Date;
  state: FakeState;
  /** Every state that it has had, oldest first. */
  readonly states: { readonly state: FakeState; readonly since: number }[];
  stateReason?: string;
  endedAt?: Date;
  /** What the machine has written to its serial console. */
  console: string;
  /** What EC2 posted of the console when the state changed last. */
  postedConsole: string;
}

/** The two quotas that are counted in vCPUs and apart: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-resource-limits.html */
export type VcpuQuotas = Readonly<Record<'spot' | 'on-demand', number>>;

export interface FleetOptions {
  /** `pending` lasts so long. */
  readonly pendingSeconds?: number;
  /** `shutting-down` lasts so long. */
  readonly endingSeconds?: number;
  /**
   * Descriptions are eventually consistent: each shows the fleet as it was so long ago
   * (https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html).
   */
  readonly lagSeconds?: () => number;
  /** The account's vCPUs in each market; unlimited unless told otherwise. */
  readonly vcpuQuotas?: VcpuQuotas;
  readonly onState: (instance: FakeInstance) => void;
}

const unlimited = Number.POSITIVE_INFINITY;

const defaults = {
  pendingSeconds: 5,
  endingSeconds: 30,
  lagSeconds: () => 2,
  vcpuQuotas: { spot: unlimited, 'on-demand': unlimited },
};

/** Terminated instances stay visible for about an hour (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/terminating-instances.html). */
const visibleMs = 3_600_000;

/** A state has a reason only when the instance is ending. */
const asItWas = ({ stateReason, ...instance }: FakeInstance, state: FakeState): FakeInstance =>
  state === 'shutting-down' && stateReason !== undefined
    ? { ...instance, stateReason, state }
    : { ...instance, state };

/**
 * The instances of an account and their states
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html).
 */
export class Fleet {
  readonly #options: Required<FleetOptions>;
  readonly #instances = new Map<string, FakeInstance>();
  readonly #byToken = new Map<string, FakeInstance>();
  #count = 0;

  constructor(options: FleetOptions) {
    this.#options = { ...defaults, ...options };
  }

  /** Every instance that has not been forgotten. */
  get all(): readonly FakeInstance[] {
    this.#forget();
    return [...this.#instances.values()];
  }

  /** What a description shows, which lags behind. */
  get visible(): readonly FakeInstance[] {
    const asOf = Date.now() - this.#options.lagSeconds() * 1_000;
    return this.all.flatMap((instance) => {
      const shown = instance.states.findLast(({ since }) => since <= asOf)?.state;
      if (shown === instance.state) return [instance];
      return shown === undefined ? [] : [asItWas(instance, shown)];
    });
  }

  /** An instance as it is; `undefined` when there never was one, or EC2 has forgotten it. */
  find(id: string): FakeInstance | undefined {
    this.#forget();
    return this.#instances.get(id);
  }

  /** The vCPUs that are left in a market. Instances count until they have begun to end. */
  vcpusLeft(market: 'spot' | 'on-demand'): number {
    const used = this.all
      .filter((instance) => instance.market === market)
      .filter(({ state }) => state === 'pending' || state === 'running')
      .reduce((sum, { instanceType }) => sum + vcpusOf(instanceType), 0);
    return this.#options.vcpuQuotas[market] - used;
  }

  /** The instance of a ClientToken, which stays taken for a day after the instance has ended. */
  ofToken(clientToken: string): FakeInstance | undefined {
    return this.#byToken.get(clientToken);
  }

  launch(description: InstanceDescription): FakeInstance {
    this.#count += 1;
    const id = `i-${this.#count.toString(16).padStart(17, '0')}`;
    const instance: FakeInstance = {
      ...description,
      id,
      launchedAt: new Date(),
      state: 'pending',
      states: [{ state: 'pending', since: Date.now() }],
      console: '',
      postedConsole: '',
    };
    this.#instances.set(id, instance);
    this.#byToken.set(description.clientToken, instance);
    this.#options.onState(instance);
    setTimeout(() => this.#become(instance, 'pending', 'running'), this.#options.pendingSeconds * 1_000);
    return instance;
  }

  /** Ends an instance; one that is ending already goes on ending. */
  end(instance: FakeInstance, stateReason: string): void {
    if (instance.state !== 'pending' && instance.state !== 'running') return;
    instance.stateReason = stateReason;
    instance.endedAt = new Date();
    this.#enter(instance, 'shutting-down');
    setTimeout(
      () => this.#become(instance, 'shutting-down', 'terminated'),
      this.#options.endingSeconds * 1_000,
    );
  }

  #become(instance: FakeInstance, from: FakeState, to: FakeState): void {
    if (instance.state === from) this.#enter(instance, to);
  }

  #enter(instance: FakeInstance, state: FakeState): void {
    instance.state = state;
    instance.postedConsole = instance.console;
    instance.states.push({ state, since: Date.now() });
    this.#options.onState(instance);
  }

  #forget(): void {
    const oldest = Date.now() - visibleMs;
    for (const { id, state, endedAt } of this.#instances.values())
      if (state === 'terminated' && endedAt !== undefined && endedAt.getTime() < oldest)
        this.#instances.delete(id);
  }
}
