import type { MachineClass, MachineClasses } from '../../../functions/domain/machine-class.ts';

const usual: MachineClass = {
  lifetimeMinutes: 60,
  market: 'spot',
  volumeGib: 30,
  kvm: false,
  perRun: 2,
  forks: true,
  seats: 1,
  architectures: ['x86_64', 'arm64'],
};

/** The classes of the first user, and one whose machines are whole ones, dear and slow. */
export const classes: MachineClasses = {
  default: usual,
  big: {
    ...usual,
    lifetimeMinutes: 240,
    market: 'on-demand',
    volumeGib: 100,
    kvm: true,
    perRun: 1,
    forks: false,
    seats: 3,
    architectures: ['x86_64'],
  },
};
