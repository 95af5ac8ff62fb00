import { type Architecture, architectures } from '../functions/domain/architecture.ts';
import { isWholeMachine, nestsVirtualization } from '../functions/domain/instance-type.ts';
import { defaultClass, isClassName, longestLifetimeMinutes } from '../functions/domain/machine-class.ts';
import { didYouMean } from './closest.ts';
import type { ClassConfig, Config } from './config.ts';
import {
  FieldInvalid,
  type FieldReader,
  listField,
  quote,
  recordField,
  recordOf,
  textField,
  wholeNumberField,
  yesOrNo,
} from './field-readers.ts';
import { architectureOfType, instanceType } from './instance-types.ts';

const requireArchitecture = (architecture: Architecture, types: readonly string[]): readonly string[] => {
  const other = types.find((type) => architectureOfType(type) !== architecture);
  if (other === undefined) return types;
  throw new FieldInvalid(
    `${other} is ${architectureOfType(other)}; name it there, or another for ${architecture}`,
  );
};

const instanceTypes: FieldReader<ClassConfig['instanceTypes']> = (value) => {
  const given = recordOf(architectures)(value);
  const named = architectures.filter((architecture) => given[architecture] !== undefined);
  if (named.length === 0) throw new FieldInvalid('must name types for x86_64, arm64 or both');
  return Object.fromEntries(
    named.map((architecture) => [
      architecture,
      requireArchitecture(architecture, listField(instanceType)(given[architecture])),
    ]),
  );
};

const market = (value: unknown): ClassConfig['market'] =>
  textField(
    /^(spot|on-demand)$/,
    'spot, which is on-demand where there is no spot capacity, or on-demand',
  )(value) as ClassConfig['market'];

/** How each setting of a class is read, and so what would be right. */
const fields: { readonly [Key in keyof ClassConfig]-?: FieldReader<NonNullable<ClassConfig[Key]>> } = {
  instanceTypes,
  market,
  lifetimeMinutes: wholeNumberField(20, longestLifetimeMinutes),
  // The execution that waits for the runner ends after an hour.
  bootMinutes: wholeNumberField(5, 40),
  volumeGib: wholeNumberField(8, 1_024),
  kvm: yesOrNo,
  perRun: wholeNumberField(1, 100),
  forks: yesOrNo,
  seats: wholeNumberField(1, 1_000),
};

const keys = Object.keys(fields);

const withoutKvm = ({ kvm, instanceTypes: types = {} }: Partial<ClassConfig>): readonly string[] =>
  kvm !== true
    ? []
    : Object.values(types)
        .flat()
        .filter((type) => !isWholeMachine(type) && !nestsVirtualization(type))
        .map(
          (type) =>
            `kvm: ${type} has no /dev/kvm; name .metal types, or types of c8i, m8i, r8i and their flex variants`,
        );

interface ReadClass {
  readonly read: Partial<ClassConfig>;
  readonly mistakes: readonly string[];
}

const unknownKeys = (given: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(given)
    .filter((key) => !keys.includes(key))
    .map((key) => `has no ${key}${didYouMean(key, keys)}; it has ${keys.join(', ')}`);

const readSettings = (given: Readonly<Record<string, unknown>>): ReadClass => {
  const read: Record<string, unknown> = { market: 'spot', kvm: false, forks: false };
  const mistakes: string[] = [];
  for (const [key, field] of Object.entries(fields)) {
    if (given[key] === undefined && key !== 'instanceTypes') continue;
    try {
      read[key] = field(given[key]);
    } catch (error) {
      if (!(error instanceof FieldInvalid)) throw error;
      mistakes.push(`${key}: ${error.message} (it is ${quote(given[key])})`);
    }
  }
  return { read: read as Partial<ClassConfig>, mistakes };
};

const nameMistakes = (name: string): readonly string[] => {
  if (name === defaultClass)
    return [
      'is made of the settings above it: set instanceTypes, lifetimeMinutes, volumeGib and runnersPerRun',
    ];
  return isClassName(name)
    ? []
    : [
        'must have a name of lower-case letters, digits, _ and -, a letter first, at most 32 characters, for jobs ask for it by the label class_<name>',
      ];
};

const readClass = (name: string, value: unknown): ReadClass => {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject) return { read: {}, mistakes: [`${name}: must be an object with ${keys.join(', ')}`] };
  const given = value as Readonly<Record<string, unknown>>;
  const { read, mistakes } = readSettings(given);
  const ofClass = [...nameMistakes(name), ...unknownKeys(given)].map((mistake) => `${name}: ${mistake}`);
  const ofFields = [...mistakes, ...withoutKvm(read)].map((mistake) => `${name}.${mistake}`);
  return { read, mistakes: [...ofClass, ...ofFields] };
};

/** The classes beside the default one, with all their mistakes at once. */
export const classes: FieldReader<Config['classes']> = (value) => {
  const read = Object.entries(recordField(value)).map(([name, one]) => ({ name, ...readClass(name, one) }));
  const mistakes = read.flatMap((one) => one.mistakes);
  if (mistakes.length > 0) throw new FieldInvalid('has mistakes', mistakes);
  return Object.fromEntries(read.map((one) => [one.name, one.read as ClassConfig]));
};
