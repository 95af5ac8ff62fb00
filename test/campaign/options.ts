import { parseArgs } from 'node:util';
import { type Layer, layers } from './layers.ts';

export interface CampaignOptions {
  readonly lives: number;
  readonly seed: number;
  /** The life to replay; absent for a whole campaign. */
  readonly life?: number;
  readonly isExhaustive: boolean;
  /** Of the exhaustive campaign's lives only every so many; 1 for all. */
  readonly oneOf: number;
  readonly without: readonly Layer[];
}

/** The command line is not what the campaign takes; the message names the option. */
export class OptionsInvalid extends Error {
  override readonly name = 'OptionsInvalid';
}

/** What the command takes, one line for each option. */
export const usage = `npm run campaign -- [options]
  --lives 1000             how many lives the random campaign has
  --seed 1                 from what it is drawn: the same seed is the same campaign
  --life <number>          replays this life of the seed, and prints its timeline
  --exhaustive             every call of a few lives meets every fault, one at a time
  --one-of 1               of the exhaustive campaign only one life of so many, spread evenly
  --without <layer>        takes a layer away: schedule, sweep or shutdown; may be given more than once`;

const wholeNumber = (name: string, text: string, least: number): number => {
  const value = Number(text);
  if (text === '' || !Number.isSafeInteger(value) || value < least)
    throw new OptionsInvalid(`--${name} must be a whole number, at least ${least}`);
  return value;
};

const layerOf = (text: string): Layer => {
  const layer = layers.find((known) => known === text);
  if (layer === undefined) throw new OptionsInvalid(`--without must be one of ${layers.join(', ')}`);
  return layer;
};

const given = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        lives: text,
        seed: text,
        life: text,
        exhaustive: { type: 'boolean' },
        'one-of': text,
        without: { type: 'string', multiple: true },
      },
    }).values;
  } catch (error) {
    throw new OptionsInvalid(error instanceof Error ? error.message : String(error));
  }
};

/** Reads the command line; throws {@link OptionsInvalid}. */
export const readOptions = (args: readonly string[]): CampaignOptions => {
  const values = given(args);
  const { lives = '1000', seed = '1', life, exhaustive = false, without = [] } = values;
  const oneOf = wholeNumber('one-of', values['one-of'] ?? '1', 1);
  const named = without.flatMap((text) => text.split(','));
  return {
    lives: wholeNumber('lives', lives, 1),
    seed: wholeNumber('seed', seed, 0),
    isExhaustive: exhaustive,
    oneOf,
    without: [...new Set(named.map(layerOf))],
    ...(life === undefined ? {} : { life: wholeNumber('life', life, 0) }),
  };
};
