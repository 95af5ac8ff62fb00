import { expect, test } from '@jest/globals';
import { broken, type Finding, skipped, warning, well } from '../../maintenance/finding.ts';
import { exitStatus, reportLines } from '../../maintenance/report.ts';

const findings: readonly Finding[] = [
  { ...well('account 1'), subject: 'AWS' },
  { ...warning('room for 2', 'Ask for more.'), subject: 'Spot quota' },
  { ...broken('none', 'Make one.'), subject: 'Spot role' },
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
    '1 broken, 1 to look at, 1 well, 1 not looked at',
  ]);
});

test('only what is broken makes the command fail', () => {
  expect(exitStatus(findings)).toBe(1);
  expect(exitStatus(findings.filter(({ mark }) => mark !== 'broken'))).toBe(0);
});
