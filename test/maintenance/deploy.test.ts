import { describe, expect, test } from '@jest/globals';
import { deployCommand } from '../../maintenance/deploy/command.ts';

/** Nothing listens there, whoever asks. */
const variables = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };

const deploy = async (...args: readonly string[]) => {
  const printed: string[] = [];
  const ran: (readonly string[])[] = [];
  const status = await deployCommand(args, {
    print: (line) => printed.push(line),
    complain: (line) => printed.push(line),
    variables,
    cdk: async (given) => {
      ran.push(given);
      return 3;
    },
  });
  return { status, printed: printed.join('\n'), ran };
};

describe('npm run deploy', () => {
  test('does not begin while AWS cannot be asked, and says what to do', async () => {
    const { status, printed, ran } = await deploy();
    expect([status, ran]).toEqual([1, []]);
    expect(printed).toMatch(
      /^AWS (does not answer in us-east-2 .* Check the network|knows no credentials of yours)/,
    );
  });

  test('does not begin with a mistake in the configuration', async () => {
    const { status, printed, ran } = await deploy('-c', 'zones=9');
    expect([status, ran]).toEqual([1, []]);
    expect(printed).toContain('zones: must be a whole number from 1 to 6 (it is "9")');
  });

  test('gives cdk all that it was given, and ends as cdk ends', async () => {
    const args = ['--profile', 'work', '-c', 'zones=2', '--require-approval', 'never'];
    expect(await deploy(...args)).toEqual({ status: 3, printed: '', ran: [['deploy', ...args]] });
  });

  test.each(['--help', '-h'])('with %s says what it takes', async (option) => {
    const { status, printed } = await deploy(option);
    expect([status, printed.split('\n')[0]]).toEqual([0, 'npm run deploy -- [options of cdk deploy]']);
  });
});
