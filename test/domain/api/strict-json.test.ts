import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Problem } from '../../../functions/domain/api/problem.ts';
import { parseJsonObject } from '../../../functions/domain/api/strict-json.ts';

const problemOf = (json: string): Problem => {
  try {
    parseJsonObject(json);
  } catch (error) {
    return error as Problem;
  }
  throw new Error(`${json} was taken`);
};

describe('a JSON object that is read strictly', () => {
  test('is what JSON.parse makes of it, whatever it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const json = JSON.stringify(value);
        expect(parseJsonObject(json)).toEqual(JSON.parse(json));
      }),
    );
  });

  test.each([
    ['', 'must be a JSON object, and is empty'],
    [' \n', 'must be a JSON object, and is empty'],
    ['{"a":1', 'must be well-formed JSON'],
    ["{'a':1}", 'must be well-formed JSON'],
    ['[{"a":1}]', 'must be a JSON object'],
    ['null', 'must be a JSON object'],
    ['"text"', 'must be a JSON object'],
  ])('is not %j', (json, detail) => {
    expect(problemOf(json).members.errors).toEqual([{ field: 'body', detail }]);
  });

  test.each([
    ['{"a":1,"b":{"c":"a:,{"},"a":2}', 'a'],
    ['{"a":{"b":1,"b":2}}', 'b'],
    ['{"a":[{"b":1},{"b":1,"\\u0062":2}]}', 'b'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ])('does not have a key twice: %s', (json, field) => {
    expect(problemOf(json).members.errors).toEqual([{ field, detail: 'must be given only once' }]);
  });

  test('has strange names of keys quoted and cut', () => {
    const long = 'x'.repeat(100);
    expect(problemOf(`{"a b":1,"a b":2,"${long}":1,"${long}":2}`).message).toBe(
      `"a b" must be given only once. "${long.slice(0, 40)}…" must be given only once.`,
    );
  });

  test('can have the same key in different objects', () => {
    expect(parseJsonObject('{"a":{"a":[{"a":1},{"a":"\\"a\\":"}]}}')).toHaveProperty('a');
  });

  test('can be nested deeply without harm', () => {
    expect(problemOf('['.repeat(16_000)).status).toBe(400);
    expect(parseJsonObject(`{"a":${'['.repeat(8_000)}${']'.repeat(8_000)}}`)).toHaveProperty('a');
  });
});
