import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputInvalid } from '../../../functions/domain/errors.ts';
import {
  maximumUserDataBytes,
  packed,
  type UserDataInput,
  userData,
} from '../../../functions/domain/launch/user-data.ts';
import { longestBootScriptBytes } from '../../../infra/config-fields.ts';
import { otherPaths } from './machine/sandbox.ts';

const input: UserDataInput = {
  jitConfig: 'eHh4'.repeat(100),
  deadline: new Date('2026-03-01T11:00:00.250Z'),
  runnerName: 'rr_runner_1f_x86_64-1-1-a1b2c3d4',
  label: 'rr_runner_1f',
  architecture: 'x86_64',
  download: {
    url: 'https://github.com/actions/runner/releases/download/v2.336.0/actions-runner-linux-x64-2.336.0.tar.gz',
    filename: 'actions-runner-linux-x64-2.336.0.tar.gz',
    sha256: 'ab'.repeat(32),
  },
};

/** As long as asked for, and not to be made shorter by packing. */
const noise = (length: number, letters: 'base64' | 'hex' = 'base64'): string => {
  let text = '';
  for (let n = 0; text.length < length; n += 1)
    text += createHash('sha512').update(String(n)).digest(letters).replaceAll('=', '');
  return text.slice(0, length);
};

describe('the user data', () => {
  test('is a script of bash', () => {
    expect(userData(input)).toMatch(/^#!\/bin\/bash\n/);
  });

  test('is the same to the byte for the same input', () => {
    expect(userData({ ...input, download: { ...input.download } })).toBe(userData(input));
  });

  test('holds the deadline as a moment, not as a span of time', () => {
    const seconds = Date.parse('2026-03-01T11:00:00Z') / 1_000;
    expect(userData(input)).toContain(`\nDEADLINE_EPOCH=${seconds}\nDEADLINE='2026-03-01T11:00:00.250Z'\n`);
  });

  test('holds the configuration once, and no comments', () => {
    const script = userData(input);
    expect(script.split(input.jitConfig)).toHaveLength(2);
    expect(script.split('\n').filter((line) => /^\s*#/.test(line))).toEqual(['#!/bin/bash']);
  });

  test('writes to no place but those that its tests can watch', () => {
    expect(new Set(otherPaths(userData(input)))).toEqual(new Set(['/bin/bash', '/dev/null', '/proc/']));
  });
});

describe('its size', () => {
  /** What the configuration allows, and a JIT configuration half as long again as any that was seen. */
  const bootScript = `#!/bin/bash\n${noise(longestBootScriptBytes - 12)}`;
  const run = { repository: `${noise(39, 'hex')}/${noise(100, 'hex')}`, id: 99_999_999_999 };
  const jitConfig = noise(8_000);
  const label = noise(42, 'hex');
  const runnerName = `${label}_x86_64-999-2-a1b2c3d4`;

  test('is within what EC2 takes for the largest boot script and the longest names', () => {
    expect(Buffer.byteLength(bootScript)).toBe(longestBootScriptBytes);
    const largest = { ...input, bootScript, jitConfig, label, runnerName, run };
    expect(packed(userData(largest)).length).toBeLessThanOrEqual(maximumUserDataBytes);
  });

  test('that EC2 does not take is invalid, and the error says by how much', () => {
    const withConfig = (length: number) => () => userData({ ...input, jitConfig: noise(length) });
    let longest = 8_000;
    while (packed(withConfig(longest)()).length < maximumUserDataBytes - 100) longest += 50;
    expect(withConfig(longest)).not.toThrow();
    expect(withConfig(longest + 400)).toThrow(InputInvalid);
    expect(withConfig(longest + 400)).toThrow(/has, packed, [23]\d\d bytes more than the 16384/);
  });

  test('is of what was packed, which is the same to the byte each time, and unpacks to the script', () => {
    const script = userData(input);
    expect(packed(script)).toEqual(packed(script));
    expect(gunzipSync(packed(script)).toString('utf8')).toBe(script);
  });
});

describe('a value that could be more than a word to the shell', () => {
  const tricks = [
    "'",
    "';poweroff;'",
    '$(id)',
    '`id`',
    'a b',
    'a\nb',
    'a\n',
    '\n',
    '"',
    '\\',
    'ä',
    'a\u0000',
    'a\u202eb',
    '$HOME',
    '*',
    '',
  ];
  const places: Readonly<Record<string, (value: string) => UserDataInput>> = {
    'the JIT config': (jitConfig) => ({ ...input, jitConfig }),
    'the runner name': (runnerName) => ({ ...input, runnerName }),
    'the label': (label) => ({ ...input, label }),
    'the architecture': (architecture) => ({ ...input, architecture: architecture as 'x86_64' }),
    'the download URL': (url) => ({ ...input, download: { ...input.download, url } }),
    'the file name': (filename) => ({ ...input, download: { ...input.download, filename } }),
    'the checksum': (sha256) => ({ ...input, download: { ...input.download, sha256 } }),
  };

  test.each(Object.entries(places))('is refused in %s, and the error does not repeat it', (_, inputWith) => {
    for (const trick of tricks) {
      expect(() => userData(inputWith(trick))).toThrow(InputInvalid);
      if (trick.length > 2) expect(() => userData(inputWith(trick))).not.toThrow(trick);
    }
  });

  test.each([
    ['a URL that is not encrypted', { url: 'http://example.org/a.tar.gz' }],
    ['a URL with a query', { url: 'https://example.org/a.tar.gz?x=1&y=2' }],
    ['a file name that is a path', { filename: '../../etc/passwd' }],
    ['a file name that is an option', { filename: '-rf' }],
    ['a checksum that is too short', { sha256: 'ab' }],
    ['a checksum in capitals', { sha256: 'AB'.repeat(32) }],
  ])('is refused: %s', (_, change) => {
    expect(() => userData({ ...input, download: { ...input.download, ...change } })).toThrow(InputInvalid);
  });

  test('is refused when it is no time', () => {
    expect(() => userData({ ...input, deadline: new Date('soon') })).toThrow(InputInvalid);
  });

  test('is never in the script, whatever the label is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (label) => {
        const isWord = /^[A-Za-z0-9_-]+$/.test(label);
        if (isWord) expect(userData({ ...input, label })).toContain(`RUNNER_LABEL='${label}'\n`);
        else expect(() => userData({ ...input, label })).toThrow(InputInvalid);
      }),
      { numRuns: 300 },
    );
  });

  test('does no harm in a boot script, which crosses encoded', () => {
    const bootScript = `#!/bin/bash\necho '"$(id)" \\\` größe'\n`;
    const [, encoded = ''] =
      /^BOOT_SCRIPT_BASE64='([A-Za-z0-9+/=]*)'$/m.exec(userData({ ...input, bootScript })) ?? [];
    expect(Buffer.from(encoded, 'base64').toString('utf8')).toBe(bootScript);
  });
});
