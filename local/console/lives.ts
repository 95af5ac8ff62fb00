import { parseDestroyName } from '../../functions/domain/ending/destroy.ts';
import { isLive } from '../../functions/domain/life/instance-states.ts';
import { type Life, parseLifeName } from '../../functions/domain/life/life.ts';
import { tagNames } from '../../functions/domain/life/tags.ts';
import type { FakeInstance } from '../aws/ec2/state.ts';
import type { FakeExecution } from '../aws/step-functions/state.ts';
import { given } from '../control/fields.ts';
import type { ShownExecution, ShownInstance, ShownLife } from './console-state.ts';
import { placeIn, toldLife } from './life-reading.ts';
import type { ShownCloud } from './shown-cloud.ts';

/** So many lives that are over are shown: enough to look back, and not a whole day's. */
const shownPast = 30;

/** A life's own part of the cloud. */
interface LifeParts {
  readonly life: Life;
  readonly provision: FakeExecution;
  /** Oldest first. */
  readonly destroys: readonly FakeExecution[];
  readonly instances: readonly FakeInstance[];
}

const shownExecution = (execution: FakeExecution): ShownExecution => ({
  name: execution.name,
  stateMachine: execution.stateMachine.name,
  role: parseDestroyName(execution.name)?.reason ?? 'provision',
  status: execution.status,
  startedAt: execution.startedAt.getTime(),
  eventCount: execution.run.history.events.length,
  ...given({
    state: placeIn(execution),
    stoppedAt: execution.stoppedAt?.getTime(),
    error: execution.error,
  }),
});

const shownInstance = (instance: FakeInstance): ShownInstance => {
  const { id, state, market, instanceType, availabilityZone, launchedAt, endedAt, stateReason } = instance;
  return {
    id,
    state,
    market,
    instanceType,
    availabilityZone,
    launchedAt: launchedAt.getTime(),
    ...given({ endedAt: endedAt?.getTime(), stateReason }),
  };
};

/** Whether something of the life is left: what Stint promises to take away. */
const isLeft = ({ provision, destroys, instances }: LifeParts, { github, schedules }: ShownCloud): boolean =>
  [provision, ...destroys].some(({ status }) => status === 'RUNNING') ||
  instances.some(isLive) ||
  github.runners.some(({ name }) => name.startsWith(`${provision.name}-`)) ||
  schedules.all.some(({ name }) => name.startsWith(`${provision.name}-`));

const moment = (time: string | undefined): number | undefined =>
  time === undefined ? undefined : Date.parse(time);

const shownLife = (parts: LifeParts, cloud: ShownCloud): ShownLife => {
  const { life, provision, destroys, instances } = parts;
  const isOver = !isLeft(parts, cloud);
  const { status, reason, readyAt, deadline } = toldLife(cloud, provision, isOver);
  return {
    ...life,
    name: provision.name,
    status,
    isOver,
    requestedAt: provision.startedAt.getTime(),
    instances: instances.map(shownInstance),
    executions: [provision, ...destroys].map(shownExecution),
    ...given({ reason, readyAt: moment(readyAt), deadline: moment(deadline) }),
  };
};

const partsOf = ({ executions, fleet }: ShownCloud): readonly LifeParts[] => {
  const destroys = Map.groupBy(executions.all, ({ name }) => parseDestroyName(name)?.life);
  const instances = Map.groupBy(fleet.all, ({ tags }) => tags[tagNames.life]);
  return executions.all.toReversed().flatMap((provision) => {
    const { name } = provision;
    const life = parseLifeName(name);
    return life === undefined
      ? []
      : [{ life, provision, destroys: destroys.get(name) ?? [], instances: instances.get(name) ?? [] }];
  });
};

/** The lives, newest first; of those that are over only the newest. */
export const shownLives = (cloud: ShownCloud): readonly ShownLife[] => {
  const lives = partsOf(cloud).map((parts) => shownLife(parts, cloud));
  const past = new Set(lives.filter(({ isOver }) => isOver).slice(shownPast));
  return lives.filter((life) => !past.has(life));
};
