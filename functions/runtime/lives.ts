import { destroyExecutions, destroyProgress } from '../adapters/aws/destroy-executions.ts';
import { ec2InstanceReader } from '../adapters/aws/ec2-instances.ts';
import { provisionProgress, provisionReader } from '../adapters/aws/provision-executions.ts';
import type { DestroyRunnersPorts } from '../domain/request/destroy-runners.ts';
import type { Runtime } from './runtime.ts';

/** All that is asked of Step Functions and EC2 about lives. */
export const lifePorts = ({ aws, clock, settings }: Runtime): DestroyRunnersPorts => {
  const { deployment, provisionStateMachineArn, destroyStateMachineArn } = settings(
    'deployment',
    'provisionStateMachineArn',
    'destroyStateMachineArn',
  );
  return {
    provisions: {
      ...provisionReader(aws, provisionStateMachineArn),
      ...provisionProgress(aws, provisionStateMachineArn),
    },
    destroys: {
      ...destroyExecutions(aws, destroyStateMachineArn),
      ...destroyProgress(aws, destroyStateMachineArn),
    },
    instances: ec2InstanceReader(aws, deployment),
    clock,
  };
};
