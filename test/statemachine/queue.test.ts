import { afterEach, describe, expect, test } from '@jest/globals';
import { createVerifiedWorld, label, runId, type VerifiedWorld } from './verified-world.ts';

let world: VerifiedWorld | undefined;
afterEach(async () => {
  await world?.end();
  world = undefined;
});

const start = async (): Promise<VerifiedWorld> => {
  world = await createVerifiedWorld();
  return world;
};

const lives = ({ state }: VerifiedWorld): readonly string[] =>
  state()
    .executions.filter(({ state_machine }) => state_machine.includes('provision'))
    .map(({ name }) => name);

const labels = (own: string, architecture = 'x86_64') => [own, `arch_${architecture}`];

describe('a queued job', () => {
  test('gets its machine without a request, has it, and nothing is left', async () => {
    const { queueJob, job, advance, untilNothingIsLeft } = await start();
    const id = queueJob({ labels: labels(label), durationSeconds: 60 });
    await advance(300);
    expect(job(id)).toMatchObject({ conclusion: 'success' });
    await untilNothingIsLeft(900);
  });

  test.each(['rr_runner_1001_1', 'rr_runner_1001_2'])(
    'of a second attempt gets its machine by the label %s',
    async (own) => {
      const { putRun, queueJob, job, advance, untilNothingIsLeft } = await start();
      putRun('in_progress', { runAttempt: 2 });
      const id = queueJob({ labels: labels(own), durationSeconds: 60 });
      await advance(300);
      expect(job(id)).toMatchObject({ conclusion: 'success' });
      await untilNothingIsLeft(900);
    },
  );

  test('that a request has asked for too gets one machine', async () => {
    const own = await start();
    own.queueJob({ labels: labels(label), durationSeconds: 600 });
    await own.advance(59);
    await Promise.all([own.create(), own.advance(5)]);
    await own.advance(200);
    expect(lives(own)).toEqual(['rr_runner_1001_1_x86_64-1']);
  });

  test('is served beside others with the same labels, one machine after the other', async () => {
    const { queueJob, job, advance } = await start();
    const ids = [1, 2, 3].map(() => queueJob({ labels: labels(label), durationSeconds: 30 }));
    await advance(1_200);
    expect(ids.map((id) => job(id)?.conclusion)).toEqual(['success', 'success', 'success']);
  });

  test('waits for the machine of its label while another job of its run has it, however long', async () => {
    const own = await start();
    const ids = [1, 2].map(() => own.queueJob({ labels: labels(label), durationSeconds: 900 }));
    await own.advance(800);
    expect(lives(own)).toEqual(['rr_runner_1001_1_x86_64-1']);
    await own.advance(1_500);
    expect(ids.map((id) => own.job(id).conclusion)).toEqual(['success', 'success']);
  });

  test.each<[string, readonly string[]]>([
    ['another run', labels('rr_runner_1002_1')],
    ['an attempt to come', labels('rr_runner_1001_2')],
    ['an architecture alone', ['arch_x86_64']],
    ['one label more', [...labels(label), 'self-hosted']],
  ])('that names %s starts nothing', async (_, asked) => {
    const own = await start();
    own.queueJob({ labels: asked, durationSeconds: 30 });
    await own.advance(200);
    expect(lives(own)).toEqual([]);
  });

  test.each<[string, object]>([
    ['is over', { runId: 1003, status: 'completed' }],
    ['is of a repository that is not allowed', { runId: 1003, repository: 'stranger/repo' }],
  ])('of a run that %s starts nothing', async (_, run) => {
    const own = await start();
    own.putRun('in_progress', run);
    own.queueJob({ runId: 1003, labels: labels('rr_runner_1003_1'), durationSeconds: 30 });
    await own.advance(200);
    expect(lives(own)).toEqual([]);
  });

  test('of a run with hundreds of labels gets what the run may have, and another run its own', async () => {
    const own = await start();
    for (let n = 0; n < 200; n += 1)
      own.queueJob({ labels: labels(`${label}_${n}`), durationSeconds: 3_000 });
    own.putRun('in_progress', { runId: 1002 });
    const id = own.queueJob({ runId: 1002, labels: labels('rr_runner_1002_1'), durationSeconds: 30 });
    await own.advance(300);
    expect(lives(own).filter((life) => life.startsWith(`rr_runner_${runId}_`))).toHaveLength(2);
    expect(own.job(id)).toMatchObject({ conclusion: 'success' });
  });

  test('whose life fails gets two more, minutes apart, and then the status says that there is no other', async () => {
    const own = await start();
    own.fault({ service: 'github', operation: 'GenerateJitConfig', error: '403', seconds: 7_200 });
    own.queueJob({ labels: labels(label), durationSeconds: 30 });
    await own.advance(3_600);
    expect(lives(own)).toHaveLength(3);
    const [runner] = (await own.status(label)).runners;
    expect(runner).toMatchObject({
      status: 'failed',
      what_to_do: expect.stringContaining('3 runners in a row'),
    });
  });

  test('whose machine another run has taken gets another, twice at most', async () => {
    const own = await start();
    own.putRun('in_progress', { runId: 1002 });
    const steal = () => own.queueJob({ runId: 1002, labels: labels(label), durationSeconds: 900 });
    steal();
    const id = own.queueJob({ labels: labels(label), durationSeconds: 30 });
    await own.advance(900);
    expect(own.job(id)).toMatchObject({ conclusion: 'success' });
    expect(lives(own)).toEqual(['rr_runner_1001_1_x86_64-1', 'rr_runner_1001_1_x86_64-2']);
  });
});
