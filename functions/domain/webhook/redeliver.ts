import type { Clock } from '../ports.ts';
import { addSeconds } from '../timing.ts';

/** One sending of a delivery, as GitHub lists it. */
export interface Sending {
  readonly id: number;
  /** The same for every sending of one delivery. */
  readonly guid: string;
  readonly event: string;
  readonly deliveredAt: Date;
  /** 0 when nobody answered. */
  readonly statusCode: number;
}

/** The webhook of an App. All methods throw GitHubUnavailable, GitHubRefused or CredentialUnusable. */
export interface AppHook {
  /** What was sent since then, newest first; of very many the newest. */
  sent(since: Date): Promise<readonly Sending[]>;
  /** Has a delivery sent again. */
  sendAgain(id: number): Promise<void>;
}

export interface RedeliverPorts {
  /** `undefined` when the credential is a token, which has no webhook of its own. */
  readonly hook: () => Promise<AppHook | undefined>;
  readonly clock: Clock;
}

/** How often it is looked for deliveries that failed. */
export const redeliverIntervalMinutes = 10;

/** What failed longer ago is about jobs that the queue look has served, or that have ended. */
const lookBackSeconds = 3 * 3_600;

/** An answer takes up to ten seconds, and GitHub's list lags. */
const settledSeconds = 60;

/** A delivery that failed so often fails again. */
const mostSendings = 3;

/** So many at once: more have failed together, and the queue look serves them meanwhile. */
const mostAtOnce = 20;

const isTaken = ({ statusCode }: Sending): boolean => statusCode >= 200 && statusCode < 300;

/** The newest sending of each delivery that nobody has taken, and that is worth another try. */
export const failedSendings = (sent: readonly Sending[], now: Date): readonly Sending[] => {
  const ofJobs = sent.filter(({ event }) => event === 'workflow_job');
  const byDelivery = [...Map.groupBy(ofJobs, ({ guid }) => guid).values()];
  return byDelivery
    .filter((sendings) => !sendings.some(isTaken) && sendings.length < mostSendings)
    .flatMap(([newest]) => newest ?? [])
    .filter(({ deliveredAt }) => deliveredAt <= addSeconds(now, -settledSeconds))
    .slice(0, mostAtOnce);
};

/** Has deliveries of jobs that failed sent again, which GitHub never does by itself. Gives how many. */
export const redeliver =
  ({ hook, clock }: RedeliverPorts) =>
  async (): Promise<number> => {
    const found = await hook();
    if (found === undefined) return 0;
    const now = clock();
    const failed = failedSendings(await found.sent(addSeconds(now, -lookBackSeconds)), now);
    for (const { id } of failed) await found.sendAgain(id);
    return failed.length;
  };
