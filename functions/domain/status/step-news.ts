import type { DestroyInput } from '../ending/destroy.ts';
import type { Need } from '../ending/need.ts';
import { AwsUnavailable, GitHubUnavailable } from '../errors.ts';
import type { CapacitySearch, LaunchedInstance, Round, Turn } from '../life/provision.ts';
import type { ProvisionInput } from '../life/provision-input.ts';
import type { ProvisionOutput } from '../life/provision-output.ts';
import { endCauses, poweredOffReason, takenReason } from './end-reason.ts';
import type { News } from './life-news.ts';

type WithRound = ProvisionInput & { readonly round: Pick<Round, 'number'> };

/** The first step has begun. */
export const begunNews = (): News => ({
  status: 'launching',
  reason:
    'Its end is scheduled. When its turn to launch comes, GitHub is asked for a runner configuration, and EC2 for an instance.',
});

/** A wait that is shorter is not worth telling. */
const toldSeconds = 10;

/** Its turn to launch comes later, for others have asked before. */
export const turnNews = ({ round }: WithRound, { at, waitSeconds }: Turn): News | undefined =>
  waitSeconds < toldSeconds
    ? undefined
    : {
        status: 'launching',
        round: round.number,
        reason: `Its turn to launch comes at ${at}: AWS takes two launches a second, and others asked before.`,
      };

const noCapacity =
  'No capacity pool had room. All of them are asked again every minute, until ten minutes have passed.';

/** What a launch attempt has come to; while pools are still to be asked there is nothing to tell. */
export const launchNews = (
  { round }: WithRound,
  search: CapacitySearch & { readonly instance?: LaunchedInstance },
): News | undefined => {
  const { instance, next } = search;
  if (next === 'wait') return { status: 'launching', round: round.number, reason: noCapacity };
  if (instance === undefined) return undefined;
  const { id, market, instanceType, availabilityZone, launchedAt, spotPrice } = instance;
  return {
    status: 'booting',
    round: round.number,
    reason: 'The instance boots. Its runner comes online then.',
    ...{ market, instanceType, availabilityZone, launchedAt, instanceId: id },
    ...(spotPrice === undefined ? {} : { spotPrice }),
  };
};

/** What an attempt at something met that is repeated: whoever waits should know for whom. */
export const troubleNews =
  (doing: string) =>
  (
    { round }: { readonly life: string; readonly round?: Pick<Round, 'number'> },
    error: unknown,
  ): News | undefined =>
    error instanceof AwsUnavailable || error instanceof GitHubUnavailable
      ? {
          status: 'launching',
          ...(round === undefined ? {} : { round: round.number }),
          reason: `${doing} The last attempt met ${error.name}; it is repeated.`,
        }
      : undefined;

/** What has become of a launched instance. */
export const checkNews = (
  _: unknown,
  output: ProvisionOutput | { readonly outcome: 'waiting' | 'lost' },
): News | undefined => {
  if (!('readyAt' in output)) return undefined;
  const { outcome, readyAt, instance } = output;
  const { id, market, instanceType, availabilityZone } = instance;
  const machine = { readyAt, market, instanceType, availabilityZone, instanceId: id };
  return outcome === 'ready'
    ? { status: 'ready', ...machine }
    : { status: 'destroying', reason: poweredOffReason, ...machine };
};

/** Another round begins. */
export const roundNews = (
  { search }: { readonly search: Pick<CapacitySearch, 'next'> },
  { number }: Round,
): News => ({
  status: 'launching',
  round: number,
  reason:
    search.next === 'launched'
      ? 'EC2 took the instance away. Another one is asked for, on-demand.'
      : 'Its runner configuration has grown old before there was an instance. It gets another one.',
});

const jobIsSpared = 'A job that runs on it is not ended before the deadline.';

/** That a machine has ended is told better by whoever saw it. */
const causeOf = ({ reason }: DestroyInput, more = ''): { readonly reason?: string } =>
  reason === 'ended' ? {} : { reason: `${endCauses[reason]}${more}` };

/** A graceful destroy goes beyond waiting for the run, and goes on to look whether a job runs. */
export const withdrawalNews = (input: DestroyInput): News => ({
  status: 'destroying',
  ...causeOf(input, ` ${jobIsSpared}`),
});

/** The machines end now. */
export const terminationNews = (input: DestroyInput): News => ({ status: 'destroying', ...causeOf(input) });

/** That a runner is used up, and by whom when that was not its own run. */
export const useNews = (
  input: DestroyInput,
  { answer, usedBy }: Pick<Need, 'answer' | 'usedBy'>,
): News | undefined => {
  if (answer !== 'used-up') return undefined;
  return usedBy === undefined ? terminationNews(input) : { status: 'destroying', reason: takenReason };
};
