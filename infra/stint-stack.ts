import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import { admissionSwitch } from './constructs/admission-switch.ts';
import { DeadlineSchedules } from './constructs/deadline-schedules.ts';
import { Events } from './constructs/events.ts';
import { Functions } from './constructs/functions.ts';
import { githubSecret } from './constructs/github-secret.ts';
import { StintHttpApi } from './constructs/http-api.ts';
import { deploymentId, namesOf } from './constructs/names.ts';
import { runnerNetwork } from './constructs/network.ts';
import { sealKey } from './constructs/seal-key.ts';
import { StintStateMachine } from './constructs/stint-state-machine.ts';
import { settingValues } from './setting-values.ts';

export interface StintStackProps {
  readonly config: Config;
  /** The folder that holds a folder for each function's bundle. */
  readonly bundles: string;
}

const descriptionOf = ({ target }: Config): StackProps => ({
  description: `Stint: GitHub Actions runners for ${target}, each on a machine of its own`,
});

/** The whole of a deployment. It only composes. */
export class StintStack extends Stack {
  constructor(scope: Construct, { config, bundles }: StintStackProps) {
    const { stackName, region } = config;
    super(scope, stackName, { ...descriptionOf(config), stackName, env: { region } });
    const names = namesOf(stackName);
    const deployment = deploymentId();
    const network = runnerNetwork(this, config);
    const secret = githubSecret(this, 'GitHubSecret');
    const key = sealKey(this, 'SealKey');
    const schedules = new DeadlineSchedules(this, 'DeadlineSchedules', names);
    admissionSwitch(this, 'AdmissionSwitch', names);

    const made = {
      names,
      deployment,
      network,
      githubSecretArn: secret.ref,
      sealKeyArn: key.keyArn,
      schedulerRoleArn: schedules.roleArn,
      deadLetterQueueArn: schedules.deadLetters.queueArn,
    };
    const functions = new Functions(this, 'Functions', {
      bundles,
      values: settingValues(this, config, made),
      subjects: {
        ...made,
        labelPrefix: config.labelPrefix,
        volumeGib: config.volumeGib,
        instanceTypes: Object.values(config.instanceTypes).flat(),
        subnetIds: network.subnets.map(({ subnetId }) => subnetId),
        securityGroupId: network.securityGroupId,
      },
    });
    const provision = new StintStateMachine(this, 'ProvisionRunner', {
      name: 'provision-runner',
      names,
      functions,
    });
    const destroy = new StintStateMachine(this, 'DestroyRunner', {
      name: 'destroy-runner',
      names,
      functions,
    });
    new Events(this, 'Events', { names, functions });
    const { api } = new StintHttpApi(this, 'HttpApi', { functions, ...config });

    const outputs = {
      EndpointUrl: api.apiEndpoint,
      GitHubSecretArn: secret.ref,
      ProvisionStateMachineArn: provision.stateMachine.stateMachineArn,
      DestroyStateMachineArn: destroy.stateMachine.stateMachineArn,
      ApiId: api.apiId,
      AdmissionParameter: names.admissionParameter,
      Deployment: deployment,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
