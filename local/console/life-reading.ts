import { partDestroys } from '../../functions/domain/ending/destroy-states.ts';
import type { LifeReading } from '../../functions/domain/life/life-reading.ts';
import { deadlineOf } from '../../functions/domain/life/provision-input.ts';
import { readTags } from '../../functions/domain/life/tags.ts';
import type { Execution, Instance } from '../../functions/domain/ports.ts';
import type { FakeInstance } from '../aws/ec2/state.ts';
import type { FakeExecution } from '../aws/step-functions/state.ts';
import { given } from '../control/fields.ts';

/** The state that an execution entered last, and when. */
export const currentStateIn = ({ run }: FakeExecution): LifeReading['state'] => {
  const entered = run.history.events.findLast(({ type }) => type.endsWith('StateEntered'));
  return entered?.state === undefined ? undefined : { name: entered.state, enteredAt: entered.timestamp };
};

const parsed = (json: string | undefined): unknown => (json === undefined ? undefined : JSON.parse(json));

const execution = ({ input, output, ...rest }: FakeExecution): Execution => {
  const { name, status, startedAt, stoppedAt, error, cause } = rest;
  return {
    name,
    status,
    startedAt,
    ...given({ stoppedAt, error, cause, input: parsed(input), output: parsed(output) }),
  };
};

const instance = (fake: FakeInstance): readonly Instance[] => {
  const tags = readTags(fake.tags);
  if (tags === undefined) return [];
  const { id, state, market, instanceType, availabilityZone, launchedAt, stateReason } = fake;
  const { life, round, deadline = launchedAt, registrationId } = tags;
  return [
    {
      id,
      state,
      life,
      round,
      market,
      instanceType,
      availabilityZone,
      launchedAt,
      deadline,
      registrationId,
      ...given({ stateReason }),
    },
  ];
};

/** A life as the product reads it by its API calls, so that the console tells the status that the API tells. */
export const readingOf = (
  provision: FakeExecution,
  destroys: readonly FakeExecution[],
  instances: readonly FakeInstance[],
): LifeReading => {
  const whole = execution(provision);
  return {
    life: provision.name,
    provision: whole,
    ...partDestroys(
      whole,
      destroys.map((destroy) => ({
        destroy: execution(destroy),
        ...given({ state: currentStateIn(destroy)?.name }),
      })),
    ),
    instances: instances.flatMap(instance),
    now: new Date(),
    ...given({
      state: provision.status === 'RUNNING' ? currentStateIn(provision) : undefined,
      deadline: deadlineOf(whole.input),
    }),
  };
};
