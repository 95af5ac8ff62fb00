import { type Finding, failed, skipped } from '../finding.ts';
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

/** What keeps a section's first check from looking keeps all of it from being looked at, and that is no success. */
const failedGate = ({ findings, isSeen }: Looked): readonly Finding[] =>
  isSeen
    ? findings
    : findings.map((finding) => (finding.mark === 'warning' ? { ...finding, mark: 'fail' } : finding));

/** Checks that all were kept from looking have found nothing out, however each is only a warning. */
const nothingSeen = ({ gate, checks }: Section, looked: readonly Looked[]): readonly Finding[] =>
  checks.length === 0 || looked.some(({ isSeen }) => isSeen)
    ? []
    : [
        {
          ...failed(
            `${checks.map(({ subject }) => subject).join(', ')}: none of it could be looked at`,
            'See the warnings above, and run doctor again.',
          ),
          subject: gate.subject,
        },
      ];

const lookAtSection = async (section: Section): Promise<readonly Finding[]> => {
  const gate = await lookAt(section.gate);
  if (!isOpen(gate)) return [...failedGate(gate), notLookedAt(section)];
  const others = await Promise.all(section.checks.map(lookAt));
  return [...[gate, ...others].flatMap(({ findings }) => findings), ...nothingSeen(section, others)];
};

/** Looks at the sections side by side; the findings are in their order. */
export const examine = async (sections: readonly Section[]): Promise<readonly Finding[]> =>
  (await Promise.all(sections.map(lookAtSection))).flat();
