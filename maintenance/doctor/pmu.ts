/** Whether a type's virtual machines see the processor's performance counters. */
export type Pmu = 'exposed' | 'hidden' | 'unknown';

interface TypeName {
  /** Letters before the generation: `c`, `m`, `t`. */
  readonly family: string;
  readonly generation: number;
  /** Letters behind it: `g` is Graviton, `i` Intel, `a` AMD, `d` a disk. */
  readonly attributes: string;
  /** `Infinity` for a machine without a hypervisor, and `undefined` for a size below `xlarge`. */
  readonly xlarges: number | undefined;
}

/** https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html */
const nameOf = (type: string): TypeName | undefined => {
  const [, family, generation, attributes = '', size = ''] =
    /^([a-z]+)(\d+)([a-z]*)(?:-[a-z0-9]+)?\.([a-z0-9-]+)$/.exec(type) ?? [];
  if (family === undefined) return undefined;
  const [, times = '1'] = /^(\d*)xlarge$/.exec(size) ?? [undefined, undefined];
  const isXlarge = size.endsWith('xlarge');
  const xlarges = size.startsWith('metal')
    ? Number.POSITIVE_INFINITY
    : isXlarge
      ? Number(times || 1)
      : undefined;
  return { family, generation: Number(generation), attributes, xlarges };
};

/**
 * The smallest size that has a whole socket to itself, in `xlarge`s, by family of the fifth and sixth generation:
 * below it the hypervisor keeps the counters to itself.
 */
const socket = ({ family, generation, attributes }: TypeName): number | undefined => {
  const isAmd = attributes.startsWith('a');
  if (generation === 6) return isAmd ? 24 : attributes.startsWith('i') ? 16 : undefined;
  if (generation !== 5) return undefined;
  if (isAmd) return family === 'c' ? 12 : undefined;
  return family === 'c' ? 9 : ['m', 'r'].includes(family) ? 12 : undefined;
};

/**
 * Whether a type exposes the hardware PMU, which EC2's API does not say: metal and Graviton 2 and later do
 * (https://github.com/aws/aws-graviton-getting-started/blob/main/perfrunbook/debug_hw_perf.md), x86 does from the
 * seventh generation on, and before it with a whole socket; burstable types do not.
 */
export const pmuOf = (type: string): Pmu => {
  const name = nameOf(type);
  if (name === undefined) return 'unknown';
  const { family, generation, attributes, xlarges } = name;
  if (xlarges === Number.POSITIVE_INFINITY) return 'exposed';
  if (family === 't') return 'hidden';
  if (attributes.startsWith('g') && generation >= 6) return 'exposed';
  if (generation >= 7) return 'exposed';
  const least = socket(name);
  if (least === undefined) return 'unknown';
  return (xlarges ?? 0) >= least ? 'exposed' : 'hidden';
};
