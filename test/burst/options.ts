import { parseArgs } from 'node:util';

export interface BurstOptions {
  /** How many runners are asked for at once. */
  readonly runners: number;
  /** From what the boots are drawn: the same seed is the same burst. */
  readonly seed: number;
  /** How many functions may run at once in the account. */
  readonly lambdaConcurrency: number;
}

/** The command line is not what the burst takes; the message names the option. */
export class OptionsInvalid extends Error {
  override readonly name = 'OptionsInvalid';
}

/** What the command takes, one line for each option. */
export const usage = `npm run burst -- [options]
  --runners 1000            how many runners are asked for at once, up to 1000
  --seed 1                  from what the boots of 30 to 90 seconds are drawn
  --lambda-concurrency 1000 how many functions may run at once; a new account has 10
                            (--account-concurrency is the same)`;

const wholeNumber = (name: string, text: string, least: number, most: number): number => {
  const value = Number(text);
  if (text === '' || !Number.isSafeInteger(value) || value < least || value > most)
    throw new OptionsInvalid(`--${name} must be a whole number from ${least} to ${most}, and is "${text}"`);
  return value;
};

const given = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { runners: text, seed: text, 'lambda-concurrency': text, 'account-concurrency': text },
    }).values;
  } catch (error) {
    throw new OptionsInvalid(error instanceof Error ? error.message : String(error));
  }
};

/** Reads the command line; throws {@link OptionsInvalid}. */
export const readOptions = (args: readonly string[]): BurstOptions => {
  const values = given(args);
  const { runners = '1000', seed = '1', 'account-concurrency': account = '1000' } = values;
  const { 'lambda-concurrency': concurrency = account } = values;
  return {
    // The cap of a deployment is at most a thousand.
    runners: wholeNumber('runners', runners, 1, 1_000),
    seed: wholeNumber('seed', seed, 0, Number.MAX_SAFE_INTEGER),
    lambdaConcurrency: wholeNumber('lambda-concurrency', concurrency, 1, 100_000),
  };
};
