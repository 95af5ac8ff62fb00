import type { Architecture } from './architecture.ts';
import type { DestroyInput, DestroyReason } from './ending/destroy.ts';
import type { ProvisionInput } from './life/provision-input.ts';

/** The present time; the only clock that steps know. */
export type Clock = () => Date;

export type Market = 'spot' | 'on-demand';

/** EC2's instance states, in EC2's words. */
export type InstanceState = 'pending' | 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated';

/** An instance of this deployment, as EC2 and its tags describe it. */
export interface Instance {
  readonly id: string;
  readonly state: InstanceState;
  readonly life: string;
  readonly round: number;
  readonly market: Market;
  readonly instanceType: string;
  readonly availabilityZone: string;
  readonly launchedAt: Date;
  /** By its tag, which can be wrong; the launch itself when the tag is none. */
  readonly deadline: Date;
  /** The class of its life; absent for the default one. */
  readonly class?: string;
  /** GitHub's id of the registration that the instance was launched with. */
  readonly registrationId: number;
  /** US dollars for an hour, as it was known before the launch; absent for on-demand instances. */
  readonly spotPrice?: number;
  /** EC2's state reason, such as `Server.SpotInstanceTermination`. */
  readonly stateReason?: string;
}

/** What EC2 is asked for when an instance is launched. */
export interface LaunchRequest {
  readonly clientToken: string;
  readonly market: Market;
  readonly pool: CapacityPool;
  readonly imageId: string;
  /** Plain text; the adapter encodes it. */
  readonly userData: string;
  /** Size of the root volume. */
  readonly volumeGib: number;
  /** Whether the machine is to have `/dev/kvm` of a hypervisor that can give it. */
  readonly nestedVirtualization: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** An instance type in an Availability Zone, and the subnet that stands for the zone. */
export interface CapacityPool {
  readonly instanceType: string;
  readonly availabilityZone: string;
  readonly subnetId: string;
  /** US dollars for an hour, when the pools were ranked; absent when EC2 did not say. */
  readonly spotPrice?: number;
}

export type LaunchAnswer =
  | { readonly kind: 'launched'; readonly instanceId: string }
  /** No capacity in this pool; another may have some. */
  | { readonly kind: 'no-capacity'; readonly code: string }
  /** No spot capacity for this account at all. */
  | { readonly kind: 'no-spot'; readonly code: string }
  /** The account has called too often: nothing was asked of the pool. */
  | { readonly kind: 'throttled'; readonly code: string };

export interface InstanceLauncher {
  /** Asks for one instance; throws QuotaExceeded, AwsUnavailable or AwsRefused. */
  launch(request: LaunchRequest): Promise<LaunchAnswer>;
}

export interface InstanceReader {
  /** Every instance of the life that EC2 still shows, terminated ones included. */
  ofLife(life: string): Promise<readonly Instance[]>;
}

export interface FleetReader {
  /** Every instance of this deployment that is not terminated. */
  live(): Promise<readonly Instance[]>;
}

export interface InstanceFinder {
  /** The instance with this id if it is of this deployment. */
  byId(id: string): Promise<Instance | undefined>;
}

export interface InstanceTerminator {
  /** Terminates instances; those that are gone already do not matter. */
  terminate(ids: readonly string[]): Promise<void>;
}

export interface ConsoleReader {
  /** What the instance last wrote to its serial console, as text; `undefined` when EC2 has none. */
  consoleOutput(id: string): Promise<string | undefined>;
}

export interface Image {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

export interface ImageReader {
  /** Every available Ubuntu Noble image of Canonical's for the architecture, in no order. */
  images(architecture: Architecture): Promise<readonly Image[]>;
}

export interface SpotPrice {
  readonly instanceType: string;
  readonly availabilityZone: string;
  /** US dollars for an hour. */
  readonly price: number;
}

export interface SpotPriceReader {
  /** The present spot prices of the types, in no order. */
  spotPrices(instanceTypes: readonly string[]): Promise<readonly SpotPrice[]>;
}

/** GitHub's view of a runner. */
export interface Registration {
  readonly id: number;
  readonly name: string;
  readonly online: boolean;
  /** Stale by a minute or more. */
  readonly busy: boolean;
  readonly labels: readonly string[];
}

export interface JitConfig {
  readonly registrationId: number;
  /** GitHub's single-use runner configuration, opaque. A secret. */
  readonly encoded: string;
}

export interface Registrar {
  /** Registers a runner; one of the same name that is there already is replaced. */
  register(name: string, labels: readonly string[]): Promise<JitConfig>;
}

export interface RunnerDownload {
  readonly url: string;
  readonly filename: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface RunnerDownloadReader {
  /** The newest runner release for Linux on the architecture. */
  download(architecture: Architecture): Promise<RunnerDownload>;
}

export interface RegistrationReader {
  /** The registration with this id, `undefined` when GitHub answers that there is none. */
  byId(id: number): Promise<Registration | undefined>;
  /** The registration of this name. GitHub's lists lag: absence here proves nothing. */
  byName(name: string): Promise<Registration | undefined>;
}

export interface RegistrationLister {
  /** Every registration at the target, ours or not. */
  all(): Promise<readonly Registration[]>;
}

export interface Deregistrar {
  /** Deletes the registration. `refused` when GitHub says that a job runs on it. */
  deregister(id: number): Promise<'deregistered' | 'gone' | 'refused'>;
}

export interface LabelWithdrawer {
  /** Takes all custom labels away, so that no further job matches; `gone` when the registration is. */
  withdrawLabels(id: number): Promise<'withdrawn' | 'gone'>;
}

export interface Scheduler {
  /** Creates the schedule that starts the destroy at `at`; one that exists already is left as it is. */
  create(name: string, at: Date, destroy: DestroyInput): Promise<void>;
}

export interface ScheduleReader {
  /** When the schedule will start the destroy; `undefined` when there is none that will. */
  startsAt(name: string): Promise<Date | undefined>;
}

export interface ScheduleLister {
  /** The names of all schedules of this deployment. */
  all(): Promise<readonly string[]>;
}

export interface ScheduleDeleter {
  /** Deletes the schedule; one that is gone already does not matter. */
  delete(name: string): Promise<void>;
}

export type ExecutionStatus =
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'TIMED_OUT'
  | 'ABORTED'
  | 'PENDING_REDRIVE';

export interface Execution {
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startedAt: Date;
  readonly stoppedAt?: Date;
  /** Parsed JSON. */
  readonly input?: unknown;
  /** Parsed JSON. */
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

export interface ProvisionStarter {
  /** Starts provision-runner under the life's name; `taken` when that name has been used. */
  start(input: ProvisionInput): Promise<'started' | 'taken'>;
}

export interface ProvisionReader {
  /** The provision execution of the life, `undefined` when there never was one. */
  provision(life: string): Promise<Execution | undefined>;
}

export interface ProvisionStopper {
  /** Stops the provision; one that has ended or never was does not matter. */
  stop(life: string, cause: string): Promise<void>;
}

export interface DestroyStarter {
  /** Starts destroy-runner as `<life>-<reason>-<k>`; `taken` when that name has been used. */
  startDestroy(input: DestroyInput, k: number): Promise<'started' | 'taken'>;
}

export interface DestroyReader {
  destroy(life: string, reason: DestroyReason, k: number): Promise<Execution | undefined>;
}

export interface ExecutionLister {
  /** The newest executions in the status, newest first, those started before `since` left out. */
  provisions(status: ExecutionStatus, since?: Date): Promise<readonly Execution[]>;
  destroys(status: ExecutionStatus, since?: Date): Promise<readonly Execution[]>;
}

/** A JIT config as it crosses the state machine. Strings are base64. */
export interface Sealed {
  readonly key: string;
  readonly iv: string;
  readonly tag: string;
  readonly data: string;
}

/** Envelope encryption with the runner's name as encryption context. */
export interface Sealer {
  seal(plaintext: string, runner: string): Promise<Sealed>;
}

export interface Unsealer {
  /** Throws InputInvalid when the value was sealed for another runner or was changed. */
  unseal(sealed: Sealed, runner: string): Promise<string>;
}
