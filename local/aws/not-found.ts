import { xmlAnswer } from '../wire/query-protocol.ts';
import type { CloudCall, CloudService, WireResponse } from '../wire/wire.ts';

/** What a service says, in its own words, of something that it does not have. */
const codes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ec2: {
    TerminateInstances: 'InvalidInstanceID.NotFound',
    GetConsoleOutput: 'InvalidInstanceID.NotFound',
  },
  states: {
    DescribeExecution: 'ExecutionDoesNotExist',
    GetExecutionHistory: 'ExecutionDoesNotExist',
    StopExecution: 'ExecutionDoesNotExist',
  },
  scheduler: { GetSchedule: 'ResourceNotFoundException', DeleteSchedule: 'ResourceNotFoundException' },
  github: {
    CreateAccessToken: '404',
    GenerateJitConfig: '404',
    GetRunner: '404',
    DeleteRunner: '404',
    RemoveLabels: '404',
    ListDownloads: '404',
    GetRun: '404',
    ListJobs: '404',
  },
};

const json = (body: object): WireResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** What a service answers from a list in which nothing is. */
const emptyLists: Readonly<Record<string, Readonly<Record<string, () => WireResponse>>>> = {
  ec2: {
    DescribeImages: () => xmlAnswer('DescribeImages', {}),
    DescribeSpotPriceHistory: () => xmlAnswer('DescribeSpotPriceHistory', {}),
  },
  states: { ListExecutions: () => json({ executions: [] }) },
  scheduler: { ListSchedules: () => json({ Schedules: [] }) },
  github: { ListRunners: () => json({ total_count: 0, runners: [] }) },
};

const describedInstances = (service: CloudService, { parameters }: CloudCall): WireResponse =>
  parameters['InstanceId'] === undefined
    ? xmlAnswer('DescribeInstances', {})
    : service.refuse('InvalidInstanceID.NotFound', 'The instance ID does not exist');

/**
 * The answer of a service that does not show what is there, as all of them do for seconds: not found by its id, missing
 * from a list. `undefined` for a call that asks for nothing that could be missing.
 */
export const notFoundAnswer = (service: CloudService, call: CloudCall): WireResponse | undefined => {
  const { service: name, operation } = call;
  if (name === 'ec2' && operation === 'DescribeInstances') return describedInstances(service, call);
  const code = codes[name]?.[operation];
  return code === undefined ? emptyLists[name]?.[operation]?.() : service.refuse(code, 'Not Found');
};
