import { describe, expect, test } from '@jest/globals';
import { InputInvalid } from '../../../functions/domain/errors.ts';
import { userData } from '../../../functions/domain/launch/user-data.ts';
import { type Ran, runMachine } from './machine/run-machine.ts';

const run = { repository: 'rr-debugger/rr', id: 1001 };
const hook = '/opt/stint/job-started.sh';

/** GitHub's runner with a job: it runs the hook, if it was told of one, in the way that its documentation says. */
const withJob = (runId: number | string, repository: string): string => `
if [ -z "$ACTIONS_RUNNER_HOOK_JOB_STARTED" ]; then echo "no hook"; exit 0; fi
GITHUB_RUN_ID='${runId}' GITHUB_REPOSITORY='${repository}' bash -e "$ACTIONS_RUNNER_HOOK_JOB_STARTED"
echo "the hook exits with $?"
`;

const told = ({ console }: Ran): string => /^(the hook exits with \d+|no hook)$/m.exec(console)?.[1] ?? '';

describe('the job-started hook of a machine for a run', () => {
  test.each([
    ['a job of the run', 1001, 'rr-debugger/rr'],
    ['a job of the run, whose repository is written otherwise', 1001, 'RR-Debugger/RR'],
  ])('lets %s begin', async (_, runId, repository) => {
    expect(told(await runMachine({ input: { run }, runner: withJob(runId, repository) }))).toBe(
      'the hook exits with 0',
    );
  });

  test.each([
    ['another run', 1002, 'rr-debugger/rr'],
    ['a run whose number begins alike', 10_011, 'rr-debugger/rr'],
    ['a run of the same number elsewhere', 1001, 'somebody/rr'],
    ['a pattern', '*', '*'],
    ['nothing', '', ''],
    ['a trick of the shell', '1001 || true', 'rr-debugger/rr'],
  ])('refuses a job of %s, and says so in its log', async (_, runId, repository) => {
    const ran = await runMachine({ input: { run }, runner: withJob(runId, repository) });
    expect(told(ran)).toBe('the hook exits with 1');
    expect(ran.console).toContain('::error::This machine was made for run 1001 of rr-debugger/rr');
  });

  test('is root’s, and stands where the runner cannot write', async () => {
    const ran = await runMachine({ input: { run }, runner: withJob(1001, 'rr-debugger/rr') });
    expect(ran.files.get(hook)).toBeDefined();
    expect(ran.calls).toContain(`chmod 0755 ${hook}`);
    expect(ran.worldly.filter((call) => call.startsWith('chown'))).toEqual([
      'chown -R runner:runner /opt/actions-runner',
    ]);
  });

  test('is there before the runner is, or there is no runner', async () => {
    const ran = await runMachine({
      input: { run },
      scenes: { chmod: 'case "$*" in *job-started.sh) exit 1 ;; esac\n' },
    });
    expect(ran.started).toBeUndefined();
    expect(ran.console).toContain('the hook cannot be made to run');
    expect(ran.worldly.at(-1)).toBe('shutdown -P now');
  });
});

test('a machine that may serve any run has no hook', async () => {
  const ran = await runMachine({ runner: withJob(1002, 'somebody/rr') });
  expect(told(ran)).toBe('no hook');
  expect(ran.files.has(hook)).toBe(false);
});

test.each([
  { ...run, repository: "rr-debugger/rr'; poweroff; '" },
  { ...run, repository: 'rr-debugger/$(id)' },
  { ...run, id: Number.NaN },
  { ...run, id: '1; id' as unknown as number },
])('a run that could be more than a word to the shell is invalid: %j', (bad) => {
  const input = {
    jitConfig: 'eHh4',
    deadline: new Date('2026-03-01T11:00:00Z'),
    runnerName: 'rr_runner_1f_x86_64-1-1-a1b2c3d4',
    label: 'rr_runner_1f',
    architecture: 'x86_64' as const,
    download: { url: 'https://example.org/a.tar.gz', filename: 'a.tar.gz', sha256: 'ab'.repeat(32) },
  };
  expect(() => userData({ ...input, run: bad })).toThrow(InputInvalid);
});
