import type { FunctionLogLine } from '../aws/lambda/function-invoker.ts';
import type { ShownLogLine } from './console-state.ts';
import { matching, textIn } from './listed.ts';

/** So many lines are kept: some hours of a calm fleet. */
const keptLines = 5_000;

/** So many lines are shown at once. */
const shownLines = 200;

const searched = ({ functionName, level, text, message }: ShownLogLine): string =>
  textIn([functionName, level, text, message]);

/** A line in words: a text as it is, of an object what is plain in it. */
const lineText = (message: unknown): string => {
  if (typeof message !== 'object' || message === null) return String(message);
  const plain = Object.entries(message).filter(([, value]) => typeof value !== 'object');
  return plain.map(([key, value]) => `${key} ${value}`).join(', ');
};

/** The last lines that the functions wrote. */
export class LogBook {
  #lines: ShownLogLine[] = [];
  #count = 0;

  /** How many lines were ever written. */
  get count(): number {
    return this.#count;
  }

  add({ name, level, message }: FunctionLogLine): void {
    this.#count += 1;
    const text = lineText(message);
    this.#lines.push({ number: this.#count, at: Date.now(), functionName: name, level, text, message });
    if (this.#lines.length > keptLines * 1.1) this.#lines = this.#lines.slice(-keptLines);
  }

  /** The newest lines that have every word of `wanted`, newest first. */
  newest(wanted: string): readonly ShownLogLine[] {
    return matching(this.#lines, wanted, searched).slice(-shownLines).toReversed();
  }
}
