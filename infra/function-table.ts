import type { Settings, VariableKey } from '../functions/runtime/environment.ts';
import { definitionText, fileStem, functionNames, stateMachineNames } from '../statemachine/definitions.ts';

/** What a function may do, in the words of `constructs/grants.ts`. */
export type GrantName =
  | 'describe-instances'
  | 'describe-images'
  | 'describe-spot-prices'
  | 'get-console-output'
  | 'launch-spot-instances'
  | 'launch-on-demand-instances'
  | 'terminate-instances'
  | 'start-provisions'
  | 'read-provisions'
  | 'list-provisions'
  | 'stop-provisions'
  | 'start-destroys'
  | 'read-destroys'
  | 'list-destroys'
  | 'create-schedules'
  | 'read-schedules'
  | 'list-schedules'
  | 'delete-schedules'
  | 'read-github-secret'
  | 'read-webhook-secret'
  | 'remember-deliveries'
  | 'spend-look-budgets'
  | 'seal'
  | 'unseal'
  | 'share-active-runs'
  | 'share-registrations'
  | 'spend-run-budget'
  | 'read-lives'
  | 'write-lives'
  | 'put-lives'
  | 'count-tries'
  | 'claim-seats'
  | 'release-seats'
  | 'take-turns'
  | 'read-shortages'
  | 'write-shortages'
  | 'read-usual-times'
  | 'write-usual-times'
  | 'read-admission-switch'
  | 'set-admission-switch';

/** What a function reads of its environment, and what it may do. */
export interface FunctionNeeds {
  readonly reads: readonly VariableKey[];
  readonly may: readonly GrantName[];
  /** Whether it is there only where admission is `verified`. */
  readonly onlyVerified?: true;
  /** What comes to it where admission is `verified`. */
  readonly whenVerified?: Pick<FunctionNeeds, 'reads' | 'may'>;
}

const github = { reads: ['target', 'githubSecretArn'], may: ['read-github-secret'] } as const;

/** GitHub, and the runs of repositories there. */
const githubRuns = { reads: [...github.reads, 'privateRepositories'], may: github.may } as const;

const launch = {
  reads: [
    'deployment',
    'bootScript',
    'classes',
    'liveRunnerCap',
    'metricNamespace',
    'securityGroupId',
    'publicAddresses',
    'provisionStateMachineArn',
    'scheduleGroup',
    'tableName',
  ],
  // The guard asks whether the execution still runs, its schedule exists, and its seat among the live runners; what an
  // earlier try of the same attempt has launched is looked for in EC2.
  may: [
    'unseal',
    'read-provisions',
    'read-schedules',
    'claim-seats',
    'write-lives',
    'write-shortages',
    'describe-instances',
  ],
} as const;

/** Starting a destroy asks first how far the life's earlier ones have come. */
const destroys = {
  reads: ['deployment', 'destroyStateMachineArn'],
  may: ['read-destroys', 'start-destroys'],
} as const;

/** A step that tells the table how its life stands. */
const tells = { reads: ['tableName'], may: ['write-lives'] } as const;

/** Looking at the queued jobs of a run, and creating what they ask for. */
const looksAtRuns = {
  reads: [
    ...githubRuns.reads,
    ...tells.reads,
    'allowedRepositories',
    'deployment',
    'labelPrefix',
    'classes',
    'minimumMinutes',
    'liveRunnerCap',
    'admissionSwitchParameter',
    'provisionStateMachineArn',
  ],
  may: [
    ...githubRuns.may,
    ...tells.may,
    'read-lives',
    'put-lives',
    'count-tries',
    'claim-seats',
    'start-provisions',
    'read-provisions',
    'read-admission-switch',
  ],
} as const;

/** Every function by its file. A test holds both columns to what the function really does. */
export const functionTable: Readonly<Record<string, FunctionNeeds>> = {
  'request-runners': {
    reads: [
      'deployment',
      'provisionStateMachineArn',
      'destroyStateMachineArn',
      'tableName',
      'metricNamespace',
      'labelPrefix',
      'classes',
      'minimumMinutes',
      'liveRunnerCap',
      'admissionMode',
      'admissionSwitchParameter',
    ],
    may: [
      'read-lives',
      'put-lives',
      'write-lives',
      'claim-seats',
      'start-provisions',
      // A name that has been used otherwise.
      'read-provisions',
      'start-destroys',
      'read-admission-switch',
    ],
    whenVerified: {
      reads: [...githubRuns.reads, 'allowedRepositories', 'queuedSeats'],
      may: [...githubRuns.may, 'share-active-runs', 'spend-run-budget'],
    },
  },
  'look-at-queue': {
    onlyVerified: true,
    reads: looksAtRuns.reads,
    may: [...looksAtRuns.may, 'share-active-runs'],
  },
  'receive-webhook': {
    onlyVerified: true,
    reads: [...looksAtRuns.reads, 'webhookSecretArn', 'metricNamespace', 'destroyStateMachineArn'],
    may: [
      ...looksAtRuns.may,
      'read-webhook-secret',
      'remember-deliveries',
      'spend-look-budgets',
      'read-destroys',
      'start-destroys',
    ],
  },
  'redeliver-webhook': { onlyVerified: true, reads: ['githubSecretArn'], may: ['read-github-secret'] },
  'show-runners': {
    reads: ['labelPrefix', 'tableName'],
    may: ['read-lives', 'read-usual-times'],
  },
  'describe-api': { reads: ['labelPrefix', 'admissionMode', 'classes'], may: [] },
  'refuse-request': { reads: [], may: [] },

  'schedule-destroy': {
    reads: [
      'deployment',
      'labelPrefix',
      'classes',
      'scheduleGroup',
      'schedulerRoleArn',
      'deadLetterQueueArn',
      'destroyStateMachineArn',
      ...tells.reads,
    ],
    may: ['create-schedules', ...tells.may],
  },
  'resolve-image': { reads: tells.reads, may: ['describe-images', ...tells.may] },
  'fetch-jit-config': {
    reads: ['deployment', 'runnerGroupId', 'sealKeyArn', ...github.reads, ...tells.reads],
    may: [...github.may, 'seal', ...tells.may],
  },
  'take-turn': {
    reads: ['liveRunnerCap', ...tells.reads],
    may: ['take-turns', 'read-shortages', ...tells.may],
  },
  'rank-capacity-pools': {
    reads: ['classes', 'instanceTypes', 'subnets', ...tells.reads],
    may: ['describe-spot-prices', 'read-shortages', ...tells.may],
  },
  'request-spot-instance': { reads: launch.reads, may: [...launch.may, 'launch-spot-instances'] },
  'request-on-demand-instance': { reads: launch.reads, may: [...launch.may, 'launch-on-demand-instances'] },
  'check-runner': {
    reads: ['classes', 'deployment', 'metricNamespace', 'tableName', ...github.reads],
    may: [
      ...github.may,
      'describe-instances',
      'terminate-instances',
      'get-console-output',
      'write-usual-times',
      'share-registrations',
      ...tells.may,
    ],
  },
  'discard-round': {
    reads: ['deployment', ...github.reads, ...tells.reads],
    may: [...github.may, 'describe-instances', 'terminate-instances', ...tells.may],
  },

  'check-need': {
    reads: ['deployment', 'classes', 'provisionStateMachineArn', ...githubRuns.reads, ...tells.reads],
    may: [...githubRuns.may, 'read-provisions', 'describe-instances', ...tells.may],
  },
  'withdraw-labels': {
    reads: ['deployment', ...github.reads, ...tells.reads],
    may: [...github.may, 'describe-instances', ...tells.may],
  },
  'check-idle': {
    reads: ['deployment', ...githubRuns.reads],
    may: [...githubRuns.may, 'describe-instances'],
  },
  'terminate-instances': {
    reads: ['deployment', 'provisionStateMachineArn', ...tells.reads],
    may: ['describe-instances', 'terminate-instances', 'stop-provisions', ...tells.may],
  },
  'deregister-runner': { reads: ['deployment', ...github.reads], may: [...github.may, 'describe-instances'] },
  'check-gone': {
    reads: ['deployment', 'provisionStateMachineArn', ...github.reads, ...tells.reads],
    may: [...github.may, 'describe-instances', 'read-provisions', ...tells.may],
  },
  'delete-schedule': {
    reads: ['deployment', 'scheduleGroup', ...tells.reads],
    may: ['delete-schedules', 'release-seats', ...tells.may],
  },

  'on-provision-unsuccessful': {
    reads: [...destroys.reads, 'provisionStateMachineArn', 'metricNamespace', ...tells.reads],
    may: [...destroys.may, 'read-provisions', ...tells.may],
  },
  'on-instance-terminated': {
    reads: [...destroys.reads, 'provisionStateMachineArn', ...tells.reads],
    may: [...destroys.may, 'describe-instances', 'read-provisions', 'list-destroys', ...tells.may],
  },
  'switch-admission': {
    reads: ['admissionSwitchParameter', 'runnerHoursPerDay'],
    may: ['read-admission-switch', 'set-admission-switch'],
  },
  sweep: {
    reads: [
      ...destroys.reads,
      'classes',
      'metricNamespace',
      'scheduleGroup',
      'provisionStateMachineArn',
      ...tells.reads,
      ...githubRuns.reads,
    ],
    may: [
      ...destroys.may,
      ...githubRuns.may,
      'describe-instances',
      'read-provisions',
      'list-destroys',
      'list-schedules',
      'read-lives',
      'put-lives',
      'release-seats',
      ...tells.may,
    ],
  },
};

/** The files of the functions that there are in a mode of admission. */
export const functionsOf = (admission: Settings['admissionMode']): readonly string[] =>
  Object.entries(functionTable)
    .filter(([, { onlyVerified = false }]) => admission === 'verified' || !onlyVerified)
    .map(([stem]) => stem);

/** What a function needs in a mode of admission. */
export const needsOf = (stem: string, admission: Settings['admissionMode']): FunctionNeeds => {
  const { reads = [], may = [], whenVerified } = functionTable[stem] ?? {};
  if (admission !== 'verified' || whenVerified === undefined) return { reads, may };
  return { reads: [...reads, ...whenVerified.reads], may: [...may, ...whenVerified.may] };
};

/** The files of the functions behind Task states, each once. */
export const stepStems: readonly string[] = [
  ...new Set(stateMachineNames.flatMap((name) => functionNames(definitionText(name)).map(fileStem))),
];
