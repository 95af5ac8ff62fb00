import { type Finding, skipped } from '../finding.ts';
import { type Check, type Looked, lookAt } from './check.ts';

/** Checks that have a sense only when what the first of them looks at is there and works. */
export interface Section {
  readonly gate: Check;
  readonly checks: readonly Check[];
}

const isOpen = ({ findings, isSeen }: Looked): boolean =>
  isSeen && findings.every(({ mark }) => mark === 'pass' || mark === 'warning');

const notLookedAt = ({ gate, checks }: Section): Finding => ({
  ...skipped(`${checks.map(({ subject }) => subject).join(', ')}: ${gate.subject} comes first`),
  subject: 'Not looked at',
});

const lookAtSection = async (section: Section): Promise<readonly Finding[]> => {
  const gate = await lookAt(section.gate);
  if (!isOpen(gate)) return [...gate.findings, notLookedAt(section)];
  const others = await Promise.all(section.checks.map(lookAt));
  return [gate, ...others].flatMap(({ findings }) => findings);
};

/** Looks at the sections side by side; the findings are in their order. */
export const examine = async (sections: readonly Section[]): Promise<readonly Finding[]> =>
  (await Promise.all(sections.map(lookAtSection))).flat();
