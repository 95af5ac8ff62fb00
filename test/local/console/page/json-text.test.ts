import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { prettyJson } from '../../../../local/console/page/json-text.ts';

describe('JSON for people', () => {
  test('has what is short in one line, and a line for each member of what is not', () => {
    const pool = { instanceType: 'c5.9xlarge', availabilityZone: 'us-east-2a' };

    expect(prettyJson({ next: 'launched', pools: [pool], none: [], empty: {} })).toBe(
      [
        '{',
        '  "next": "launched",',
        '  "pools": [',
        '    {',
        '      "instanceType": "c5.9xlarge",',
        '      "availabilityZone": "us-east-2a"',
        '    }',
        '  ],',
        '  "none": [],',
        '  "empty": {}',
        '}',
      ].join('\n'),
    );
    expect(prettyJson({ poolIndex: 0, codes: ['a', 'b'] })).toBe('{ "poolIndex": 0, "codes": ["a", "b"] }');
  });

  test('cuts what is sealed, and no sentence', () => {
    const sentence = 'word '.repeat(50);

    expect(prettyJson('A'.repeat(200))).toBe(`"${'A'.repeat(48)}… (200 characters)"`);
    expect(prettyJson(sentence)).toBe(JSON.stringify(sentence));
  });

  test('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(JSON.parse(prettyJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
