import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { Admission } from '../../../functions/domain/admission/admission.ts';
import { capPool } from '../../../functions/domain/admission/cap-pool.ts';
import { runPool } from '../../../functions/domain/admission/run-pool.ts';
import { recountSeats } from '../../../functions/domain/ending/kept-table.ts';
import type { ProvisionInput } from '../../../functions/domain/life/provision-input.ts';
import type { Execution } from '../../../functions/domain/ports.ts';
import { createRunners } from '../../../functions/domain/request/create-runners.ts';
import type { CreateRequest } from '../../../functions/domain/request/runner-request.ts';
import { tellLife } from '../../../functions/domain/status/life-news.ts';
import { recountGraceSeconds } from '../../../functions/domain/timing.ts';
import { classes } from '../../functions/fakes/classes.ts';
import { later } from '../../functions/fakes/life.ts';
import { fakeDynamodb } from './fake-dynamodb.ts';

// Hundreds of requests at once, each with a dozen calls, on a machine that does other things too.
jest.setTimeout(180_000);

const prefix = 'rr_runner_';
const settings = { labelPrefix: prefix, classes, minimumMinutes: 15 };

/** The table as DynamoDB has it, and Step Functions as a map of names: what a start takes is never given twice. */
const prepare = async (cap: number, quota: number) => {
  const { table, faults } = await fakeDynamodb();
  const provisions = new Map<string, Execution>();
  const scene = { seconds: 0, failingStarts: 0 };
  const clock = () => later(scene.seconds);
  const admission: Admission = {
    screen: () => undefined,
    admit: async (request) => ({
      pools: (architecture) => {
        const ofRun = runPool(request, architecture, quota, prefix);
        return { cap: capPool(cap), others: ofRun === undefined ? [] : [ofRun] };
      },
    }),
  };
  const start = async (input: ProvisionInput): Promise<'started' | 'taken'> => {
    if (scene.failingStarts > 0) {
      scene.failingStarts -= 1;
      throw new Error('the function was killed');
    }
    const known = provisions.get(input.life);
    const isSame = JSON.stringify(known?.input) === JSON.stringify(input);
    if (known !== undefined) return known.status === 'RUNNING' && isSame ? 'started' : 'taken';
    provisions.set(input.life, { name: input.life, status: 'RUNNING', startedAt: clock(), input });
    return 'started';
  };
  const reader = { provision: async (life: string) => provisions.get(life) };
  const create = createRunners(
    {
      table,
      admission,
      starter: { start },
      provisions: reader,
      token: () => crypto.randomUUID(),
      clock,
    },
    settings,
  );
  const request = (label: string): CreateRequest => ({
    operation: 'create',
    label,
    architectures: ['x86_64'],
  });
  const running = () => [...provisions.values()].filter(({ status }) => status === 'RUNNING');
  return {
    table,
    faults,
    scene,
    create: async (label: string) => {
      const { lives, failures } = await create(request(label));
      if (failures.length > 0) throw failures[0];
      return lives;
    },
    running,
    recount: () => recountSeats({ table, provisions: reader, tell: tellLife(table, clock), clock }, []),
    labelsOf: (wanted: number) => Array.from({ length: wanted }, (_, index) => `${prefix}x${index}`),
  };
};

describe('hundreds of creates at once', () => {
  test('start as many lives as the cap has seats, and no more', async () => {
    const { create, running, labelsOf } = await prepare(40, 2);
    const answers = await Promise.allSettled(labelsOf(300).map((label) => create(label)));
    const admitted = answers.filter(({ status }) => status === 'fulfilled');
    expect({ admitted: admitted.length, running: running().length }).toEqual({ admitted: 40, running: 40 });
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ status: 429 });
  });

  test('for one label are answered with one life', async () => {
    const { create, running } = await prepare(40, 2);
    const answers = await Promise.all(Array.from({ length: 200 }, () => create(`${prefix}1001_1`)));
    expect(new Set(answers.flat().map(({ life }) => life)).size).toBe(1);
    expect(running()).toHaveLength(1);
  });

  test('for one run start no more than its quota, its own label beside them', async () => {
    const { create, running } = await prepare(200, 3);
    const suffixed = Array.from({ length: 100 }, (_, index) => `${prefix}1001_${1 + (index % 4)}_s${index}`);
    await Promise.allSettled([...suffixed, `${prefix}1001_1`].map((label) => create(label)));
    expect(running()).toHaveLength(4);
    expect(running().map(({ name }) => name)).toContain(`${prefix}1001_1_x86_64-1`);
  });
});

const operations = ['PutItem', 'Query', 'DeleteItem'] as const;
const errors = ['AnswerLost', 'ConnectionLost', 'ThrottlingException', '500'] as const;

describe('whatever happens to the table', () => {
  test('no more lives start than the cap allows, a repeat is answered, and nobody is left out for ever', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            operation: fc.constantFrom(...operations),
            error: fc.constantFrom(...errors),
            times: fc.integer({ min: 1, max: 4 }),
          }),
          { maxLength: 6 },
        ),
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 1, max: 6 }),
        async (planted, failingStarts, cap) => {
          const { create, running, labelsOf, faults, scene, recount } = await prepare(cap, 2);
          for (const fault of planted) faults.add({ service: 'dynamodb', ...fault });
          scene.failingStarts = failingStarts;
          const labels = labelsOf(8);
          await Promise.allSettled(labels.map((label) => create(label)));
          expect(running().length).toBeLessThanOrEqual(cap);

          // What was planted is used up, and what a crash has left is old enough to be known as that.
          faults.clear();
          scene.failingStarts = 0;
          scene.seconds += recountGraceSeconds;
          await Promise.all([recount(), recount()]);
          const again = await Promise.allSettled(labels.map((label) => create(label)));
          expect(running()).toHaveLength(cap);
          expect(again.filter(({ status }) => status === 'fulfilled')).toHaveLength(cap);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('two recounts at once', () => {
  test('give back what is left, once, and nothing that is claimed meanwhile', async () => {
    const { create, running, recount, scene, table } = await prepare(3, 2);
    scene.failingStarts = 1;
    await Promise.allSettled([create(`${prefix}lost`)]);
    await create(`${prefix}a`);
    scene.seconds = recountGraceSeconds;
    const [first, second, claimed] = await Promise.all([recount(), recount(), create(`${prefix}b`)]);
    expect([...first, ...second].every((life) => life === `${prefix}lost_x86_64-1`)).toBe(true);
    expect(claimed).toHaveLength(1);
    expect((await table.list('seats#cap')).map(({ life }) => life).toSorted()).toEqual(
      running()
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  test('say of a request that was admitted and never begun that it failed, and the next is begun', async () => {
    const { create, recount, scene, table } = await prepare(3, 2);
    scene.failingStarts = 1;
    await Promise.allSettled([create(`${prefix}lost`)]);
    scene.seconds = recountGraceSeconds;
    await recount();
    const [item] = await table.list(`runner#${prefix}lost`);
    expect(item).toMatchObject({ status: 'failed', reason: expect.stringContaining('never begun') });
    expect(await create(`${prefix}lost`)).toMatchObject([{ life: `${prefix}lost_x86_64-2` }]);
  });
});
