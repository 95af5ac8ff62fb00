import { describe, expect, test } from '@jest/globals';
import { statesBeforeTheEnd } from '../../../functions/domain/ending/destroy-states.ts';
import { readLife } from '../../../functions/domain/life/life-reading.ts';
import { lifeStatus } from '../../../functions/domain/status/life-status.ts';
import { definitionText } from '../../../statemachine/definitions.ts';
import { deadline, instance, life, provisionInput } from '../../functions/fakes/life.ts';
import { destroy, fakeLives, type LivesScene, output, provision } from '../../functions/fakes/lives.ts';

const run = { repository: 'rr-debugger/rr', id: 1001, attempt: 1 };
const asked = `${life}-asked-1`;
const forRun = provision(life, 'SUCCEEDED', {
  input: { ...provisionInput, deadline: deadline.toISOString(), run },
  output,
});

const read = async (change: LivesScene) => {
  const { ports, calls } = fakeLives({
    provisions: [forRun],
    destroys: [destroy(asked, 'RUNNING')],
    instances: [instance],
    ...change,
  });
  const reading = await readLife(ports, life);
  if (reading === undefined) throw new Error('There is no life');
  return { reading, status: lifeStatus(reading), calls };
};

describe('a life for a run whose destroy is asked for', () => {
  test.each([...statesBeforeTheEnd])('is as it was while the destroy is at %s', async (destroyState) => {
    const { reading, status } = await read({ destroyState });
    expect({ status, waiting: reading.waitingDestroy?.name, destroys: reading.destroys }).toEqual({
      status: 'ready',
      waiting: asked,
      destroys: [],
    });
  });

  test.each(['WithdrawLabels', 'CheckIdle', 'StopProvision', 'DeleteSchedule'])(
    'is being destroyed once the destroy is at %s',
    async (destroyState) => {
      const { reading, status } = await read({ destroyState });
      expect({ status, waiting: reading.waitingDestroy }).toEqual({
        status: 'destroying',
        waiting: undefined,
      });
    },
  );

  test('is being destroyed when the state is not known: nothing is promised', async () => {
    expect((await read({})).status).toBe('destroying');
  });

  test('is due at its deadline all the same', async () => {
    expect((await read({ destroyState: 'WaitForRun', seconds: 3_600 })).status).toBe('destroying');
  });

  test('is destroyed when another destroy has succeeded', async () => {
    const destroys = [destroy(asked, 'RUNNING'), destroy(`${life}-ended-1`, 'SUCCEEDED')];
    expect((await read({ destroys, destroyState: 'WaitForRun' })).status).toBe('destroyed');
  });
});

test('a life that serves no run is being destroyed at once, and its destroy is not asked where it is', async () => {
  const { status, calls } = await read({
    provisions: [provision(life, 'SUCCEEDED')],
    destroyState: 'WaitForProvision',
  });
  expect(status).toBe('destroying');
  expect(calls).not.toContain(`history ${asked}`);
});

test('the states before the end are states of destroy-runner, and none of them does anything', () => {
  const { States } = JSON.parse(definitionText('destroy-runner')) as {
    readonly States: Readonly<Record<string, { readonly Type: string; readonly Resource?: string }>>;
  };
  const resources = [...statesBeforeTheEnd].map((name) => States[name]);
  expect(resources).not.toContain(undefined);
  const functions = resources.flatMap((state) => state?.Resource ?? []);
  expect(functions.every((name) => name.startsWith('${Check'))).toBe(true);
});
