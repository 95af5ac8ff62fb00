import { describe, expect, test } from '@jest/globals';
import { InputInvalid } from '../../../functions/domain/errors.ts';
import { userData } from '../../../functions/domain/launch/user-data.ts';
import { type Ran, runMachine } from './machine/run-machine.ts';
import { pathOf } from './machine/stand-ins.ts';

const run = { repository: 'rr-debugger/rr', id: 1001 };
const hook = '/opt/stint/job-started.sh';

/**
 * GitHub's runner with a job: its listener starts a worker, which runs the hook before anything of the job's, and after
 * a hook that fails still the steps that say `if: always()` (actions/runner, JobExtension and StepsRunner).
 */
const withJob = (runId: number | string, repository: string): string => `
cat > "$SANDBOX/worker" <<'WORKER'
if [ -z "$ACTIONS_RUNNER_HOOK_JOB_STARTED" ]; then echo "no hook"; else
  GITHUB_RUN_ID='${runId}' GITHUB_REPOSITORY='${repository}' bash -e "$ACTIONS_RUNNER_HOOK_JOB_STARTED"
fi
[ $? != 0 ] || echo "the job's steps run"
echo "the job's always() steps run"
WORKER
bash "$SANDBOX/worker"
echo "the worker exits with $?"
${pathOf('sleep')} 0.3
`;

const steps = ({ console }: Ran): readonly string[] => console.match(/^the job's .*steps run$/gm) ?? [];

const allSteps = ["the job's steps run", "the job's always() steps run"];

describe('the job-started hook of a machine for a run', () => {
  test.each([
    ['a job of the run', 1001, 'rr-debugger/rr'],
    ['a job of the run, whose repository is written otherwise', 1001, 'RR-Debugger/RR'],
  ])('lets %s begin', async (_, runId, repository) => {
    expect(steps(await runMachine({ input: { run }, runner: withJob(runId, repository) }))).toEqual(allSteps);
  });

  test.each([
    ['another run', 1002, 'rr-debugger/rr'],
    ['a run whose number begins alike', 10_011, 'rr-debugger/rr'],
    ['a run of the same number elsewhere', 1001, 'somebody/rr'],
    ['a pattern', '*', '*'],
    ['nothing', '', ''],
    ['a trick of the shell', '1001 || true', 'rr-debugger/rr'],
  ])(
    'ends the worker of a job of %s before any step, and says so in its log',
    async (_, runId, repository) => {
      const ran = await runMachine({ input: { run }, runner: withJob(runId, repository) });
      expect(steps(ran)).toEqual([]);
      expect(ran.console).toContain('the worker exits with 137');
      const said = 'This machine was made for run 1001 of rr-debugger/rr';
      expect(ran.console).toContain(`::error::${said}`);
      if (process.platform === 'linux') expect(ran.console).toMatch(new RegExp(`^${said}`, 'm'));
    },
  );

  test('ends the machine of a job that it refuses, though its listener does not end', async () => {
    const runner = `${withJob(1002, 'rr-debugger/rr')}exec ${pathOf('sleep')} 2\n`;
    const ran = await runMachine({ input: { run }, runner });
    expect(steps(ran)).toEqual([]);
    expect(ran.calls).toContain('sudo -n shutdown -P now');
  });

  test('ends the worker of a foreign job though nobody reads what it says', async () => {
    const runner = withJob(1002, 'rr-debugger/rr').replace(/ bash -e (.*)$/m, ' bash -e $1 | exit 0');
    expect(steps(await runMachine({ input: { run }, runner }))).toEqual([]);
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
  expect(ran.console).toContain('no hook');
  expect(steps(ran)).toEqual(allSteps);
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
