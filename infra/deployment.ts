import type { Stack } from 'aws-cdk-lib';
import type { VariableKey } from '../functions/runtime/environment.ts';
import { allTypes, classLimits, typesByClass } from './classes.ts';
import type { Config } from './config.ts';
import type { GrantSubjects } from './constructs/grants.ts';
import type { Names } from './constructs/names.ts';
import type { RunnerNetwork } from './constructs/network.ts';

/** What a deployment has decided and made, before there are functions. */
export interface Deployment {
  readonly config: Config;
  readonly names: Names;
  /** The deployment's id. */
  readonly id: string;
  readonly network: RunnerNetwork;
  readonly githubSecretArn: string;
  readonly webhookSecretArn: string;
  readonly sealKeyArn: string;
  readonly schedulerRoleArn: string;
  readonly deadLetterQueueArn: string;
}

/** One runner at least is left to whoever calls the API. */
const queuedSeats = ({ liveRunnerCap, queuedShare }: Config): number =>
  Math.min(liveRunnerCap - 1, Math.floor((liveRunnerCap * queuedShare) / 100));

/** What is set for each variable that a function may read. */
export const settingValues = (
  stack: Pick<Stack, 'toJsonString'>,
  { config, names, network, ...made }: Deployment,
): Readonly<Record<VariableKey, string>> => ({
  deployment: made.id,
  metricNamespace: config.stackName,
  labelPrefix: config.labelPrefix,
  target: config.target,
  runnerGroupId: String(config.runnerGroupId),
  classes: JSON.stringify(classLimits(config)),
  minimumMinutes: String(config.minimumMinutes),
  instanceTypes: JSON.stringify(typesByClass(config)),
  subnets: stack.toJsonString(network.subnets),
  securityGroupId: network.securityGroupId,
  publicAddresses: String(config.network?.publicAddresses ?? true),
  bootScript: config.bootScript,
  liveRunnerCap: String(config.liveRunnerCap),
  queuedSeats: String(queuedSeats(config)),
  admissionMode: config.admission,
  allowedRepositories: JSON.stringify(config.allowedRepositories),
  privateRepositories: String(config.privateRepositories),
  runnerHoursPerDay: String(config.runnerHoursPerDay),
  tableName: names.table,
  admissionSwitchParameter: names.admissionParameter,
  provisionStateMachineArn: names.stateMachineArn('provision-runner'),
  destroyStateMachineArn: names.stateMachineArn('destroy-runner'),
  scheduleGroup: names.scheduleGroup,
  schedulerRoleArn: made.schedulerRoleArn,
  deadLetterQueueArn: made.deadLetterQueueArn,
  githubSecretArn: made.githubSecretArn,
  webhookSecretArn: made.webhookSecretArn,
  sealKeyArn: made.sealKeyArn,
});

/** What the functions' grants are about. */
export const grantSubjects = ({ config, names, network, ...made }: Deployment): GrantSubjects => ({
  names,
  deployment: made.id,
  labelPrefix: config.labelPrefix,
  instanceTypes: allTypes(config),
  volumeGib: Math.max(...Object.values(classLimits(config)).map(({ volumeGib }) => volumeGib)),
  subnetIds: network.subnets.map(({ subnetId }) => subnetId),
  securityGroupId: network.securityGroupId,
  schedulerRoleArn: made.schedulerRoleArn,
  githubSecretArn: made.githubSecretArn,
  webhookSecretArn: made.webhookSecretArn,
  sealKeyArn: made.sealKeyArn,
});
