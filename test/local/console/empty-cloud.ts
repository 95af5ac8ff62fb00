import { CloudWatch } from '../../../local/aws/cloudwatch/cloudwatch.ts';
import { Fleet } from '../../../local/aws/ec2/state.ts';
import { ParameterStore } from '../../../local/aws/parameter-store/protocol.ts';
import { Schedules } from '../../../local/aws/scheduler/state.ts';
import { Executions } from '../../../local/aws/step-functions/state.ts';
import type { ShownCloud } from '../../../local/console/shown-cloud.ts';
import { GitHub } from '../../../local/github/state.ts';
import { FaultPlan } from '../../../local/wire/faults.ts';
import { definitionText } from '../../../statemachine/definitions.ts';

/** A cloud in which nothing is yet, for the console to show. */
export const emptyCloud = (): ShownCloud => ({
  stack: {
    alarms: [],
    functions: [],
    stateMachines: [
      { name: 'provision-runner', arn: 'a', roleArn: 'r', definition: definitionText('provision-runner') },
    ],
  },
  fleet: new Fleet({ onState: () => undefined }),
  github: new GitHub(),
  executions: new Executions({ invoke: () => Promise.reject(), onStatus: () => undefined }),
  schedules: new Schedules({ groups: [], startExecution: () => undefined, onDeadLetter: () => undefined }),
  faults: new FaultPlan(),
  rations: { report: () => [] },
  tables: { find: () => undefined },
  parameters: new ParameterStore(),
  cloudWatch: new CloudWatch({ alarms: [], region: 'us-east-2', act: () => undefined }),
  control: { faultServices: ['ec2'] },
});
