import type { Architecture } from '../functions/domain/architecture.ts';
import type { Settings } from '../functions/runtime/environment.ts';

/** A network that is there already. */
export interface ExistingNetwork {
  readonly vpcId: string;
  /** At most one for each Availability Zone; public ones, unless runners get no public addresses. */
  readonly subnets: readonly { readonly subnetId: string; readonly availabilityZone: string }[];
  /** Absent: the stack makes one in the network, without ingress. */
  readonly securityGroupId?: string;
  /** Whether runners get public addresses; absent: they do. Without them the subnets need a way out of their own. */
  readonly publicAddresses?: boolean;
}

/** A class of machines beside the default one, which the settings themselves make. What is not given is the default one's. */
export interface ClassConfig {
  /** Allowed instance types in the order in which they are tried; for one architecture at least. */
  readonly instanceTypes: Partial<Readonly<Record<Architecture, readonly string[]>>>;
  /** `spot`: spot first, on-demand where there is none; `on-demand`: never spot. */
  readonly market: 'spot' | 'on-demand';
  /** From request to deadline. */
  readonly lifetimeMinutes?: number;
  /** How long a runner may take to come online; absent: 10, and 30 for a `.metal` type. */
  readonly bootMinutes?: number;
  /** Size of the root volume. */
  readonly volumeGib?: number;
  /** Whether its machines have `/dev/kvm`. */
  readonly kvm: boolean;
  /** Runners that may live at once for one workflow run and architecture. */
  readonly perRun?: number;
  /** Whether runs may have it whose head is in another repository. */
  readonly forks: boolean;
  /** Seats of the cap on live runners that a life takes, and how often its hours count; absent: by its vCPUs. */
  readonly seats?: number;
}

/**
 * All that a deployment decides. Each field is a key of the CDK context: JSON in `cdk.json`, text with
 * `-c key=value`. What is not given is the first user's.
 */
export interface Config {
  /** Name of the stack, and the beginning of every name in it. */
  readonly stackName: string;
  readonly region: string;
  /** Whether the region may be one that the CDK at hand does not list yet. */
  readonly unlistedRegion: boolean;
  /** Whose runners they are: an organisation, or `owner/repository`. */
  readonly target: string;
  /** What every label starts with. */
  readonly labelPrefix: string;
  /** From request to deadline. */
  readonly lifetimeMinutes: number;
  /** A runner that has less than this left answers no request any more: another is made beside its end. */
  readonly minimumMinutes: number;
  /** Allowed instance types in the order in which they are tried. */
  readonly instanceTypes: Readonly<Record<Architecture, readonly string[]>>;
  /** Classes of machines beside the default one, by their names. */
  readonly classes: Readonly<Record<string, ClassConfig>>;
  /** Runners that may live at once, over all runs. */
  readonly liveRunnerCap: number;
  /** Of these, in percent, those that only jobs can have which GitHub itself shows as queued, when admission is `verified`. */
  readonly queuedShare: number;
  /** Runners that may live at once for one workflow run and architecture. */
  readonly runnersPerRun: number;
  /** Who may start a runner: `verified` is an active run of an allowed repository, `open` is anyone with a valid label. */
  readonly admission: Settings['admissionMode'];
  /** Whose runs are admitted when admission is `verified`. */
  readonly allowedRepositories: readonly string[];
  /** Whether any of them is private: reading its runs takes the permission `actions: read` as well. */
  readonly privateRepositories: boolean;
  /** Runner-hours a day after which admission closes. */
  readonly runnerHoursPerDay: number;
  /** Availability Zones that the stack's own network spans. */
  readonly zones: number;
  /** Absent: the stack makes its own. */
  readonly network?: ExistingNetwork;
  /** Size of the root volume. */
  readonly volumeGib: number;
  /** GitHub's id of the runner group; 1 is the default group. */
  readonly runnerGroupId: number;
  /** Bash, run as root before the runner starts; empty for none. Given as a file's path or as the text. */
  readonly bootScript: string;
  /** Where alarms are mailed. */
  readonly alarmEmail?: string;
  /** Creates and destroys that the HTTP API takes at once; the other routes' limits follow from it (docs/adr/0008). */
  readonly requestBurst: number;
  /** Creates and destroys a second that the HTTP API takes for long; the other routes' limits follow from it. */
  readonly requestsPerSecond: number;
}
