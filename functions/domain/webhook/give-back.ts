import { parseRunLabel } from '../admission/run-label.ts';
import { type Architecture, architectures } from '../architecture.ts';
import { type DestroyPorts, startDestroyOnce } from '../ending/start-destroy.ts';
import { type LifeItem, lifePk, rankOf, readLifeItem } from '../life/life-item.ts';
import { runOf } from '../life/provision-input.ts';
import type { ItemLister } from '../table.ts';
import type { WorkflowRun } from '../workflow-run.ts';
import type { JobEvent } from './job-event.ts';

/** The labels of the jobs of a run that wait for a runner. */
export interface WaitingJobsReader {
  /** `undefined` when GitHub answers that there is no such run. Throws what GitHub's adapters throw. */
  waiting(run: WorkflowRun): Promise<readonly (readonly string[])[] | undefined>;
}

export interface GiveLivesBackPorts extends DestroyPorts {
  readonly table: ItemLister;
  readonly jobs: WaitingJobsReader;
}

export interface GiveBackSettings {
  readonly deployment: string;
  readonly labelPrefix: string;
}

const folded = (labels: readonly string[]): readonly string[] => labels.map((label) => label.toLowerCase());

/** The labels of the job that are its own run's: another run's is not its to give back. */
const ownLabels = ({ labels, runId }: JobEvent, labelPrefix: string): readonly string[] =>
  folded(labels).filter((label) => parseRunLabel(label, labelPrefix.toLowerCase())?.runId === runId);

const architecturesOf = ({ labels }: JobEvent): readonly Architecture[] =>
  architectures.filter((architecture) => folded(labels).includes(`arch_${architecture}`));

/** Whether one of the waiting jobs would go to a runner of the label and architecture. */
const isWaitedFor = (
  waiting: readonly (readonly string[])[],
  label: string,
  architecture: Architecture,
): boolean =>
  waiting.map(folded).some((labels) => {
    const asked = labels.filter((one) => one.startsWith('arch_'));
    return labels.includes(label) && (asked.length === 0 || asked.includes(`arch_${architecture}`));
  });

/** A life that is past already has its end under way. */
const isOfRun = (item: LifeItem, { runId }: JobEvent): boolean =>
  rankOf(item.status) < rankOf('destroying') && runOf(JSON.parse(item.input))?.id === runId;

const livesOf = async (
  { table, jobs }: GiveLivesBackPorts,
  { labelPrefix }: GiveBackSettings,
  event: JobEvent,
): Promise<readonly LifeItem[]> => {
  const labels = ownLabels(event, labelPrefix);
  const listed = await Promise.all(labels.map((label) => table.list(lifePk(label))));
  const items = listed.flat().flatMap((item) => readLifeItem(item) ?? []);
  const wanted = architecturesOf(event);
  const lives = items.filter(({ architecture }) => wanted.includes(architecture));
  const own = lives.filter((item) => isOfRun(item, event));
  // Only what could be given back is worth a request to GitHub.
  if (own.length === 0) return [];
  const waiting = await jobs.waiting({ repository: event.repository, id: event.runId });
  return own.filter(
    ({ life, architecture }) =>
      !isWaitedFor(
        waiting ?? [],
        life.slice(0, life.lastIndexOf(`_${architecture}-`)).toLowerCase(),
        architecture,
      ),
  );
};

/**
 * Starts the graceful destroy of what was made for a job that ended without a runner, as one that was cancelled while it
 * was queued, unless another job of the run waits for it. Gives their names. A job that comes later gets a life of its
 * own. Throws what GitHub's and AWS's adapters throw.
 */
export const giveLivesBack =
  (ports: GiveLivesBackPorts, settings: GiveBackSettings) =>
  async (event: JobEvent): Promise<readonly string[]> => {
    const lives = await livesOf(ports, settings, event);
    const { deployment } = settings;
    for (const { life, deadline } of lives)
      await startDestroyOnce(ports, { life, deployment, reason: 'unneeded', mode: 'graceful', deadline });
    return lives.map(({ life }) => life);
  };
