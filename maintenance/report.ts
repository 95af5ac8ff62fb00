import type { Finding, Mark } from './finding.ts';

const signs: Readonly<Record<Mark, string>> = { well: '✓', warning: '!', broken: '✗', skipped: '–' };

const count = (findings: readonly Finding[], mark: Mark): number =>
  findings.filter((finding) => finding.mark === mark).length;

/** How many findings of each mark. */
export const summaryOf = (findings: readonly Finding[]): Readonly<Record<Mark, number>> => ({
  well: count(findings, 'well'),
  warning: count(findings, 'warning'),
  broken: count(findings, 'broken'),
  skipped: count(findings, 'skipped'),
});

const linesOf = (finding: Finding, width: number): readonly string[] => {
  const { mark, subject, says } = finding;
  const line = `${signs[mark]} ${subject.padEnd(width)}  ${says}`;
  return 'todo' in finding ? [line, `    → ${finding.todo}`] : [line];
};

const summaryLine = (findings: readonly Finding[]): string => {
  const { well, warning, broken, skipped } = summaryOf(findings);
  const parts = [
    broken > 0 ? `${broken} broken` : '',
    warning > 0 ? `${warning} to look at` : '',
    `${well} well`,
    skipped > 0 ? `${skipped} not looked at` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
};

/** The findings for a person: a line for each, and under it what to do where something is not well. */
export const reportLines = (findings: readonly Finding[]): readonly string[] => {
  const width = Math.max(0, ...findings.map(({ subject }) => subject.length));
  return [...findings.flatMap((finding) => linesOf(finding, width)), '', summaryLine(findings)];
};

/** The exit status of a command with these findings: 1 when something is broken. */
export const exitStatus = (findings: readonly Finding[]): 0 | 1 =>
  findings.some(({ mark }) => mark === 'broken') ? 1 : 0;
