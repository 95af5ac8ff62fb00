import type { Admission } from '../admission/admission.ts';
import { Problem } from '../api/problem.ts';
import type { Architecture } from '../architecture.ts';
import { lifeName, maximumLives } from '../life/life.ts';
import type { LifePorts } from '../life/life-reading.ts';
import { newestLife } from '../life/life-search.ts';
import type { ProvisionInput } from '../life/provision-input.ts';
import type { ProvisionStarter } from '../ports.ts';
import { isPast, type LifeStatus, lifeStatus } from '../status/life-status.ts';
import { addSeconds } from '../timing.ts';
import type { RunAttempt } from '../workflow-run.ts';
import { requestedBy } from './requested-by.ts';
import type { CreateRequest } from './runner-request.ts';

export interface CreatePorts extends LifePorts {
  readonly starter: ProvisionStarter;
  readonly admission: Admission;
}

export interface CreateSettings {
  readonly labelPrefix: string;
  readonly lifetimeMinutes: number;
}

/** A life that answers a request. */
export interface AnsweringLife {
  readonly life: string;
  readonly architecture: Architecture;
  readonly status: LifeStatus;
  readonly isNew: boolean;
}

/** What came of a request: the lives that answer it, and why others could not be started. */
export interface CreateOutcome {
  readonly lives: readonly AnsweringLife[];
  readonly failures: readonly unknown[];
}

interface Place {
  readonly architecture: Architecture;
  /** The life that answers, if one is on its way or ready. */
  readonly existing?: AnsweringLife;
  /** The n that the next life gets. */
  readonly next: number;
}

const placeFor = async (ports: CreatePorts, label: string, architecture: Architecture): Promise<Place> => {
  const newest = await newestLife(ports, label, architecture);
  if (newest === undefined) return { architecture, next: 1 };
  const { n, reading } = newest;
  if (isPast(reading)) return { architecture, next: n + 1 };
  const existing = { life: reading.life, architecture, status: lifeStatus(reading), isNew: false };
  return { architecture, next: n + 1, existing };
};

const requireRoom = (label: string, { architecture, next }: Place): void => {
  if (next > maximumLives)
    throw new Problem(
      'not-admitted',
      `The label ${label} has had ${maximumLives} runners for ${architecture}, and no more can be named. Use another label.`,
      { rule: 'lives-per-label' },
    );
};

/** A name that somebody else has just taken is the life that answers both. */
const startLife = async (
  { starter, clock }: CreatePorts,
  settings: CreateSettings,
  request: CreateRequest,
  run: RunAttempt | undefined,
  { architecture, next }: Place,
): Promise<AnsweringLife> => {
  const now = clock();
  const { label } = request;
  const input: ProvisionInput = {
    life: lifeName({ label, architecture, n: next }),
    label,
    architecture,
    requestedAt: now.toISOString(),
    deadline: addSeconds(now, settings.lifetimeMinutes * 60).toISOString(),
    requestedBy: requestedBy(request, settings.labelPrefix),
    ...(run === undefined ? {} : { run }),
  };
  const isNew = (await starter.start(input)) === 'started';
  return { life: input.life, architecture, status: 'requested', isNew };
};

/**
 * Answers each architecture with the label's life that is on its way or ready, or starts the next one. When
 * some starts fail, the others are in the outcome all the same, and the same request later finds them.
 * Throws a Problem when the request is refused, AwsUnavailable or AwsRefused before anything is started.
 */
export const createRunners =
  (ports: CreatePorts, settings: CreateSettings) =>
  async (request: CreateRequest): Promise<CreateOutcome> => {
    ports.admission.screen(request);
    const places = await Promise.all(
      request.architectures.map((architecture) => placeFor(ports, request.label, architecture)),
    );
    const wanted = places.filter(({ existing }) => existing === undefined);
    for (const place of wanted) requireRoom(request.label, place);
    const newArchitectures = wanted.map(({ architecture }) => architecture);
    const { run } = wanted.length > 0 ? await ports.admission.admit({ ...request, newArchitectures }) : {};
    const answers = await Promise.allSettled(
      places.map(async (place) => place.existing ?? (await startLife(ports, settings, request, run, place))),
    );
    return {
      lives: answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])),
      failures: answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : [])),
    };
  };
