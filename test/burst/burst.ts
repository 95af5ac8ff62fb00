import type { LocalCloud } from '../../local/local-cloud.ts';
import { createSimulation } from '../../local/simulation.ts';
import type { Stack } from '../../local/template/stack.ts';
import { randomOf } from '../campaign/random.ts';
import { limitOf } from './limit.ts';
import type { BurstOptions } from './options.ts';
import { Workflow } from './workflow.ts';

/** What `npm run burst` prints, in the field names of its contract. Seconds are of the simulation but for the wall's. */
export interface BurstReport {
  readonly requested: number;
  readonly ready: number;
  readonly failed: number;
  /** Neither ready nor failed, or ready without its job having succeeded. */
  readonly lost: number;
  /** From the first request until the last runner was ready. */
  readonly seconds: number;
  readonly limit_seconds: number;
  /** The ration that decides the limit. */
  readonly limit_by: string;
  readonly ratio: number;
  readonly rationed_calls_per_life: number;
  /** Calls that a ration refused. */
  readonly throttled: number;
  /** Without those that GitHub answered 304. */
  readonly github_requests_per_life: number;
  readonly wall_seconds: number;
}

export interface BurstProgress {
  readonly simulatedSeconds: number;
  readonly ready: number;
  readonly decided: number;
  readonly of: number;
}

const start = new Date('2026-03-01T10:00:00Z');
const firstRunId = 20_001;
const lookSeconds = 15;

/** From launch to `running`. */
const pendingSeconds = 5;

/** In which the machines of the last jobs end and are cleared away. */
const settleSeconds = 600;

/** Every caller's patience, a boot and a job, and then some. */
const longestSeconds = 2 * 3_600;

/** Each run asks for a runner of both architectures, as the first user's does. */
const workflowsOf = (cloud: LocalCloud, { runners, seed }: BurstOptions): readonly Workflow[] =>
  Array.from(
    { length: Math.ceil(runners / 2) },
    (_, index) =>
      new Workflow({
        cloud,
        runId: firstRunId + index,
        architectures: 2 * index + 1 < runners ? ['x86_64', 'arm64'] : ['x86_64'],
        random: randomOf(`${seed}`).fork(index),
      }),
  );

const readyAt = ({ executions }: LocalCloud): readonly number[] =>
  executions.all
    .filter(({ stateMachine, status }) => stateMachine.name.includes('provision') && status === 'SUCCEEDED')
    .flatMap(({ stoppedAt }) => stoppedAt?.getTime() ?? []);

const succeeded = ({ github }: LocalCloud, ids: readonly number[]): number =>
  github.jobs.filter(({ id, conclusion }) => ids.includes(id) && conclusion === 'success').length;

const endOverRuns = ({ github }: LocalCloud, workflows: readonly Workflow[]): void => {
  const over = new Set(
    github.jobs.flatMap(({ id, conclusion }) =>
      conclusion === null || conclusion === undefined ? [] : [id],
    ),
  );
  for (const workflow of workflows)
    if (workflow.jobs.length > 0 && workflow.jobs.every((id) => over.has(id))) workflow.end();
};

interface Seen {
  /** From launch to online, of each runner in the order of the launches: what no design can shorten. */
  readonly boots: readonly number[];
  readonly githubRequests: number;
  readonly wallSeconds: number;
}

const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

const report = (
  cloud: LocalCloud,
  { runners }: BurstOptions,
  workflows: readonly Workflow[],
  { boots, githubRequests, wallSeconds }: Seen,
): BurstReport => {
  const ready = readyAt(cloud);
  const worked = succeeded(
    cloud,
    workflows.flatMap(({ jobs }) => jobs),
  );
  const failed = workflows
    .filter(({ outcome }) => outcome === 'failed' || outcome === 'refused')
    .reduce((sum, { architectures }) => sum + architectures.length, 0);
  const seconds = (Math.max(start.getTime(), ...ready) - start.getTime()) / 1_000;
  const limit = limitOf(boots);
  const rations = cloud.rations
    .report()
    .filter(({ service }) => service !== 'github' && service !== 'lambda');
  const sum = (key: 'total' | 'refused'): number => rations.reduce((total, use) => total + use[key], 0);
  return {
    requested: runners,
    ready: ready.length,
    failed,
    lost: runners - worked - failed,
    seconds: rounded(seconds, 1),
    limit_seconds: rounded(limit.seconds, 1),
    limit_by: limit.binding,
    ratio: rounded(seconds / limit.seconds),
    rationed_calls_per_life: rounded(sum('total') / runners),
    throttled: sum('refused'),
    github_requests_per_life: rounded(githubRequests / runners),
    wall_seconds: rounded(wallSeconds, 1),
  };
};

interface Count {
  readonly ready: number;
  readonly decided: number;
}

const count = (cloud: LocalCloud, workflows: readonly Workflow[]): Count => {
  const ready = readyAt(cloud).length;
  const over = workflows.filter(({ outcome }) => outcome !== undefined && outcome !== 'ready').length;
  return { ready, decided: ready + over };
};

const isOver = (cloud: LocalCloud, workflows: readonly Workflow[]): boolean =>
  workflows.every(({ outcome }) => outcome !== undefined) &&
  cloud.github.jobs.every(({ conclusion }) => conclusion !== null);

/**
 * Asks for so many runners in one moment of virtual time, with AWS's and GitHub's rations, waits until each has had
 * its job, and compares with what the rations allow at best.
 */
export const burst = async (
  stack: Stack,
  options: BurstOptions,
  onProgress: (progress: BurstProgress) => void,
): Promise<BurstReport> => {
  const { runners, seed, lambdaConcurrency } = options;
  const startedAt = performance.now();
  const boots: number[] = [];
  const random = randomOf(`${seed}`).fork('boots');
  const githubStatuses: number[] = [];
  const { cloud, time, end } = await createSimulation({
    stack,
    start,
    fleet: { pendingSeconds },
    rations: { isEnforced: true, lambdaConcurrency, pace: 'virtual' },
    // A world of this size is judged by IAM in the campaign.
    isAuthorizing: false,
    bootSeconds: () => {
      const drawn = random.between(30, 90);
      boots.push(pendingSeconds + drawn);
      return drawn;
    },
    watcher: {
      onCall: ({ call, status }) => {
        if (call.service === 'github' && status !== undefined) githubStatuses.push(status);
      },
    },
  });
  try {
    const workflows = workflowsOf(cloud, options);
    const running = workflows.map((workflow) => workflow.run());
    for (
      let simulated = 0;
      simulated < longestSeconds && !isOver(cloud, workflows);
      simulated += lookSeconds
    ) {
      await time.advance(lookSeconds);
      endOverRuns(cloud, workflows);
      onProgress({ simulatedSeconds: simulated + lookSeconds, of: runners, ...count(cloud, workflows) });
    }
    await time.advance(settleSeconds);
    if (isOver(cloud, workflows)) await Promise.all(running);
    return report(cloud, options, workflows, {
      boots,
      githubRequests: githubStatuses.filter((status) => status !== 304).length,
      wallSeconds: (performance.now() - startedAt) / 1_000,
    });
  } finally {
    await end();
  }
};
