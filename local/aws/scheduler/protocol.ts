import { AwsFault } from '../../wire/aws-json.ts';
import { bareError } from '../../wire/bare-error.ts';
import type { CloudService, WireRequest, WireResponse } from '../../wire/wire.ts';
import type { FakeSchedule, SchedulerTarget, Schedules } from './state.ts';

interface RetryPolicy {
  readonly MaximumEventAgeInSeconds?: number;
  readonly MaximumRetryAttempts?: number;
}

const answer = (status: number, body: unknown, code?: string): WireResponse => ({
  status,
  headers: {
    'content-type': 'application/json',
    ...(code === undefined ? {} : { 'x-amzn-errortype': code }),
  },
  body: JSON.stringify(body),
});

const statuses: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ConflictException: 409,
  ServiceQuotaExceededException: 402,
  ThrottlingException: 429,
  InternalServerException: 500,
};

/** An error's code is in a header (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization). */
const refuse = (code: string, message: string): WireResponse =>
  bareError(code) ?? answer(statuses[code] ?? 400, { Message: message }, code);

const epoch = (date: Date): number => date.getTime() / 1_000;

const described = ({ name, group, expression, target, createdAt }: FakeSchedule) => ({
  Name: name,
  GroupName: group,
  State: 'ENABLED',
  ScheduleExpression: expression,
  ScheduleExpressionTimezone: 'UTC',
  Target: target,
  CreationDate: epoch(createdAt),
});

const listed = ({ name, group, target, createdAt }: FakeSchedule) => ({
  Name: name,
  GroupName: group,
  State: 'ENABLED',
  Target: { Arn: target.Arn },
  CreationDate: epoch(createdAt),
});

const operationNames: Readonly<Record<string, string>> = {
  POST: 'CreateSchedule',
  GET: 'GetSchedule',
  DELETE: 'DeleteSchedule',
};

interface Read {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

const read = ({ method, path, body }: WireRequest): Read | undefined => {
  const url = new URL(path, 'http://scheduler');
  const [, name] = /^\/schedules(?:\/([^/]+))?$/.exec(url.pathname) ?? [undefined, undefined];
  if (!url.pathname.startsWith('/schedules')) return undefined;
  const query = Object.fromEntries(url.searchParams);
  if (name === undefined) return { operation: 'ListSchedules', parameters: query };
  const operation = operationNames[method];
  if (operation === undefined) return undefined;
  const given = body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);
  return { operation, parameters: { ...query, ...given, Name: decodeURIComponent(name) } };
};

const invalid = (message: string): never => {
  throw new AwsFault('ValidationException', message);
};

const isBetween = (value: unknown, least: number, most: number): boolean =>
  value === undefined || (typeof value === 'number' && value >= least && value <= most);

/**
 * The target, and what is required beside it; what is not simulated is refused
 * (https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Target.html).
 */
const targetOf = (parameters: Readonly<Record<string, unknown>>): SchedulerTarget => {
  const { Target, FlexibleTimeWindow, ScheduleExpressionTimezone = 'UTC' } = parameters;
  const target = (Target ?? invalid('Target is required')) as SchedulerTarget & { RetryPolicy?: RetryPolicy };
  if (typeof target.Arn !== 'string' || typeof target.RoleArn !== 'string')
    invalid('Target must have Arn and RoleArn');
  if ((FlexibleTimeWindow as { Mode?: unknown } | undefined)?.Mode !== 'OFF')
    invalid('FlexibleTimeWindow must have the Mode OFF here');
  if (ScheduleExpressionTimezone !== 'UTC') invalid('Only UTC is simulated');
  const { MaximumEventAgeInSeconds, MaximumRetryAttempts } = target.RetryPolicy ?? {};
  if (!isBetween(MaximumEventAgeInSeconds, 60, 86_400) || !isBetween(MaximumRetryAttempts, 0, 185))
    invalid('RetryPolicy is out of range');
  return target;
};

/** The REST protocol of EventBridge Scheduler over the schedules. */
export const schedulerService = (schedules: Schedules): CloudService => {
  const operations: Readonly<Record<string, (parameters: Record<string, unknown>) => WireResponse>> = {
    CreateSchedule: (parameters) => {
      const { Name, GroupName, ScheduleExpression, ClientToken } = parameters;
      const group = String(GroupName ?? 'default');
      const token = typeof ClientToken === 'string' ? ClientToken : undefined;
      schedules.create(String(Name), group, String(ScheduleExpression), targetOf(parameters), token);
      return answer(200, { ScheduleArn: `arn:aws:scheduler:::schedule/${group}/${String(Name)}` });
    },
    GetSchedule: ({ Name, groupName }) =>
      answer(200, described(schedules.get(String(Name), String(groupName ?? 'default')))),
    DeleteSchedule: ({ Name, groupName }) => {
      schedules.delete(String(Name), String(groupName ?? 'default'));
      return answer(200, {});
    },
    ListSchedules: ({ ScheduleGroup, MaxResults = 100, NextToken = 0 }) => {
      const own = schedules.all.filter(({ group }) => ScheduleGroup === undefined || group === ScheduleGroup);
      const from = Number(NextToken);
      const to = from + Math.min(Number(MaxResults), 100);
      return answer(200, {
        Schedules: own.slice(from, to).map(listed),
        ...(to < own.length ? { NextToken: String(to) } : {}),
      });
    },
  };
  return {
    name: 'scheduler',
    read,
    refuse,
    facts: () => ({}),
    perform: ({ operation, parameters }) => {
      try {
        return operations[operation]?.({ ...parameters }) ?? refuse('ValidationException', operation);
      } catch (error) {
        if (error instanceof AwsFault) return refuse(error.code, error.message);
        throw error;
      }
    },
  };
};
