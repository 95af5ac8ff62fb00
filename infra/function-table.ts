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
  | 'read-progress'
  | 'list-provisions'
  | 'stop-provisions'
  | 'start-destroys'
  | 'read-destroys'
  | 'read-destroy-progress'
  | 'list-destroys'
  | 'create-schedules'
  | 'read-schedules'
  | 'list-schedules'
  | 'delete-schedules'
  | 'read-github-secret'
  | 'seal'
  | 'unseal'
  | 'share-active-runs'
  | 'share-registrations'
  | 'spend-run-budget'
  | 'read-usual-times'
  | 'write-usual-times'
  | 'read-admission-switch'
  | 'set-admission-switch';

/** What a function reads of its environment, and what it may do. */
export interface FunctionNeeds {
  readonly reads: readonly VariableKey[];
  readonly may: readonly GrantName[];
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
    'lifetimeMinutes',
    'liveRunnerCap',
    'metricNamespace',
    'securityGroupId',
    'publicAddresses',
    'volumeGib',
    'provisionStateMachineArn',
    'scheduleGroup',
  ],
  // The guard asks whether the execution still runs, its schedule exists, and how many runners are live.
  may: ['unseal', 'read-provisions', 'read-schedules', 'list-provisions', 'describe-instances'],
} as const;

/** Starting a destroy asks first how far the life's earlier ones have come. */
const destroys = {
  reads: ['deployment', 'destroyStateMachineArn'],
  may: ['read-destroys', 'start-destroys'],
} as const;

/** Where a label's lives are. */
const lives = {
  reads: ['deployment', 'provisionStateMachineArn', 'destroyStateMachineArn'],
  may: ['read-provisions', 'read-progress', 'read-destroys', 'read-destroy-progress', 'describe-instances'],
} as const;

/** Every function by its file. A test holds both columns to what the function really does. */
export const functionTable: Readonly<Record<string, FunctionNeeds>> = {
  'request-runners': {
    reads: [
      ...lives.reads,
      'metricNamespace',
      'labelPrefix',
      'lifetimeMinutes',
      'liveRunnerCap',
      'admissionMode',
      'admissionSwitchParameter',
    ],
    may: [...lives.may, 'start-provisions', 'list-provisions', 'start-destroys', 'read-admission-switch'],
    whenVerified: {
      reads: [...githubRuns.reads, 'allowedRepositories', 'runnersPerRun', 'tableName'],
      may: [...githubRuns.may, 'share-active-runs', 'spend-run-budget'],
    },
  },
  'show-runners': {
    reads: [...lives.reads, 'labelPrefix', 'tableName'],
    may: [...lives.may, 'read-usual-times'],
  },
  'describe-api': { reads: ['labelPrefix', 'admissionMode'], may: [] },
  'refuse-request': { reads: [], may: [] },

  'schedule-destroy': {
    reads: [
      'deployment',
      'labelPrefix',
      'lifetimeMinutes',
      'scheduleGroup',
      'schedulerRoleArn',
      'deadLetterQueueArn',
      'destroyStateMachineArn',
    ],
    may: ['create-schedules'],
  },
  'resolve-image': { reads: [], may: ['describe-images'] },
  'fetch-jit-config': {
    reads: ['deployment', 'runnerGroupId', 'sealKeyArn', ...github.reads],
    may: [...github.may, 'seal'],
  },
  'rank-capacity-pools': { reads: ['instanceTypes', 'subnets'], may: ['describe-spot-prices'] },
  'request-spot-instance': { reads: launch.reads, may: [...launch.may, 'launch-spot-instances'] },
  'request-on-demand-instance': { reads: launch.reads, may: [...launch.may, 'launch-on-demand-instances'] },
  'check-runner': {
    reads: ['deployment', 'metricNamespace', 'tableName', ...github.reads],
    may: [
      ...github.may,
      'describe-instances',
      'terminate-instances',
      'get-console-output',
      'write-usual-times',
      'share-registrations',
    ],
  },
  'discard-round': {
    reads: ['deployment', ...github.reads],
    may: [...github.may, 'describe-instances', 'terminate-instances'],
  },

  'check-provision': { reads: ['lifetimeMinutes', 'provisionStateMachineArn'], may: ['read-provisions'] },
  'withdraw-labels': { reads: ['deployment', ...github.reads], may: [...github.may, 'describe-instances'] },
  'check-run': { reads: ['deployment', ...githubRuns.reads], may: [...githubRuns.may, 'describe-instances'] },
  'check-idle': {
    reads: ['deployment', ...githubRuns.reads],
    may: [...githubRuns.may, 'describe-instances'],
  },
  'stop-provision': { reads: ['provisionStateMachineArn'], may: ['stop-provisions'] },
  'terminate-instances': { reads: ['deployment'], may: ['describe-instances', 'terminate-instances'] },
  'deregister-runner': { reads: ['deployment', ...github.reads], may: [...github.may, 'describe-instances'] },
  'check-gone': {
    reads: ['deployment', 'provisionStateMachineArn', ...github.reads],
    may: [...github.may, 'describe-instances', 'read-provisions'],
  },
  'delete-schedule': { reads: ['deployment', 'scheduleGroup'], may: ['delete-schedules'] },

  'on-provision-unsuccessful': {
    reads: [...destroys.reads, 'provisionStateMachineArn', 'metricNamespace'],
    may: [...destroys.may, 'read-provisions'],
  },
  'on-instance-terminated': {
    reads: [...destroys.reads, 'provisionStateMachineArn'],
    may: [...destroys.may, 'describe-instances', 'read-provisions', 'list-destroys'],
  },
  'switch-admission': {
    reads: ['admissionSwitchParameter', 'runnerHoursPerDay'],
    may: ['read-admission-switch', 'set-admission-switch'],
  },
  sweep: {
    reads: [
      ...destroys.reads,
      'lifetimeMinutes',
      'metricNamespace',
      'scheduleGroup',
      'provisionStateMachineArn',
      ...githubRuns.reads,
    ],
    may: [
      ...destroys.may,
      ...githubRuns.may,
      'describe-instances',
      'read-provisions',
      'list-destroys',
      'list-schedules',
    ],
  },
};

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
