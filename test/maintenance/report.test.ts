import { expect, test } from '@jest/globals';
import { type Finding, failed, passed, skipped, warning } from '../../maintenance/finding.ts';
import { exitStatus, reportLines } from '../../maintenance/report.ts';

const findings: readonly Finding[] = [
  { ...passed('account 1'), subject: 'AWS' },
  { ...warning('room for 2', 'Ask for more.'), subject: 'Spot quota' },
  { ...failed('none', 'Make one.'), subject: 'Spot role' },
  { ...skipped('later'), subject: 'Stack' },
];

test('a report has a line for each finding, aligned, and under it what to do', () => {
  expect(reportLines(findings)).toEqual([
    '✓ AWS         account 1',
    '! Spot quota  room for 2',
    '    → Ask for more.',
    '✗ Spot role   none',
    '    → Make one.',
    '– Stack       later',
    '',
    '1 failed, 1 warning, 1 passed, 1 skipped',
  ]);
});

test('only a failed check makes the command fail', () => {
  expect(exitStatus(findings)).toBe(1);
  expect(exitStatus(findings.filter(({ mark }) => mark !== 'fail'))).toBe(0);
});

test.each([
  ['nothing', []],
  ['what was only skipped', findings.filter(({ mark }) => mark === 'skipped')],
  ['what could only be warned of', findings.filter(({ mark }) => mark === 'warning')],
])('a command that has seen %s has not succeeded', (_, seen) => {
  expect(exitStatus(seen)).toBe(1);
});
