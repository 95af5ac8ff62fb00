import type { Fault } from '../../local/wire/faults.ts';
import { attacksOf } from './attacks.ts';
import { lambdaFaultKinds } from './lambda-faults.ts';
import type { Layer } from './layers.ts';
import type { LifePlan, PlannedFault } from './plan.ts';
import type { Random } from './random.ts';
import { notFoundSeconds, wireFaultKinds } from './wire-faults.ts';

const operations: readonly (readonly [service: string, operations: readonly string[]])[] = [
  [
    'ec2',
    ['DescribeInstances', 'RunInstances', 'TerminateInstances', 'DescribeImages', 'GetConsoleOutput', '*'],
  ],
  ['states', ['StartExecution', 'DescribeExecution', 'StopExecution', 'ListExecutions', '*']],
  ['scheduler', ['CreateSchedule', 'GetSchedule', 'DeleteSchedule', 'ListSchedules', '*']],
  [
    'github',
    ['GenerateJitConfig', 'ListRunners', 'GetRunner', 'DeleteRunner', 'RemoveLabels', 'ListDownloads', '*'],
  ],
  ['kms', ['GenerateDataKey', 'Decrypt', '*']],
  ['secretsmanager', ['GetSecretValue']],
  ['dynamodb', ['Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'GetItem', '*', '*']],
];

const stems = [
  'schedule-destroy',
  'take-turn',
  'resolve-image',
  'fetch-jit-config',
  'rank-capacity-pools',
  'request-spot-instance',
  'request-on-demand-instance',
  'check-runner',
  'discard-round',
  'check-need',
  'withdraw-labels',
  'check-idle',
  'deregister-runner',
  'terminate-instances',
  'check-gone',
  'delete-schedule',
  'on-provision-unsuccessful',
  'on-instance-terminated',
  'sweep',
  'request-runners',
  '*',
] as const;

type Lives = readonly LifePlan[];

/** A moment at which something happens in one of the lives. */
const drawMoment = (random: Random, lives: Lives): number => {
  const { at, destroyAt, interruptionAt } = random.pick(lives);
  const moment = random.pick([
    random.between(0, 90),
    random.between(0, 300),
    (destroyAt ?? 60) + random.between(-2, 240),
    (interruptionAt ?? 60) + random.between(-2, 60),
    3_600 + random.between(-30, 300),
    random.between(0, 4_000),
  ]);
  return Math.max(0, at + moment);
};

/** GitHub can be away for hours, EC2's API for minutes. */
const outageSeconds = (random: Random, service: string): number =>
  service === 'github'
    ? random.chance(0.06)
      ? random.between(1_800, 10_800)
      : random.between(30, 1_500)
    : random.between(20, 420);

const drawCall = (random: Random) => {
  const [service, names] = random.pick(operations);
  const operation: string = random.pick<string>(names);
  return { service, operation };
};

type Draw = (random: Random, lives: Lives) => PlannedFault;

const drawWire: Draw = (random, lives) => ({
  type: 'wire',
  kind: random.pick(wireFaultKinds.filter((kind) => kind !== 'not-found')),
  ...drawCall(random),
  from: drawMoment(random, lives),
  strikes: random.pick([1, 1, 2, random.between(2, 12)]),
});

/** A service does not show what is there, by its id or in its lists. */
const drawNotFound: Draw = (random, lives) => ({
  type: 'wire',
  kind: 'not-found',
  ...drawCall(random),
  from: drawMoment(random, lives),
  lastsSeconds: notFoundSeconds,
});

const drawOutage: Draw = (random, lives) => {
  const { service, operation } = drawCall(random);
  return {
    type: 'wire',
    kind: random.pick(['throttled', 'server-error', 'lost-before', 'slow-answer', 'refused'] as const),
    service,
    operation: random.chance(0.6) ? '*' : operation,
    from: drawMoment(random, lives),
    seconds: outageSeconds(random, service),
  };
};

const drawLambda: Draw = (random, lives) => ({
  type: 'lambda',
  kind: random.pick(lambdaFaultKinds),
  stem: random.pick(stems),
  from: drawMoment(random, lives),
  strikes: random.pick([1, 1, 2, random.between(2, 8)]),
});

/** The account's concurrency is used up. */
const drawExhaustion: Draw = (random, lives) => ({
  type: 'lambda',
  kind: 'too-many',
  stem: '*',
  from: drawMoment(random, lives),
  seconds: random.between(20, 400),
});

const drawSilence: Draw = (random, lives) => ({
  type: 'silence',
  layer: random.pick(['sweep', 'schedule'] as const),
  from: random.pick([drawMoment(random, lives), random.between(2_400, 4_800)]),
  seconds: random.between(300, 5_400),
});

const draws = [
  drawWire,
  drawWire,
  drawWire,
  drawNotFound,
  drawLambda,
  drawLambda,
  drawOutage,
  drawOutage,
  drawExhaustion,
  drawSilence,
] as const;

/** How often a fault is drawn again that attacks the layer that is kept. */
const attempts = 8;

/** One fault that leaves the kept layer alone; nothing when chance gives none. */
export const drawFault = (
  random: Random,
  lives: Lives,
  keptLayer: Layer | undefined,
): readonly PlannedFault[] => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const fault = random.pick(draws)(random, lives);
    if (keptLayer === undefined || !attacksOf(fault, lives).includes(keptLayer)) return [fault];
  }
  return [];
};

const shortage = { service: 'ec2', operation: 'RunInstances', error: 'InsufficientInstanceCapacity' };

/** What the cloud itself lacks: capacity, quota, machines that work. */
export const drawInjected = (random: Random): readonly Fault[] => [
  ...(random.chance(0.25) ? [{ ...shortage, where: { market: 'spot' }, times: random.between(1, 40) }] : []),
  ...(random.chance(0.1) ? [{ ...shortage, seconds: random.between(60, 1_500) }] : []),
  ...(random.chance(0.05)
    ? [
        {
          ...shortage,
          error: 'VcpuLimitExceeded',
          where: { market: 'on-demand' },
          times: random.between(1, 5),
        },
      ]
    : []),
  ...(random.chance(0.05)
    ? [
        {
          ...shortage,
          error: 'MaxSpotInstanceCountExceeded',
          where: { market: 'spot' },
          times: random.between(1, 5),
        },
      ]
    : []),
  ...(random.chance(0.2)
    ? [{ service: 'machine', operation: 'register', error: 'never', times: random.between(1, 3) }]
    : []),
  ...(random.chance(0.25)
    ? [
        {
          service: 'machine',
          operation: 'run',
          error: random.pick([
            'Server.SpotInstanceTermination',
            'Server.InternalError',
            'Client.VolumeLimitExceeded',
            'Client.InstanceInitiatedShutdown',
          ]),
          times: random.between(1, 4),
        },
      ]
    : []),
];
