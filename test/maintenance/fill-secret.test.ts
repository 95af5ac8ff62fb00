import { Readable } from 'node:stream';
import { describe, expect, jest, test } from '@jest/globals';
import { fillSecretCommand } from '../../maintenance/secret/command.ts';
import type { Input } from '../../maintenance/secret/credential-input.ts';
import { maintainedCloud, surroundingsIn } from './maintained-cloud.ts';

/** The first test of a file loads every function. */
jest.setTimeout(60_000);

const token = 'a_token_of_thirty_characters_00';

const fill = async (
  args: readonly string[],
  stdin: Input = Readable.from([token]),
  change: (cloud: Awaited<ReturnType<typeof maintainedCloud>>['cloud']) => void = () => undefined,
) => {
  const { cloud, calls } = await maintainedCloud();
  const printed: string[] = [];
  change(cloud);
  try {
    const status = await fillSecretCommand(args, {
      print: (line) => printed.push(line),
      complain: (line) => printed.push(line),
      stdin,
      variables: {},
      surroundings: surroundingsIn(cloud),
    });
    const [arn = ''] = cloud.stack.secretArns;
    const writes = calls.filter(({ call }) => !/^(Get|Describe|List)/.test(call.operation));
    return { status, printed: printed.join('\n'), secret: cloud.secrets.get(arn), writes };
  } finally {
    await cloud.close();
  }
};

describe('filling the secret', () => {
  test('puts a credential from the standard input into it, and prints none of it', async () => {
    const { status, printed, secret } = await fill([]);

    expect(status).toBe(0);
    expect(secret).toBe(JSON.stringify({ token }));
    expect(printed).toMatch(/secret:.* now holds a token\./);
    expect(printed).not.toContain(token);
  });

  test('writes nothing when the credential is none', async () => {
    const { status, printed, writes, secret } = await fill([], Readable.from(['nonsense']));

    expect(status).toBe(1);
    expect(printed).toContain('neither a GitHub token');
    expect(printed).not.toContain('nonsense');
    expect(writes).toEqual([]);
    expect(secret).toBe('{"token":"local"}');
  });

  test('does not let a secret be typed where it is shown', async () => {
    const { status, printed } = await fill([], Object.assign(Readable.from([]), { isTTY: true }));

    expect(status).toBe(2);
    expect(printed).toContain('a terminal would show it');
  });

  test.each([
    ['no/such/file', 'The file no/such/file does not exist.'],
    ['docs', 'The file docs is a folder, not a file.'],
    ['README.md/a', 'The file README.md/a cannot be read (ENOTDIR).'],
  ])('says what is wrong with the file %s', async (file, message) => {
    expect(await fill([file])).toMatchObject({ status: 1, printed: message, writes: [] });
  });

  test('takes one file', async () => {
    const { status, printed } = await fill(['a.pem', 'b.pem']);

    expect(status).toBe(2);
    expect(printed).toContain('Give one file, not 2: a.pem, b.pem');
  });

  test('says that there is no stack yet', async () => {
    const { status, printed } = await fill([], undefined, ({ deployed }) => {
      deployed.isDeployed = false;
    });

    expect(status).toBe(1);
    expect(printed).toContain('npm run deploy');
  });

  test.each([['--token=x'], ['--nothing']])('takes no %s', async (option) => {
    const { status, printed } = await fill([option]);

    expect(status).toBe(2);
    expect(printed).toContain('npm run fill-secret --');
  });
});
