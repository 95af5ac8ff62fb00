import { AwsAccount } from './aws/account.ts';
import { Gateway } from './aws/api-gateway/gateway.ts';
import { apiGatewayService } from './aws/api-gateway/protocol.ts';
import { cloudFormationService } from './aws/cloudformation/protocol.ts';
import { removableStack } from './aws/cloudformation/stack-removal.ts';
import { CloudWatch } from './aws/cloudwatch/cloudwatch.ts';
import { interruptSpotInstance } from './aws/ec2/interruption.ts';
import { Machines } from './aws/ec2/machine.ts';
import { ec2Service } from './aws/ec2/protocol.ts';
import { type FakeInstance, Fleet, type FleetOptions } from './aws/ec2/state.ts';
import { publishExecutionStatus, publishInstanceState } from './aws/events/cloud-events.ts';
import { type CloudEvent, EventBus } from './aws/events/event-bus.ts';
import { cloudAuthorization } from './aws/iam/cloud-authorization.ts';
import type { Decision } from './aws/iam/denial.ts';
import { iamService } from './aws/iam/protocol.ts';
import { kmsService } from './aws/kms/protocol.ts';
import type { FunctionInvoker, OnFunctionLog } from './aws/lambda/function-invoker.ts';
import { logsService } from './aws/logs/protocol.ts';
import { ParameterStore } from './aws/parameter-store/protocol.ts';
import { schedulerService } from './aws/scheduler/protocol.ts';
import { type FakeSchedule, Schedules } from './aws/scheduler/state.ts';
import { Secrets } from './aws/secrets-manager/protocol.ts';
import { serviceQuotasService } from './aws/service-quotas/protocol.ts';
import type { HistoryEvent } from './aws/step-functions/engine/history.ts';
import { stepFunctionsService } from './aws/step-functions/protocol.ts';
import { Executions } from './aws/step-functions/state.ts';
import { stsService } from './aws/sts/protocol.ts';
import { changeAccount } from './control/account-change.ts';
import { jobSnapshot, snapshotOf } from './control/cloud-snapshot.ts';
import { type ControlledCloud, firstRun } from './control/controlled-cloud.ts';
import { executionDetail } from './control/execution-detail.ts';
import { githubAccountService } from './github/account-service.ts';
import { type DeployedCredential, tokenCredential } from './github/deployed-credential.ts';
import { GitHubAccount } from './github/github-account.ts';
import { githubService } from './github/protocol.ts';
import { GitHub, type GitHubOptions } from './github/state.ts';
import type { Stack } from './template/stack.ts';
import { AwsFault } from './wire/aws-json.ts';
import { FaultPlan } from './wire/faults.ts';
import {
  createFrontDoor,
  type FrontDoor,
  type FrontDoorOptions,
  type RecordedCall,
  type WireExchange,
} from './wire/front-door.ts';

/** What happens in the cloud, for whoever watches. */
export interface CloudWatcher {
  readonly onCall?: (recorded: RecordedCall) => void;
  readonly onExchange?: (exchange: WireExchange) => void;
  readonly onStateEvent?: (
    execution: { readonly name: string; readonly stateMachine: string },
    event: HistoryEvent,
  ) => void;
  /** An instance has entered a state. */
  readonly onInstance?: (instance: FakeInstance) => void;
  /** A message that nobody took, and the queue that it is in; `undefined` when it is lost. */
  readonly onDeadLetter?: (queueArn: string | undefined, payload: unknown) => void;
  /** Whether the template's policies allow something that was asked for. */
  readonly onDecision?: (decision: Decision) => void;
}

/** Which of the layers that end a machine work, for a simulation that takes some away. */
export interface Layers {
  readonly isShutdownOn?: () => boolean;
  readonly isScheduleOn?: () => boolean;
  readonly isSweepOn?: () => boolean;
}

/** What a simulation can make worse than it usually is. */
export interface Misfortunes extends Pick<FrontDoorOptions, 'intercept'> {
  /** After how many seconds an event is delivered, once for each; none when it is lost. */
  readonly deliveries?: (event: CloudEvent) => readonly number[];
  /** How many seconds after its time a schedule fires, once for each. */
  readonly firings?: (schedule: FakeSchedule) => readonly number[];
  /** How far a machine's own clock is ahead. */
  readonly machineAheadSeconds?: () => number;
}

export interface LocalCloudOptions {
  readonly stack: Stack;
  /** Makes what runs the stack's functions, which call the cloud through the door; the cloud reads what they log. */
  readonly functions: (door: FrontDoor, onLog: OnFunctionLog) => FunctionInvoker | Promise<FunctionInvoker>;
  /** From `running` to the runner's connection, in simulated seconds; 20 unless told otherwise. */
  readonly bootSeconds?: () => number;
  readonly fleet?: Omit<FleetOptions, 'onState'>;
  readonly github?: GitHubOptions;
  readonly layers?: Layers;
  readonly misfortunes?: Misfortunes;
  readonly watcher?: CloudWatcher;
  /** What the deployment's secret holds and GitHub knows; a token unless told otherwise. */
  readonly credential?: DeployedCredential;
  /** Whether the template's policies are enforced; they are unless told otherwise. */
  readonly isAuthorizing?: boolean;
}

/** The repository whose workflow runs GitHub knows. */
export const configuredRepository = 'rr-debugger/rr';

const runnerGroupIds = ({ functions }: Stack): readonly number[] => [
  ...new Set(functions.map(({ environment }) => Number(environment['RUNNER_GROUP_ID'] ?? 1))),
];

const createGitHub = (options: GitHubOptions | undefined): GitHub => {
  const github = new GitHub(options);
  github.putRun({ id: firstRun, repository: configuredRepository, status: 'in_progress', runAttempt: 1 });
  return github;
};

const createSecrets = ({ secretArns }: Stack, { secret }: DeployedCredential): Secrets => {
  const secrets = new Secrets();
  for (const arn of secretArns) {
    secrets.add(arn);
    secrets.put(arn, secret);
  }
  return secrets;
};

/** What `cdk bootstrap` leaves (https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html). */
const bootstrapVersion = { name: '/cdk-bootstrap/hnb659fds/version', value: '30' };

const createParameters = ({ parameters }: Stack): ParameterStore => {
  const store = new ParameterStore();
  for (const { name, value } of [bootstrapVersion, ...parameters]) store.put(name, value);
  return store;
};

const createGitHubAccount = (stack: Stack): GitHubAccount => {
  const targets = stack.functions.flatMap(({ environment }) => environment['TARGET'] ?? []);
  const [owner = ''] = configuredRepository.split('/');
  return new GitHubAccount(targets[0] ?? owner, [configuredRepository], runnerGroupIds(stack));
};

/** Tells of a dead letter, and of the queue that it is in if it may go there. */
const buryingFor =
  ({ onDeadLetter }: CloudWatcher) =>
  async (queueArn: string | undefined, payload: unknown, mayBury: (queueArn: string) => Promise<boolean>) => {
    const isBuried = queueArn !== undefined && (await mayBury(queueArn));
    onDeadLetter?.(isBuried ? queueArn : undefined, payload);
  };

/**
 * The stack in a cloud on this machine: every service that the template and the functions use, wired to each
 * other by what the template says and by nothing else.
 */
export const createLocalCloud = async ({
  stack,
  functions,
  bootSeconds = () => 20,
  layers = {},
  misfortunes = {},
  watcher = {},
  isAuthorizing = true,
  credential = tokenCredential('local'),
  ...options
}: LocalCloudOptions) => {
  const { place } = stack;
  const faults = new FaultPlan();
  const github = createGitHub(options.github);
  const parameters = createParameters(stack);

  const bus: EventBus = new EventBus({
    account: place.accountId,
    region: place.region,
    deliver: async (targetArn, payload, rule) => (await permitted.byRule(rule, targetArn, payload)).ok,
    onDeadLetter: (queueArn, payload, rule) =>
      void bury(queueArn, payload, (queue) => authorization.mayRuleBury(rule, queue)),
    ...(layers.isSweepOn === undefined ? {} : { isScheduleOn: layers.isSweepOn }),
    ...(misfortunes.deliveries === undefined ? {} : { deliveries: misfortunes.deliveries }),
  });
  const fleet: Fleet = new Fleet({
    ...options.fleet,
    onState: (instance) => {
      watcher.onInstance?.(instance);
      machines.onState(instance);
      publishInstanceState(bus, place, instance);
    },
  });
  const machines = new Machines({
    fleet,
    hub: github,
    faults,
    bootSeconds,
    ...(layers.isShutdownOn === undefined ? {} : { isShutdownOn: layers.isShutdownOn }),
    ...(misfortunes.machineAheadSeconds === undefined
      ? {}
      : { clockAheadSeconds: misfortunes.machineAheadSeconds }),
  });
  const authorization = await cloudAuthorization({
    stack,
    fleet,
    isAuthorizing,
    onDecision: watcher.onDecision,
  });
  const bury = buryingFor(watcher);
  const executions = new Executions({
    invoke: (functionArn, payload, stateMachineArn) =>
      permitted.byStateMachine(stateMachineArn, functionArn, payload),
    onStatus: (execution) => publishExecutionStatus(bus, execution),
    onEvent: (execution, event) => watcher.onStateEvent?.(execution, event),
  });
  const schedules = new Schedules({
    groups: stack.scheduleGroups,
    startExecution: async (arn, name, input, schedule) => {
      await authorization.requireScheduledStart(schedule, arn);
      const struck = faults.take({ service: 'states', operation: 'StartExecution' }, { caller: 'scheduler' });
      if (struck !== undefined) throw new AwsFault(struck.error, 'A planted fault');
      executions.start(arn, name ?? crypto.randomUUID(), input);
    },
    onDeadLetter: (queueArn, payload, schedule) =>
      void bury(queueArn, payload, (queue) => authorization.mayScheduleBury(schedule, queue)),
    ...(layers.isScheduleOn === undefined ? {} : { isOn: layers.isScheduleOn }),
    ...(misfortunes.firings === undefined ? {} : { firings: misfortunes.firings }),
  });
  const account = new AwsAccount(place.region);
  const githubAccount = createGitHubAccount(stack);
  const secrets = createSecrets(stack, credential);
  const logGroups = new Set(stack.logGroups);
  const gatewayOf = (): Gateway => gateway;
  const deployed = removableStack(stack, {
    fleet,
    bus,
    schedules,
    executions,
    secrets,
    parameters,
    logGroups,
    gateway: gatewayOf,
  });
  const { tokens, app } = credential;
  const runnerGroups = runnerGroupIds(stack);
  const services = [
    ec2Service(fleet, stack, account),
    stepFunctionsService(executions),
    schedulerService(schedules),
    kmsService(stack.keyArns),
    secrets.service(),
    parameters.service(),
    cloudFormationService(deployed),
    apiGatewayService(gatewayOf),
    logsService(logGroups),
    stsService(place.accountId),
    iamService(place.accountId, account.serviceRoles),
    serviceQuotasService(account.quotas),
    githubAccountService(
      githubService({
        github,
        tokens,
        runnerGroupIds: runnerGroups,
        ...(app === undefined ? {} : { app }),
      }),
      githubAccount,
      tokens,
    ),
  ];
  const door = createFrontDoor({
    services,
    faults,
    denialOf: authorization.denialOfCall,
    ...(misfortunes.intercept === undefined ? {} : { intercept: misfortunes.intercept }),
    ...(watcher.onCall === undefined ? {} : { onCall: watcher.onCall }),
    ...(watcher.onExchange === undefined ? {} : { onExchange: watcher.onExchange }),
  });
  const cloudWatch = new CloudWatch({
    alarms: stack.alarms,
    region: place.region,
    invoke: (alarm, functionArn, event) => void permitted.byAlarm(alarm.arn, functionArn, event),
  });
  const invoker = await functions(door, ({ message }) => cloudWatch.read(message));
  const permitted = authorization.invocations(invoker);
  const gateway = new Gateway(stack.httpApi, {
    invoke: (reference, event, routeKey) => permitted.byRoute(routeKey, reference, event),
  });
  for (const stateMachine of stack.stateMachines) executions.addStateMachine(stateMachine);
  for (const rule of stack.rules) bus.addRule(rule);

  const control: ControlledCloud = {
    faultServices: [...services.map(({ name }) => name), 'machine'],
    snapshot: () => snapshotOf({ fleet, github, schedules, executions }),
    putRun: ({ runId, ...run }) => github.putRun({ ...run, id: runId }),
    queueJob: (job) => jobSnapshot(github.queueJob(job)),
    faults: () => faults.active,
    addFault: (fault) => faults.add(fault),
    clearFaults: (like) => faults.clear(like),
    changeAccount: (change) =>
      changeAccount(
        { account, githubAccount, deployed, parameters, secrets, secretArns: stack.secretArns },
        change,
      ),
    interrupt: (instanceId) => interruptSpotInstance(fleet, instanceId),
    execution: (stateMachine, name) => {
      const found = executions.named(stateMachine, name);
      return found === undefined ? undefined : executionDetail(found);
    },
  };

  /** Ends everything that the cloud started. */
  const close = async (): Promise<void> => {
    bus.close();
    schedules.close();
    await invoker.close();
  };

  return {
    stack,
    deployed,
    account,
    githubAccount,
    secrets,
    logGroups,
    door,
    gateway,
    control,
    faults,
    fleet,
    github,
    executions,
    schedules,
    parameters,
    bus,
    invoker,
    cloudWatch,
    close,
  };
};

export type LocalCloud = Awaited<ReturnType<typeof createLocalCloud>>;
