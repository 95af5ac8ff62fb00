import type { JobPlan, LifePlan } from './plan.ts';
import type { Random } from './random.ts';

/** A life's deadline, in seconds after its request. */
const deadline = 3_600;

const present = <Key extends string, T>(key: Key, value: T | undefined): { [K in Key]?: T } =>
  value === undefined ? {} : ({ [key]: value } as { [K in Key]: T });

const maybe = <T>(random: Random, probability: number, draw: () => T): T | undefined =>
  random.chance(probability) ? draw() : undefined;

const drawJob = (random: Random, hostility: number): JobPlan => ({
  at: random.pick([random.between(0, 40), random.between(20, 120), random.between(60, 1_500), 3_500]),
  durationSeconds: random.pick([
    random.between(5, 90),
    random.between(60, 600),
    random.between(300, 2_400),
    random.between(3_000, 6_000),
  ]),
  isHostile: random.chance(hostility),
});

/** The very second in which a job starts is the worst for a destroy, and so are the moments of a launch. */
const drawDestroyAt = (random: Random, job: JobPlan | undefined): number =>
  random.pick([
    random.between(0, 60),
    random.between(0, 400),
    Math.max(0, (job?.at ?? 60) + random.between(-3, 100)),
    random.between(60, deadline + 60),
    deadline + random.between(-200, 30),
  ]);

const drawAgainAt = (random: Random, destroyAt: number | undefined): number =>
  random.pick([
    (destroyAt ?? 200) + random.between(0, 150),
    random.between(30, 2_000),
    random.between(1, 20),
  ]);

/** One life, with whatever its caller, its operator and AWS do to it. `hostility` is how probable a hostile job is. */
export const drawLife = (
  random: Random,
  index: number,
  windowSeconds: number,
  hostility: number,
): LifePlan => {
  const job = maybe(random, 0.65, () => drawJob(random, hostility));
  const destroyAt = maybe(random, 0.45, () => drawDestroyAt(random, job));
  const againAt = maybe(random, 0.12, () => drawAgainAt(random, destroyAt));
  const stopAt = maybe(random, 0.12, () => ({
    at: random.pick([
      random.between(0, 70),
      (destroyAt ?? 100) + random.between(0, 200),
      random.between(0, deadline),
    ]),
    stateMachine: random.pick(['provision', 'destroy'] as const),
  }));
  const interruptionAt = maybe(random, 0.12, () =>
    random.pick([random.between(2, 60), random.between(20, 400), random.between(60, deadline)]),
  );
  const terminationAt = maybe(random, 0.03, () => random.between(5, deadline));
  return {
    index,
    label: `rr_runner_${index}`,
    architecture: random.pick(['x86_64', 'arm64'] as const),
    at: random.between(0, windowSeconds),
    ...present('job', job),
    ...present('destroyAt', destroyAt),
    ...present('againAt', againAt),
    ...present('stopAt', stopAt),
    ...present('interruptionAt', interruptionAt),
    ...present('terminationAt', terminationAt),
  };
};

/** One life to which nothing happens but its job. */
export const drawCalmLife = (random: Random, index: number, windowSeconds: number): LifePlan => ({
  index,
  label: `rr_runner_${index}`,
  architecture: random.pick(['x86_64', 'arm64'] as const),
  at: random.between(0, windowSeconds),
  ...(random.chance(0.7)
    ? { job: { at: random.between(0, 300), durationSeconds: random.between(5, 900), isHostile: false } }
    : {}),
});
