import { describe, expect, test } from '@jest/globals';
import { admissionSwitch, cachedSwitch } from '../../../functions/domain/admission/admission-switch.ts';
import { capPool } from '../../../functions/domain/admission/cap-pool.ts';
import { openAdmission } from '../../../functions/domain/admission/open-admission.ts';
import { AwsUnavailable } from '../../../functions/domain/errors.ts';
import { later } from '../../functions/fakes/life.ts';

const request = {
  operation: 'create',
  label: 'rr_runner_1f',
  architectures: ['x86_64'],
  newArchitectures: ['x86_64'],
} as const;

test('open admission gives no class but the default one, and asks nobody', () => {
  const admission = openAdmission([], capPool(1));
  expect(() => admission.screen({ ...request, class: 'big' })).toThrow(
    expect.objectContaining({ status: 403, members: { rule: 'class-open' } }),
  );
  expect(() => admission.screen(request)).not.toThrow();
});

describe('the switch', () => {
  const at = (position: string) => admissionSwitch({ position: async () => position }).admit(request);

  test.each(['open', ' OPEN\n'])('lets requests pass at %j', async (position) => {
    await expect(at(position)).resolves.toBeUndefined();
  });

  test.each(['closed', 'Closed', 'close', '', 'opened', 'closed:'])('refuses at %j', async (position) => {
    await expect(at(position)).rejects.toMatchObject({
      status: 503,
      members: { rule: 'switch', retryAfterSeconds: 300 },
      message: expect.stringMatching(/^Admission is closed by the deployment's operator\./),
    });
  });

  test('says the reason that the operator gave', async () => {
    await expect(at('closed: the budget of 40 runner-hours a day is used up')).rejects.toThrow(
      /^Admission is closed: the budget of 40 runner-hours a day is used up\./,
    );
  });

  test('is read again after ten seconds, and not before', async () => {
    let seconds = 0;
    let reads = 0;
    const cached = cachedSwitch(
      {
        position: async () => {
          reads += 1;
          return seconds < 5 ? 'open' : 'closed';
        },
      },
      () => later(seconds),
    );
    expect(await cached.position()).toBe('open');
    seconds = 9;
    expect(await cached.position()).toBe('open');
    seconds = 10;
    expect(await cached.position()).toBe('closed');
    expect(reads).toBe(2);
  });

  test('that cannot be read is not taken for open, and is asked again', async () => {
    const answers = [Promise.reject(new AwsUnavailable('503')), Promise.resolve('open')];
    const cached = cachedSwitch({ position: () => answers.shift() ?? Promise.resolve('') }, () => later(0));
    await expect(admissionSwitch(cached).admit(request)).rejects.toThrow(AwsUnavailable);
    await expect(admissionSwitch(cached).admit(request)).resolves.toBeUndefined();
  });
});

test('mode open asks its rules in their order, and no further than the first that refuses', async () => {
  const asked: string[] = [];
  const rule = (name: string, refuses: boolean) => ({
    admit: async () => {
      asked.push(name);
      if (refuses) throw new Error(name);
    },
  });
  const admission = openAdmission(
    [rule('first', false), rule('second', true), rule('third', false)],
    capPool(1),
  );
  await expect(admission.admit(request)).rejects.toThrow('second');
  expect(asked).toEqual(['first', 'second']);
});
