import type { ProvisionInput } from '../../../functions/domain/life/provision-input.ts';
import { Gateway } from '../../../local/aws/api-gateway/gateway.ts';
import { dynamodbService } from '../../../local/aws/dynamodb/protocol.ts';
import { Tables } from '../../../local/aws/dynamodb/state.ts';
import { ec2Service } from '../../../local/aws/ec2/protocol.ts';
import { Fleet } from '../../../local/aws/ec2/state.ts';
import { kmsService } from '../../../local/aws/kms/protocol.ts';
import { WorkerFunctions } from '../../../local/aws/lambda/worker-functions.ts';
import { ParameterStore } from '../../../local/aws/parameter-store/protocol.ts';
import { schedulerService } from '../../../local/aws/scheduler/protocol.ts';
import { Schedules } from '../../../local/aws/scheduler/state.ts';
import { Secrets } from '../../../local/aws/secrets-manager/protocol.ts';
import { stepFunctionsService } from '../../../local/aws/step-functions/protocol.ts';
import { Executions } from '../../../local/aws/step-functions/state.ts';
import { githubService } from '../../../local/github/protocol.ts';
import { GitHub } from '../../../local/github/state.ts';
import type { Stack } from '../../../local/template/stack.ts';
import { FaultPlan } from '../../../local/wire/faults.ts';
import { createFrontDoor, type RecordedCall } from '../../../local/wire/front-door.ts';
import { startHttpServer } from '../../../local/wire/http-server.ts';
import { wireSite } from '../../../local/wire/wire-site.ts';
import { synthesizedStack } from '../../synthesized-stack.ts';

const token = 'local';

export const label = 'rr_runner_1f';

/** An execution of it runs until it is stopped. */
const endless = JSON.stringify({
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: 86_400, End: true } },
});

const waitingExecutions = ({ stateMachines }: Stack): Executions => {
  const executions = new Executions({
    invoke: () => Promise.reject(new Error('No state machine here has a task')),
    onStatus: () => undefined,
  });
  for (const { arn, name } of stateMachines) executions.addStateMachine({ arn, name, definition: endless });
  return executions;
};

const deploymentOf = ({ functions }: Stack): string =>
  functions.flatMap(({ environment }) => environment['DEPLOYMENT'] ?? [])[0] ?? '';

const filledSecrets = ({ secretArns }: Stack, credential: object | undefined): Secrets => {
  const secrets = new Secrets();
  for (const arn of secretArns) {
    secrets.add(arn);
    if (credential !== undefined) secrets.put(arn, JSON.stringify(credential));
  }
  return secrets;
};

const filledParameters = ({ parameters }: Stack): ParameterStore => {
  const store = new ParameterStore();
  for (const { name, value } of parameters) store.put(name, value);
  return store;
};

export interface BundledCloudOptions {
  /** What the GitHub secret holds; it was never filled when this is `undefined`. */
  readonly credential?: object | undefined;
  /** An organisation, or `owner/repository`. */
  readonly target?: string;
}

/**
 * The bundles of the stack in their workers, each invoked by the test itself, and the services that they call over
 * HTTP. The state machines only wait, so that nothing happens unasked.
 */
export const createBundledCloud = async (options: BundledCloudOptions = {}) => {
  const { credential, target } = { credential: { token }, ...options };
  const stack = synthesizedStack();
  const calls: RecordedCall[] = [];
  const faults = new FaultPlan();
  const github = new GitHub();
  github.putRun({ id: 1001, repository: 'rr-debugger/rr', status: 'in_progress', runAttempt: 1 });
  const fleet = new Fleet({
    pendingSeconds: 0,
    endingSeconds: 0,
    lagSeconds: () => 0,
    onState: () => undefined,
  });
  const executions = waitingExecutions(stack);
  const parameters = filledParameters(stack);
  const tables = await Tables.of(stack.tables);
  const schedules = new Schedules({
    groups: stack.scheduleGroups,
    startExecution: () => undefined,
    onDeadLetter: () => undefined,
  });
  const door = createFrontDoor({
    services: [
      ec2Service(fleet, stack),
      stepFunctionsService(executions),
      schedulerService(schedules),
      kmsService(stack.keyArns),
      filledSecrets(stack, credential).service(),
      parameters.service(),
      dynamodbService(tables),
      githubService({ github, tokens: new Set([token]), runnerGroupIds: [1] }),
    ],
    faults,
    onCall: (call) => calls.push(call),
  });
  const server = await startHttpServer(0, [wireSite(door)]);
  const functions = stack.functions.map((fn) =>
    target === undefined || fn.environment['TARGET'] === undefined
      ? fn
      : { ...fn, environment: { ...fn.environment, TARGET: target } },
  );
  const invoker = new WorkerFunctions({
    functions,
    endpoints: { region: stack.place.region, awsUrl: server.url, githubUrl: `${server.url}/github` },
    timeScale: { originMs: Date.now(), speed: 1 },
    onLog: () => undefined,
  });
  const gateway = new Gateway(stack.httpApi, invoker);

  /** Invokes a function by its file's name. */
  const invoke = async (stem: string, payload: object) => {
    const fn = functions.find((candidate) => candidate.stem === stem);
    if (fn === undefined) throw new Error(`The stack has no function ${stem}`);
    return invoker.invoke(fn.name, payload);
  };

  /** Invokes a function that is to succeed, and gives what it answered. */
  const run = async <Output = Readonly<Record<string, unknown>>>(
    stem: string,
    payload: object,
  ): Promise<Output> => {
    const result = await invoke(stem, payload);
    if (!result.ok) throw new Error(`${stem}: ${result.errorType}: ${result.errorMessage}`);
    return result.payload as Output;
  };

  const request = async (method: string, path: string, body?: object) => {
    const answer = await gateway.request({
      method,
      path,
      headers: { host: 'stint.example', 'content-type': 'application/json' },
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
      sourceIp: '192.0.2.1',
    });
    return {
      status: answer.status,
      body: JSON.parse(String(answer.body)) as Readonly<Record<string, unknown>>,
    };
  };

  /** Asks for a runner, and gives the input that its execution has. */
  const begin = async (): Promise<ProvisionInput> => {
    const { status, body } = await request('POST', '/runners', {
      operation: 'create',
      label,
      architecture: 'x86_64',
    });
    const [execution] = executions.all;
    if (execution === undefined) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return JSON.parse(execution.input) as ProvisionInput;
  };

  /** Takes a shared reading away, as if it had become too old: time is real here. */
  const ageReading = (name: string) =>
    tables.ask(
      'DeleteItem',
      JSON.stringify({
        TableName: stack.tables[0]?.name,
        Key: { pk: { S: `reading#${name}` }, sk: { S: 'head' } },
      }),
    );

  const close = async (): Promise<void> => {
    schedules.close();
    for (const { arn } of executions.all) executions.stop(arn);
    await invoker.close();
    await server.close();
  };

  return {
    stack,
    deployment: deploymentOf(stack),
    calls,
    faults,
    ageReading,
    github,
    fleet,
    executions,
    schedules,
    parameters,
    invoke,
    run,
    request,
    begin,
    close,
  };
};

export type BundledCloud = Awaited<ReturnType<typeof createBundledCloud>>;
