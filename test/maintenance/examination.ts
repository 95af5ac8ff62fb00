import { expect } from '@jest/globals';
import type { LocalCloud } from '../../local/local-cloud.ts';
import { doctor } from '../../maintenance/doctor/doctor.ts';
import type { GitHubSectionOptions } from '../../maintenance/doctor/github-section.ts';
import type { Finding, Mark } from '../../maintenance/finding.ts';
import { maintainedCloud, surroundingsIn } from './maintained-cloud.ts';

export interface Examined {
  /** CDK context, over the defaults. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly options?: Partial<GitHubSectionOptions>;
  /** What is wrong with the world. */
  readonly change?: (cloud: LocalCloud) => void;
  readonly fetch?: typeof globalThis.fetch;
}

/** Doctor's findings about a deployed stack, and every call that it took. */
export const examined = async ({ context = {}, options = {}, change, fetch }: Examined = {}) => {
  const { cloud, calls, requireAgreement } = await maintainedCloud();
  try {
    change?.(cloud);
    const before = JSON.stringify(cloud.control.snapshot());
    const surroundings = { ...surroundingsIn(cloud, context), ...(fetch === undefined ? {} : { fetch }) };
    const findings = await doctor(surroundings, { isWriteTried: false, ...options });
    // The request that tries to write lacks on purpose what GitHub's description asks for.
    if (options.isWriteTried !== true) requireAgreement();
    return { findings, calls, before, after: JSON.stringify(cloud.control.snapshot()) };
  } finally {
    await cloud.close();
  }
};

/** The findings about a subject, as `mark: what it says → what to do`. */
export const about = (findings: readonly Finding[], subject: string): string =>
  findings
    .filter((finding) => finding.subject === subject)
    .map((finding) => `${finding.mark}: ${finding.says}${'todo' in finding ? ` → ${finding.todo}` : ''}`)
    .join('\n');

/** Every subject that did not pass. */
export const troubled = (findings: readonly Finding[]): readonly string[] => [
  ...new Set(
    findings.filter(({ mark }) => mark !== 'pass' && mark !== 'skipped').map(({ subject }) => subject),
  ),
];

/** Expects that exactly one subject did not pass, and what is said of it. */
export const expectTrouble = (
  findings: readonly Finding[],
  subject: string,
  mark: Extract<Mark, 'warning' | 'fail'>,
  says: RegExp,
): void => {
  expect(about(findings, subject)).toMatch(new RegExp(`^${mark}: .*${says.source}`, `m${says.flags}`));
  expect(troubled(findings)).toEqual([subject]);
};
