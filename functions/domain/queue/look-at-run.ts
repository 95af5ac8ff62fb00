import { Problem } from '../api/problem.ts';
import type { Architecture } from '../architecture.ts';
import { runnerNames } from '../life/life.ts';
import { isOnItsWay, type LifeItem, lifePk, readLifeItem, statusAt } from '../life/life-item.ts';
import type { Clock } from '../ports.ts';
import type { CreateOutcome } from '../request/create-runners.ts';
import type { CreateRequest } from '../request/runner-request.ts';
import type { Tell } from '../status/life-news.ts';
import type { ItemLister, ItemPutter, ItemReader } from '../table.ts';
import { secondsBetween } from '../timing.ts';
import type { RunAttempt, RunState } from '../workflow-run.ts';
import {
  type AttemptJobs,
  type QueuedRequest,
  type QueueSettings,
  queuedRequests,
} from './queued-requests.ts';
import { mostTries, nextTry, readTries, type Tries, triesItem, triesKey } from './tries.ts';

/** Writes a decision into the function's log. */
export type LogDecision = (decision: string, details?: Readonly<Record<string, unknown>>) => void;

/** A run that GitHub has shown, at its newest attempt. */
export type QueuedRun = RunAttempt & RunState;

export interface LookAtRunPorts {
  /** Throws what GitHub's adapters throw. */
  readonly jobs: (run: RunAttempt) => Promise<AttemptJobs>;
  /** Creates for a run that GitHub has shown. Throws a Problem when it is refused. */
  readonly create: (run: QueuedRun, request: CreateRequest) => Promise<CreateOutcome>;
  readonly table: ItemLister & ItemReader & ItemPutter;
  readonly tell: Tell;
  readonly clock: Clock;
  readonly log: LogDecision;
}

export interface LookAtRunSettings extends QueueSettings {
  readonly deployment: string;
}

/** So many refusals end the look at a run: what its jobs ask for beyond them is asked for again at the next one. */
const mostRefusals = 4;

/** GitHub gives a job to a runner that is online within seconds, and sometimes minutes. */
const takenSeconds = 180;

/** Whether a ready runner must have been taken: it has had its time, and none of its run's jobs has it. */
const isTaken = (
  { life, readyAt, since }: LifeItem,
  { runnerNames: known, isWhole }: AttemptJobs,
  deployment: string,
  now: Date,
): boolean =>
  isWhole &&
  secondsBetween(new Date(readyAt ?? since), now) >= takenSeconds &&
  !runnerNames(life, deployment).some((name) => known.includes(name));

const taken = {
  status: 'destroying',
  reason: `A job of its run has waited for ${takenSeconds / 60} minutes while it was ready: a job of another run must have taken it.`,
} as const;

const noMore = {
  status: 'failed',
  whatToDo:
    `${mostTries} runners in a row have served none of the jobs that wait for this label, and no other is started for them. ` +
    'Cancel the jobs, look at the reason, and run the workflow again.',
} as const;

/** The try that an architecture is worth now; `undefined` when its runner is there, or on its way, or not to be made. */
const tryFor = async (
  { table, tell, clock }: LookAtRunPorts,
  ofRun: AttemptJobs,
  deployment: string,
  label: string,
  architecture: Architecture,
  queued: readonly number[],
): Promise<Tries | undefined> => {
  const now = clock();
  const found = (await table.list(lifePk(label))).find(({ sk }) => sk === architecture);
  const item = found === undefined ? undefined : readLifeItem(found);
  if (item === undefined) return { count: 1, at: now, jobs: queued };
  const status = statusAt(item, now);
  if (isOnItsWay(status)) return undefined;
  if (status === 'ready') {
    if (!isTaken(item, ofRun, deployment, now)) return undefined;
    await tell(item.life, taken);
  }
  const known = readTries(await table.read(triesKey(label, architecture)));
  const next = nextTry(known, queued, status === 'failed', now);
  if (next === 'enough')
    await tell(item.life, { ...noMore, status: status === 'failed' ? 'failed' : 'destroying' });
  return typeof next === 'string' ? undefined : next;
};

const logged = (
  log: LogDecision,
  { lives, failures }: CreateOutcome,
  { repository, id, attempt }: RunAttempt,
): void => {
  const by = `${repository} run ${id} attempt ${attempt}, queued`;
  for (const { life, status, isNew } of lives) if (isNew) log('admitted', { life, status, by });
  for (const failure of failures) log('a start failed', { reason: String(failure) });
};

const serve = async (
  ports: LookAtRunPorts,
  deployment: string,
  run: QueuedRun,
  ofRun: AttemptJobs,
  { request, jobs }: QueuedRequest,
): Promise<void> => {
  const { table, create, log } = ports;
  const tries = new Map<Architecture, Tries>();
  for (const [architecture, queued] of jobs) {
    const next = await tryFor(ports, ofRun, deployment, request.label, architecture, queued);
    if (next !== undefined) tries.set(architecture, next);
  }
  const architectures = request.architectures.filter((architecture) => tries.has(architecture));
  if (architectures.length === 0) return;
  const outcome = await create(run, { ...request, architectures });
  logged(log, outcome, run);
  for (const { architecture, isNew } of outcome.lives) {
    const made = isNew ? tries.get(architecture) : undefined;
    if (made !== undefined) await table.put(triesItem(triesKey(request.label, architecture), made));
  }
};

/**
 * Looks at the jobs of a run's newest attempt, and makes the create of each that waits with a label of ours. A create that
 * is refused is asked for again at the next look, for as long as the job waits; the others go on. Throws what GitHub's
 * adapters throw for its jobs, AwsUnavailable or AwsRefused.
 */
export const lookAtRun =
  (ports: LookAtRunPorts, settings: LookAtRunSettings) =>
  async (run: QueuedRun): Promise<void> => {
    let refusals = 0;
    const ofRun = await ports.jobs(run);
    for (const queued of queuedRequests(ofRun.queued, run, settings)) {
      try {
        await serve(ports, settings.deployment, run, ofRun, queued);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        refusals += 1;
        ports.log('a queued job is refused', { label: queued.request.label, reason: error.message });
      }
      if (refusals >= mostRefusals) return;
    }
  };
