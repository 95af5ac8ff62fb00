import { afterEach, expect, test } from '@jest/globals';
import { simulatedStack } from '../campaign/campaign-stack.ts';
import { createVerifiedWorld, type VerifiedWorld } from './verified-world.ts';

const lives = 20;
const runIds = Array.from({ length: lives }, (_, index) => 2_001 + index);
const labelOf = (runId: number): string => `rr_runner_${runId}_1`;
const stack = await simulatedStack({
  admission: 'verified',
  liveRunnerCap: lives,
  queuedShare: 0,
  runnerHoursPerDay: 1_000,
});

let world: VerifiedWorld | undefined;
afterEach(() => world?.end());

/**
 * So many runs ask within half a minute. What comes of it at GitHub, a life; a 304 is free
 * (https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate).
 */
const requestsALife = async (use: (world: VerifiedWorld) => Promise<void>) => {
  const counted = { own: 0, looks: 0 };
  const own = await createVerifiedWorld({
    stack,
    watcher: {
      onCall: ({ call, status }) => {
        if (call.service !== 'github' || status === undefined || status === 304) return;
        // Whether a job of the run waits: asked each minute, and free unless a job has changed.
        if (call.operation === 'ListAttemptJobs' || call.operation === 'ListRuns') counted.looks += 1;
        else counted.own += 1;
      },
    },
  });
  world = own;
  for (const runId of runIds) own.putRun('in_progress', { runId });
  for (const runId of runIds) {
    const created = await own.create({ label: labelOf(runId), run_id: runId, architecture: 'x86_64' });
    expect(created).toMatchObject({ status: 202 });
    await own.advance(1);
  }
  await own.advance(180);
  await use(own);
  await own.untilNothingIsLeft(1_800);
  return { own: counted.own / lives, looks: counted.looks / lives };
};

test('a life that gets ready and has its job asks GitHub four times at most', async () => {
  const requests = await requestsALife(async ({ queueJob, advance, cloud }) => {
    const ids = runIds.map((runId) =>
      queueJob({ labels: [labelOf(runId), 'arch_x86_64'], runId, durationSeconds: 60 }),
    );
    await advance(120);
    const jobs = cloud.github.jobs.filter(({ id }) => ids.includes(id));
    expect(jobs.map(({ conclusion }) => conclusion)).toEqual(ids.map(() => 'success'));
  });
  expect(requests.own).toBeLessThanOrEqual(4);
  expect(requests.looks).toBeLessThanOrEqual(5);
}, 60_000);

test('a life that is destroyed idle asks GitHub eight times at most', async () => {
  const requests = await requestsALife(async ({ destroy, putRun, advance, state }) => {
    expect(state().registrations.map(({ status }) => status)).toEqual(runIds.map(() => 'online'));
    for (const runId of runIds) {
      putRun('completed', { runId });
      expect(await destroy(labelOf(runId))).toMatchObject({ status: 202 });
      await advance(1);
    }
  });
  expect(requests.own).toBeLessThanOrEqual(8);
  expect(requests.looks).toBeLessThanOrEqual(5);
}, 60_000);
