import { describe, expect, test } from '@jest/globals';
import { allTypes, classLimits, typesByClass } from '../../infra/classes.ts';
import { ConfigInvalid, readConfig } from '../../infra/read-config.ts';

const big = { instanceTypes: { x86_64: ['c5.metal'] } };
const limitsOf = (one: object, others: object = {}) => {
  const { default: usual, ...rest } = classLimits(
    readConfig({ runnerHoursPerDay: 500, ...others, classes: { big: one } }),
  );
  return { usual, big: rest['big'] };
};

const mistakesOf = (classes: unknown, others: object = {}): readonly string[] => {
  try {
    readConfig({ ...others, classes });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigInvalid)) throw error;
    return error.mistakes;
  }
};

describe('the classes of a deployment', () => {
  test('are one, of the settings themselves, when none is given', () => {
    expect(classLimits(readConfig({ lifetimeMinutes: 90, volumeGib: 50, runnersPerRun: 3 }))).toEqual({
      default: {
        lifetimeMinutes: 90,
        market: 'spot',
        volumeGib: 50,
        kvm: false,
        perRun: 3,
        forks: true,
        seats: 1,
        architectures: ['x86_64', 'arm64'],
      },
    });
  });

  test('have what the default one has where they do not say it, and are kept from forks', () => {
    expect(limitsOf(big, { volumeGib: 50 }).big).toEqual({
      lifetimeMinutes: 60,
      market: 'spot',
      volumeGib: 50,
      kvm: false,
      perRun: 2,
      forks: false,
      seats: 3,
      architectures: ['x86_64'],
    });
  });

  test('have what they say, as JSON text too', () => {
    const all = {
      ...big,
      market: 'on-demand',
      lifetimeMinutes: 360,
      bootMinutes: 20,
      volumeGib: 200,
      kvm: true,
      perRun: 4,
      forks: true,
      seats: 5,
    };
    const { instanceTypes: _, ...limits } = all;
    expect(limitsOf(all).big).toEqual({ ...limits, architectures: ['x86_64'] });
    const text = JSON.stringify({ big: all });
    expect(readConfig({ runnerHoursPerDay: 500, classes: text }).classes).toEqual({ big: all });
  });

  test.each([
    ['c5.2xlarge', 1],
    ['c5.9xlarge', 1],
    ['c5.12xlarge', 2],
    ['c7i.metal-48xl', 6],
  ])('of %s take %i seats, as many as machines of the default one have its vCPUs', (type, seats) => {
    expect(limitsOf({ instanceTypes: { x86_64: [type] } }).big?.seats).toBe(seats);
  });

  test('name the types of the deployment, each once', () => {
    const config = readConfig({
      runnerHoursPerDay: 500,
      classes: { big, small: { instanceTypes: { arm64: 'c6g.large,c6g.8xlarge' } } },
    });
    expect(allTypes(config)).toEqual(['c5.9xlarge', 'c6g.8xlarge', 'c5.metal', 'c6g.large']);
    expect(typesByClass(config)).toEqual({
      default: { x86_64: ['c5.9xlarge'], arm64: ['c6g.8xlarge'] },
      big: { x86_64: ['c5.metal'] },
      small: { arm64: ['c6g.large', 'c6g.8xlarge'] },
    });
  });
});

describe('a mistake in a class is told with its place and what would be right:', () => {
  test.each<[unknown, RegExp]>([
    ['big', /^classes: must be an object/],
    [{ big: 7 }, /^classes\.big: must be an object with instanceTypes, market/],
    [{ Big: big }, /^classes\.Big: must have a name of lower-case letters.*label class_<name>/],
    [{ ['x'.repeat(33)]: big }, /at most 32 characters/],
    [{ default: big }, /^classes\.default: is made of the settings above it: set instanceTypes/],
    [{ big: {} }, /^classes\.big\.instanceTypes: must be an object with x86_64, arm64/],
    [
      { big: { instanceTypes: {} } },
      /^classes\.big\.instanceTypes: must name types for x86_64, arm64 or both/,
    ],
    [
      { big: { instanceTypes: { x86_64: ['c6g.metal'] } } },
      /^classes\.big\.instanceTypes: c6g\.metal is arm64; name it there, or another for x86_64/,
    ],
    [
      { big: { ...big, lifetime: 60 } },
      /^classes\.big: has no lifetime.*; it has instanceTypes, market, lifetimeMinutes/,
    ],
    [{ big: { ...big, lifetimeMinuts: 60 } }, /did you mean lifetimeMinutes\?/],
    [
      { big: { ...big, lifetimeMinutes: 361 } },
      /^classes\.big\.lifetimeMinutes: must be a whole number from 20 to 360 \(it is 361\)$/,
    ],
    [
      { big: { ...big, market: 'cheap' } },
      /^classes\.big\.market: must be spot, .* or on-demand \(it is "cheap"\)/,
    ],
    [
      { big: { instanceTypes: { x86_64: ['c5.metal', 'c5.9xlarge', 'm8i.4xlarge'] }, kvm: true } },
      /^classes\.big\.kvm: c5\.9xlarge has no \/dev\/kvm; name \.metal types, or types of c8i, m8i, r8i/,
    ],
    [{ big: { ...big, forks: 'some' } }, /^classes\.big\.forks: must be true or false/],
    [
      { big: { ...big, lifetimeMinutes: 39 } },
      /^classes\.big\.lifetimeMinutes: must be at least 40 for c5\.metal, which may take 30/,
    ],
    [
      { big: { ...big, bootMinutes: 40, lifetimeMinutes: 49 } },
      /must be at least 50 for c5\.metal, which may take 40/,
    ],
    [
      { big: { ...big, seats: 21 } },
      /^classes\.big\.seats: must be at most liveRunnerCap, which is 20, and is 21/,
    ],
    [
      { big: { ...big, lifetimeMinutes: 360, seats: 9 } },
      /^runnerHoursPerDay: must be at least 54, one life of class big/,
    ],
    [
      { small: { instanceTypes: { x86_64: ['c5.large'] }, lifetimeMinutes: 20, bootMinutes: 5 } },
      /^classes\.small\.lifetimeMinutes: must be at least 5 more than minimumMinutes, which is 17/,
    ],
  ])('%j', (classes, message) => {
    const others = JSON.stringify(classes).includes('small') ? { minimumMinutes: 17 } : {};
    expect(mistakesOf(classes, others)).toEqual([expect.stringMatching(message)]);
  });

  test('all of them at once', () => {
    const mistakes = mistakesOf({
      Big: { instanceTypes: { x86_64: ['c5.9xlrge'], arm64: 'c6g.metal' }, lifetimeMinutes: 7, kwm: true },
      small: { instanceTypes: { x86_64: ['c5.large'] }, kvm: true },
    });
    expect(mistakes.map((mistake) => mistake.split(': ')[0])).toEqual([
      'classes.Big',
      'classes.Big',
      'classes.Big.instanceTypes',
      'classes.Big.lifetimeMinutes',
      'classes.small.kvm',
    ]);
  });
});
