import type { World } from './world.ts';

const shortage = { service: 'ec2', operation: 'RunInstances', error: 'InsufficientInstanceCapacity' };

/** What a caller asks for; the same for every label but where a mode wants more. */
export type Ask = (label: string, architectures?: readonly string[]) => Promise<unknown>;

/**
 * Lives that together go every way that there is through both state machines: with a job and without, in every
 * pool and market, lost and failed, destroyed gracefully, by force and by the sweep. `labels` are seven that may be
 * asked for; `endRun` makes their run be over, where there is one.
 */
export const liveManyLives = async (
  world: World,
  ask: Ask,
  labels: readonly string[],
  endRun: () => void = () => undefined,
): Promise<void> => {
  const [working = '', unlucky = '', silent = '', lost = '', stopped = '', idle = '', late = ''] = labels;
  const destroy = (label: string) => world.post({ operation: 'destroy', label });
  const pause = () => world.advance(15);

  await ask(working, ['x86_64', 'arm64']);
  await pause();
  await ask(working, ['x86_64', 'arm64']);
  await world.untilStatus(working, 'ready', 180);
  for (const architecture of ['x86_64', 'arm64'])
    world.queueJob({ labels: [working, `arch_${architecture}`], durationSeconds: 300 });

  world.fault({ ...shortage, seconds: 120 });
  await ask(unlucky);
  await world.untilStatus(unlucky, 'ready', 900);
  await destroy(unlucky);
  await world.advance(900);

  world.fault({ service: 'machine', operation: 'register', error: 'never', times: 1 });
  await ask(silent);
  await world.untilStatus(silent, 'failed', 900);

  world.fault({ service: 'machine', operation: 'run', error: 'Server.SpotInstanceTermination', times: 1 });
  await ask(lost);
  await world.untilStatus(lost, 'ready', 900);
  await destroy(lost);

  await ask(stopped);
  await world.advance(8);
  world.stop(`${stopped}_x86_64-1`);
  await pause();

  // The answer of the first launch is lost and its repeat is refused, so that a second pool launches another one.
  world.fault({ service: 'ec2', operation: 'RunInstances', error: 'AnswerLost', times: 1 });
  world.fault({ ...shortage, times: 1 });
  await ask(idle);
  await world.untilStatus(idle, 'ready', 180);
  await destroy(idle);
  await pause();
  await ask(idle);
  await pause();
  world.stop(`${idle}_x86_64-1-asked-1`);
  await world.advance(900);

  await ask(late);
  await world.untilStatus(late, 'ready', 180);
  world.queueJob({ labels: [late, 'arch_x86_64'], durationSeconds: 9_000 });
  world.fault({
    service: 'states',
    operation: 'StartExecution',
    error: '500',
    where: { caller: 'scheduler' },
    seconds: 7_200,
  });
  await world.advance(5_400);
  endRun();
  await world.untilNothingIsLeft(3_600);
};
