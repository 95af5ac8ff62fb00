import type { LocalCloud } from '../../local/local-cloud.ts';
import type { Leftover } from './evidence.ts';

/** Without a destroy execution's reason and count. */
const lifeOfExecution = (name: string): string => name.replace(/-[a-z]+-\d+$/, '');

/** What is there of the deployment's lives beside instances, read from the fakes. */
export const leftoversOf = (
  { github, schedules, executions }: Pick<LocalCloud, 'github' | 'schedules' | 'executions'>,
  deployment: string,
): readonly Leftover[] => {
  const registered = new RegExp(`^(.+_(?:x86_64|arm64)-\\d+)-\\d-${deployment}$`);
  return [
    ...github.runners.flatMap(({ name }): readonly Leftover[] => {
      const life = registered.exec(name)?.[1];
      return life === undefined ? [] : [{ kind: 'registration', life, name }];
    }),
    ...schedules.all.map(
      ({ name }): Leftover => ({ kind: 'schedule', life: name.slice(0, -deployment.length - 1), name }),
    ),
    ...executions.all
      .filter(({ status }) => status === 'RUNNING')
      .map(({ name }): Leftover => ({ kind: 'execution', life: lifeOfExecution(name), name })),
  ];
};
