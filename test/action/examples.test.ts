import { readFileSync } from 'node:fs';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { describe, expect, jest, test } from '@jest/globals';
import type { MachineClass } from '../../functions/domain/machine-class.ts';
import { wantedRunner } from '../../functions/domain/queue/queued-requests.ts';
import { action, repositoryRoot } from './action-file.ts';
import { requested, runner, shows, spot } from './runners.ts';
import { endpoints } from './with-endpoint.ts';
import { evaluate, exampleWorkflow, exampleWorkflows, type Workflow } from './workflow-file.ts';
import { runStep } from './workflow-step.ts';

jest.setTimeout(30_000);

const startEndpoint = endpoints();

const mistakesOf = (name: string, content: string): readonly string[] =>
  parseWorkflow({ name, content }, new NoOperationTraceWriter())
    .context.errors.getErrors()
    .map(({ message }) => message);

const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);

const stintSteps = (workflow: Workflow) =>
  stepsOf(workflow).filter(({ uses }) => uses?.startsWith('OWNER/stint@') === true);

const needsOf = (needs: string | readonly string[] = []): readonly string[] =>
  typeof needs === 'string' ? [needs] : needs;

/** Every `name` in `${{ … name … }}` of a text, for a name of the form. */
const references = (text: string, form: RegExp): readonly string[] =>
  [...text.matchAll(form)].map(([, name = '']) => name);

/** Those of which a job asks by the action. */
const asking = exampleWorkflows.filter((workflow) => stintSteps(workflow).length > 0);

describe.each(asking.map((workflow) => [workflow.name, workflow] as const))('examples/%s', (_, workflow) => {
  test('gives the action only inputs that it has, and the one that it must have', () => {
    const given = stintSteps(workflow).map((step) => Object.keys(step.with ?? {}));

    expect(given.flat().filter((input) => action.inputs[input] === undefined)).toEqual([]);
    expect(given.every((inputs) => inputs.includes('endpoint'))).toBe(true);
  });

  test('takes only outputs that the action has', () => {
    const used = references(workflow.text, /steps\.stint\.outputs\.([\w-]+)/g);

    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((output) => action.outputs[output] === undefined)).toEqual([]);
  });
});

describe.each(exampleWorkflows.map((workflow) => [workflow.name, workflow] as const))(
  'examples/%s',
  (name, workflow) => {
    const { text, jobs, permissions } = workflow;

    test("is a workflow by GitHub's own schema, which knows each context that may be used in each place", () => {
      expect(mistakesOf(name, text)).toEqual([]);
      expect(mistakesOf(name, text.replace(/(runs-on: .*\$\{\{ )(?!steps)/, '$1steps.x && '))).not.toEqual(
        [],
      );
    });

    test('has no permission but to read what the tests check out', () => {
      expect(permissions).toEqual({});
      expect(
        Object.values(jobs).flatMap((job) => (job.permissions === undefined ? [] : [job.permissions])),
      ).toEqual([{ contents: 'read' }]);
    });

    test('uses nothing that a pull request from a fork does not get', () => {
      expect(text).not.toMatch(/secrets\.|vars\.|github\.token/);
    });

    test('takes outputs only of jobs that it needs, and only those that they have', () => {
      const wrong = Object.values(jobs).flatMap((job) =>
        [...JSON.stringify(job).matchAll(/needs\.([\w-]+)\.outputs(?:\.([\w-]+))?/g)].filter(
          ([, needed = '', output]) =>
            !needsOf(job.needs).includes(needed) ||
            (output !== undefined && jobs[needed]?.outputs?.[output] === undefined),
        ),
      );

      expect(wrong.map(([reference]) => reference)).toEqual([]);
    });

    test("pins everybody else's actions to a full commit", () => {
      const others = stepsOf(workflow).flatMap(({ uses }) => (uses === undefined ? [] : [uses]));

      expect(others.filter((uses) => !/^OWNER\/stint@COMMIT$|@[0-9a-f]{40}$/.test(uses))).toEqual([]);
    });

    test('does nothing in a fork, and everything in its own repository', () => {
      const first = Object.entries(jobs).filter(([, { needs }]) => needs === undefined);
      const runsIn = (repository: string) =>
        first.map(([, job]) => evaluate(job.if ?? 'true', { github: { repository } }));
      expect(runsIn('OWNER/REPOSITORY')).toEqual(first.map(() => true));
      expect(runsIn('somebody/fork')).toEqual(first.map(() => false));
    });

    test('stands in docs/workflow.md as it is', () => {
      const chapter = readFileSync(new URL('docs/workflow.md', repositoryRoot), 'utf8');

      expect(chapter).toContain(`\`\`\`yaml\n${text}\`\`\`\n`);
    });
  },
);

/** The outputs of the workflow's first job, as the action's own script makes them. */
const startedOutputs = async (
  workflow: Workflow,
  job: string,
): Promise<Readonly<Record<string, unknown>>> => {
  const { steps, outputs = {} } = workflow.jobs[job] ?? { steps: [] };
  const endpoint = await startEndpoint({
    create: [requested('x86_64', 'arm64')],
    status: [shows(runner('x86_64', 'ready', spot), runner('arm64', 'ready', spot))],
  });
  const started = await runStep({ ...steps[0]?.with, endpoint: endpoint.url });
  const contexts = { steps: { stint: { outputs: started.outputs } } };
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, evaluate(value, contexts)]),
  );
};

describe('the workflow that nobody asks for', () => {
  const classes = { default: {} as MachineClass };
  const runsOn = exampleWorkflow('queued.yml').jobs['test']?.['runs-on'] as unknown as readonly string[];
  const labelsIn = (attempt: string, architecture: string): readonly string[] => {
    const contexts = { github: { run_id: '1001', run_attempt: attempt }, matrix: { architecture } };
    return runsOn.map((label) =>
      label.replaceAll(/\$\{\{.+?\}\}/g, (expression) => String(evaluate(expression, contexts))),
    );
  };

  test.each(['x86_64', 'arm64'] as const)(
    'has jobs that are creates for their run, on %s',
    (architecture) => {
      const run = { repository: 'OWNER/REPOSITORY', id: 1001, attempt: 2 };
      for (const attempt of ['1', '2'])
        expect(
          wantedRunner({ labels: labelsIn(attempt, architecture) }, run, {
            labelPrefix: 'rr_runner_',
            classes,
          }),
        ).toEqual({
          label: `rr_runner_1001_${attempt}`,
          architecture,
        });
    },
  );
});

describe('the smallest workflow', () => {
  const smallest = exampleWorkflow('smallest.yml');

  test("runs its job on the run's own x86_64 machine", async () => {
    const needs = { runner: { outputs: await startedOutputs(smallest, 'runner') } };

    expect(evaluate(smallest.jobs['test']?.['runs-on'] ?? '', { needs })).toEqual([
      'rr_runner_1001_1',
      'arch_x86_64',
    ]);
  });
});

describe('the workflow for two architectures', () => {
  const workflow = exampleWorkflow('two-architectures.yml');
  const job = workflow.jobs['test'];

  const runsOn = async (architecture: string, attempt: string): Promise<unknown> =>
    evaluate(job?.['runs-on'] ?? '', {
      needs: { runners: { outputs: await startedOutputs(workflow, 'runners') } },
      matrix: { architecture },
      github: { run_attempt: attempt },
    });

  test('runs each job on the machine of its architecture', async () => {
    expect(job?.strategy?.matrix['architecture']).toEqual(['x86_64', 'arm64']);
    expect(await runsOn('x86_64', '1')).toEqual(['rr_runner_1001_1', 'arch_x86_64']);
    expect(await runsOn('arm64', '1')).toEqual(['rr_runner_1001_1', 'arch_arm64']);
  });

  test('sends a job that "Re-run failed jobs" runs again to a machine of GitHub\'s instead of letting it wait', async () => {
    expect(await runsOn('x86_64', '2')).toBe('ubuntu-latest');
  });

  test('ends a job on such a machine in its first step, and no other', () => {
    const condition = job?.steps[0]?.if ?? '';

    expect(evaluate(condition, { runner: { environment: 'github-hosted' } })).toBe(true);
    expect(evaluate(condition, { runner: { environment: 'self-hosted' } })).toBe(false);
    expect(job?.steps[0]?.run).toMatch(/Press "Re-run all jobs"[\s\S]*exit 1/);
  });

  test('gives the runners back after every other job, whatever became of them', () => {
    const giveBack = workflow.jobs['give-back'];

    const runs = (result: string) => evaluate(giveBack?.if ?? '', { needs: { runners: { result } } });
    expect(['success', 'failure', 'cancelled', 'skipped'].map(runs)).toEqual([true, true, true, false]);
    expect(needsOf(giveBack?.needs)).toEqual(
      Object.keys(workflow.jobs).filter((name) => name !== 'give-back'),
    );
    expect(giveBack?.steps[0]?.with).toMatchObject({ mode: 'stop' });
  });
});
