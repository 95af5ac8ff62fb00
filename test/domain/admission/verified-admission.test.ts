import { describe, expect, test } from '@jest/globals';
import { capPool } from '../../../functions/domain/admission/cap-pool.ts';
import { verifiedAdmission } from '../../../functions/domain/admission/verified-admission.ts';
import { Problem } from '../../../functions/domain/api/problem.ts';
import type { CreateRequest } from '../../../functions/domain/request/runner-request.ts';
import type { RunAttempt, RunState } from '../../../functions/domain/workflow-run.ts';
import { classes } from '../../functions/fakes/classes.ts';

const request: CreateRequest = {
  operation: 'create',
  label: 'rr_runner_1001_2_b',
  architectures: ['x86_64'],
  run: { repository: 'RR-debugger/rr', id: 1001 },
};

const prepare = (refusing?: string, head: Pick<RunState, 'headRepository'> = {}) => {
  const asked: string[] = [];
  const verified: RunAttempt[] = [];
  const ask = (name: string): void => {
    asked.push(name);
    if (refusing === name) throw new Problem('not-admitted', name);
  };
  const rule = (name: string) => ({ admit: async () => ask(name) });
  const admission = verifiedAdmission(
    [rule('switch'), rule('cap')],
    {
      recall: () => ask('memory'),
      verify: async (attempt) => {
        verified.push(attempt);
        ask('GitHub');
        return { repository: attempt.repository, status: 'queued', attempt: 2, ...head };
      },
    },
    capPool(20),
    {
      labelPrefix: 'rr_runner_',
      allowedRepositories: ['rr-debugger/other', 'rr-debugger/rr'],
      classes,
    },
  );
  return {
    asked,
    verified,
    screen: (change: Partial<CreateRequest> = {}) => admission.screen({ ...request, ...change }),
    admit: (change: Partial<CreateRequest> = {}) =>
      admission.admit({ ...request, ...change, newArchitectures: ['x86_64'] }),
  };
};

describe('verified admission', () => {
  test('asks from cheap to dear, GitHub last, and tells the attempt as the configuration spells it', async () => {
    const { asked, verified, screen, admit } = prepare();
    screen();
    expect(asked).toEqual(['memory']);
    const run = { repository: 'rr-debugger/rr', id: 1001, attempt: 2 };
    await expect(admit()).resolves.toMatchObject({ run });
    expect(asked).toEqual(['memory', 'switch', 'cap', 'GitHub']);
    expect(verified).toEqual([run]);
  });

  test.each(['switch', 'cap'])('does not ask GitHub when the %s refuses', async (name) => {
    const { asked, admit } = prepare(name);
    await expect(admit()).rejects.toThrow(name);
    expect(asked.at(-1)).toBe(name);
  });

  test.each<[string, Partial<CreateRequest>, string]>([
    [
      'a repository that is not allowed',
      { run: { repository: 'rr-debugger/rrr', id: 1001 } },
      'allowed-repository',
    ],
    ['an owner that is not', { run: { repository: 'other/rr', id: 1001 } }, 'allowed-repository'],
    ['the label of another run', { run: { repository: 'rr-debugger/rr', id: 100 } }, 'run-label'],
    ['a label of no run', { label: 'rr_runner_abc' }, 'run-label'],
  ])('refuses %s before anybody is asked', (_, change, rule) => {
    const { asked, screen } = prepare();
    expect(() => screen(change)).toThrow(expect.objectContaining({ status: 403, members: { rule } }));
    expect(asked).toEqual([]);
  });

  test.each([
    ['its own repository’s', { headRepository: 'RR-Debugger/rr' }, { class: 'big' }, 'run#1001#x86_64#big'],
    ['that of a fork, for the default class', { headRepository: 'mallory/rr' }, {}, 'run#1001#x86_64'],
  ])('admits a run whose head is %s', async (_, head, change, pool) => {
    const { admit } = prepare(undefined, head);
    const { pools } = await admit(change);
    expect(pools('x86_64').others.map(({ name }) => name)).toEqual([pool]);
  });

  test.each([
    ['a fork', { headRepository: 'mallory/rr' }, /runs the code of mallory\/rr, and class "big" is only for/],
    ['a repository that GitHub does not name', {}, /a repository that GitHub does not show/],
  ])('refuses a class that forks do not get to a run whose head is %s', async (_, head, message) => {
    const { admit } = prepare(undefined, head);
    const refused = admit({ class: 'big' });
    await expect(refused).rejects.toMatchObject({ status: 403, members: { rule: 'class-forks' } });
    await expect(refused).rejects.toThrow(message);
  });

  test('names both fields of a run that is not given', () => {
    const { run: _, ...without } = request;
    const { admission } = {
      admission: verifiedAdmission(
        [],
        { recall: () => undefined, verify: () => Promise.reject(new Error('Nobody asks')) },
        capPool(20),
        {
          labelPrefix: 'rr_runner_',
          allowedRepositories: ['o/r'],
          classes,
        },
      ),
    };
    expect(() => admission.screen(without)).toThrow(
      expect.objectContaining({
        status: 400,
        message: expect.stringMatching(/^repository must be given.*run_id must be given/),
      }),
    );
  });
});
