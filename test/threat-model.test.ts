import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { reservedRequests } from '../functions/domain/admission/github-reserve.ts';
import { defaults } from '../infra/config-fields.ts';
import { hourlyRequests } from '../local/github/rate-limit.ts';
import { mostRunnerHoursADay } from './hostile/cost-bound.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const document = read('docs/threat-model.md');

/** The rows of the threat model, each with the tests that it names. */
const rows = document
  .split(/^### /m)
  .slice(1)
  .map((row) => ({
    row: row.split('\n')[0] ?? '',
    text: row.split(/^## /m)[0] ?? '',
    tests: Array.from(row.matchAll(/^- `([^`]+)`: (.+)$/gm), ([, file = '', title = '']) => ({
      file,
      title,
    })),
  }));

/** A title as it stands in the source of a test, where a quote can be escaped. */
const holds = (source: string, title: string): boolean =>
  ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`));

test('the rows are numbered', () => {
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.map(({ row }) => Number.parseInt(row, 10))).toEqual(rows.map((_, index) => index + 1));
});

describe.each(rows)('"$row"', ({ text, tests }) => {
  test('names tests, and says what remains', () => {
    expect(tests.length).toBeGreaterThan(0);
    expect(text).toMatch(/^Remains: .{10,}$/m);
  });

  test.each(tests)('is shown by $file: $title', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true);
    expect(holds(read(file), title)).toBe(true);
  });
});

test('its figures are those of the configuration', () => {
  const { liveRunnerCap, lifetimeMinutes, runnerHoursPerDay } = defaults;
  expect(document).toContain(`lives at once (${liveRunnerCap} machines)`);
  expect(document).toContain(`bounds each (${lifetimeMinutes} minutes)`);
  expect(document).toContain(`a budget (${runnerHoursPerDay} runner-hours a day)`);
  expect(document).toContain(`at most ${mostRunnerHoursADay(defaults)} machine-hours in 24 hours`);
  expect(document).toContain(
    `${hourlyRequests.toLocaleString('en')} requests an hour, of which admission leaves ${reservedRequests.toLocaleString('en')}`,
  );
});
