import {
  DescribeInstanceTypeOfferingsCommand,
  EC2Client,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Decision } from '../../../../local/aws/iam/denial.ts';
import { createLocalCloud, type LocalCloud } from '../../../../local/local-cloud.ts';
import { inProcessHandler } from '../../../../local/wire/in-process-aws.ts';
import { synthesizedStack } from '../../../synthesized-stack.ts';

const stack = synthesizedStack();
const [schedulesGroup = ''] = stack.scheduleGroups;

let cloud: LocalCloud;
let decisions: Decision[];
beforeEach(async () => {
  decisions = [];
  cloud = await createLocalCloud({
    stack,
    functions: () => ({ invoke: () => Promise.reject(new Error('not here')), close: async () => undefined }),
    watcher: { onDecision: (decision) => decisions.push(decision) },
  });
});
afterEach(() => cloud.close());

/** The SDK's own client, in the name of a function of the stack. */
const as = (stem: string) => ({
  region: 'us-east-2',
  endpoint: 'http://aws.local',
  credentials: { accessKeyId: `local.Stint-${stem}`, secretAccessKey: 'local' },
  requestHandler: inProcessHandler(cloud.door.send),
  maxAttempts: 1,
});

const instance = 'i-00000000000000001';
const states = 'arn:aws:states:us-east-2:000000000000';

const calls: readonly (readonly [string, string, string, string, () => Promise<unknown>])[] = [
  [
    'EC2',
    'UnauthorizedOperation',
    'ec2:TerminateInstances',
    `arn:aws:ec2:us-east-2:000000000000:instance/${instance}`,
    () => new EC2Client(as('show-runners')).send(new TerminateInstancesCommand({ InstanceIds: [instance] })),
  ],
  [
    'Step Functions',
    'AccessDeniedException',
    'states:StartExecution',
    `${states}:stateMachine:Stint-destroy-runner`,
    () =>
      new SFNClient(as('show-runners')).send(
        new StartExecutionCommand({ stateMachineArn: `${states}:stateMachine:Stint-destroy-runner` }),
      ),
  ],
  [
    'Scheduler',
    'AccessDeniedException',
    'scheduler:DeleteSchedule',
    'arn:aws:scheduler:us-east-2:000000000000:schedule/Stint/mine',
    () =>
      new SchedulerClient(as('show-runners')).send(
        new DeleteScheduleCommand({ Name: 'mine', GroupName: schedulesGroup }),
      ),
  ],
  [
    'KMS',
    'AccessDeniedException',
    'kms:Decrypt',
    stack.keyArns[0] ?? '',
    () => new KMSClient(as('show-runners')).send(new DecryptCommand({ CiphertextBlob: new Uint8Array(8) })),
  ],
  [
    'Systems Manager',
    'AccessDeniedException',
    'ssm:PutParameter',
    'arn:aws:ssm:us-east-2:000000000000:parameter/Stint/admission',
    () =>
      new SSMClient(as('show-runners')).send(
        new PutParameterCommand({ Name: '/Stint/admission', Value: 'open', Overwrite: true }),
      ),
  ],
];

describe('a call that the template’s policies do not allow', () => {
  test.each(calls)(
    'is refused by %s in its own protocol, and says who asked for what',
    async (_, name, action, resource, send) => {
      const told = `is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
      await expect(send()).rejects.toMatchObject({
        name,
        message: expect.stringMatching(
          /assumed-role\/Stint-FunctionsShowRunnersRole\w+\/Stint-show-runners /,
        ),
      });
      await expect(send()).rejects.toThrow(told);
      expect(decisions[0]).toMatchObject({ isAllowed: false, request: { action, resource } });
    },
  );

  test('is refused when it is not known what it would need', async () => {
    const ec2 = new EC2Client(as('sweep'));
    await expect(ec2.send(new DescribeInstanceTypeOfferingsCommand({}))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: expect.stringContaining('What DescribeInstanceTypeOfferings of ec2 needs is not known here'),
    });
  });

  test('is not refused to the operator, who is no function', async () => {
    const operator = { ...as(''), credentials: { accessKeyId: 'local.operator', secretAccessKey: 'local' } };
    const command = new PutParameterCommand({ Name: '/Stint/admission', Value: 'closed', Overwrite: true });
    await new SSMClient(operator).send(command);
    expect(cloud.parameters.get('/Stint/admission')).toBe('closed');
  });
});
