import { provisionReader, provisionStarter } from '../adapters/aws/provision-executions.ts';
import { githubAttemptJobs } from '../adapters/github/github-attempt-jobs.ts';
import type { GitHubClient } from '../adapters/github/github-client.ts';
import type { GitHubReserve } from '../domain/admission/github-reserve.ts';
import { queuedAdmission } from '../domain/admission/queued-admission.ts';
import { lookAtRun, type QueuedRun } from '../domain/queue/look-at-run.ts';
import { createRunners } from '../domain/request/create-runners.ts';
import type { RunAttempt } from '../domain/workflow-run.ts';
import { commonRules, wholeCap } from './admission.ts';
import type { Runtime } from './runtime.ts';
import { changesItems, deletesItems, listsItems, putsItems, readsItems } from './table.ts';
import { tellingOf } from './telling.ts';

/** Looks at the queued jobs of a run, and creates what they ask for; `spend` can refuse to ask GitHub. */
export const runLookOf = (
  runtime: Runtime,
  github: GitHubClient,
  { spend }: GitHubReserve,
): ((run: QueuedRun) => Promise<void>) => {
  const { aws, clock, log, settings } = runtime;
  const { provisionStateMachineArn, ...own } = settings(
    'deployment',
    'labelPrefix',
    'classes',
    'minimumMinutes',
    'provisionStateMachineArn',
  );
  const table = {
    ...readsItems(runtime),
    ...listsItems(runtime),
    ...putsItems(runtime),
    ...changesItems(runtime),
    ...deletesItems(runtime),
  };
  const creating = {
    table,
    starter: provisionStarter(aws, provisionStateMachineArn),
    provisions: provisionReader(aws, provisionStateMachineArn),
    token: () => crypto.randomUUID(),
    clock,
  };
  const [rules, cap] = [commonRules(runtime), wholeCap(runtime)];
  const jobsOf = githubAttemptJobs(github);
  const ports = {
    jobs: (run: RunAttempt) => spend(() => jobsOf(run)),
    create: (run: QueuedRun, request: Parameters<ReturnType<typeof createRunners>>[0]) =>
      createRunners({ ...creating, admission: queuedAdmission(rules, run, cap, own) }, own)(request),
    table,
    tell: tellingOf(runtime),
    clock,
    log,
  };
  return lookAtRun(ports, own);
};
