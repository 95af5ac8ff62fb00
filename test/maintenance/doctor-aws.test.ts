import { describe, jest, test } from '@jest/globals';
import type { LocalCloud } from '../../local/local-cloud.ts';
import { examined, expectTrouble } from './examination.ts';

/** The first test of a file loads every function. */
jest.setTimeout(60_000);

type Trouble = readonly [
  what: string,
  wrong: {
    readonly context?: Readonly<Record<string, unknown>>;
    readonly change?: (cloud: LocalCloud) => void;
  },
  subject: string,
  mark: 'warning' | 'fail',
  says: RegExp,
];

const standard = { spot: 'ec2/L-34B43A08', onDemand: 'ec2/L-1216C47A' } as const;

const bootstrap = '/cdk-bootstrap/hnb659fds/version';

describe('doctor finds in the account', () => {
  test.each<Trouble>([
    [
      'no CDK bootstrap',
      { change: ({ parameters }) => parameters.delete(bootstrap) },
      'CDK bootstrap',
      'fail',
      /us-east-2 is not bootstrapped → npx cdk bootstrap aws:\/\/ACCOUNT\/us-east-2/,
    ],
    [
      'a CDK bootstrap that is too old',
      { change: ({ parameters }) => parameters.put(bootstrap, '5') },
      'CDK bootstrap',
      'fail',
      /version 5 is too old/,
    ],
    [
      'fewer zones than the network is to span',
      {
        change: ({ account }) => {
          account.zones = ['us-east-2a', 'us-east-2b'];
        },
      },
      'Instance types',
      'fail',
      /to span 3 zones, and the region has 2 → Set zones to 2/,
    ],
    [
      'the only type of an architecture unknown to the region',
      { change: ({ account }) => account.offeredIn.set('c6g.8xlarge', []) },
      'Instance types',
      'fail',
      /c6g\.8xlarge: EC2 has no such type in this region → Set instanceTypes to another arm64 type/,
    ],
    [
      'one type of several unknown to the region',
      {
        context: { instanceTypes: { x86_64: ['c5.9xlarge', 'c7i.large'] } },
        change: ({ account }) => account.offeredIn.set('c7i.large', []),
      },
      'Instance types',
      'warning',
      /c7i\.large: EC2 has no such type/,
    ],
    [
      'a type that is offered in none of the network’s zones',
      { change: ({ account }) => account.offeredIn.set('c5.9xlarge', ['us-east-2d']) },
      'Instance types',
      'fail',
      /c5\.9xlarge is offered in none of us-east-2a, us-east-2b, us-east-2c/,
    ],
    [
      'a type that is not sold as spot capacity',
      { change: ({ account }) => account.soldAs.set('c5.9xlarge', ['on-demand']) },
      'Instance types',
      'warning',
      /c5\.9xlarge is not sold as spot/,
    ],
    [
      'a type that hides the performance counters',
      { context: { instanceTypes: { x86_64: ['c5.large'] } } },
      'PMU',
      'warning',
      /c5\.large does not expose .* → If jobs need them/,
    ],
    [
      'a type of which nobody knows whether it shows the performance counters',
      { context: { instanceTypes: { x86_64: ['c4.8xlarge'] } } },
      'PMU',
      'warning',
      /c4\.8xlarge: it is not known .* → Start one runner/,
    ],
    [
      'a spot quota for fewer runners than the cap',
      { change: ({ account }) => account.quotas.applied.set(standard.spot, 100) },
      'Spot quota',
      'warning',
      /100 .* hold 2 of 20 runners of 36 → Ask for 720 vCPUs of spot .*L-34B43A08 .*, or lower liveRunnerCap to 2/,
    ],
    [
      'a spot quota for no runner at all',
      { change: ({ account }) => account.quotas.applied.set(standard.spot, 32) },
      'Spot quota',
      'warning',
      /hold 0 of 20 .* → Until then every runner is on-demand/,
    ],
    [
      'an on-demand quota for no runner at all',
      { change: ({ account }) => account.quotas.applied.set(standard.onDemand, 32) },
      'On-demand quota',
      'warning',
      /hold 0 of 20 .* → Until then every runner is spot.*L-1216C47A/,
    ],
    [
      'no role for spot requests',
      { change: ({ account }) => account.serviceRoles.clear() },
      'Spot role',
      'fail',
      /no AWSServiceRoleForEC2Spot.* → aws iam create-service-linked-role --aws-service-name spot\.amazonaws\.com/,
    ],
    [
      'too few functions at once for a flood and the clean-up',
      { change: ({ account }) => account.quotas.applied.set('lambda/L-B99A9384', 7) },
      'Lambda concurrency',
      'warning',
      /7 functions at once, and 4 requests at once.* → Ask for 1000.*or lower requestBurst/,
    ],
    [
      'no image for an architecture',
      { change: ({ stack }) => Object.assign(stack, { images: [] }) },
      'Images',
      'fail',
      /arm64: Canonical has no Ubuntu 24\.04 image in this region/,
    ],
  ])('%s', async (_, wrong, subject, mark, says) => {
    const { findings } = await examined(wrong);

    expectTrouble(findings, subject, mark, says);
  });

  test('quotas of a new account, with which nothing ever starts', async () => {
    const { findings } = await examined({ change: ({ account }) => account.quotas.applied.clear() });
    const spot = findings.filter(({ subject }) => subject !== 'On-demand quota');
    const onDemand = findings.filter(({ subject }) => subject !== 'Spot quota');

    expectTrouble(spot, 'Spot quota', 'fail', /5 .* hold 0 of 20/);
    expectTrouble(onDemand, 'On-demand quota', 'fail', /5 .* hold 0 of 20/);
  });
});
