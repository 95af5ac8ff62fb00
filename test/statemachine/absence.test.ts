import { afterEach, describe, expect, test } from '@jest/globals';
import { createVerifiedWorld, label, type VerifiedWorld } from './verified-world.ts';
import { createWorld, type World } from './world.ts';

/** For so long, others have seen, GitHub and EC2 do not show what is there. */
const seconds = 4;

/** How often that happens in a life: seldom enough that two readings that are believed do not both meet it. */
const periodSeconds = 47;

const operations = [
  ['ec2', 'DescribeInstances'],
  ['ec2', 'DescribeImages'],
  ['states', 'DescribeExecution'],
  ['states', 'ListExecutions'],
  ['scheduler', '*'],
  ['github', 'GetRunner'],
  ['github', 'ListRunners'],
  ['github', 'GetRun'],
  ['github', 'ListJobs'],
  ['github', 'ListDownloads'],
] as const;

/** All moments of a life are met by one of these. */
const offsets = Array.from({ length: Math.ceil(periodSeconds / seconds) }, (_, index) => index * seconds);

let world: World | undefined;
afterEach(async () => {
  await world?.end();
  world = undefined;
});

/** A life whose runner is idle over a sweep, and has its job over two more. */
const jobAt = 450;
const jobSeconds = 600;

const plant = async (
  live: World,
  service: string,
  operation: string,
  untilSeconds: number,
): Promise<void> => {
  for (let at = 0; at < untilSeconds; at += periodSeconds) {
    live.fault({ service, operation, error: 'NotFound', seconds });
    await live.advance(periodSeconds);
  }
};

const job = async (
  live: World,
  service: string,
  operation: string,
  then = async (): Promise<void> => undefined,
) => {
  await plant(live, service, operation, jobAt);
  const id = live.queueJob({ labels: [label, 'arch_x86_64'], durationSeconds: jobSeconds });
  await then();
  await plant(live, service, operation, jobSeconds);
  await live.until(() => live.job(id).status === 'completed', 300);
  live.cloud.faults.clear();
  await live.untilNothingIsLeft(900);
  return live.job(id).conclusion;
};

const cases = [
  ...(['github', 'ec2', 'states'] as const).flatMap((service) =>
    offsets.map((at) => [service, '*', at] as const),
  ),
  ...operations.flatMap(([service, operation]) => [8].map((at) => [service, operation, at] as const)),
];

describe(`what is not shown for ${seconds} seconds, again and again, is not lost`, () => {
  test.each(cases)('%s %s from %i s on: the job of a run succeeds', async (service, operation, at) => {
    const verified: VerifiedWorld = await createVerifiedWorld();
    world = verified;
    verified.putRun('in_progress');
    await verified.create();
    await verified.advance(at);
    await expect(job(verified, service, operation)).resolves.toBe('success');
  });

  test.each(cases)('%s %s from %i s on: a destroy spares the job', async (service, operation, at) => {
    const open = await createWorld();
    world = open;
    await open.post({ operation: 'create', label, architecture: 'x86_64' });
    await open.advance(at);
    const destroy = async (): Promise<void> => {
      await open.advance(5);
      await open.post({ operation: 'destroy', label });
    };
    await expect(job(open, service, operation, destroy)).resolves.toBe('success');
  });
});
