import { Aws, Fn } from 'aws-cdk-lib';
import type { StateMachineName } from '../../statemachine/definitions.ts';

/**
 * The deployment's id: the first part of the stack's UUID, eight lower-case hexadecimal digits. A stack that is
 * removed and made again has another, so that nothing of the first is ever taken for the second's.
 */
export const deploymentId = (): string => {
  const uuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return Fn.select(0, Fn.split('-', uuid));
};

/** The ARN of something in the stack's region and account. */
export const arnOf = (service: string, rest: string): string =>
  `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${rest}`;

/**
 * Names that are fixed by the stack's, so that what one resource must know of another needs no reference: the
 * state machines name the functions, and the functions start the state machines.
 */
export const namesOf = (stackName: string) => ({
  function: (stem: string): string => `${stackName}-${stem}`,
  stateMachine: (name: StateMachineName): string => `${stackName}-${name}`,
  stateMachineArn: (name: StateMachineName): string => arnOf('states', `stateMachine:${stackName}-${name}`),
  /** Every execution of a state machine. */
  executionArns: (name: StateMachineName): string => arnOf('states', `execution:${stackName}-${name}:*`),
  scheduleGroup: stackName,
  scheduleGroupArn: arnOf('scheduler', `schedule-group/${stackName}`),
  /** Every schedule in the group. */
  scheduleArns: arnOf('scheduler', `schedule/${stackName}/*`),
  table: `${stackName}-memory`,
  tableArn: arnOf('dynamodb', `table/${stackName}-memory`),
  admissionParameter: `/${stackName}/admission`,
  admissionParameterArn: arnOf('ssm', `parameter/${stackName}/admission`),
});

export type Names = ReturnType<typeof namesOf>;
