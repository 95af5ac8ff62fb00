import { Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  type IFunction,
  type IVersion,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionTimeoutSeconds } from '../../functions/domain/timing.ts';
import { logGroup } from './log-group.ts';
import { digestOfReferences } from './references.ts';

export interface StintFunctionProps {
  /** The function's file, without the ending. */
  readonly stem: string;
  readonly functionName: string;
  /** The folder that holds `<stem>.cjs`. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
}

/** Memory buys processor time, of which TLS and the first load need most; the functions themselves need little. */
const memoryMib = 512;

/** Writing its own log, and no other: without logs:CreateLogGroup it cannot bring a removed one back. */
const writing = ({ logGroupArn }: LogGroup): PolicyStatement =>
  new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroupArn],
  });

/** The alias of every function that something else than an execution invokes. */
export const liveAlias = 'live';

/** One Lambda function with a role, a log group and a published version of its own. */
export class StintFunction extends Construct {
  readonly fn: LambdaFunction;
  #live: IFunction | undefined;

  constructor(scope: Construct, id: string, props: StintFunctionProps) {
    super(scope, id);
    const { stem, functionName, bundle, environment, statements } = props;
    const logs = logGroup(this, 'Logs', `/aws/lambda/${functionName}`);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { own: new PolicyDocument({ statements: [writing(logs), ...statements] }) },
    });
    this.fn = new LambdaFunction(this, 'Function', {
      functionName,
      // A version keeps the environment that it was published with. The digest changes with whatever can give a
      // resource in the environment another id, and a new description is a new version (docs/adr/0028).
      description: Lazy.uncachedString({
        produce: () => `${stem}, resources ${digestOfReferences(Stack.of(this), environment)}`,
      }),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundle),
      handler: `${stem}.handler`,
      memorySize: memoryMib,
      timeout: Duration.seconds(functionTimeoutSeconds),
      environment: { ...environment },
      role,
      logGroup: logs,
      loggingFormat: LoggingFormat.JSON,
      // An execution in flight goes on calling the version that it began with. They all go with the function.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
  }

  /** What a state machine's definition names: a deployment never changes it under an execution. */
  get version(): IVersion {
    // CDK's classes do not know `exactOptionalPropertyTypes`.
    return this.fn.currentVersion as IVersion;
  }

  /**
   * What rules, routes and alarms name. Its ARN and the permissions on it stay as they are in a deployment, which only
   * points it at the next version: a permission on a version is replaced after its callers name the next one.
   */
  get live(): IFunction {
    this.#live ??= this.fn.addAlias(liveAlias) as IFunction;
    return this.#live;
  }
}
