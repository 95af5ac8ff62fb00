import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import {
  definitionText,
  fileStem,
  functionNames,
  placeholderName,
  type StateMachineName,
} from '../../statemachine/definitions.ts';
import type { Functions } from './functions.ts';
import { logGroup } from './log-group.ts';
import { arnOf, type Names } from './names.ts';
import type { StintFunction } from './stint-function.ts';

export interface StintStateMachineProps {
  readonly name: StateMachineName;
  readonly names: Names;
  readonly functions: Functions;
}

/**
 * Every version of the functions that the definition names: an execution that is in flight during a deployment
 * still calls the version that it began with.
 */
const invoking = (functions: readonly StintFunction[]): PolicyStatement =>
  new PolicyStatement({
    actions: ['lambda:InvokeFunction'],
    resources: functions.map(({ fn }) => `${fn.functionArn}:*`),
  });

/** One of the two state machines, exactly as its file has it. */
export class StintStateMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { name, names, functions }: StintStateMachineProps) {
    super(scope, id);
    const definition = definitionText(name);
    const steps = functionNames(definition).map((step) => [step, functions.of(fileStem(step))] as const);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': arnOf('states', 'stateMachine:*') },
        },
      }),
      inlinePolicies: {
        steps: new PolicyDocument({ statements: [invoking(steps.map(([, step]) => step))] }),
      },
    });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: names.stateMachine(name),
      definitionBody: DefinitionBody.fromString(definition),
      definitionSubstitutions: Object.fromEntries(
        steps.map(([step, { version }]) => [placeholderName(step), version.functionArn]),
      ),
      role,
      // The prefix spares the account's resource policy for logs, which has a limit
      // (https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html).
      logs: {
        destination: logGroup(this, 'Logs', `/aws/vendedlogs/states/${names.stateMachine(name)}`),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
      tracingEnabled: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
