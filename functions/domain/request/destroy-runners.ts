import { architectures } from '../architecture.ts';
import { startDestroyOnce } from '../ending/start-destroy.ts';
import type { LifePorts, LifeReading } from '../life/life-reading.ts';
import { newestLife } from '../life/life-search.ts';
import type { DestroyStarter } from '../ports.ts';
import { isGone } from '../status/life-status.ts';
import type { DestroyRequest } from './runner-request.ts';

export interface DestroyRunnersPorts extends LifePorts {
  readonly destroys: LifePorts['destroys'] & DestroyStarter;
}

/** A life that is being destroyed, and what the request did about it. */
export interface DestroyedLife {
  readonly life: string;
  readonly outcome: 'started' | 'running' | 'left-to-sweep';
}

const isBeingDestroyed = ({ destroys }: LifeReading): boolean =>
  destroys.some(({ status }) => status === 'RUNNING');

const destroyLife = async (
  ports: DestroyRunnersPorts,
  deployment: string,
  reading: LifeReading,
): Promise<DestroyedLife> => {
  const { life, deadline } = reading;
  if (isBeingDestroyed(reading)) return { life, outcome: 'running' };
  const input = { life, deployment, reason: 'asked', mode: 'graceful' } as const;
  const outcome = await startDestroyOnce(
    ports,
    deadline === undefined ? input : { ...input, deadline: deadline.toISOString() },
  );
  return { life, outcome };
};

/**
 * Starts the graceful destroy of the newest life of each label and architecture, if anything of it can be left.
 * Of an earlier one nothing is asked: its own end is under way, or the sweep's affair. All of them are
 * tried before a failure is thrown, AwsUnavailable or AwsRefused; asking again is harmless.
 */
export const destroyRunners =
  (ports: DestroyRunnersPorts, deployment: string) =>
  async ({ labels }: DestroyRequest): Promise<readonly DestroyedLife[]> => {
    const wanted = labels.flatMap((label) => architectures.map((architecture) => ({ label, architecture })));
    const attempts = await Promise.allSettled(
      wanted.map(async ({ label, architecture }) => {
        const newest = await newestLife(ports, label, architecture);
        if (newest === undefined || isGone(newest.reading)) return [];
        return [await destroyLife(ports, deployment, newest.reading)];
      }),
    );
    const failure = attempts.find((attempt) => attempt.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    return attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? attempt.value : []));
  };
