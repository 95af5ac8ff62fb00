import type { ShownFault } from '../console-state.ts';

/** A fault as the control call takes it: how often it strikes, or for how many simulated seconds. */
export interface InjectedFault extends ShownFault {
  readonly times?: number;
  readonly seconds?: number;
}

/** A fault that is ready to be injected, and what it does. */
export interface ReadyFault {
  readonly title: string;
  readonly fault: InjectedFault;
}

/** So often that it lasts until it is cleared. */
const always = 1_000_000;

const launch = (error: string, more: Partial<InjectedFault>): InjectedFault => ({
  service: 'ec2',
  operation: 'RunInstances',
  error,
  ...more,
});

const spot = { where: { market: 'spot' }, times: always };
const onDemand = { where: { market: 'on-demand' }, times: always };

/** What goes wrong most in this field, each at one press. */
export const readyFaults: readonly ReadyFault[] = [
  { title: 'No spot capacity', fault: launch('InsufficientInstanceCapacity', spot) },
  { title: 'No on-demand capacity', fault: launch('InsufficientInstanceCapacity', onDemand) },
  { title: 'Spot quota used up', fault: launch('MaxSpotInstanceCountExceeded', spot) },
  { title: 'On-demand vCPU quota used up', fault: launch('VcpuLimitExceeded', onDemand) },
  { title: 'EC2 throttles the next 5 launches', fault: launch('RequestLimitExceeded', { times: 5 }) },
  { title: 'The answer to the next launch is lost', fault: launch('AnswerLost', { times: 1 }) },
  {
    title: 'EC2 is away for 5 minutes',
    fault: { service: 'ec2', operation: '*', error: '503', seconds: 300 },
  },
  {
    title: 'GitHub is away for 10 minutes',
    fault: { service: 'github', operation: '*', error: '502', seconds: 600 },
  },
  {
    title: "GitHub's hourly limit is used up for 10 minutes",
    fault: { service: 'github', operation: '*', error: 'RateLimitExceeded', seconds: 600 },
  },
  {
    title: 'The next schedule is throttled',
    fault: { service: 'scheduler', operation: 'CreateSchedule', error: 'ThrottlingException', times: 1 },
  },
  {
    title: 'The next machine never registers',
    fault: { service: 'machine', operation: 'register', error: 'never', times: 1 },
  },
  {
    title: 'EC2 takes the next machine back',
    fault: { service: 'machine', operation: 'run', error: 'Server.SpotInstanceTermination', times: 1 },
  },
];

/** What a fault strikes, in words. */
export const faultText = ({ service, operation, error, where = {} }: ShownFault): string => {
  const facts = Object.entries(where).map(([key, value]) => `${key} ${value}`);
  const place = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  return `${service} ${operation === '*' ? 'everything' : operation}${place}: ${error}`;
};

/** The control call that clears a fault, and those that strike the same. */
export const clearPath = ({ service, operation, error, where = {} }: ShownFault): string => {
  const market = where['market'];
  const like = { service, operation, error, ...(market === undefined ? {} : { market }) };
  return `/_local/faults?${new URLSearchParams(like)}`;
};
