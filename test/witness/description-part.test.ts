import { expect, test } from '@jest/globals';
import { descriptionPart, linesOf } from './description-part.ts';

const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const description = {
  paths: {
    '/runners': {
      get: {
        description: 'Lists them.',
        tags: ['runners'],
        responses: { '200': { description: 'OK', content: { json: { schema: schema('runner') } } } },
      },
    },
    '/racers': { get: { responses: { '200': schema('racer') } } },
  },
  'x-webhooks': { ping: { post: { requestBody: schema('ping') } }, pong: {} },
  components: {
    schemas: {
      'basic-error': { type: 'object' },
      runner: {
        properties: { description: { type: 'string', description: 'Words.' }, label: schema('label') },
      },
      label: { enum: ['a'], properties: { again: schema('label') } },
      ping: { type: 'object', example: { a: 1 } },
      racer: {},
    },
  },
};

const part = descriptionPart(description, { paths: [/^\/runners$/], webhooks: [/^ping$/] });

test('a part has the wanted paths and webhooks, and what they need directly or not, and no more', () => {
  expect(Object.keys(part.paths ?? {})).toEqual(['/runners']);
  expect(Object.keys(part['x-webhooks'] ?? {})).toEqual(['ping']);
  expect(Object.keys(part.components['schemas'] ?? {}).toSorted()).toEqual([
    'basic-error',
    'label',
    'ping',
    'runner',
  ]);
});

test('a part has no prose, but properties that are called as prose is', () => {
  expect(part.paths).toEqual({
    '/runners': { get: { responses: { '200': { content: { json: { schema: schema('runner') } } } } } },
  });
  expect(part.components).toMatchObject({
    schemas: { runner: { properties: { description: { type: 'string' } } }, ping: { type: 'object' } },
  });
  expect(JSON.stringify(part)).not.toContain('Words.');
});

test('a part is written with a line for each of its entries, and is the same when it is read', () => {
  const text = linesOf(part);
  expect(JSON.parse(text)).toEqual(part);
  expect(text).toContain('\n"/runners":{"get"');
  expect(text.endsWith('}\n')).toBe(true);
});
