import type { Architecture } from './architecture.ts';
import { InputInvalid } from './errors.ts';

/** What a deployment gives to the lives of a class. */
export interface MachineClass {
  /** From request to deadline. */
  readonly lifetimeMinutes: number;
  /** How long a runner may take to come online; absent: what its instance type takes. */
  readonly bootMinutes?: number;
  /** `spot` asks for spot capacity first and for on-demand after it, `on-demand` never for spot. */
  readonly market: 'spot' | 'on-demand';
  /** Size of the root volume. */
  readonly volumeGib: number;
  /** Whether `/dev/kvm` is wanted. */
  readonly kvm: boolean;
  /** Live runners of one run and architecture. */
  readonly perRun: number;
  /** Whether runs have it whose head is another repository. */
  readonly forks: boolean;
  /** How many seats of the cap on live runners a life takes. */
  readonly seats: number;
  readonly architectures: readonly Architecture[];
}

/** The classes of a deployment by their names; there is always one. */
export interface MachineClasses {
  readonly default: MachineClass;
  readonly [name: string]: MachineClass;
}

/** The class of a life that names none. */
export const defaultClass = 'default';

/** GitHub compares labels without regard to case, so that a class has none. */
const nameForm = /^[a-z][a-z0-9_-]{0,31}$/;

/** Whether `value` could be the name of a class. */
export const isClassName = (value: unknown): value is string =>
  typeof value === 'string' && nameForm.test(value);

/** No class may live longer, whatever a deployment says. */
export const longestLifetimeMinutes = 360;

/** The class of that name; `undefined` when the deployment has none. */
export const classNamed = (classes: MachineClasses, name: string = defaultClass): MachineClass | undefined =>
  Object.hasOwn(classes, name) ? classes[name] : undefined;

/** The class of that name. Throws InputInvalid when the deployment has none. */
export const requireClass = (classes: MachineClasses, name: string | undefined): MachineClass => {
  const found = classNamed(classes, name);
  if (found !== undefined) return found;
  throw new InputInvalid(`class must be one of ${Object.keys(classes).join(', ')}`);
};

/**
 * How long a life of the class may be. One whose class the deployment does not have any more has been admitted by an
 * earlier version of it, and keeps what any class can have.
 */
export const lifetimeOf = (classes: MachineClasses, name: string | undefined): number =>
  classNamed(classes, name)?.lifetimeMinutes ?? longestLifetimeMinutes;

/** How many seats of the cap a life of the class takes, and so how often its hours count. */
export const seatsOf = (classes: MachineClasses, name: string | undefined): number =>
  classNamed(classes, name)?.seats ?? 1;

/** How long a life may be whose class nobody knows. */
export const longestLifetimeOf = (classes: MachineClasses): number =>
  Math.max(...Object.values(classes).map(({ lifetimeMinutes }) => lifetimeMinutes));

const labelStart = 'class_';

/** The label by which a job asks for a class, beside those of its run and architecture. */
export const classLabel = (name: string): string => `${labelStart}${name}`;

/** The class that a job's label names; `undefined` for a label of another kind. */
export const classOfLabel = (label: string): string | undefined => {
  const folded = label.toLowerCase();
  const name = folded.slice(labelStart.length);
  return folded.startsWith(labelStart) && isClassName(name) ? name : undefined;
};
