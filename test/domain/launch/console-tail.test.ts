import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { consoleTail } from '../../../functions/domain/launch/console-tail.ts';

const esc = '\u001b';

describe('the tail of a console', () => {
  test('is its last lines, without empty ones', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}\n`).join('\n');
    expect(consoleTail(lines, 2)).toBe('line 38\nline 39');
  });

  test('has at most 15 lines and 2,000 characters, the newest', () => {
    const lines = Array.from({ length: 99 }, (_, index) => `${'word '.repeat(80)}${index}`).join('\n');
    const tail = consoleTail(lines);

    expect(tail).toHaveLength(2_000);
    expect(tail.endsWith('98')).toBe(true);
    expect(consoleTail(Array.from({ length: 99 }, () => 'a').join('\n')).split('\n')).toHaveLength(15);
  });

  test('keeps what a person needs', () => {
    const text = [
      '[   12.345678] cloud-init[1234]: stint: the checksum of actions-runner-linux-x64-2.336.0.tar.gz does not match',
      '/var/lib/cloud/instance/scripts/part-001: line 12: mount: command not found',
      'stint: downloading größe',
    ].join('\n');
    expect(consoleTail(text)).toBe(text);
  });

  test('is well-formed though a character was cut in two', () => {
    expect(consoleTail(`${'😀'.repeat(1_500)}x`).isWellFormed()).toBe(true);
  });

  test('of nothing is nothing', () => {
    expect(consoleTail(' \r\n\n ')).toBe('');
  });
});

describe('a secret in it', () => {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const wrapped = (text: string, width: number) => text.replaceAll(new RegExp(`.{${width}}`, 'g'), '$&\n');
  const hasPieceOf = (secret: string, tail: string, length: number): boolean =>
    Array.from({ length: secret.length - length + 1 }, (_, index) =>
      secret.slice(index, index + length),
    ).some((piece) => tail.includes(piece));

  test('that is base64 does not show, on one line or on several, whatever stands around it', () => {
    const secrets = fc.uint8Array({ minLength: 300, maxLength: 4_000 });
    const widths = fc.constantFrom(60, 64, 76, 100, 1_000_000);
    fc.assert(
      fc.property(secrets, widths, fc.lorem(), (bytes, width, words) => {
        const secret = base64(bytes);
        const tail = consoleTail(`${words}\nJIT_CONFIG=${wrapped(secret, width)}\n${words}`);
        expect(hasPieceOf(secret.replaceAll('\n', ''), tail, 24)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('of a known form does not show', () => {
    const random = (alphabet: string, length: number) =>
      Array.from({ length }, (_, index) => alphabet[(index * 7) % alphabet.length]).join('');
    const secrets = [
      `gh${'s'}_${random('abcXYZ019', 36)}`,
      `github${'_pat_'}${random('abcXYZ019_', 80)}`,
      `${'AK'}IA${random('ABCDEFGH2345', 16)}`,
      random('0123456789abcdef', 40),
      `ey${'J'}${random('abcXYZ019', 20)}.ey${'J'}${random('abcXYZ019', 30)}.${random('abcXYZ019', 20)}`,
    ];
    for (const secret of secrets) expect(consoleTail(`token: ${secret} end`)).toBe('token: [cut] end');
  });
});

describe('what a terminal would obey', () => {
  test.each([
    ['a colour', `${esc}[31mred${esc}[0m`, 'red'],
    ['a title', `${esc}]0;owned\u0007text`, 'text'],
    ['a title without its end', `text${esc}]0;owned`, 'text'],
    ['a move of the cursor', `a${esc}[2Jb${esc}[1;1Hc`, 'abc'],
    ['a lone escape', `a${esc}Mb`, 'ab'],
    ['a bell and a null', 'a\u0007b\u0000c', 'abc'],
    ['a C1 control', 'a\u009b31mb', 'a31mb'],
    ['a line that was overwritten', 'progress 1%\rprogress 99%\rdone', 'done'],
    ['a line that ends as on Windows', 'one\r\ntwo\r\n', 'one\ntwo'],
    ['a text that is turned round', 'a\u202eb\u2066c\u200bd', 'abcd'],
    ['a line break that is none', 'a\u2028b', 'ab'],
  ])('is gone: %s', (_, text, expected) => {
    expect(consoleTail(text)).toBe(expected);
  });

  test('is gone from any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        expect(consoleTail(text)).not.toMatch(/[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--[\t\n]]/v);
      }),
      { numRuns: 500 },
    );
  });
});
