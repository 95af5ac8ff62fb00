import { describe, expect, test } from '@jest/globals';
import { AwsUnavailable } from '../../../functions/domain/errors.ts';
import { requestBudget } from '../../../functions/domain/readings/request-budget.ts';
import {
  type ActiveRun,
  parseActiveRun,
  sharedRuns,
} from '../../../functions/domain/readings/shared-runs.ts';
import type { RunView, WorkflowRun } from '../../../functions/domain/workflow-run.ts';
import { fakeTable } from '../../functions/fakes/table.ts';

const repository = 'rr-debugger/rr';
const listed: ActiveRun = { id: 7, repository, status: 'in_progress', attempt: 2 };

const scene = (rows: readonly ActiveRun[] | Error | undefined, byId: RunView = undefined, requests = 2) => {
  const asked: WorkflowRun[] = [];
  const names: string[] = [];
  let seconds = 10;
  const clock = () => new Date(seconds * 1_000);
  const readings = (name: string) => ({
    read: async () => {
      names.push(name);
      if (rows instanceof Error) throw rows;
      return rows === undefined ? undefined : { rows, askedAt: clock() };
    },
  });
  const runs = {
    run: async (wanted: WorkflowRun) => {
      asked.push(wanted);
      return byId;
    },
  };
  const { table } = fakeTable();
  const budget = requestBudget(table, clock, { name: 'runs', requests, windowSeconds: 60 });
  return {
    asked,
    names,
    admitting: sharedRuns(readings, runs, budget),
    later: (by: number) => {
      seconds += by;
    },
  };
};

const attempt = (id: number, number = 2) => ({ repository: 'RR-debugger/rr', id, attempt: number });

describe('runs for admission', () => {
  test('cost GitHub nothing when the shared reading has the attempt', async () => {
    const { admitting, asked, names } = scene([listed]);
    expect(await admitting.run(attempt(7))).toMatchObject({ status: 'in_progress', attempt: 2 });
    expect([asked, names]).toEqual([[], ['rr-debugger/rr']]);
  });

  test.each([
    ['is not in the reading', [listed], attempt(8)],
    ['is in it with an earlier attempt', [listed], attempt(7, 3)],
    ['is in it as one of another repository', [{ ...listed, repository: 'a/b' }], attempt(7)],
    ['is in it and over', [{ ...listed, status: 'completed' }], attempt(7)],
    ['has no reading yet', undefined, attempt(7)],
  ])('are asked about by id when one %s', async (_, rows, wanted) => {
    const view = { repository, status: 'queued', attempt: wanted.attempt };
    const { admitting, asked } = scene(rows, view);
    expect(await admitting.run(wanted)).toEqual(view);
    expect(asked).toEqual([wanted]);
  });

  test('that are invented cost a bounded number of requests, and whoever comes then is asked to come again', async () => {
    const { admitting, asked, later } = scene([listed]);
    for (const id of [100, 101]) expect(await admitting.run(attempt(id))).toBeUndefined();
    await expect(admitting.run(attempt(102))).rejects.toMatchObject({
      status: 503,
      members: { rule: 'github-reserve', retryAfterSeconds: 30 },
    });
    expect(asked).toHaveLength(2);
    expect(await admitting.run(attempt(7))).toMatchObject({ attempt: 2 });
    later(50);
    await admitting.run(attempt(102));
    expect(asked).toHaveLength(3);
  });

  test('fail as the table does, for nobody else can tell', async () => {
    const { admitting } = scene(new AwsUnavailable('the table is away'));
    await expect(admitting.run(attempt(7))).rejects.toThrow(AwsUnavailable);
  });
});

describe('a row of a reading', () => {
  test.each([
    null,
    'run',
    {},
    { ...listed, id: 'x' },
    { ...listed, repository: 'no' },
    { ...listed, attempt: 1.5 },
  ])('%j is none', (row) => expect(parseActiveRun(row)).toBeUndefined());

  test('is read as it was written', () =>
    expect(parseActiveRun(JSON.parse(JSON.stringify(listed)))).toEqual(listed));
});
