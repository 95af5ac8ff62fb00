import type { Stack } from '../../template/stack.ts';
import { AwsFault } from '../../wire/aws-json.ts';
import { images } from '../ec2/catalogue.ts';
import type { Fleet } from '../ec2/state.ts';
import type { FunctionInvoker } from '../lambda/function-invoker.ts';
import type { FakeSchedule } from '../scheduler/state.ts';
import { type Authorizer, createAuthorizer, noAuthorizer } from './authorizer.ts';
import type { KnownResources } from './call-requests.ts';
import { type Act, type Decision, denialText } from './denial.ts';
import {
  type PermittedInvocations,
  permittedInvocations,
  type SendDeadLetter,
} from './permitted-invocations.ts';
import { readReference } from './reference-data.ts';
import { serviceActs } from './service-acts.ts';

export interface CloudAuthorizationOptions {
  readonly stack: Stack;
  readonly fleet: Fleet;
  readonly isAuthorizing: boolean;
  readonly onDecision?: ((decision: Decision) => void) | undefined;
}

const knownResources = ({ place, keyArns, subnets }: Stack, fleet: Fleet): KnownResources => ({
  place,
  keyArns,
  tagsOfInstance: (id) => fleet.find(id)?.tags ?? {},
  ownerOfImage: (id) => images.find((image) => image.id === id)?.owner,
  zoneOfSubnet: (id) => subnets.find(({ subnetId }) => subnetId === id)?.availabilityZone,
});

const authorizerOf = ({ stack, fleet, isAuthorizing, onDecision }: CloudAuthorizationOptions): Authorizer =>
  isAuthorizing
    ? createAuthorizer({
        stack,
        known: knownResources(stack, fleet),
        ...(onDecision === undefined ? {} : { onDecision }),
      })
    : noAuthorizer;

/** IAM as it stands between the parts of the simulated cloud: what the template's policies allow, and nothing else. */
export const cloudAuthorization = async (options: CloudAuthorizationOptions) => {
  if (options.isAuthorizing) await readReference(options.stack);
  const authorizer = authorizerOf(options);
  const acts = serviceActs(options.stack);
  const maySend = async (needed: readonly Act[]): Promise<boolean> =>
    (await authorizer.denialOf(needed)) === undefined;

  return {
    denialOfCall: authorizer.denialOfCall,
    invocations: (invoker: FunctionInvoker, sendDeadLetter: SendDeadLetter): PermittedInvocations => {
      const { invokeConfigs } = options.stack;
      return permittedInvocations({ invoker, invokeConfigs, authorizer, acts, sendDeadLetter });
    },
    mayAlarmPublish: async (alarmArn: string, topicArn: string): Promise<boolean> =>
      (await authorizer.denialOf([acts.alarmPublishes(alarmArn, topicArn)])) === undefined,
    /** Throws AwsFault when the schedule's role may not start the state machine. */
    requireScheduledStart: async (
      { group, target }: FakeSchedule,
      stateMachineArn: string,
    ): Promise<void> => {
      const denial = await authorizer.denialOf(acts.scheduleStarts(group, target.RoleArn, stateMachineArn));
      if (denial !== undefined) throw new AwsFault('AccessDeniedException', denialText(denial));
    },
    /** Whether a dead letter may go into its queue; otherwise it is lost. */
    mayRuleSend: (ruleName: string, queueArn: string) =>
      maySend(acts.ruleSendsDeadLetter(ruleName, queueArn)),
    mayScheduleSend: ({ group, target }: FakeSchedule, queueArn: string) =>
      maySend(acts.scheduleSendsDeadLetter(group, target.RoleArn, queueArn)),
  };
};

export type CloudAuthorization = Awaited<ReturnType<typeof cloudAuthorization>>;
