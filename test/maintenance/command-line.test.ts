import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { commonOf } from '../../maintenance/command-line.ts';
import { doctorCommand } from '../../maintenance/doctor/command.ts';
import { removeCommand } from '../../maintenance/remove/command.ts';

describe('the options of every command', () => {
  test('are CDK’s own -c, and where npm start listens', () => {
    const { context, local } = commonOf({
      context: ['zones=2', 'bootScript=a=b'],
      local: 'http://127.0.0.1:1',
    });

    expect(context).toEqual({ zones: '2', bootScript: 'a=b' });
    expect(local?.origin).toBe('http://127.0.0.1:1');
  });

  test.each([
    [{ context: ['zones'] }, '-c takes KEY=VALUE, not "zones"'],
    [{ context: ['=2'] }, '-c takes KEY=VALUE'],
    [{ local: 'here' }, '--local takes a URL on this machine'],
    [{ local: 'https://example.com' }, '--local takes a URL on this machine'],
  ])('are refused: %j', (values, message) => {
    expect(() => commonOf(values)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message) }),
    );
  });
});

const commands = {
  doctor: (args: readonly string[], printed: string[]) =>
    doctorCommand(args, {
      print: (line) => printed.push(line),
      complain: (line) => printed.push(line),
      stdin: Readable.from([]),
      variables: {},
    }),
  remove: (args: readonly string[], printed: string[]) =>
    removeCommand(args, {
      print: (line) => printed.push(line),
      complain: (line) => printed.push(line),
      stdin: Readable.from([]),
      stdout: process.stdout,
      variables: {},
    }),
};

describe.each(['doctor', 'remove'] as const)('npm run %s', (name) => {
  test.each([
    [['--help'], 0, /^npm run \w+ -- \[options\]/],
    [['--nothing'], 2, /^Unknown option '--nothing'\n[\s\S]*npm run/],
    [['--lokal=x'], 2, /^Unknown option '--lokal' \(did you mean --local\?\)\n/],
    [['stray'], 2, /Unexpected argument 'stray'/],
    [['-c', 'zones=9'], 1, /zones: must be a whole number from 1 to 6/],
  ])('with %j ends with %i and says why', async (args, status, says) => {
    const printed: string[] = [];

    expect(await commands[name](args, printed)).toBe(status);
    expect(printed.join('\n')).toMatch(says);
  });
});
