import { architectures } from '../functions/domain/architecture.ts';
import type { MachineClass, MachineClasses } from '../functions/domain/machine-class.ts';
import type { ClassConfig, Config } from './config.ts';
import { vcpusByName } from './instance-types.ts';

type TypesOf = Pick<ClassConfig, 'instanceTypes'>;

/** The types of a class, of all architectures. */
const typesOf = ({ instanceTypes }: TypesOf): readonly string[] => Object.values(instanceTypes).flat();

const largest = (one: TypesOf): number => Math.max(...typesOf(one).map(vcpusByName));

/** Prices within a generation go with the vCPUs: a machine counts as the smaller ones that it could be (docs/adr/0041). */
const seatsOf = (one: ClassConfig, config: Config): number =>
  one.seats ?? Math.max(1, Math.ceil(largest(one) / largest(config)));

/** What a class does not say is the default one's. */
const limitsOf = (one: ClassConfig, config: Config): MachineClass => ({
  lifetimeMinutes: one.lifetimeMinutes ?? config.lifetimeMinutes,
  ...(one.bootMinutes === undefined ? {} : { bootMinutes: one.bootMinutes }),
  market: one.market,
  volumeGib: one.volumeGib ?? config.volumeGib,
  kvm: one.kvm,
  perRun: one.perRun ?? config.runnersPerRun,
  forks: one.forks,
  seats: seatsOf(one, config),
  architectures: architectures.filter((architecture) => one.instanceTypes[architecture] !== undefined),
});

/** What the functions are told of each class: the settings themselves are those of the default one. */
export const classLimits = (config: Config): MachineClasses => {
  const { instanceTypes } = config;
  const usual: ClassConfig = { instanceTypes, market: 'spot', kvm: false, forks: true, seats: 1 };
  const others = Object.entries(config.classes).map(([name, one]) => [name, limitsOf(one, config)] as const);
  return { default: limitsOf(usual, config), ...Object.fromEntries(others) };
};

/** The types of every class and architecture, in the order in which they are tried. */
export const typesByClass = ({
  instanceTypes,
  classes,
}: Config): Readonly<Record<string, ClassConfig['instanceTypes']>> => ({
  default: instanceTypes,
  ...Object.fromEntries(Object.entries(classes).map(([name, one]) => [name, one.instanceTypes])),
});

/** Every type that any class names, each once. */
export const allTypes = (config: Config): readonly string[] => [
  ...new Set([config, ...Object.values(config.classes)].flatMap(typesOf)),
];
