import { ec2Fleet } from '../adapters/aws/ec2-instances.ts';
import { provisionLister } from '../adapters/aws/execution-lister.ts';
import { ssmAdmissionSwitch } from '../adapters/aws/ssm-admission-switch.ts';
import { githubRuns } from '../adapters/github/github-runs.ts';
import type { Admission, AdmissionRule } from '../domain/admission/admission.ts';
import { admissionSwitch, cachedSwitch } from '../domain/admission/admission-switch.ts';
import { githubReserve } from '../domain/admission/github-reserve.ts';
import { type LiveRule, liveRules } from '../domain/admission/live-lives.ts';
import { liveRunnerCap } from '../domain/admission/live-runner-cap.ts';
import { openAdmission } from '../domain/admission/open-admission.ts';
import { runQuota } from '../domain/admission/run-quota.ts';
import { runVerifier } from '../domain/admission/run-verifier.ts';
import { verifiedAdmission } from '../domain/admission/verified-admission.ts';
import { requestBudget } from '../domain/readings/request-budget.ts';
import { runBudget, sharedRuns } from '../domain/readings/shared-runs.ts';
import { runsGithubOf } from './github.ts';
import { activeRunReadings } from './readings.ts';
import type { Runtime } from './runtime.ts';
import { changesItems } from './table.ts';

/** The rules that hold in every mode, each asking no more than it must, with what the mode has about lives. */
const commonRules = (
  { aws, clock, settings }: Runtime,
  ofMode: readonly LiveRule[],
): readonly AdmissionRule[] => {
  const { deployment, liveRunnerCap: cap } = settings('deployment', 'liveRunnerCap');
  const { admissionSwitchParameter, provisionStateMachineArn } = settings(
    'admissionSwitchParameter',
    'provisionStateMachineArn',
  );
  const live = {
    fleet: ec2Fleet(aws, deployment),
    executions: provisionLister(aws, provisionStateMachineArn),
  };
  return [
    admissionSwitch(cachedSwitch(ssmAdmissionSwitch(aws, admissionSwitchParameter), clock)),
    liveRules(live, [liveRunnerCap(cap), ...ofMode], clock),
  ];
};

const verified = (runtime: Runtime): Admission => {
  const { clock, settings } = runtime;
  const { runnersPerRun, ...own } = settings('runnersPerRun', 'labelPrefix', 'allowedRepositories');
  const rules = commonRules(runtime, [runQuota(runnersPerRun, own.labelPrefix)]);
  const github = runsGithubOf(runtime);
  const { spend } = githubReserve(github, clock);
  const byId = githubRuns(github);
  const runs = sharedRuns(
    activeRunReadings(runtime, github, spend),
    { run: (wanted) => spend(() => byId.run(wanted)) },
    requestBudget(changesItems(runtime), clock, runBudget),
  );
  return verifiedAdmission(rules, runVerifier(runs, clock), own);
};

const modes = {
  open: (runtime: Runtime): Admission => openAdmission(commonRules(runtime, [])),
  verified,
};

/** Admission in the deployment's mode. */
export const admissionOf = (runtime: Runtime): Admission =>
  modes[runtime.settings('admissionMode').admissionMode](runtime);
