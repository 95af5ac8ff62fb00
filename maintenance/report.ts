import type { Finding, Mark } from './finding.ts';

const signs: Readonly<Record<Mark, string>> = { pass: '✓', warning: '!', fail: '✗', skipped: '–' };

const count = (findings: readonly Finding[], mark: Mark): number =>
  findings.filter((finding) => finding.mark === mark).length;

/** How many findings of each mark. */
export const summaryOf = (findings: readonly Finding[]): Readonly<Record<Mark, number>> => ({
  pass: count(findings, 'pass'),
  warning: count(findings, 'warning'),
  fail: count(findings, 'fail'),
  skipped: count(findings, 'skipped'),
});

const linesOf = (finding: Finding, width: number): readonly string[] => {
  const { mark, subject, says } = finding;
  const line = `${signs[mark]} ${subject.padEnd(width)}  ${says}`;
  return 'todo' in finding ? [line, `    → ${finding.todo}`] : [line];
};

const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

const summaryLine = (findings: readonly Finding[]): string => {
  const { pass, warning, fail, skipped } = summaryOf(findings);
  const parts = [
    fail > 0 ? `${fail} failed` : '',
    warning > 0 ? counted(warning, 'warning') : '',
    `${pass} passed`,
    skipped > 0 ? `${skipped} skipped` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
};

/** The findings for a person: a line for each, and under it what to do about what did not pass. */
export const reportLines = (findings: readonly Finding[]): readonly string[] => {
  const width = Math.max(0, ...findings.map(({ subject }) => subject.length));
  return [...findings.flatMap((finding) => linesOf(finding, width)), '', summaryLine(findings)];
};

/** The exit status of a command with these findings: 1 when a check failed, or none passed. */
export const exitStatus = (findings: readonly Finding[]): 0 | 1 =>
  findings.some(({ mark }) => mark === 'fail') || !findings.some(({ mark }) => mark === 'pass') ? 1 : 0;
