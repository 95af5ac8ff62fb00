import type { ExecutionLister, ExecutionStatus } from '../ports.ts';
import { parseDestroyName } from './destroy.ts';

/** The lives that have a destroy of one of these statuses, of those that started since a moment. */
export const livesOfDestroys = async (
  executions: Pick<ExecutionLister, 'destroys'>,
  statuses: readonly ExecutionStatus[],
  since?: Date,
): Promise<ReadonlySet<string>> => {
  const listed = await Promise.all(statuses.map((status) => executions.destroys(status, since)));
  return new Set(listed.flat().flatMap(({ name }) => parseDestroyName(name)?.life ?? []));
};
