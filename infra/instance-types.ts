import type { Architecture } from '../functions/domain/architecture.ts';
import { textField } from './field-readers.ts';

/**
 * A family and one of EC2's sizes. A Mac runs no Ubuntu
 * (https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html).
 */
export const instanceType = textField(
  /^(?!mac)[a-z][a-z0-9-]*\.(nano|micro|small|medium|large|xlarge|[1-9][0-9]{0,2}xlarge|metal(-[0-9]+xl)?)$/,
  'EC2 instance types such as c5.9xlarge or c7i.metal-24xl',
);

/**
 * Graviton's families have a `g` among the letters after their number; `a1` is the first of them
 * (https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html).
 */
export const architectureOfType = (type: string): Architecture =>
  /^(a1|[a-z]+\d+[a-z]*g[a-z]*|[a-z0-9]+-gb\d+)(-|\.|$)/.test(type) ? 'arm64' : 'x86_64';

/** Of a whole machine whose size is not in its name, and of most small sizes, it is a guess. */
const guessedVcpus: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 };

/** A type's vCPUs, as its size says them; a whole machine without one has mostly 96, of Graviton's 64. */
export const vcpusByName = (type: string): number => {
  const size = type.split('.')[1] ?? '';
  const [, times] = /^(?:metal-)?(\d+)xl(?:arge)?$/.exec(size) ?? [];
  if (times !== undefined) return Number(times) * 4;
  if (size === 'metal') return architectureOfType(type) === 'arm64' ? 64 : 96;
  return guessedVcpus[size] ?? 2;
};
