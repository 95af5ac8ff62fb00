import { architectures } from '../functions/domain/architecture.ts';
import type { MachineClasses } from '../functions/domain/machine-class.ts';
import type { Config } from './config.ts';

/** What the functions are told of each class: the settings themselves are those of the default one. */
export const classLimits = (config: Config): MachineClasses => ({
  default: {
    lifetimeMinutes: config.lifetimeMinutes,
    market: 'spot',
    volumeGib: config.volumeGib,
    kvm: false,
    perRun: config.runnersPerRun,
    forks: true,
    seats: 1,
    architectures,
  },
});
