export interface FakeImage {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly state: 'available' | 'deregistered';
  readonly createdAt: string;
}

const canonical = '099720109477';

const noble = (architecture: 'x86_64' | 'arm64', day: string, id: string): FakeImage => ({
  id,
  name: `ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-${architecture === 'arm64' ? 'arm64' : 'amd64'}-server-${day.replaceAll('-', '')}`,
  owner: canonical,
  architecture,
  state: 'available',
  createdAt: `${day}T06:12:00.000Z`,
});

/** The newest images, which a launch should get. */
export const newestImageIds = { x86_64: 'ami-0000000000000a900', arm64: 'ami-0000000000000b900' } as const;

/** Images in no order, as EC2 lists them, some of which must not be taken. */
export const images: readonly FakeImage[] = [
  noble('x86_64', '2025-11-04', 'ami-0000000000000a100'),
  noble('x86_64', '2026-02-11', newestImageIds.x86_64),
  noble('x86_64', '2026-01-07', 'ami-0000000000000a500'),
  noble('arm64', '2026-02-12', newestImageIds.arm64),
  noble('arm64', '2025-12-02', 'ami-0000000000000b100'),
  { ...noble('x86_64', '2026-02-27', 'ami-0000000000000c100'), owner: '111111111111' },
  { ...noble('x86_64', '2026-02-28', 'ami-0000000000000d100'), state: 'deregistered' },
];

/** Graviton types have a `g` behind the generation (https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html). */
export const architectureOf = (instanceType: string): 'x86_64' | 'arm64' =>
  /^[a-z]+[0-9]+g[a-z]*\./.test(instanceType) ? 'arm64' : 'x86_64';

/** A spot price in US dollars an hour, the same for the same place, and different from zone to zone. */
export const spotPrice = (instanceType: string, zone: string): string => {
  const letters = [...`${instanceType}${zone}`].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7);
  return (0.3 + (Math.abs(letters) % 400) / 1_000).toFixed(6);
};

const vcpusOfSize: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 };

/**
 * An instance type's vCPUs: its size says them, for all types but the burstable small ones; a whole machine without a
 * size is mostly one of 96, of Graviton's 64
 * (https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html).
 */
export const vcpusOf = (instanceType: string): number => {
  const size = instanceType.split('.')[1] ?? '';
  if (size === 'metal') return architectureOf(instanceType) === 'arm64' ? 64 : 96;
  const [, times] = /^(?:metal-)?(\d+)xl(?:arge)?$/.exec(size) ?? [];
  return times === undefined ? (vcpusOfSize[size] ?? 2) : Number(times) * 4;
};

/** Whether a type runs on the Nitro hypervisor: all do from the fifth generation on (https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html). */
export const isNitro = (instanceType: string): boolean =>
  Number(/^[a-z]+(\d+)/.exec(instanceType)?.[1] ?? 0) >= 5;
