import { AwsAccount } from './aws/account.ts';
import { registerApiGateway } from './aws/api-gateway/register.ts';
import { registerCloudFormation } from './aws/cloudformation/register.ts';
import { registerCloudWatch } from './aws/cloudwatch/register.ts';
import { registerDynamodb } from './aws/dynamodb/register.ts';
import { registerEc2 } from './aws/ec2/register.ts';
import { registerEvents } from './aws/events/register.ts';
import { cloudAuthorization } from './aws/iam/cloud-authorization.ts';
import { iamService } from './aws/iam/protocol.ts';
import { kmsService } from './aws/kms/protocol.ts';
import { registerLogs } from './aws/logs/register.ts';
import { registerParameterStore } from './aws/parameter-store/register.ts';
import { registerScheduler } from './aws/scheduler/register.ts';
import { registerSecretsManager } from './aws/secrets-manager/register.ts';
import { serviceQuotasService } from './aws/service-quotas/protocol.ts';
import { Topics } from './aws/sns/topics.ts';
import { registerStepFunctions } from './aws/step-functions/register.ts';
import { stsService } from './aws/sts/protocol.ts';
import { CloudBase } from './cloud-base.ts';
import type { LocalCloudOptions } from './cloud-options.ts';
import { cloudControl } from './control/cloud-control.ts';
import { tokenCredential } from './github/deployed-credential.ts';
import { registerGitHub } from './github/register.ts';
import { registerWebhook } from './github/register-webhook.ts';
import { createFrontDoor } from './wire/front-door.ts';

/** The services that make up the cloud, each after those that it needs. */
const registerServices = async (cloud: CloudBase) => {
  const { stack, functions, options } = cloud;
  const { credential = tokenCredential('local'), isAuthorizing = true, watcher = {} } = options;
  const { accountId, region } = stack.place;
  const account = new AwsAccount(region);
  const { github, githubAccount } = registerGitHub(cloud, credential);
  const fleet = registerEc2(cloud, github, account);
  const authorization = await cloudAuthorization({
    stack,
    fleet,
    isAuthorizing,
    onDecision: watcher.onDecision,
  });
  const invocations = authorization.invocations(cloud.rations.limit(functions), (...letter) =>
    cloud.sendDeadLetter(...letter),
  );
  cloud.ending.add(() => invocations.close());
  const bus = registerEvents(cloud, authorization, invocations);
  const executions = registerStepFunctions(cloud, invocations);
  const schedules = registerScheduler(cloud, authorization, executions);
  const gateway = registerApiGateway(cloud, invocations);
  const topics = new Topics(stack.topics);
  const cloudWatch = registerCloudWatch(cloud, authorization, invocations, topics);
  const secrets = registerSecretsManager(cloud, credential.secret);
  const installationId = Number(credential.app?.installationId ?? 1);
  const webhook = registerWebhook(cloud, { github, githubAccount, gateway, secrets, installationId });
  const parameters = registerParameterStore(cloud);
  const tables = await registerDynamodb(cloud);
  const logGroups = registerLogs(cloud);
  const deployed = registerCloudFormation(cloud, fleet);
  cloud.serve(
    kmsService(stack.keyArns),
    stsService(accountId),
    iamService(accountId, account.serviceRoles),
    serviceQuotasService(account.quotas),
  );
  const states = { github, githubAccount, fleet, bus, executions, schedules, gateway, topics, cloudWatch };
  return { ...states, account, authorization, secrets, webhook, parameters, tables, logGroups, deployed };
};

/**
 * The stack in a cloud on this machine: every service that the template and the functions use, wired to each
 * other by what the template says and by nothing else.
 */
export const createLocalCloud = async (options: LocalCloudOptions) => {
  const cloud = new CloudBase(options);
  const { stack, faults, rations, functions, misfortunes } = cloud;
  const { authorization, ...states } = await registerServices(cloud);
  const door = createFrontDoor({
    services: cloud.services,
    faults,
    denialOf: authorization.denialOfCall,
    mayGoOn: (call) => rations.take(call),
    intercept: misfortunes.intercept,
    onCall: options.watcher?.onCall,
    onExchange: options.watcher?.onExchange,
  });
  const invoker = await options.functions(door, ({ message }) => states.cloudWatch.read(message));
  functions.attach(invoker);
  cloud.beginning.tell();

  const faultServices = [...cloud.services.map(({ name }) => name), 'machine'];
  const control = cloudControl(faultServices, faults, states, { ...states, secretArns: stack.secretArns });

  /** Ends everything that the cloud started. */
  const close = async (): Promise<void> => {
    cloud.ending.tell();
    await functions.close();
  };

  return { ...states, stack, faults, rations, door, invoker, control, close };
};

export type LocalCloud = Awaited<ReturnType<typeof createLocalCloud>>;
