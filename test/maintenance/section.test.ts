import { expect, test } from '@jest/globals';
import { AwsRefused, AwsUnavailable, GitHubUnavailable } from '../../functions/domain/errors.ts';
import { type Check, ComesFirst } from '../../maintenance/doctor/check.ts';
import { examine } from '../../maintenance/doctor/section.ts';
import { passed, skipped } from '../../maintenance/finding.ts';
import { exitStatus } from '../../maintenance/report.ts';

const check = (subject: string, look: Check['look']): Check => ({ subject, look });
const passing = check('Works', async () => [passed('well')]);
const hindered = (error: Error): Check =>
  check('Hindered', async () => {
    throw error;
  });

test.each([
  new AwsUnavailable('no answer'),
  new AwsRefused('AccessDenied'),
  new GitHubUnavailable('no answer'),
])('a section whose first check is kept from looking has failed: %s', async (error) => {
  const findings = await examine([{ gate: hindered(error), checks: [passing] }]);
  expect(findings).toMatchObject([{ mark: 'fail' }, { mark: 'skipped' }]);
  const beside = await examine([
    { gate: hindered(error), checks: [passing] },
    { gate: passing, checks: [passing] },
  ]);
  expect(exitStatus(beside)).toBe(1);
});

test('a section of which nothing but its first check could be looked at has failed', async () => {
  const checks = [hindered(new AwsRefused('AccessDenied')), hindered(new AwsUnavailable('no answer'))];
  const findings = await examine([{ gate: passing, checks }]);
  expect(findings.at(-1)).toMatchObject({ mark: 'fail', says: expect.stringContaining('none of it') });
  expect(exitStatus(findings)).toBe(1);
});

test('one that cannot be looked at beside others that pass is a warning', async () => {
  const findings = await examine([{ gate: passing, checks: [passing, hindered(new AwsRefused('no'))] }]);
  expect(findings.map(({ mark }) => mark)).toEqual(['pass', 'pass', 'warning']);
  expect(exitStatus(findings)).toBe(0);
});

test('what does not exist yet is no failure, as long as something else passes', async () => {
  const absent = check('Stack', async () => [skipped('not deployed yet')]);
  const findings = await examine([
    { gate: passing, checks: [passing] },
    { gate: absent, checks: [hindered(new ComesFirst('the stack comes first'))] },
  ]);
  expect(exitStatus(findings)).toBe(0);
  expect(exitStatus(await examine([{ gate: absent, checks: [passing] }]))).toBe(1);
});
