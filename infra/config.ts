import type { Architecture } from '../functions/domain/architecture.ts';
import type { Settings } from '../functions/runtime/environment.ts';
import { contradictions } from './config-contradictions.ts';
import { defaults, fields } from './config-fields.ts';
import { FieldInvalid } from './field-readers.ts';

/** A network that is there already. */
export interface ExistingNetwork {
  readonly vpcId: string;
  /** Public subnets, at most one for each Availability Zone. */
  readonly subnets: readonly { readonly subnetId: string; readonly availabilityZone: string }[];
  /** Absent: the stack makes one in the network, without ingress. */
  readonly securityGroupId?: string;
}

/**
 * All that a deployment decides. Each field is a key of the CDK context: JSON in `cdk.json`, text with
 * `-c key=value`. What is not given is the first user's.
 */
export interface Config {
  /** Name of the stack, and the beginning of every name in it. */
  readonly stackName: string;
  readonly region: string;
  /** Whose runners they are: an organisation, or `owner/repository`. */
  readonly target: string;
  /** What every label starts with. */
  readonly labelPrefix: string;
  /** From request to deadline. */
  readonly lifetimeMinutes: number;
  /** Allowed instance types in the order in which they are tried. */
  readonly instanceTypes: Readonly<Record<Architecture, readonly string[]>>;
  /** Runners that may live at once, over all runs. */
  readonly liveRunnerCap: number;
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

/** The configuration has mistakes; the message names every one with its field and what would be right. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The configuration is not usable:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** The CDK's own keys, such as `@aws-cdk/core:…`, have a colon or a slash; its command has one that has neither. */
const isOurs = (key: string): boolean => !/[:/]/.test(key) && key !== 'cli-telemetry';

const isField = (key: string): key is keyof Config => Object.hasOwn(fields, key);

const strangers = (context: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(context)
    .filter((key) => isOurs(key) && !isField(key))
    .map((key) => `${key}: is no field; the fields are ${Object.keys(fields).join(', ')}`);

/** Reads a deployment's configuration from the CDK context. Throws {@link ConfigInvalid}. */
export const readConfig = (context: Readonly<Record<string, unknown>>): Config => {
  const mistakes = [...strangers(context)];
  const given: Readonly<Record<string, unknown>> = { ...defaults, ...context };
  const values: Record<string, unknown> = {};
  for (const [key, read] of Object.entries(fields)) {
    if (given[key] === undefined) continue;
    try {
      values[key] = read(given[key]);
    } catch (error) {
      if (!(error instanceof FieldInvalid)) throw error;
      mistakes.push(`${key}: ${error.message}`);
    }
  }
  mistakes.push(...contradictions(values as Partial<Config>, context));
  if (mistakes.length > 0) throw new ConfigInvalid(mistakes);
  return values as unknown as Config;
};
