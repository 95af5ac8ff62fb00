import type { Stack } from 'aws-cdk-lib';
import type { VariableKey } from '../functions/runtime/environment.ts';
import type { Config } from './config.ts';
import type { Names } from './constructs/names.ts';
import type { RunnerNetwork } from './constructs/network.ts';

/** What the stack has made that functions must know. */
export interface MadeResources {
  readonly names: Names;
  readonly deployment: string;
  readonly network: RunnerNetwork;
  readonly githubSecretArn: string;
  readonly sealKeyArn: string;
  readonly schedulerRoleArn: string;
  readonly deadLetterQueueArn: string;
}

/** What the deployment sets for each variable that a function may read. */
export const settingValues = (
  stack: Stack,
  config: Config,
  made: MadeResources,
): Readonly<Record<VariableKey, string>> => ({
  deployment: made.deployment,
  labelPrefix: config.labelPrefix,
  target: config.target,
  runnerGroupId: String(config.runnerGroupId),
  lifetimeMinutes: String(config.lifetimeMinutes),
  instanceTypes: JSON.stringify(config.instanceTypes),
  subnets: stack.toJsonString(made.network.subnets),
  securityGroupId: made.network.securityGroupId,
  volumeGib: String(config.volumeGib),
  bootScript: config.bootScript,
  liveRunnerCap: String(config.liveRunnerCap),
  provisionStateMachineArn: made.names.stateMachineArn('provision-runner'),
  destroyStateMachineArn: made.names.stateMachineArn('destroy-runner'),
  scheduleGroup: made.names.scheduleGroup,
  schedulerRoleArn: made.schedulerRoleArn,
  deadLetterQueueArn: made.deadLetterQueueArn,
  githubSecretArn: made.githubSecretArn,
  sealKeyArn: made.sealKeyArn,
  admissionMode: config.admission,
  admissionSwitchParameter: made.names.admissionParameter,
});
