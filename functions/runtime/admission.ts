import { ssmAdmissionSwitch } from '../adapters/aws/ssm-admission-switch.ts';
import { githubRuns } from '../adapters/github/github-runs.ts';
import type { Admission, AdmissionRule } from '../domain/admission/admission.ts';
import { admissionSwitch, cachedSwitch } from '../domain/admission/admission-switch.ts';
import { capPool } from '../domain/admission/cap-pool.ts';
import { githubReserve } from '../domain/admission/github-reserve.ts';
import { openAdmission } from '../domain/admission/open-admission.ts';
import { runVerifier } from '../domain/admission/run-verifier.ts';
import type { SeatPool } from '../domain/admission/seats.ts';
import { verifiedAdmission } from '../domain/admission/verified-admission.ts';
import { requestBudget } from '../domain/readings/request-budget.ts';
import { runBudget, sharedRuns } from '../domain/readings/shared-runs.ts';
import { runsGithubOf } from './github.ts';
import { activeRunReadings } from './readings.ts';
import type { Runtime } from './runtime.ts';
import { changesItems } from './table.ts';

/** The rules that hold in every mode, each asking no more than it must. */
export const commonRules = ({ aws, clock, settings }: Runtime): readonly AdmissionRule[] => {
  const { admissionSwitchParameter } = settings('admissionSwitchParameter');
  return [admissionSwitch(cachedSwitch(ssmAdmissionSwitch(aws, admissionSwitchParameter), clock))];
};

/** Every seat of the cap, for lives that GitHub itself has asked for, or where nobody is asked. */
export const wholeCap = ({ settings }: Runtime): SeatPool => capPool(settings('liveRunnerCap').liveRunnerCap);

const open = (runtime: Runtime): Admission => openAdmission(commonRules(runtime), wholeCap(runtime));

const verified = (runtime: Runtime): Admission => {
  const { clock, settings } = runtime;
  const { liveRunnerCap, queuedSeats, ...own } = settings(
    'classes',
    'labelPrefix',
    'allowedRepositories',
    'liveRunnerCap',
    'queuedSeats',
  );
  const github = runsGithubOf(runtime);
  const { spend } = githubReserve(github, clock);
  const byId = githubRuns(github);
  const runs = sharedRuns(
    activeRunReadings(runtime, github, spend),
    { run: (wanted) => spend(() => byId.run(wanted)) },
    requestBudget(changesItems(runtime), clock, runBudget),
  );
  return verifiedAdmission(
    commonRules(runtime),
    runVerifier(runs, clock),
    capPool(liveRunnerCap, queuedSeats),
    own,
  );
};

const modes = { open, verified };

/** Admission in the deployment's mode. */
export const admissionOf = (runtime: Runtime): Admission =>
  modes[runtime.settings('admissionMode').admissionMode](runtime);
