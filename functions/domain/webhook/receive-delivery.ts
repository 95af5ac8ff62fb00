import { isSameRepository, type WorkflowRun } from '../workflow-run.ts';
import type { DeliveryMemory } from './delivery-memory.ts';
import type { JobEvent } from './job-event.ts';
import type { RobbedRun } from './robbed-run.ts';

/** What a delivery did, for the log and for whoever looks at the delivery at GitHub. */
export interface Received {
  readonly effect: 'none' | 'looked' | 'gave-back';
  readonly because: string;
  /** The lives that it was about. */
  readonly lives?: readonly string[];
}

export interface ReceivePorts {
  readonly memory: DeliveryMemory;
  /** The id of the installation that the deployment has; `undefined` when its credential is a token. */
  readonly installationId: () => Promise<number | undefined>;
  /** Has the run looked at; why it was not, if it was not. */
  readonly look: (run: WorkflowRun) => Promise<string | undefined>;
  /** Gives back what was made for a job that ended without a runner. */
  readonly giveBack: (event: JobEvent) => Promise<readonly string[]>;
  /** The run whose runner the job has got, when it is another run's. */
  readonly robbed: (event: JobEvent) => Promise<RobbedRun | undefined>;
  /** Writes down that a job of another run has the runner of this life. */
  readonly tellRobbed: (life: string) => Promise<void>;
}

export interface ReceiveSettings {
  readonly allowedRepositories: readonly string[];
  readonly labelPrefix: string;
}

const nothing = (because: string): Received => ({ effect: 'none', because });

/** What came of a delivery; `isSettled` when it is not worth another try. */
interface Outcome {
  readonly received: Received;
  readonly isSettled: boolean;
}

const settled = (received: Received): Outcome => ({ received, isSettled: true });

const looked = async (
  { look }: ReceivePorts,
  run: WorkflowRun,
  told: Pick<Received, 'because' | 'lives'>,
): Promise<Outcome> => {
  const refusal = await look(run);
  return refusal === undefined
    ? settled({ effect: 'looked', ...told })
    : { received: nothing(refusal), isSettled: false };
};

/** A job that has the runner of another run: that run's own job gets another one. */
const begun = async (ports: ReceivePorts, event: JobEvent): Promise<Outcome> => {
  const robbed = await ports.robbed(event);
  if (robbed === undefined) return settled(nothing('the job has no runner of another run'));
  const { life, repository, id } = robbed;
  await ports.tellRobbed(life);
  return looked(ports, { repository, id }, { because: `it has the runner of run ${id}`, lives: [life] });
};

/** A job that was skipped has never asked for a runner. */
const ended = async ({ giveBack }: ReceivePorts, event: JobEvent): Promise<Outcome> => {
  if (event.runnerName !== undefined || event.conclusion === 'skipped')
    return settled(nothing('the job had a runner, or asked for none'));
  const lives = await giveBack(event);
  return settled(
    lives.length === 0
      ? nothing('no runner is left over by the job')
      : { effect: 'gave-back', because: 'the job ended without a runner', lives },
  );
};

type Act = (ports: ReceivePorts, event: JobEvent) => Promise<Outcome>;

/** The actions by which something is done; a job that is `waiting` does not ask yet. */
const acts: Readonly<Record<string, Act>> = {
  queued: (ports, { repository, runId: id }) =>
    looked(ports, { repository, id }, { because: 'a job is queued' }),
  in_progress: begun,
  completed: ended,
};

/** GitHub compares labels without regard to case. */
const isOurs = (label: string, labelPrefix: string): boolean =>
  label.toLowerCase().startsWith(labelPrefix.toLowerCase());

/** Why nothing can come of a delivery, before anything is asked. */
const pointless = (
  event: JobEvent,
  { allowedRepositories, labelPrefix }: ReceiveSettings,
): string | undefined => {
  if (!event.labels.some((label) => isOurs(label, labelPrefix))) return 'the job asks for another runner';
  const isAllowed = allowedRepositories.some((allowed) => isSameRepository(allowed, event.repository));
  return isAllowed ? undefined : 'the repository is not among the allowed ones';
};

/**
 * Does what a job's delivery is a hint for. All of it is confirmed at GitHub or in the table before it is done, and is
 * harmless when it is done again; that the same delivery acts once is a courtesy to GitHub's hour.
 */
export const receiveDelivery =
  (ports: ReceivePorts, settings: ReceiveSettings) =>
  async (event: JobEvent): Promise<Received> => {
    const act = Object.hasOwn(acts, event.action) ? acts[event.action] : undefined;
    if (act === undefined) return nothing('nothing is done by this action');
    const foreign = pointless(event, settings);
    if (foreign !== undefined) return nothing(foreign);
    const own = await ports.installationId();
    if (own !== undefined && event.installationId !== own) return nothing('another installation delivers it');
    if (await ports.memory.isKnown(event)) return nothing('it was delivered before');
    const { received, isSettled } = await act(ports, event);
    if (isSettled) await ports.memory.remember(event);
    return received;
  };
