import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { action, actionStep, repositoryRoot } from './action-file.ts';

/** How a step is run; what is left out is as on GitHub's runner for the first attempt of run 1001. */
export interface StepOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Lets `sleep` really sleep; else it returns at once and its seconds are recorded. */
  readonly reallySleeps?: boolean;
}

export interface StepResult {
  readonly exitCode: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The seconds of each `sleep`. */
  readonly slept: readonly number[];
}

const recordedSleep = `#!/bin/bash
echo "$1" >>"$SLEEPS"
`;

const evaluate = (expression: string, inputs: Readonly<Record<string, string>>): string =>
  expression.replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => {
    if (action.inputs[name] === undefined)
      throw new Error(`action.yml uses ${name}, which is no input of it`);
    return inputs[name] ?? action.inputs[name].default ?? '';
  });

const stepEnvironment = (inputs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(actionStep().env).map(([name, expression]) => [name, evaluate(expression, inputs)]),
  );

const readOutputs = (file: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [name = '', ...value] = line.split('=');
        return [name, value.join('=')];
      }),
  );

/** The action's step while it runs, as GitHub's runner starts it in bash. */
export class WorkflowStep {
  readonly #folder = mkdtempSync(join(tmpdir(), 'stint-step-'));
  readonly #process: ChildProcess;
  readonly #log: Promise<string>;

  /** Starts the `run` of action.yml's step with the inputs of a workflow's `with`. */
  constructor(
    inputs: Readonly<Record<string, string>>,
    { env = {}, reallySleeps = false }: StepOptions = {},
  ) {
    for (const file of ['script.sh', 'output', 'summary', 'sleeps']) writeFileSync(this.#path(file), '');
    writeFileSync(this.#path('script.sh'), actionStep().run);
    const path = [...(reallySleeps ? [] : [this.#recordedSleeps()]), process.env['PATH']].join(':');
    // https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#defaultsrunshell
    this.#process = spawn(
      'bash',
      ['--noprofile', '--norc', '-e', '-o', 'pipefail', this.#path('script.sh')],
      {
        env: { PATH: path, ...this.#githubEnvironment(), ...stepEnvironment(inputs), ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const { stdout, stderr } = this.#process;
    if (stdout === null || stderr === null) throw new Error('the step has no output');
    this.#log = Promise.all([text(stdout), text(stderr)]).then((streams) => streams.join(''));
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Waits for the step's end and reads what it left. */
  async result(): Promise<StepResult> {
    const [log] = await Promise.all([
      this.#log,
      this.#process.exitCode === null ? once(this.#process, 'exit') : undefined,
    ]);
    const result = {
      exitCode: this.#process.exitCode,
      log,
      outputs: readOutputs(this.#path('output')),
      summary: readFileSync(this.#path('summary'), 'utf8'),
      slept: readFileSync(this.#path('sleeps'), 'utf8').trim().split('\n').filter(Boolean).map(Number),
    };
    rmSync(this.#folder, { recursive: true });
    return result;
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  #recordedSleeps(): string {
    mkdirSync(this.#path('bin'));
    writeFileSync(this.#path('bin/sleep'), recordedSleep);
    chmodSync(this.#path('bin/sleep'), 0o755);
    return this.#path('bin');
  }

  /** https://docs.github.com/actions/reference/workflows-and-actions/variables#default-environment-variables */
  #githubEnvironment(): Record<string, string> {
    mkdirSync(this.#path('temp'));
    return {
      HOME: this.#path('temp'),
      RUNNER_TEMP: this.#path('temp'),
      SLEEPS: this.#path('sleeps'),
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: fileURLToPath(repositoryRoot),
      GITHUB_REPOSITORY: 'rr-debugger/rr',
      GITHUB_RUN_ID: '1001',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_OUTPUT: this.#path('output'),
      GITHUB_STEP_SUMMARY: this.#path('summary'),
    };
  }
}

/** Runs the action's step to its end. */
export const runStep = (
  inputs: Readonly<Record<string, string>>,
  options?: StepOptions,
): Promise<StepResult> => new WorkflowStep(inputs, options).result();
