import { type Case, call } from './call.ts';

const states = 'arn:aws:states:us-east-2:000000000000';
const machine = (name: string) => ({ stateMachineArn: `${states}:stateMachine:${name}` });
const execution = (name: string, of: string) => ({ executionArn: `${states}:execution:${name}:${of}` });

const provision = 'Stint-provision-runner';
const destroy = 'Stint-destroy-runner';
const life = 'rr_runner_1f_x86_64-1';
const another = 'another-deployment-provision-runner';

const starters = [
  'on-instance-terminated',
  'on-provision-unsuccessful',
  'receive-webhook',
  'request-runners',
  'sweep',
];
const launchers = ['request-on-demand-instance', 'request-spot-instance'];

/** Executions: who starts, reads and stops them. */
export const executionCases: readonly Case[] = [
  [
    'start a provision',
    call('states', 'StartExecution', machine(provision)),
    ['look-at-queue', 'receive-webhook', 'request-runners'],
  ],
  ['start a destroy', call('states', 'StartExecution', machine(destroy)), starters],
  ['start another state machine', call('states', 'StartExecution', machine(another))],
  ['stop a provision', call('states', 'StopExecution', execution(provision, life)), ['terminate-instances']],
  ['stop a destroy', call('states', 'StopExecution', execution(destroy, `${life}-asked-1`))],
  ['stop an execution of another state machine', call('states', 'StopExecution', execution(another, life))],
  [
    'read a provision',
    call('states', 'DescribeExecution', execution(provision, life)),
    [
      'look-at-queue',
      'receive-webhook',
      'request-runners',
      ...launchers,
      'check-gone',
      'check-need',
      'on-instance-terminated',
      'on-provision-unsuccessful',
      'sweep',
    ],
  ],
  [
    'read a destroy',
    call('states', 'DescribeExecution', execution(destroy, `${life}-asked-1`)),
    ['on-instance-terminated', 'on-provision-unsuccessful', 'receive-webhook', 'sweep'],
  ],
  [
    'read an execution of another state machine',
    call('states', 'DescribeExecution', execution(another, life)),
  ],
  ['follow a provision', call('states', 'GetExecutionHistory', execution(provision, life))],
  ['follow a destroy', call('states', 'GetExecutionHistory', execution(destroy, `${life}-asked-1`))],
  ['list provisions', call('states', 'ListExecutions', machine(provision))],
  ['list destroys', call('states', 'ListExecutions', machine(destroy)), ['on-instance-terminated', 'sweep']],
  ['list what another state machine did', call('states', 'ListExecutions', machine(another))],
];
