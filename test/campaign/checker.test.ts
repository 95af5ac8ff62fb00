import { expect, jest, test } from '@jest/globals';
import type { FunctionInvoker, InvocationResult } from '../../local/aws/lambda/function-invoker.ts';
import { synthesizedStack } from '../synthesized-stack.ts';
import { baselines, repeatable } from './baselines.ts';
import { checkedWorld } from './checked-world.ts';
import type { Clause } from './checker.ts';
import { layers } from './layers.ts';
import type { LifePlan, WorldPlan } from './plan.ts';

/** Each of these worlds has a bug in it, so that the checker must find something: a check that cannot fail is none. */

jest.setTimeout(60_000);

const stack = synthesizedStack();
const life: LifePlan = { index: 0, label: 'rr_runner_0', architecture: 'x86_64', at: 0 };
const calmPlan: WorldPlan = {
  seed: 'planted',
  lives: [life],
  faults: [],
  injected: [],
  circumstances: repeatable,
  without: [],
  hasBystanders: false,
};

type Inject = (run: () => Promise<InvocationResult>, payload: unknown) => Promise<InvocationResult>;

const returning =
  (payload: unknown): Inject =>
  async () => ({ ok: true, payload });

const throwing =
  (errorType: string, errorMessage: string): Inject =>
  async () => ({ ok: false, errorType, errorMessage, trace: [] });

const changing =
  (change: (payload: never) => unknown): Inject =>
  async (run) => {
    const result = await run();
    return result.ok ? { ok: true, payload: change(result.payload as never) } : result;
  };

/** Puts bugs in place of functions, by the stems of their files. */
const withBugs =
  (bugs: Readonly<Record<string, Inject>>) =>
  (invoker: FunctionInvoker): FunctionInvoker => ({
    invoke: (reference, payload) => {
      const { stem = '' } = stack.functions.find(({ name }) => reference.includes(name)) ?? {};
      const run = () => invoker.invoke(reference, payload);
      return bugs[stem]?.(run, payload) ?? run();
    },
    close: () => invoker.close(),
  });

const clausesFound = async (
  plan: Partial<WorldPlan>,
  bugs: Readonly<Record<string, Inject>>,
): Promise<ReadonlySet<Clause>> => {
  const { findings } = await checkedWorld({
    stack,
    plan: { ...calmPlan, ...plan },
    between: withBugs(bugs),
  });
  return new Set(findings.map(({ clause }) => clause));
};

const destroyedEarly = { lives: [{ ...life, destroyAt: 20 }] };
const blind = { sweep: returning({ lives: 0, orphans: [] }) };
const believing = {
  'check-gone': returning({ answer: 'gone', waitSeconds: 60, lookingSince: '', remains: [] }),
};

const bugs: readonly (readonly [Clause, string, Partial<WorldPlan>, Readonly<Record<string, Inject>>])[] = [
  ['leaked-instance', 'without any layer', { without: layers }, {}],
  [
    'leaked-registration',
    'a step that deregisters nothing, and one that believes it',
    destroyedEarly,
    { ...blind, ...believing, 'deregister-runner': returning({ outcome: 'gone' }) },
  ],
  [
    'leaked-schedule',
    'a step that deletes no schedule',
    destroyedEarly,
    { ...blind, 'delete-schedule': returning({ deleted: 'it' }) },
  ],
  [
    'leaked-execution',
    'a destroy that never finds that it is done',
    destroyedEarly,
    { 'check-gone': returning({ answer: 'perhaps-gone', waitSeconds: 60, lookingSince: '', remains: [] }) },
  ],
  [
    'busy-kill',
    'a destroy that believes every runner idle, and GitHub not',
    { lives: [{ ...life, job: { at: 40, durationSeconds: 900, isHostile: false }, destroyAt: 60 }] },
    {
      'check-idle': returning({
        answer: 'idle',
        because: 'nobody looked',
        waitSeconds: 30,
        registrationIds: [],
      }),
      'deregister-runner': returning({ outcome: 'gone' }),
    },
  ],
  [
    'too-many-instances',
    'a launch that is not noticed',
    {},
    {
      'request-spot-instance': changing(
        ({ instance: _, ...search }: { instance?: unknown; poolIndex: number }) =>
          search.poolIndex === 0 ? { ...search, poolIndex: 1, next: 'spot' } : { ...search, instance: _ },
      ),
    },
  ],
  ['unnamed-failure', 'a failure without a name', {}, { 'resolve-image': throwing('oops', '') }],
  [
    'status-disagrees',
    'a status that shows every life as ready',
    { lives: [{ ...life, stopAt: { at: 5, stateMachine: 'provision' } }] },
    {
      'show-runners': changing((answer: { body: string }) => ({
        ...answer,
        body: answer.body.replaceAll('"failed"', '"ready"'),
      })),
    },
  ],
  [
    'status-disagrees',
    'a provision that succeeds although its runner never came online',
    { injected: [{ service: 'machine', operation: 'register', error: 'never', times: 1 }] },
    {
      'check-runner': returning({
        outcome: 'ready',
        readyAt: '2026-03-01T10:01:00.000Z',
        instance: { id: 'i-1', market: 'spot', instanceType: 'c5.9xlarge', availabilityZone: 'us-east-2a' },
      }),
    },
  ],
  [
    'not-ready-without-faults',
    'a step that fails for no reason',
    {},
    { 'check-runner': throwing('InputInvalid', 'The check does not like it.') },
  ],
];

test.each(bugs)('the checker finds %s in a world with %s', async (clause, _, plan, injected) => {
  expect(await clausesFound(plan, injected)).toContain(clause);
});

test.each(baselines)(
  'and nothing in a world without a bug, on the path "$path"',
  async ({ life: own, injected }) => {
    const { findings, lives } = await checkedWorld({
      stack,
      plan: { ...calmPlan, lives: [{ ...life, ...own }], injected, hasBystanders: true },
      mustGetReady: true,
    });
    expect(findings).toEqual([]);
    expect(lives).toMatchObject([{ gotReady: true }]);
  },
);

test('a world in which no life begins is not clean', async () => {
  expect(await clausesFound({}, { 'request-runners': returning({ statusCode: 500, body: '{}' }) })).toContain(
    'not-ready-without-faults',
  );
});

test("the checker sees that a stranger's machine was touched", async () => {
  const { findings } = await checkedWorld({
    stack,
    plan: { ...calmPlan, hasBystanders: true },
    onWorld: ({ fleet }) => {
      setTimeout(() => {
        for (const instance of fleet.all) fleet.end(instance, 'Client.UserInitiatedShutdown');
      }, 100_000);
    },
  });
  expect(findings.map(({ clause }) => clause)).toContain('bystander-touched');
});

test('the checker sees that a machine’s console tells its configuration', async () => {
  const { findings } = await checkedWorld({
    stack,
    plan: calmPlan,
    hasAllWitnesses: true,
    onWorld: ({ fleet }) => {
      setTimeout(() => {
        for (const instance of fleet.all) instance.console += instance.userData;
      }, 100_000);
    },
  });
  expect(findings).toMatchObject([
    {
      clause: 'secret-got-out',
      text: expect.stringMatching(/^JIT config of rr_runner_0_.* got out: console$/),
    },
  ]);
});

test('the checker sees that a function may not do what it does', async () => {
  const roleOf = stack.functions.find(({ stem }) => stem === 'schedule-destroy')?.roleArn;
  const roles = stack.roles.map((role) => (role.arn === roleOf ? { ...role, policies: [] } : role));
  const { findings } = await checkedWorld({
    stack: { ...stack, roles },
    plan: calmPlan,
    hasAllWitnesses: true,
  });
  const clauses = new Set(findings.map(({ clause }) => clause));
  expect(clauses).toEqual(new Set(['not-ready-without-faults', 'permission-refused']));
});
