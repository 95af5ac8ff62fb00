import { invalidRequest, Problem } from '../api/problem.ts';
import type { Architecture } from '../architecture.ts';
import { type MachineClasses, requireClass } from '../machine-class.ts';
import type { CreateRequest } from '../request/runner-request.ts';
import { isSameRepository, type RunAttempt, type WorkflowRun } from '../workflow-run.ts';
import type { Admission, AdmissionRule } from './admission.ts';
import type { Pools } from './pools.ts';
import { parseRunLabel } from './run-label.ts';
import { runPool } from './run-pool.ts';
import { requireOwnHead } from './run-verdict.ts';
import type { RunVerifier } from './run-verifier.ts';
import type { SeatPool } from './seats.ts';

export interface VerifiedSettings {
  readonly labelPrefix: string;
  /** Whose runs are admitted, each as `owner/name`. */
  readonly allowedRepositories: readonly string[];
  readonly classes: MachineClasses;
}

const requireRun = ({ run }: CreateRequest): WorkflowRun => {
  if (run !== undefined) return run;
  throw invalidRequest([
    {
      field: 'repository',
      detail: 'must be given, for this deployment starts runners only for runs: send github.repository',
    },
    { field: 'run_id', detail: 'must be given with it: send github.run_id as a number' },
  ]);
};

/** The repository as the configuration spells it. */
const allowedRepository = (
  { repository }: WorkflowRun,
  { allowedRepositories }: VerifiedSettings,
): string => {
  const allowed = allowedRepositories.find((candidate) => isSameRepository(candidate, repository));
  if (allowed !== undefined) return allowed;
  throw new Problem(
    'not-admitted',
    `Runs of ${repository} get no runners here, only those of ${allowedRepositories.join(', ')}. ` +
      "Send github.repository of such a run, or ask the deployment's operator to allow the repository.",
    { rule: 'allowed-repository' },
  );
};

const attemptOf = (label: string, { id }: WorkflowRun, { labelPrefix }: VerifiedSettings): number => {
  const named = parseRunLabel(label, labelPrefix);
  if (named?.runId === id) return named.attempt;
  throw new Problem(
    'not-admitted',
    `The label of a runner for run ${id} must be ${labelPrefix}${id}_<attempt>, such as ${labelPrefix}${id}_1, with an optional ` +
      '_<suffix> after it: make it of github.run_id and github.run_attempt.',
    { rule: 'run-label' },
  );
};

const attemptAsked = (request: CreateRequest, settings: VerifiedSettings): RunAttempt => {
  const run = requireRun(request);
  const repository = allowedRepository(run, settings);
  return { repository, id: run.id, attempt: attemptOf(request.label, run, settings) };
};

/**
 * Mode `verified`: runners only for active runs of allowed repositories, each bound to its run by its label. The
 * form, the repository, the label and what is remembered cost nothing and come first, then the rules that ask
 * AWS; GitHub, whose requests are counted, is asked last.
 */
export const verifiedAdmission = (
  rules: readonly AdmissionRule[],
  verifier: RunVerifier,
  cap: SeatPool,
  settings: VerifiedSettings,
): Admission => ({
  screen: (request) => verifier.recall(attemptAsked(request, settings)),
  admit: async (request) => {
    const run = attemptAsked(request, settings);
    for (const rule of rules) await rule.admit(request);
    const state = await verifier.verify(run);
    const { classes, labelPrefix } = settings;
    const machineClass = requireClass(classes, request.class);
    requireOwnHead(run, state, request.class, machineClass);
    const pools = (architecture: Architecture): Pools => {
      const ofRun = runPool(request, architecture, machineClass.perRun, labelPrefix);
      return { cap, capSeats: machineClass.seats, others: ofRun === undefined ? [] : [ofRun] };
    };
    return { run, pools };
  },
});
