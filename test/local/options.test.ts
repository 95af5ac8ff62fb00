import { describe, expect, test } from '@jest/globals';
import { readOptions } from '../../local/options.ts';

describe('the options of npm start', () => {
  test('have defaults', () => {
    expect(readOptions([])).toEqual({
      port: 8787,
      speed: 1,
      admission: 'verified',
      bootSeconds: 20,
      isRationed: true,
      lambdaConcurrency: 10,
    });
  });

  test('are taken with a space or an equals sign', () => {
    const args = ['--port', '0', '--speed=20', '--admission', 'open', '--boot-seconds=5'];
    const rations = ['--rations=off', '--lambda-concurrency', '1000'];
    expect(readOptions([...args, ...rations])).toEqual({
      port: 0,
      speed: 20,
      admission: 'open',
      bootSeconds: 5,
      isRationed: false,
      lambdaConcurrency: 1_000,
    });
  });

  test.each([
    [['--port', 'http'], '--port must be a whole number'],
    [['--port', '70000'], '--port must be a whole number'],
    [['--speed', '0'], '--speed must be a number'],
    [['--speed', 'fast'], '--speed must be a number'],
    [['--boot-seconds', ''], '--boot-seconds must be a number'],
    [['--admission', 'closed'], '--admission must be "verified" or "open"'],
    [['--rations', 'maybe'], '--rations must be "on" or "off"'],
    [['--lambda-concurrency', '0'], '--lambda-concurrency must be a whole number from 1 to 10000'],
    [['--lambda-concurrency', '2.5'], '--lambda-concurrency must be a whole number from 1 to 10000'],
    [['--boot-seconds', 'soon'], '--boot-seconds must be a number from 0 to 3600, not "soon"'],
    [['--prot', '1'], "Unknown option '--prot' (did you mean --port?)"],
    [['--nothing'], "Unknown option '--nothing'"],
    [['8787'], 'Unexpected argument'],
  ])('refuse %j with a message that says what to change', (args, message) => {
    expect(() => readOptions(args)).toThrow(
      expect.objectContaining({ name: 'OptionsInvalid', message: expect.stringContaining(message) }),
    );
  });

  test('name everything at fault at once', () => {
    expect(() => readOptions(['--port', 'x', '--speed', 'y'])).toThrow(/--port .*; --speed /);
  });
});
