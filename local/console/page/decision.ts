import { type Visit, writtenBy } from './visits.ts';

type Data = Readonly<Record<string, unknown>>;

const dataOf = (value: unknown): Data => (typeof value === 'object' && value !== null ? (value as Data) : {});

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What the next attempt is, by the word that the search writes. */
const nextTexts: Readonly<Record<string, string>> = {
  spot: 'next pool',
  'on-demand': 'next on-demand',
  wait: 'then wait',
};

/** A launch that EC2 refused: why, and what the search does next. `undefined` when nothing was refused. */
const refusal = ({ input }: Visit, field: string, search: Data): string | undefined => {
  const before = dataOf(dataOf(input)[field]);
  const last = dataOf(listOf(search['refusals']).at(-1));
  const isAsked = before['next'] !== undefined && search['next'] !== 'launched';
  if (!isAsked || typeof last['code'] !== 'string') return undefined;
  const isSame =
    JSON.stringify([before['refusals'], before['poolIndex'], before['next']]) ===
    JSON.stringify([search['refusals'], search['poolIndex'], search['next']]);
  if (isSame) return undefined;
  const isNextPool = search['next'] === last['market'];
  return `refused, ${isNextPool ? 'next pool' : (nextTexts[String(search['next'])] ?? search['next'])}`;
};

/** What a state decided, in a few words: a refusal, or the words that the next Choice compares. */
export const decisionOf = (visit: Visit): string =>
  Object.entries(writtenBy(visit) ?? {})
    .flatMap(([field, value]) => {
      const data = dataOf(value);
      const words = [data['next'], data['outcome'], data['markets']];
      return refusal(visit, field, data) ?? words.filter((word) => typeof word === 'string');
    })
    .join(', ');
