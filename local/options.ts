import { parseArgs } from 'node:util';
import { optionComplaint } from '../infra/closest.ts';

/** Who may start a runner: `verified` asks GitHub, `open` is the seed's behaviour. */
export type StartAdmission = 'open' | 'verified';

export interface StartOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Simulated seconds for each real one. */
  readonly speed: number;
  readonly admission: StartAdmission;
  /** How long a machine takes until its runner is online, in simulated seconds. */
  readonly bootSeconds: number;
  /** Whether calls beyond what AWS and GitHub ration are refused. */
  readonly isRationed: boolean;
  /** How many functions may run at once. */
  readonly lambdaConcurrency: number;
}

/** The command line is not what `npm start` takes; the message names every option at fault. */
export class OptionsInvalid extends Error {
  override readonly name = 'OptionsInvalid';
}

/** What `npm start` takes, one line for each option. */
export const startUsage = `npm start -- [options]
  --port 8787              the port on 127.0.0.1; 0 takes a free one
  --speed 1                simulated seconds for each real one, up to 1000
  --admission verified     who may start a runner: verified (an active run, by its label), or open (anyone
                           with a valid label)
  --boot-seconds 20        simulated seconds that a machine takes to come online
  --rations on             whether calls beyond what AWS and GitHub ration are refused: on, or off
  --lambda-concurrency 10  how many functions may run at once; 10 is what a new account has
  --help                   this text`;

const between =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text === '' || !(value >= least && value <= most))
      throw new Error(`must be a number from ${least} to ${most}`);
    return value;
  };

const switched = (text: string): boolean => {
  if (text !== 'on' && text !== 'off') throw new Error('must be "on" or "off"');
  return text === 'on';
};

const wholeBetween =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text === '' || !Number.isInteger(value) || value < least || value > most)
      throw new Error(`must be a whole number from ${least} to ${most}`);
    return value;
  };

const admission = (text: string): StartAdmission => {
  if (text !== 'verified' && text !== 'open') throw new Error('must be "verified" or "open"');
  return text;
};

const readers = {
  port: { fallback: '8787', read: wholeBetween(0, 65_535) },
  speed: { fallback: '1', read: between(0.1, 1_000) },
  admission: { fallback: 'verified', read: admission },
  'boot-seconds': { fallback: '20', read: between(0, 3_600) },
  rations: { fallback: 'on', read: switched },
  'lambda-concurrency': { fallback: '10', read: wholeBetween(1, 10_000) },
} as const;

type OptionName = keyof typeof readers;

const given = (args: readonly string[]): Readonly<Partial<Record<OptionName, string>>> => {
  const option = { type: 'string' } as const;
  const options = {
    port: option,
    speed: option,
    admission: option,
    'boot-seconds': option,
    rations: option,
    'lambda-concurrency': option,
  };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new OptionsInvalid(optionComplaint(error, Object.keys(options)));
  }
};

/** Reads the command line; throws {@link OptionsInvalid}. */
export const readOptions = (args: readonly string[]): StartOptions => {
  const values = given(args);
  const problems: string[] = [];
  const read = <T>(name: OptionName, reader: (text: string) => T): T | undefined => {
    try {
      return reader(values[name] ?? readers[name].fallback);
    } catch (error) {
      const wrong = error instanceof Error ? error.message : String(error);
      problems.push(`--${name} ${wrong}, not "${values[name]}"`);
      return undefined;
    }
  };
  const options = {
    port: read('port', readers.port.read),
    speed: read('speed', readers.speed.read),
    admission: read('admission', readers.admission.read),
    bootSeconds: read('boot-seconds', readers['boot-seconds'].read),
    isRationed: read('rations', readers.rations.read),
    lambdaConcurrency: read('lambda-concurrency', readers['lambda-concurrency'].read),
  };
  if (problems.length > 0) throw new OptionsInvalid(problems.join('; '));
  return options as StartOptions;
};
