import { parseRunLabel } from '../admission/run-label.ts';
import { type Architecture, isArchitecture } from '../architecture.ts';
import { InputInvalid } from '../errors.ts';
import { labelProblem } from '../label.ts';
import { defaultClass, isClassName, type MachineClasses, requireClass } from '../machine-class.ts';
import { addSeconds, clockSkewSeconds } from '../timing.ts';
import { type RunAttempt, readRunAttempt } from '../workflow-run.ts';
import { latestDeadline, utcTime } from './deadline.ts';
import { lifeName, parseLifeName } from './life.ts';

/** The input of a provision-runner execution, made once when the request is admitted. */
export interface ProvisionInput {
  readonly life: string;
  readonly label: string;
  readonly architecture: Architecture;
  /** The machine's class; absent for the default one. */
  readonly class?: string;
  /** ISO 8601. */
  readonly requestedAt: string;
  /** ISO 8601; when the runner must be gone. */
  readonly deadline: string;
  /** Who asked, for the tags: `owner/repo run 1001 attempt 1`, or `anonymous`. */
  readonly requestedBy: string;
  /** The attempt of a run for which the life was admitted, and which alone it serves; absent when nobody asked GitHub. */
  readonly run?: RunAttempt;
}

/**
 * A life for a run has that run's label, or its job could not be told from another's. A job of a later attempt can wait
 * with the label of an earlier one.
 */
const ownRun = (value: unknown, label: string, labelPrefix: string): RunAttempt => {
  const run = readRunAttempt(value);
  const named = parseRunLabel(label, labelPrefix);
  if (run === undefined || named?.runId !== run.id || named.attempt > run.attempt)
    throw new InputInvalid(
      'run must have the repository, the id that the label has, and the attempt that it has or a later one',
    );
  return run;
};

/** The two dates of an input, against the clock and not only against each other: both can be wrong together. */
const requireDates = (
  { requestedAt, deadline }: Partial<ProvisionInput>,
  lifetimeMinutes: number,
  now: Date,
): Pick<ProvisionInput, 'requestedAt' | 'deadline'> => {
  const [asked, end] = [utcTime(requestedAt), utcTime(deadline)];
  const right = `a time in UTC such as ${now.toISOString()}`;
  if (requestedAt === undefined || asked === undefined)
    throw new InputInvalid(`requestedAt must be ${right}`);
  if (deadline === undefined || end === undefined) throw new InputInvalid(`deadline must be ${right}`);
  const latestStart = addSeconds(now, clockSkewSeconds);
  if (asked > latestStart) throw new InputInvalid(`requestedAt must not lie ahead, and is ${requestedAt}`);
  if (end <= now) throw new InputInvalid(`deadline must lie ahead, and is ${deadline}`);
  if (end > latestDeadline(latestStart, lifetimeMinutes) || end > latestDeadline(asked, lifetimeMinutes))
    throw new InputInvalid(`deadline must be at most ${lifetimeMinutes} minutes after requestedAt and now`);
  return { requestedAt, deadline };
};

/** The field that says a class, for what has none in the default one. */
export const ofClass = (name: string | undefined): { readonly class?: string } =>
  name === undefined || name === defaultClass ? {} : { class: name };

/** What an input is read against. */
export interface ProvisionBounds {
  readonly labelPrefix: string;
  /** No input can ask for more than its class's lifetime. */
  readonly classes: MachineClasses;
  readonly now: Date;
}

/**
 * Reads the input of a provision-runner execution, which anybody may have written who can start one; throws
 * InputInvalid with the name of the field.
 */
export const parseProvisionInput = (
  value: Partial<ProvisionInput>,
  { labelPrefix, classes, now }: ProvisionBounds,
): ProvisionInput => {
  const { life, label, architecture, requestedBy, run, class: name } = value;
  const problem = labelProblem(label, labelPrefix);
  if (label === undefined || problem !== undefined) throw new InputInvalid(`label ${problem}`);
  if (!isArchitecture(architecture)) throw new InputInvalid('architecture must be x86_64 or arm64');
  const named = typeof life === 'string' ? parseLifeName(life) : undefined;
  if (life === undefined || named === undefined || lifeName({ label, architecture, n: named.n }) !== life)
    throw new InputInvalid(`life must be ${label}_${architecture}-<n>`);
  const { lifetimeMinutes } = requireClass(classes, name);
  const dates = requireDates(value, lifetimeMinutes, now);
  if (typeof requestedBy !== 'string') throw new InputInvalid('requestedBy must be a string');
  const known = { life, label, architecture, ...ofClass(name), ...dates, requestedBy };
  return run === undefined ? known : { ...known, run: ownRun(run, label, labelPrefix) };
};

const dateIn = (input: unknown, field: 'deadline' | 'requestedAt'): Date | undefined => {
  return typeof input === 'object' && input !== null ? utcTime(Reflect.get(input, field)) : undefined;
};

/** The deadline that an execution's input holds, when there is one to read. */
export const deadlineOf = (input: unknown): Date | undefined => dateIn(input, 'deadline');

/** The attempt of a run that the life serves, as its provision's input says; absent when it may serve any. */
export const runOf = (input: unknown): RunAttempt | undefined =>
  typeof input === 'object' && input !== null ? readRunAttempt(Reflect.get(input, 'run')) : undefined;

/** The class of the life, as its provision's input says; absent for the default one. */
export const classOf = (input: unknown): string | undefined => {
  const name = typeof input === 'object' && input !== null ? Reflect.get(input, 'class') : undefined;
  return isClassName(name) ? name : undefined;
};

/** When the life was asked for, as its provision's input says. */
export const requestedAtOf = (input: unknown): Date | undefined => dateIn(input, 'requestedAt');
