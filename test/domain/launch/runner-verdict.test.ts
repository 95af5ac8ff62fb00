import { describe, expect, test } from '@jest/globals';
import { AwsRefused, InstanceLost, RunnerNeverOnline } from '../../../functions/domain/errors.ts';
import {
  endOfLostRound,
  neverOnline,
  type RoundReading,
  runnerVerdict,
  surplus,
} from '../../../functions/domain/launch/runner-verdict.ts';
import type { Instance } from '../../../functions/domain/ports.ts';
import { bootLimitSeconds } from '../../../functions/domain/timing.ts';

const launchedAt = new Date('2026-03-01T10:00:00Z');
const later = (seconds: number): Date => new Date(launchedAt.getTime() + seconds * 1_000);
const instance: Instance = {
  id: 'i-1',
  state: 'running',
  life: 'rr_runner_a_x86_64-1',
  round: 1,
  market: 'spot',
  instanceType: 'c5.9xlarge',
  availabilityZone: 'us-east-2a',
  launchedAt,
  deadline: later(3_600),
  registrationId: 7,
};
const offline = { id: 7, name: 'r', online: false, busy: false, labels: [] };
const reading: RoundReading = {
  round: 1,
  instances: [instance],
  registration: offline,
  launchedAt,
  bootSeconds: 600,
  now: later(15),
};
const { registration: _, ...unseenOnce } = reading;
/** Not shown for the second time. */
const unregistered = {
  ...unseenOnce,
  earlier: { what: 'registration of round 1', since: later(-15).toISOString() },
};
const terminated: Instance = {
  ...instance,
  state: 'terminated',
  stateReason: 'Server.SpotInstanceTermination',
};
const ending: Instance = { ...instance, state: 'shutting-down' };

describe('the time that a machine may take to boot', () => {
  test.each([
    ['c5.9xlarge', 600],
    ['m7g.large', 600],
    ['c5.metal', 1_800],
    ['c7i.metal-24xl', 1_800],
    ['u-6tb1.metal', 1_800],
  ])('is that of %s: %i seconds', (instanceType, seconds) => {
    const bootSeconds = bootLimitSeconds(instanceType);
    const booting = { ...reading, bootSeconds };
    expect(runnerVerdict({ ...booting, now: later(seconds - 1) })).toBe('waiting');
    expect(runnerVerdict({ ...booting, now: later(seconds) })).toBe('never-online');
    expect(neverOnline(bootSeconds, undefined).message).toContain(`ran for ${seconds / 60} minutes`);
  });

  test('is what its class says, where that says it', () => {
    expect(bootLimitSeconds('c5.metal', 12)).toBe(720);
  });
});

describe('what has become of a launch round', () => {
  test.each([
    ['waiting', 'the machine boots', reading],
    ['waiting', 'EC2 does not show the new instance yet', { ...reading, instances: [] }],
    ['ready', 'GitHub shows the runner online', { ...reading, registration: { ...offline, online: true } }],
    ['used', 'the registration is gone while the instance ends', { ...unregistered, instances: [ending] }],
    ['used', 'the registration is gone and the instance too', { ...unregistered, instances: [terminated] }],
    ['waiting', 'the registration is gone while the machine runs', unregistered],
    ['waiting', 'one reading does not show the registration', { ...unseenOnce, instances: [terminated] }],
    ['waiting', 'the instance ends and the registration is there', { ...reading, instances: [ending] }],
    [
      'waiting',
      'the instance ends, though GitHub still shows its runner online',
      { ...reading, instances: [ending], registration: { ...offline, online: true } },
    ],
    [
      'lost',
      'the instance is terminated and the registration is there',
      { ...reading, instances: [terminated] },
    ],
    [
      'lost',
      'the instance is terminated, though GitHub still shows its runner online',
      { ...reading, instances: [terminated], registration: { ...offline, online: true } },
    ],
    ['never-online', 'ten minutes have passed', { ...reading, now: later(600) }],
    [
      'never-online',
      'ten minutes have passed without an instance',
      { ...reading, instances: [], now: later(600) },
    ],
  ] as const)('%s when %s', (verdict, _when, given) => {
    expect(runnerVerdict(given)).toBe(verdict);
  });
});

describe('a lost round', () => {
  const lostBy = (...reasons: readonly (string | undefined)[]): RoundReading => ({
    ...reading,
    instances: reasons.map((stateReason, n) => ({
      ...instance,
      id: `i-${n}`,
      state: 'terminated',
      ...(stateReason === undefined ? {} : { stateReason }),
    })),
  });
  const end = (given: RoundReading) => endOfLostRound(given, 'stint: the download failed');

  test.each([
    [['Server.SpotInstanceTermination']],
    [['Server.SpotInstanceShutdown']],
    [['Server.InternalError']],
    [['Server.InsufficientInstanceCapacity']],
    [['Server.ScheduledStop']],
    [['Server.SomethingNew']],
    [[undefined]],
    [['Server.InternalError', 'Client.UserInitiatedShutdown']],
    [['Client.UserInitiatedShutdown', 'Server.SpotInstanceTermination']],
  ])('that EC2 took is followed by another: %j', (reasons) => {
    expect(end(lostBy(...reasons))).toBeUndefined();
    const last = end({ ...lostBy(...reasons), round: 2 });
    expect(last).toBeInstanceOf(InstanceLost);
    expect(last?.message).toContain(
      `in 2 rounds (${reasons.map((code) => code ?? 'no state reason').join(', ')})`,
    );
  });

  test.each([
    [
      'Client.InstanceInitiatedShutdown',
      RunnerNeverOnline,
      /powered itself off.*console ends with:\nstint: the download failed/s,
    ],
    [
      'Client.VolumeLimitExceeded',
      AwsRefused,
      /as many volumes.*Service Quotas.*\(Client\.VolumeLimitExceeded\)/,
    ],
    ['Client.InvalidSnapshot.NotFound', AwsRefused, /snapshot of its image/],
    ['Client.InternalError', AwsRefused, /the key that encrypts it/],
    ['Client.SomethingNew', AwsRefused, /of the account’s wrong \(Client\.SomethingNew\)/],
    ['Client.UserInitiatedShutdown', InstanceLost, /not by EC2: EC2 was asked to end it.*CloudTrail/],
    ['Client.UserInitiatedHibernate', InstanceLost, /not by EC2/],
    ['Client.InstanceTerminated', InstanceLost, /made an image of it/],
  ])('whose like another would meet is the end at once: %s', (reason, error, message) => {
    expect(end(lostBy(reason))).toBeInstanceOf(error);
    expect(end(lostBy(reason))?.message).toMatch(message);
    if (error !== InstanceLost) {
      expect(end(lostBy('Client.UserInitiatedShutdown', reason))).toBeInstanceOf(error);
      expect(end(lostBy('Server.SpotInstanceTermination', reason))).toBeInstanceOf(error);
    }
  });
});

describe('the instances of a round', () => {
  test('all but the oldest live one are surplus', () => {
    const younger = { ...instance, id: 'i-2', launchedAt: later(5) };
    const dead = { ...terminated, id: 'i-0' };
    expect(surplus([younger, dead, instance]).map(({ id }) => id)).toEqual(['i-2']);
  });

  test('one alone is not', () => {
    expect(surplus([instance, terminated])).toEqual([]);
  });
});

describe('the console in an error', () => {
  test('is its last lines, without secrets and controls', () => {
    const text = `first\n\u001b[31m${'aB3'.repeat(40)} last`;
    expect(neverOnline(600, text).message).toMatch(/Its console ends with:\nfirst\n\[cut\] last$/);
  });

  test('is named as missing when EC2 has none', () => {
    for (const none of [undefined, '', ' \n'])
      expect(neverOnline(600, none).message).toMatch(/no console output/);
  });
});
