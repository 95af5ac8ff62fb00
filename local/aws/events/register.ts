import type { CloudBase } from '../../cloud-base.ts';
import type { CloudAuthorization } from '../iam/cloud-authorization.ts';
import type { PermittedInvocations } from '../iam/permitted-invocations.ts';
import { publishExecutionStatus, publishInstanceState } from './cloud-events.ts';
import { EventBus } from './event-bus.ts';

/** EventBridge, which hears of every instance and execution, with the template's rules. */
export const registerEvents = (
  cloud: CloudBase,
  authorization: CloudAuthorization,
  invocations: PermittedInvocations,
): EventBus => {
  const { place, rules } = cloud.stack;
  const bus = new EventBus({
    account: place.accountId,
    region: place.region,
    deliver: (targetArn, payload, rule) => invocations.byRule(rule, targetArn, payload),
    onDeadLetter: (queueArn, payload, rule) =>
      void cloud.sendDeadLetter(queueArn, payload, (queue) => authorization.mayRuleSend(rule, queue)),
    isScheduleOn: cloud.layers.isSweepOn,
    deliveries: cloud.misfortunes.deliveries,
  });
  cloud.instanceStates.add((instance) => publishInstanceState(bus, place, instance));
  cloud.executionStatuses.add((execution) => publishExecutionStatus(bus, execution));
  cloud.beginning.add(() => {
    for (const rule of rules) bus.addRule(rule);
  });
  cloud.stackRemoval.add(() => bus.close());
  cloud.ending.add(() => bus.close());
  return bus;
};
