import type { CloudBase } from '../../cloud-base.ts';
import type { CloudAuthorization } from '../iam/cloud-authorization.ts';
import type { PermittedInvocations } from '../iam/permitted-invocations.ts';
import type { Topics } from '../sns/topics.ts';
import { CloudWatch } from './cloudwatch.ts';

/** CloudWatch with the template's alarms, which invoke functions and tell topics as far as they may. */
export const registerCloudWatch = (
  { stack }: CloudBase,
  authorization: CloudAuthorization,
  invocations: PermittedInvocations,
  topics: Topics,
): CloudWatch => {
  const act = async (alarmArn: string, actionArn: string, event: object): Promise<void> => {
    if (actionArn.includes(':lambda:')) await invocations.byAlarm(alarmArn, actionArn, event);
    else if (await authorization.mayAlarmPublish(alarmArn, actionArn)) topics.publish(actionArn, event);
  };
  return new CloudWatch({
    alarms: stack.alarms,
    region: stack.place.region,
    act: ({ arn }, actionArn, event) => void act(arn, actionArn, event),
  });
};
