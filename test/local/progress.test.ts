import { expect, test } from '@jest/globals';
import { createProgress } from '../../local/progress.ts';

const lines = (messages: readonly unknown[]): readonly string[] => {
  const printed: string[] = [];
  const progress = createProgress((line) => printed.push(line));
  for (const message of messages) progress.logged('Stint-sweep', message);
  return printed.map((line) => line.replace(/^\S+ +/, ''));
};

test('a line of a function is told by its plain fields', () => {
  expect(lines([{ decision: 'orphan', life: 'a', _aws: { Timestamp: 1 } }, 'text'])).toEqual([
    'Stint-sweep  decision orphan, life a',
    'Stint-sweep  text',
  ]);
});

test('that a step is done is not told twice', () => {
  expect(lines([{ decision: 'done', life: 'a', next: 'end' }])).toEqual([]);
});
