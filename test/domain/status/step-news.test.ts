import { describe, expect, test } from '@jest/globals';
import { AwsUnavailable, GitHubUnavailable, QuotaExceeded } from '../../../functions/domain/errors.ts';
import {
  checkNews,
  launchNews,
  roundNews,
  terminationNews,
  troubleNews,
  turnNews,
  useNews,
  withdrawalNews,
} from '../../../functions/domain/status/step-news.ts';
import { definitionText } from '../../../statemachine/definitions.ts';
import { launchInput } from '../../functions/fakes/launch.ts';
import { destroyInput, later } from '../../functions/fakes/life.ts';
import { output } from '../../functions/fakes/lives.ts';

const pool = { instanceType: 'c5.9xlarge', availabilityZone: 'us-east-2a', subnetId: 'subnet-a' };

describe('a launch attempt', () => {
  test('that got an instance tells of it, and of its round', () => {
    const launchedAt = later(10).toISOString();
    const instance = { ...pool, id: 'i-1', market: 'spot' as const, launchedAt, spotPrice: 0.6 };
    const search = { ...launchInput.search, next: 'launched' as const, instance };
    expect(launchNews(launchInput, search)).toMatchObject({
      status: 'booting',
      round: 1,
      instanceId: 'i-1',
      spotPrice: 0.6,
      launchedAt,
    });
  });

  test('that found no room anywhere tells of the pause that the state machine makes', () => {
    const news = launchNews(launchInput, { ...launchInput.search, next: 'wait' });
    expect(news).toMatchObject({ status: 'launching', reason: expect.stringContaining('every minute') });
    const { States: states } = JSON.parse(definitionText('provision-runner'));
    expect(states.WaitForCapacity.Seconds).toBe(60);
  });

  test('that goes on with the next pool tells nothing', () => {
    expect(launchNews(launchInput, launchInput.search)).toBeUndefined();
  });
});

test('a turn to launch is told when it is worth waiting for', () => {
  const at = later(300).toISOString();
  expect(turnNews(launchInput, { at, waitSeconds: 290 })).toMatchObject({
    status: 'launching',
    round: 1,
    reason: expect.stringContaining(at),
  });
  expect(turnNews(launchInput, { at: later(2).toISOString(), waitSeconds: 2 })).toBeUndefined();
});

describe('a check of the runner', () => {
  test('tells that it is ready, that it is used up, and of nothing else', () => {
    expect(checkNews(undefined, output)).toMatchObject({ status: 'ready', readyAt: output.readyAt });
    expect(checkNews(undefined, { ...output, outcome: 'used' })).toMatchObject({ status: 'destroying' });
    expect(checkNews(undefined, { outcome: 'waiting' })).toBeUndefined();
    expect(checkNews(undefined, { outcome: 'lost' })).toBeUndefined();
  });

  test('that lost its machine is followed by a round that begins anew', () => {
    const launched = { search: { next: 'launched' } } as const;
    expect(roundNews(launched, { number: 2, markets: 'on-demand-only' })).toMatchObject({
      status: 'launching',
      round: 2,
      reason: expect.stringContaining('took the instance away'),
    });
  });

  test('a configuration that has grown old is told as that', () => {
    const unlaunched = { search: { next: 'spot' } } as const;
    expect(roundNews(unlaunched, { number: 2, markets: 'spot-first' })).toMatchObject({
      round: 2,
      reason: expect.stringContaining('grown old'),
    });
  });
});

test.each([new AwsUnavailable('slow down'), new GitHubUnavailable('502')])(
  'an attempt that is repeated is told by its error: %s',
  (error) => {
    expect(troubleNews('It works.')(launchInput, error)?.reason).toBe(
      `It works. The last attempt met ${error.name}; it is repeated.`,
    );
  },
);

test('an attempt that is not repeated is told by whoever sees the provision end', () => {
  expect(troubleNews('It works.')(launchInput, new QuotaExceeded('no room'))).toBeUndefined();
});

describe('a destroy', () => {
  test('tells why, and that a job is spared while it is graceful', () => {
    expect(withdrawalNews(destroyInput).reason).toMatch(/^A destroy was asked for\. A job that runs on it/);
    expect(terminationNews(destroyInput)).toEqual({
      status: 'destroying',
      reason: 'A destroy was asked for.',
    });
  });

  test('of a machine that has ended leaves the reason to whoever saw that', () => {
    const ended = { ...destroyInput, reason: 'ended' as const };
    expect([withdrawalNews(ended), terminationNews(ended)]).toEqual([
      { status: 'destroying' },
      { status: 'destroying' },
    ]);
  });

  test('that finds that another run has used the runner says so', () => {
    const news = useNews(destroyInput, { answer: 'used-up', usedBy: 'another run' });
    expect(news?.reason).toMatch(/^A job of another run/);
  });

  test('that finds the runner used up says that the life ends, and nothing while it may be needed', () => {
    expect(useNews(destroyInput, { answer: 'used-up' })?.status).toBe('destroying');
    expect(useNews(destroyInput, { answer: 'perhaps-needed' })).toBeUndefined();
  });
});
