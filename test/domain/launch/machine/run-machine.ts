import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type UserDataInput, userData } from '../../../../functions/domain/launch/user-data.ts';
import { archiveOf } from './archive.ts';
import { createSandbox, filesOf, relocated, type Sandbox, textOf } from './sandbox.ts';
import { worldlyCommands } from './stand-ins.ts';

export interface Scene {
  readonly input?: Partial<UserDataInput>;
  /** What commands do beyond being recorded, in bash; one that does not exit goes on to the real thing. */
  readonly scenes?: Readonly<Record<string, string>>;
  /** What run.sh does after it has left word of how it was started, in bash. */
  readonly runner?: string;
  readonly installDependencies?: string;
  /** The archive that the download gives, when it is not the one that was announced. */
  readonly archive?: Buffer;
  /** Called when the runner has started, with what sends a signal to the unit, as systemd sends it to all in it. */
  readonly onStarted?: (kill: (signal: NodeJS.Signals) => void) => void;
  /** Nobody reads the console from the beginning on. */
  readonly isConsoleClosed?: boolean;
}

export interface Ran {
  readonly console: string;
  /** Every command that was run: its name and its arguments. */
  readonly calls: readonly string[];
  /** Those that touch the world. */
  readonly worldly: readonly string[];
  /** What is on the machine afterwards, by its path. */
  readonly files: ReadonlyMap<string, string>;
  /** How the runner was started; `undefined` when it never was. */
  readonly started: string | undefined;
}

/** Not a real one, but as long, and of the same letters. */
export const jitConfig = Buffer.from('the configuration of one runner and of no other '.repeat(60)).toString(
  'base64',
);

const runSh = `{
  echo "config=$ACTIONS_RUNNER_INPUT_JITCONFIG arguments=$* home=$HOME user=$USER folder=$PWD"
} > "$SANDBOX/starting" && rename() { cat "$SANDBOX/starting" > "$SANDBOX/started"; } && rename
`;

const inputFor = (archive: Buffer, root: string, change: Partial<UserDataInput>): UserDataInput => ({
  jitConfig,
  deadline: new Date('2026-03-01T11:00:00Z'),
  runnerName: 'rr_runner_1f_x86_64-1-1-a1b2c3d4',
  label: 'rr_runner_1f',
  architecture: 'x86_64',
  download: {
    url: 'https://example.org/actions-runner-linux-x64.tar.gz',
    filename: 'actions-runner-linux-x64.tar.gz',
    sha256: createHash('sha256').update(archive).digest('hex'),
  },
  ...change,
  bootScript: relocated(change.bootScript ?? '', root),
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await pause(5);
};

const is = (path: string, file: string): boolean => textOf(join(path, file)) !== undefined;

/** systemd begins a unit at most once here, and says when all of it is over. */
const isUnitOver = (path: string): boolean => !is(path, 'unit-began') || is(path, 'unit-ended');

const execute = async ({ path, bash }: Sandbox, script: string, scene: Scene): Promise<string> => {
  const child = spawn(bash, [script], {
    cwd: path,
    env: { PATH: join(path, 'commands'), SANDBOX: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    if (scene.isConsoleClosed === true) stream.destroy();
    else stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.once('exit', () => writeFileSync(join(path, 'cloud-init-ended'), ''));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  if (scene.onStarted !== undefined) {
    await until(() => is(path, 'started') || (is(path, 'cloud-init-ended') && isUnitOver(path)));
    scene.onStarted((signal) => process.kill(-Number(textOf(join(path, 'unit-group'))), signal));
  }
  await closed;
  await until(() => isUnitOver(path));
  return text;
};

/**
 * Runs a machine's script to its end in a real bash, as whoever runs the tests, in a folder that stands for the
 * machine's root: first as cloud-init does, then as the unit does that it starts. There is no command but those that stand-ins are for.
 */
export const runMachine = async (scene: Scene = {}): Promise<Ran> => {
  const sandbox = createSandbox(scene.scenes ?? {});
  const { path, root, bash } = sandbox;
  try {
    const announced = archiveOf({
      'run.sh': `#!${bash}\n${runSh}${scene.runner ?? ''}`,
      'bin/installdependencies.sh': `#!${bash}\n${scene.installDependencies ?? ''}`,
    });
    writeFileSync(join(path, 'archive'), scene.archive ?? announced);
    const script = userData(inputFor(announced, root, scene.input ?? {}));
    writeFileSync(join(path, 'user-data'), relocated(script, root));
    const console = await execute(sandbox, join(path, 'user-data'), scene);
    const calls = (textOf(join(path, 'record')) ?? '')
      .trimEnd()
      .split('\n')
      .map((line) => line.replaceAll(root, '').replaceAll('\t', ' '));
    return {
      console: console.replaceAll(root, ''),
      calls,
      worldly: calls.filter((call) => worldlyCommands.includes(call.split(' ')[0] ?? '')),
      files: filesOf(sandbox),
      started: textOf(join(path, 'started'))?.replaceAll(root, '').trim(),
    };
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
};
