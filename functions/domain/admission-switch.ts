import type { Admission } from './admission.ts';
import type { Clock } from './ports.ts';
import { Problem } from './problem.ts';

export interface SwitchReader {
  /** What the operator has set: `open`, `closed`, or `closed: <why, for whoever is refused>`. */
  position(): Promise<string>;
}

/** For how long a position is remembered: flipping the switch takes effect within it. */
export const switchMemorySeconds = 10;

/** An operator or a budget seldom opens again within a minute. */
const closedRetrySeconds = 300;

/** Reads the switch at most once in {@link switchMemorySeconds}; a failure is not remembered. */
export const rememberedSwitch = (reader: SwitchReader, clock: Clock): SwitchReader => {
  let known: { readonly position: string; readonly until: number } | undefined;
  return {
    position: async () => {
      const now = clock().getTime();
      if (known !== undefined && now < known.until) return known.position;
      const position = await reader.position();
      known = { position, until: now + switchMemorySeconds * 1_000 };
      return position;
    },
  };
};

/** Whatever is not `open` is closed: an operator in a hurry may have typed anything. */
export const switchAdmission = (reader: SwitchReader): Admission => ({
  admit: async () => {
    const position = (await reader.position()).trim();
    if (position.toLowerCase() === 'open') return;
    const why = /^closed:\s*(.+)$/is.exec(position)?.[1]?.slice(0, 300);
    throw new Problem(
      'admission-closed',
      `Admission is closed${why === undefined ? " by the deployment's operator" : `: ${why}`}. ` +
        'Runners that exist are not touched. Ask again later.',
      { rule: 'switch', retryAfterSeconds: closedRetrySeconds },
    );
  },
});
