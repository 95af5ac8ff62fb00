import { ec2Fleet } from '../adapters/ec2-instances.ts';
import { executionLister } from '../adapters/execution-lister.ts';
import { ssmAdmissionSwitch } from '../adapters/ssm-admission-switch.ts';
import type { Admission } from '../domain/admission.ts';
import { rememberedSwitch, switchAdmission } from '../domain/admission-switch.ts';
import { liveRunnerCap } from '../domain/live-runner-cap.ts';
import { openAdmission } from '../domain/open-admission.ts';
import type { Runtime } from './runtime.ts';

/** The rules that hold in every mode, each asking no more than it must. */
const commonRules = ({ aws, clock, settings }: Runtime) => {
  const {
    deployment,
    liveRunnerCap: cap,
    admissionSwitchParameter,
    ...stateMachines
  } = settings(
    'deployment',
    'liveRunnerCap',
    'admissionSwitchParameter',
    'provisionStateMachineArn',
    'destroyStateMachineArn',
  );
  return {
    isOpen: switchAdmission(rememberedSwitch(ssmAdmissionSwitch(aws, admissionSwitchParameter), clock)),
    hasRoom: liveRunnerCap(
      { fleet: ec2Fleet(aws, deployment), executions: executionLister(aws, stateMachines) },
      cap,
      clock,
    ),
  };
};

/** Admission in the deployment's mode. */
export const admissionOf = (runtime: Runtime): Admission => {
  const { isOpen, hasRoom } = commonRules(runtime);
  const modes = { open: () => openAdmission([isOpen, hasRoom]) };
  return modes[runtime.settings('admissionMode').admissionMode]();
};
