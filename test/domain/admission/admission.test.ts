import { describe, expect, test } from '@jest/globals';
import { admissionSwitch, cachedSwitch } from '../../../functions/domain/admission/admission-switch.ts';
import { liveRules } from '../../../functions/domain/admission/live-lives.ts';
import { liveRunnerCap } from '../../../functions/domain/admission/live-runner-cap.ts';
import { openAdmission } from '../../../functions/domain/admission/open-admission.ts';
import { AwsUnavailable } from '../../../functions/domain/errors.ts';
import type { Instance } from '../../../functions/domain/ports.ts';
import { instance, later, life } from '../../functions/fakes/life.ts';
import { provision } from '../../functions/fakes/lives.ts';

const request = {
  operation: 'create',
  label: 'rr_runner_1f',
  architectures: ['x86_64'],
  newArchitectures: ['x86_64'],
} as const;

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

describe('the cap on live runners', () => {
  const prepare = (instances: readonly Instance[], running: readonly string[], cap: number) => {
    const scene = { seconds: 0, reads: 0, instances };
    const rule = liveRules(
      {
        fleet: {
          live: async () => {
            scene.reads += 1;
            return scene.instances;
          },
        },
        executions: { provisions: async () => running.map((name) => provision(name, 'RUNNING')) },
      },
      [liveRunnerCap(cap)],
      () => later(scene.seconds),
    );
    const wanted = ['x86_64', 'arm64'] as const;
    return {
      scene,
      admit: (newLives = 1) => rule.admit({ ...request, newArchitectures: wanted.slice(0, newLives) }),
    };
  };
  const other: Instance = { ...instance, id: 'i-2', life: 'rr_runner_2e_arm64-1' };

  test('counts a life that launches and has an instance once', async () => {
    const { admit } = prepare([instance], [life], 2);
    await expect(admit()).resolves.toBeUndefined();
  });

  test('counts lives that have an instance or may soon have one', async () => {
    const { admit } = prepare([other], [life], 2);
    await expect(admit()).rejects.toMatchObject({
      status: 429,
      members: { rule: 'live-runner-cap', retryAfterSeconds: 60 },
      message: expect.stringMatching(/^2 runners are live and 1 more are asked for, of 2/),
    });
  });

  test('does not count a machine that EC2 is ending', async () => {
    const { admit } = prepare([{ ...instance, state: 'shutting-down' }], [], 1);
    await expect(admit()).resolves.toBeUndefined();
  });

  test('counts what the request asks for', async () => {
    const { admit } = prepare([instance], [], 2);
    await expect(admit(2)).rejects.toThrow('1 runners are live and 2 more');
    await expect(admit(1)).resolves.toBeUndefined();
  });

  test('asks AWS no more than once in five seconds while it refuses', async () => {
    const { scene, admit } = prepare([instance], [], 1);
    await expect(admit()).rejects.toThrow();
    scene.instances = [];
    scene.seconds = 4;
    await expect(admit()).rejects.toThrow();
    expect(scene.reads).toBe(1);
    scene.seconds = 5;
    await expect(admit()).resolves.toBeUndefined();
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
  const admission = openAdmission([rule('first', false), rule('second', true), rule('third', false)]);
  await expect(admission.admit(request)).rejects.toThrow('second');
  expect(asked).toEqual(['first', 'second']);
});
