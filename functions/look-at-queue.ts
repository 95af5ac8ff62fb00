import { githubReserve } from './domain/admission/github-reserve.ts';
import { lookAtQueue } from './domain/queue/look-at-queue.ts';
import { runsGithubOf } from './runtime/github.ts';
import { type Assemble, lambda } from './runtime/lambda.ts';
import { runLookOf } from './runtime/queue.ts';
import { activeRunReadings } from './runtime/readings.ts';

export const assemble: Assemble<unknown, void> = (runtime) => {
  const { clock, log, settings } = runtime;
  const { allowedRepositories } = settings('allowedRepositories');
  const github = runsGithubOf(runtime);
  const reserve = githubReserve(github, clock);
  const ports = {
    activeRuns: activeRunReadings(runtime, github, reserve.spend),
    lookAtRun: runLookOf(runtime, github, reserve),
    clock,
    log,
  };
  return lookAtQueue(ports, allowedRepositories);
};

export const handler = lambda(assemble);
