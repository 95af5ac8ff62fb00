import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '../../../functions/domain/api/problem.ts';
import { architectures } from '../../../functions/domain/architecture.ts';
import { parseRunnerRequest } from '../../../functions/domain/request/runner-request.ts';
import { classes } from '../../functions/fakes/classes.ts';

const prefix = 'rr_runner_';
const label = `${prefix}0123456789abcdef0123456789abcdef`;
const create = { operation: 'create', label, architecture: 'x86_64' };
const destroy = { operation: 'destroy', label };

const read = (body: object) => parseRunnerRequest(JSON.stringify(body), { labelPrefix: prefix, classes });

const mistakesIn = (body: object): readonly string[] => {
  try {
    read(body);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return (error.members.errors ?? []).map(({ field, detail }) => `${field} ${detail}`);
  }
  return [];
};

describe('a request that is right', () => {
  test.each<[string, object, object]>([
    [
      "today's create",
      { operation: 'create', architectures: ['x86_64', 'arm64'], label },
      { operation: 'create', label, architectures: ['x86_64', 'arm64'] },
    ],
    ["the seed's create", create, { operation: 'create', label, architectures: ['x86_64'] }],
    [
      'a create for a run',
      { ...create, repository: 'rr-debugger/rr.js', run_id: 1001 },
      {
        operation: 'create',
        label,
        architectures: ['x86_64'],
        run: { repository: 'rr-debugger/rr.js', id: 1001 },
      },
    ],
    ["today's destroy", destroy, { operation: 'destroy', labels: [label] }],
    [
      "the seed's destroy",
      { operation: 'destroy', labels: [label] },
      { operation: 'destroy', labels: [label] },
    ],
  ])('is read: %s', (_, body, request) => {
    expect(read(body)).toEqual(request);
  });
});

test('a class is read by its name, and the default one is none', () => {
  expect(read({ ...create, class: 'big' })).toMatchObject({ class: 'big' });
  expect(read({ ...create, class: 'default' })).not.toHaveProperty('class');
});

describe('a mistake is named with its field', () => {
  test.each<[string, object, string]>([
    ['no operation', { label }, 'operation must be "create" or "destroy"'],
    ['an unknown operation', { ...create, operation: 'launch' }, 'operation must be "create" or "destroy"'],
    [
      'an inherited operation',
      { ...create, operation: 'toString' },
      'operation must be "create" or "destroy"',
    ],
    ['no label', { operation: 'create', architecture: 'arm64' }, 'label must be a string'],
    ['a label of another prefix', { ...create, label: 'runner_1' }, `label must start with "${prefix}"`],
    [
      'a label with a line after it',
      { ...create, label: `${label.slice(0, 20)}\n` },
      `label must have only letters, digits, "_" and "-" after "${prefix}"`,
    ],
    [
      'an unknown class',
      { ...create, class: 'small' },
      'class must be one of this deployment\'s classes: "default", "big"',
    ],
    ['a class that is a word of the language', { ...create, class: 'constructor' }, 'class must be one of'],
    ['a class as a number', { ...create, class: 7 }, 'class must be one of'],
    [
      'an architecture that the class has not',
      { ...create, architecture: 'arm64', class: 'big' },
      'class big has machines for x86_64, and none for arm64',
    ],
    ['a class to end', { ...destroy, class: 'big' }, 'class is not a field of destroy'],
    ['a list of labels to create', { ...create, labels: [label] }, 'labels is not a field of create'],
    ['no architecture', { operation: 'create', label }, 'architectures must be given'],
    [
      'an unknown architecture',
      { ...create, architecture: 'i386' },
      'architecture must be "x86_64" or "arm64"',
    ],
    ['no list', { operation: 'create', label, architectures: 'arm64' }, 'architectures must be a list'],
    ['an empty list', { operation: 'create', label, architectures: [] }, 'architectures must not be empty'],
    [
      'an architecture twice',
      { operation: 'create', label, architectures: ['arm64', 'arm64'] },
      'architectures must name each architecture once',
    ],
    [
      'one architecture and a list of them',
      { ...create, architectures: ['arm64'] },
      'architectures must not be given together with architecture',
    ],
    [
      'one label and a list of them',
      { ...destroy, labels: [label] },
      'labels must not be given together with label',
    ],
    ['no labels', { operation: 'destroy' }, 'labels must be given'],
    ['a wrong one among labels', { operation: 'destroy', labels: [label, 7] }, 'labels[1] must be a string'],
    [
      'too many labels',
      { operation: 'destroy', labels: Array.from({ length: 11 }, (_, index) => `${prefix}${index}`) },
      'labels must have at most 10 items',
    ],
    [
      'an architecture to destroy',
      { ...destroy, architecture: 'arm64' },
      'architecture is not a field of destroy',
    ],
    [
      'a field that nobody knows',
      { ...create, 'instance\u0000type': 'x' },
      '"instance\\u0000type" is not a field',
    ],
    [
      'a prototype',
      JSON.parse(`{"operation":"destroy","label":"${label}","__proto__":{}}`),
      '__proto__ is not',
    ],
    ['a repository alone', { ...create, repository: 'o/r' }, 'run_id must be given together with repository'],
    ['a run alone', { ...create, run_id: 1 }, 'repository must be given together with run_id'],
  ])('%s', (_, body, mistake) => {
    expect(mistakesIn(body)).toEqual([expect.stringContaining(mistake)]);
  });

  test.each([
    'rr',
    'rr-debugger/',
    '/rr',
    'a/b/c',
    'a/..',
    'a/.',
    '-a/b',
    'a b/c',
    'ä/b',
    `${'a'.repeat(40)}/b`,
    7,
    null,
  ])('a repository that is none: %p', (repository) => {
    expect(mistakesIn({ ...create, repository, run_id: 1 })).toEqual([
      expect.stringContaining('repository must be "<owner>/<name>"'),
    ]);
  });

  test.each([0, -1, 1.5, '1001', 2 ** 53, null, true])('a run id that is none: %p', (run_id) => {
    expect(mistakesIn({ ...create, repository: 'o/r', run_id })).toEqual([
      expect.stringContaining('run_id must be a positive whole number'),
    ]);
  });

  test('without an operation the label and the unknown fields are judged too', () => {
    expect(mistakesIn({ label: 'x', sizes: 1 })).toEqual([
      'operation must be "create" or "destroy"',
      `label must start with "${prefix}"`,
      expect.stringContaining('sizes is not a field'),
    ]);
  });

  test('and the answer stays short however many there are', () => {
    const body = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`field ${index}`, index]));
    expect(() => read({ ...create, ...body })).toThrow(/There are 1980 more mistakes\.$/);
    expect(mistakesIn({ ...create, ...body })).toHaveLength(20);
  });
});

test('whatever the body, it is read as a request with valid labels, or refused with a Problem that names a field', () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('create', 'destroy', label, 'x86_64', 'arm64', [label], ['x86_64'], 'o/r', 7),
  );
  const names = ['operation', 'label', 'labels', 'architecture', 'architectures', 'repository', 'run_id'];
  const body = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), value);
  fc.assert(
    fc.property(body, (given) => {
      const mistakes = mistakesIn(given);
      if (mistakes.length > 0) return;
      const request = read(given);
      const labels = request.operation === 'create' ? [request.label] : request.labels;
      for (const one of labels) expect(one).toMatch(/^rr_runner_[A-Za-z0-9_-]{1,32}$/);
      if (request.operation === 'create')
        expect(architectures).toEqual(expect.arrayContaining([...request.architectures]));
    }),
    { numRuns: 2_000 },
  );
});
