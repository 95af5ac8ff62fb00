import type { CloudBase } from '../../cloud-base.ts';
import type { PermittedInvocations } from '../iam/permitted-invocations.ts';
import { CloudWatch } from './cloudwatch.ts';

/** CloudWatch with the template's alarms. */
export const registerCloudWatch = ({ stack }: CloudBase, invocations: PermittedInvocations): CloudWatch =>
  new CloudWatch({
    alarms: stack.alarms,
    region: stack.place.region,
    invoke: (alarm, functionArn, event) => void invocations.byAlarm(alarm.arn, functionArn, event),
  });
