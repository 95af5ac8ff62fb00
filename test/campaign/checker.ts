import type { FakeInstance } from '../../local/aws/ec2/state.ts';
import type { FakeExecution } from '../../local/aws/step-functions/state.ts';
import type { FakeJob } from '../../local/github/runners.ts';
import type { Evidence } from './evidence.ts';

/** The checker's clauses: one for each promise that a campaign tries to break. */
export const clauses = [
  'leaked-instance',
  'leaked-registration',
  'leaked-schedule',
  'leaked-execution',
  'busy-kill',
  'too-many-instances',
  'unnamed-failure',
  'status-disagrees',
  'not-ready-without-faults',
  'bystander-touched',
  'secret-got-out',
  'permission-refused',
] as const;

export type Clause = (typeof clauses)[number];

export interface Finding {
  readonly clause: Clause;
  /** The life that it happened to; a bystander's name for its clause, and `none` for what is no life's. */
  readonly life: string;
  readonly text: string;
}

export interface CheckedLife {
  readonly life: string;
  /** Whether its runner ever was ready, as its execution says. */
  readonly gotReady: boolean;
  readonly failed: boolean;
  /** How long after its deadline its last instance was pending or running; 0 when none was. */
  readonly overrunSeconds: number;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly lives: readonly CheckedLife[];
}

export interface CheckerOptions {
  /** Whether registrations, schedules and executions that remain count: not when one layer stands alone. */
  readonly countLeftovers: boolean;
  /** No fault was planned, and no caller ends a life before it is ready. */
  readonly mustGetReady: boolean;
  /** How many lives were to be asked for; those that must get ready must first be there. */
  readonly expectedLives: number;
  /** By how much clocks differ. */
  readonly clockToleranceSeconds: number;
}

/** An instance may be pending or running for so long after the later of its deadline and an outage of EC2's. */
const instanceGraceMs = 7 * 60_000;
const maximumRounds = 2;

const lifeTag = 'stint:life';
const roundTag = 'stint:round';

interface Life {
  readonly name: string;
  readonly execution: FakeExecution;
  readonly deadline: number;
  readonly instances: readonly FakeInstance[];
}

const isProvision = ({ stateMachine }: FakeExecution): boolean => /provision/i.test(stateMachine.name);

const lifetimeMs = 3_600_000;

/** What the input says, by the clock of whoever admitted it, and never later than the lifetime by Step Functions' own. */
const deadlineOf = ({ input, startedAt }: FakeExecution): number =>
  Math.min(
    Date.parse((JSON.parse(input) as { deadline: string }).deadline),
    startedAt.getTime() + lifetimeMs,
  );

const livesOf = ({ executions, instances }: Evidence): readonly Life[] =>
  executions.filter(isProvision).map((execution) => ({
    name: execution.name,
    execution,
    deadline: deadlineOf(execution),
    instances: instances.filter(({ tags }) => tags[lifeTag] === execution.name),
  }));

const endOf = ({ endedAt }: FakeInstance, evidence: Evidence): number =>
  endedAt?.getTime() ?? evidence.endedAt;

const seconds = (ms: number): number => Math.round(ms / 1_000);

const overrunOf = ({ deadline, instances }: Life, evidence: Evidence): number =>
  Math.max(0, ...instances.map((instance) => seconds(endOf(instance, evidence) - deadline)));

type Check = (life: Life, evidence: Evidence, options: CheckerOptions) => readonly Omit<Finding, 'life'>[];

const leakedInstances: Check = ({ deadline, instances }, evidence) => {
  const bound = Math.max(deadline, evidence.ec2OutageEndedAt ?? 0) + instanceGraceMs;
  return instances
    .filter((instance) => endOf(instance, evidence) > bound)
    .map((instance) => ({
      clause: 'leaked-instance',
      text:
        `${instance.id} was ${instance.endedAt === undefined ? 'never ended' : 'ended'} ` +
        `${seconds(endOf(instance, evidence) - deadline)} s after its deadline`,
    }));
};

const leftoverClauses = {
  registration: 'leaked-registration',
  schedule: 'leaked-schedule',
  execution: 'leaked-execution',
} as const;

const leakedRest: Check = ({ name }, { leftovers }, { countLeftovers }) =>
  countLeftovers
    ? leftovers
        .filter(({ life }) => life === name)
        .map((leftover) => ({ clause: leftoverClauses[leftover.kind], text: `${leftover.name} remains` }))
    : [];

/** A registered runner is named after its life and round; the deployment's id comes last. */
const ranOn = (life: string, { runnerName }: FakeJob): boolean =>
  runnerName !== null && new RegExp(`^${life}-\\d-[a-z0-9]+$`).test(runnerName);

const instanceOf = ({ name, instances }: Life, { runnerName }: FakeJob): FakeInstance | undefined =>
  instances.find(({ tags }) => runnerName?.startsWith(`${name}-${tags[roundTag]}-`));

/** When and by what a job's runner was taken away; `undefined` when the job came to its own end. */
const killOf = (life: Life, job: FakeJob) => {
  if (job.startedAt === undefined || job.conclusion === 'success') return undefined;
  const instance = instanceOf(life, job);
  const machineEnded = instance?.endedAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const at = Math.min(machineEnded, job.endedAt?.getTime() ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(at) ? { at, instance } : undefined;
};

const isByAws = (instance: FakeInstance | undefined): boolean =>
  instance?.stateReason?.startsWith('Server.') === true;

const busyKills: Check = (life, { jobs, terminatedByOperator }, { clockToleranceSeconds }) => {
  if (!isReady(life)) return [];
  return jobs
    .filter((job) => ranOn(life.name, job))
    .flatMap((job) => {
      const kill = killOf(life, job);
      if (kill === undefined || kill.at >= life.deadline - clockToleranceSeconds * 1_000) return [];
      if (isByAws(kill.instance) || terminatedByOperator.has(kill.instance?.id ?? '')) return [];
      const reason = kill.instance?.stateReason ?? 'its registration was deleted';
      return [{ clause: 'busy-kill', text: `job ${job.id} was killed on ${job.runnerName}: ${reason}` }];
    });
};

const tooManyInstances: Check = ({ instances }) => {
  const rounds = new Set(instances.map(({ tags }) => tags[roundTag]));
  return instances.length > rounds.size || rounds.size > maximumRounds
    ? [
        {
          clause: 'too-many-instances',
          text: `${instances.length} instances in ${rounds.size} rounds: ${instances.map(({ id }) => id).join(', ')}`,
        },
      ]
    : [];
};

const isReady = ({ execution }: Life): boolean => execution.status === 'SUCCEEDED';
const hasFailed = ({ execution }: Life): boolean =>
  execution.status !== 'SUCCEEDED' && execution.status !== 'RUNNING';

/** An error in our own words, or Step Functions' own for its time-out. */
const isNamed = ({ error, cause }: FakeExecution): boolean =>
  error !== undefined && /^[A-Z][A-Za-z.]+$/.test(error) && (cause ?? '').trim() !== '';

const unnamedFailures: Check = ({ execution }) =>
  execution.status === 'FAILED' && !isNamed(execution)
    ? [
        {
          clause: 'unnamed-failure',
          text: `it ended with ${execution.error ?? 'no error'}: ${execution.cause ?? ''}`,
        },
      ]
    : [];

const pastStatuses = ['destroying', 'destroyed'];

const statusProblem = (life: Life, shown: { status: string; reason?: string }): string | undefined => {
  if (hasFailed(life)) {
    const isWilful = life.execution.error === 'Destroyed';
    if (shown.status !== 'failed' && !(isWilful && pastStatuses.includes(shown.status)))
      return `it failed, and the status is ${shown.status}`;
    if (shown.status === 'failed' && (shown.reason ?? '') === '')
      return 'it failed, and the status has no reason';
  }
  if (isReady(life) && shown.status === 'failed') return 'it got ready, and the status is failed';
  return undefined;
};

const statusDisagrees: Check = (life, { shown, onlineRunners }) => {
  const found: string[] = [];
  if (isReady(life) && ![...onlineRunners].some((runner) => runner.startsWith(`${life.name}-`)))
    found.push('it counts as ready, and its runner never came online');
  const own = shown.find(({ name }) => name === life.name);
  const problem = own === undefined ? undefined : statusProblem(life, own);
  if (problem !== undefined) found.push(problem);
  return found.map((text) => ({ clause: 'status-disagrees', text }));
};

const notReady: Check = (life, _, { mustGetReady }) =>
  mustGetReady && !isReady(life)
    ? [
        {
          clause: 'not-ready-without-faults',
          text: `nothing was wrong, and it ended as ${life.execution.status}: ${life.execution.error ?? ''} ${life.execution.cause ?? ''}`,
        },
      ]
    : [];

const checks: readonly Check[] = [
  leakedInstances,
  leakedRest,
  busyKills,
  tooManyInstances,
  unnamedFailures,
  statusDisagrees,
  notReady,
];

/** What remains of a life that never had an execution of its own is a leak all the same. */
const leftoversWithoutLife = (
  { leftovers }: Evidence,
  lives: readonly Life[],
  { countLeftovers }: CheckerOptions,
): readonly Finding[] =>
  countLeftovers
    ? leftovers
        .filter(({ life }) => !lives.some(({ name }) => name === life))
        .map(({ kind, life, name }) => ({ clause: leftoverClauses[kind], life, text: `${name} remains` }))
    : [];

/** A life that was never begun has nothing that could be checked. */
const missingLives = (
  lives: readonly Life[],
  { mustGetReady, expectedLives }: CheckerOptions,
): readonly Finding[] =>
  mustGetReady && lives.length < expectedLives
    ? [
        {
          clause: 'not-ready-without-faults',
          life: 'none',
          text: `only ${lives.length} of ${expectedLives} lives were begun`,
        },
      ]
    : [];

/** What concerns the world as a whole. */
const ofTheWorld = ({ leaks, denials }: Evidence): readonly Finding[] => [
  ...leaks.map((text): Finding => ({ clause: 'secret-got-out', life: 'none', text })),
  ...denials.map((text): Finding => ({ clause: 'permission-refused', life: 'none', text })),
];

/** Checks a world by its evidence alone. */
export const check = (evidence: Evidence, options: CheckerOptions): CheckResult => {
  const lives = livesOf(evidence);
  const findings = lives.flatMap((life) =>
    checks.flatMap((check) => check(life, evidence, options).map((found) => ({ life: life.name, ...found }))),
  );
  const touched = evidence.missingBystanders.map(
    (name): Finding => ({ clause: 'bystander-touched', life: name, text: `${name} is not as it was` }),
  );
  return {
    findings: [
      ...findings,
      ...leftoversWithoutLife(evidence, lives, options),
      ...missingLives(lives, options),
      ...touched,
      ...ofTheWorld(evidence),
    ],
    lives: lives.map((life) => ({
      life: life.name,
      gotReady: isReady(life),
      failed: hasFailed(life),
      overrunSeconds: overrunOf(life, evidence),
    })),
  };
};
