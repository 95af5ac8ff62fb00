import { bootLimitSeconds, launchReserveSeconds } from '../functions/domain/timing.ts';
import { classLimits } from './classes.ts';
import type { Config } from './config.ts';
import { defaults } from './config-fields.ts';

type Read = Partial<Config>;

/** What the classes come to with the other settings; the default stands for one that has a mistake of its own. */
const limitsIn = (read: Read) => {
  const { default: _, ...others } = classLimits({ ...defaults, ...read });
  return Object.entries(others);
};

/** A machine that boots for so long must have some time left afterwards. */
const livesTooShort = (read: Read): readonly string[] =>
  limitsIn(read).flatMap(([name, { lifetimeMinutes, bootMinutes }]) =>
    Object.values(read.classes?.[name]?.instanceTypes ?? {})
      .flat()
      .map((type) => ({ type, boot: bootLimitSeconds(type, bootMinutes) / 60 }))
      .filter(({ boot }) => lifetimeMinutes < boot + launchReserveSeconds / 60)
      .map(
        ({ type, boot }) =>
          `classes.${name}.lifetimeMinutes: must be at least ${boot + launchReserveSeconds / 60} for ${type}, which may take ${boot} minutes to boot, and is ${lifetimeMinutes}`,
      ),
  );

/** A runner that is just being launched must be able to answer whoever asks again. */
const tooShortToAnswer = (read: Read): readonly string[] => {
  const { minimumMinutes = defaults.minimumMinutes } = read;
  return limitsIn(read)
    .filter(([, { lifetimeMinutes }]) => minimumMinutes > lifetimeMinutes - 5)
    .map(
      ([name, { lifetimeMinutes }]) =>
        `classes.${name}.lifetimeMinutes: must be at least 5 more than minimumMinutes, which is ${minimumMinutes}, and is ${lifetimeMinutes}`,
    );
};

/** A life that takes more seats than there are could never begin. */
const moreThanTheCap = (read: Read): readonly string[] => {
  const { liveRunnerCap = defaults.liveRunnerCap } = read;
  return limitsIn(read)
    .filter(([, { seats }]) => seats > liveRunnerCap)
    .map(
      ([name, { seats }]) =>
        `classes.${name}.seats: must be at most liveRunnerCap, which is ${liveRunnerCap}, and is ${seats}; unless given, it is how many machines of the default class one of this has the vCPUs of`,
    );
};

/** Admission would close before the first runner has had its life. */
const dayTooShort = (read: Read): readonly string[] => {
  const { runnerHoursPerDay = defaults.runnerHoursPerDay } = read;
  return limitsIn(read)
    .map(([name, { lifetimeMinutes, seats }]) => ({ name, hours: (lifetimeMinutes * seats) / 60, seats }))
    .filter(({ hours }) => runnerHoursPerDay < hours)
    .map(
      ({ name, hours, seats }) =>
        `runnerHoursPerDay: must be at least ${Math.ceil(hours)}, one life of class ${name} with its ${seats} seats, and is ${runnerHoursPerDay}`,
    );
};

/** Mistakes that no setting of a class makes alone. */
export const classContradictions = (read: Read): readonly string[] =>
  [livesTooShort, tooShortToAnswer, moreThanTheCap, dayTooShort].flatMap((find) => find(read));
