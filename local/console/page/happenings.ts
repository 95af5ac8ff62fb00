import type { ConsoleState, ShownFault, ShownInstance, ShownJob, ShownLife } from '../console-state.ts';
import { faultText } from './faults.ts';

const nameOf = ({ label, architecture, n }: ShownLife): string =>
  `${label} ${architecture}${n > 1 ? ` (${n})` : ''}`;

const machineOf = ({ instances }: ShownLife): string => {
  const instance = instances.at(-1);
  return instance === undefined
    ? ''
    : ` on ${instance.market}, ${instance.instanceType} in ${instance.availabilityZone}`;
};

const statusText = (life: ShownLife): string => {
  const { status, reason = '' } = life;
  if (status === 'ready') return `is ready${machineOf(life)}.`;
  if (status === 'failed') return `has failed. ${reason}`;
  return status === 'destroying' ? `is being destroyed. ${reason}` : `is ${status}.`;
};

const instanceChanges = (before: readonly ShownInstance[], after: readonly ShownInstance[]): string[] => {
  const known = new Map(before.map((instance) => [instance.id, instance]));
  return after
    .filter(({ id, stateReason }) => stateReason !== known.get(id)?.stateReason)
    .filter(({ stateReason }) => stateReason?.startsWith('Server.'))
    .map(({ id, stateReason }) => `EC2 took ${id} away (${stateReason}).`);
};

const lifeChanges = (before: readonly ShownLife[], after: readonly ShownLife[]): string[] => {
  const known = new Map(before.map((life) => [life.name, life]));
  return after.toReversed().flatMap((life) => {
    const earlier = known.get(life.name);
    const isNews = earlier?.status !== life.status && life.status !== 'destroyed';
    const isGone = life.isOver && earlier?.isOver === false;
    return [
      ...instanceChanges(earlier?.instances ?? [], life.instances),
      ...(isNews ? [`${nameOf(life)} ${statusText(life)}`] : []),
      ...(isGone ? [`Nothing is left of ${nameOf(life)}.`] : []),
    ];
  });
};

const jobText = ({ id, status, conclusion, life }: ShownJob): string => {
  if (status === 'queued') return `Job ${id} is queued.`;
  return status === 'in_progress' ? `Job ${id} runs on ${life}.` : `Job ${id} is over: ${conclusion}.`;
};

const jobChanges = (before: readonly ShownJob[], after: readonly ShownJob[]): string[] => {
  const known = new Map(before.map((job) => [job.id, job.status]));
  return after
    .toReversed()
    .filter(({ id, status }) => known.get(id) !== status)
    .map(jobText);
};

const faultChanges = (before: readonly ShownFault[], after: readonly ShownFault[]): string[] => {
  const old = new Set(before.map(faultText));
  const present = new Set(after.map(faultText));
  return [
    ...[...present].filter((text) => !old.has(text)).map((text) => `Fault injected: ${text}.`),
    ...[...old].filter((text) => !present.has(text)).map((text) => `Fault over: ${text}.`),
  ];
};

/** What happened between two states, in sentences, oldest first. */
export const happenings = (before: ConsoleState, after: ConsoleState): readonly string[] => [
  ...faultChanges(before.faults, after.faults),
  ...lifeChanges(before.lives, after.lives),
  ...jobChanges(before.jobs, after.jobs),
];
