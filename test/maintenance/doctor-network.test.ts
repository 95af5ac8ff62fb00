import { describe, expect, jest, test } from '@jest/globals';
import type { AccountNetwork } from '../../local/aws/account.ts';
import { about, examined, expectTrouble } from './examination.ts';

/** The first test of a file loads every function. */
jest.setTimeout(60_000);

const vpcId = 'vpc-0123456789abcdef0';
const subnetIds = ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] as const;
const securityGroupId = 'sg-0123456789abcdef0';

const context = {
  network: {
    vpcId,
    subnets: [
      { subnetId: subnetIds[0], availabilityZone: 'us-east-2a' },
      { subnetId: subnetIds[1], availabilityZone: 'us-east-2b' },
    ],
    securityGroupId,
  },
};

type Subnet = AccountNetwork['subnets'][number];
type Group = AccountNetwork['securityGroups'][number];

const network = (
  first: Partial<Subnet> = {},
  group: Partial<Group> = {},
  change: Partial<AccountNetwork> = {},
): AccountNetwork => ({
  vpcId,
  subnets: [
    { subnetId: subnetIds[0], availabilityZone: 'us-east-2a', freeAddresses: 200, isPublic: true, ...first },
    { subnetId: subnetIds[1], availabilityZone: 'us-east-2b', freeAddresses: 5, isPublic: true },
  ],
  securityGroups: [{ groupId: securityGroupId, ingressPorts: [], egressPorts: [80, 443], ...group }],
  ...change,
});

const withNetwork = (there: AccountNetwork) =>
  examined({ context, change: ({ account }) => account.networks.push(there) });

describe('doctor looks at a network that was there before', () => {
  test('and passes it', async () => {
    const { findings } = await withNetwork(network());

    expect(about(findings, 'Network')).toBe(
      [
        `pass: ${subnetIds[0]} in us-east-2a is public, with 200 free addresses`,
        `pass: ${subnetIds[1]} in us-east-2b is public, with 5 free addresses`,
        `pass: ${securityGroupId} lets nothing in`,
      ].join('\n'),
    );
  });

  const inPrivate = { network: { ...context.network, publicAddresses: false } };
  const privately = (there: AccountNetwork) =>
    examined({ context: inPrivate, change: ({ account }) => account.networks.push(there) });

  test('and passes private subnets for runners without public addresses', async () => {
    const there = network({ isPublic: false });
    const subnets = there.subnets.map((subnet) => ({ ...subnet, isPublic: false }));
    const { findings } = await privately({ ...there, subnets });

    expect(about(findings, 'Network')).toContain(`pass: ${subnetIds[0]} in us-east-2a is private`);
    expect(about(findings, 'Network')).not.toContain('fail');
  });

  test('and finds a public subnet from which such runners reach nothing', async () => {
    const { findings } = await privately(network());

    expect(about(findings, 'Network')).toContain(`fail: ${subnetIds[0]} is public, and runners without`);
  });

  test.each([
    ['a subnet that is not in it', network({ subnetId: 'subnet-1' }), 'fail', /is not in vpc-/],
    [
      'a subnet in another zone',
      network({ availabilityZone: 'us-east-2c' }),
      'fail',
      /is in us-east-2c, and not in us-east-2a/,
    ],
    ['a subnet that is not public', network({ isPublic: false }), 'fail', /is not public/],
    [
      'too few addresses for the cap',
      network({ freeAddresses: 3 }),
      'warning',
      /8 free addresses, and the cap is 20/,
    ],
    [
      'a security group that is not in it',
      network({}, { groupId: 'sg-1' }),
      'fail',
      /sg-0123456789abcdef0 is not in vpc-/,
    ],
    [
      'a security group that lets something in',
      network({}, { ingressPorts: [22] }),
      'warning',
      /lets something in/,
    ],
    ['a security group that lets nothing out', network({}, { egressPorts: [] }), 'fail', /lets nothing out/],
  ] as const)('and finds %s', async (_, there, mark, says) => {
    const { findings } = await withNetwork(there);

    expectTrouble(findings, 'Network', mark, says);
  });

  test('and finds that there is none of this id', async () => {
    const { findings } = await examined({ context });

    expect(about(findings, 'Network')).toMatch(
      /^fail: subnet-0123456789abcdef0 is not in vpc-0123456789abcdef0/,
    );
  });
});
