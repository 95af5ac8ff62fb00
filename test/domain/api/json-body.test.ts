import { describe, expect, test } from '@jest/globals';
import { jsonText, maximumBodyBytes } from '../../../functions/domain/api/json-body.ts';

const text = (body: string | Uint8Array, contentType?: string) =>
  jsonText(typeof body === 'string' ? Buffer.from(body) : body, contentType);

describe('a body of JSON', () => {
  test.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"; profile=x',
    ' application/json ',
  ])('is taken as %j', (contentType) => {
    expect(text('{"ä":1}', contentType)).toBe('{"ä":1}');
  });

  test.each([
    undefined,
    '',
    'text/plain',
    'application/jsonp',
    'application/problem+json',
    'application/json; charset=latin1',
    'text/plain; application/json',
  ])('is refused as %j', (contentType) => {
    expect(() => text('{}', contentType)).toThrow(expect.objectContaining({ status: 415 }));
  });

  test('may have 16 KB and no byte more', () => {
    expect(text(' '.repeat(maximumBodyBytes), 'application/json')).toHaveLength(16_384);
    expect(() => text('ä'.repeat(8_193), 'application/json')).toThrow(
      expect.objectContaining({ status: 413 }),
    );
  });

  test('must be UTF-8', () => {
    expect(() => text(Uint8Array.of(0x7b, 0xff, 0x7d), 'application/json')).toThrow(
      expect.objectContaining({ status: 400, message: 'body must be UTF-8.' }),
    );
  });
});
