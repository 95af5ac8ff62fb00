import type { WireExchange } from '../../local/wire/front-door.ts';
import { openApiProblems } from './github-openapi.ts';

/**
 * Watches a cloud's wire, and holds what goes to GitHub and what the fake GitHub answers to GitHub's published
 * description. To be given to the front door as `onExchange`, or to a cloud's watcher.
 */
export const githubWitness = () => {
  const problems = new Set<string>();
  return {
    onExchange: ({ call, request, response }: WireExchange): void => {
      if (call.service !== 'github') return;
      for (const problem of openApiProblems({ request, response })) problems.add(problem);
    },
    /** Throws when anything differed, each difference once. */
    requireAgreement: (): void => {
      if (problems.size > 0)
        throw new Error(`This is not GitHub's API:\n${[...problems].toSorted().join('\n')}`);
    },
  };
};
