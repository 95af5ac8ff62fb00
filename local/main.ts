import { join } from 'node:path';
import { endWithParent } from './end-with-parent.ts';
import { OptionsInvalid, readOptions, type StartOptions, startUsage } from './options.ts';
import { type Program, startProgram } from './program.ts';
import { runFolder } from './run-folder.ts';
import { SynthesisFailed, synthesizeApart } from './synthesis.ts';
import { readStack } from './template/stack.ts';
import { installScaledTime } from './time/scaled-time.ts';
import { startHttpServer } from './wire/http-server.ts';

/** What `npm start` runs: the stack that the command line asks for, until it is told to stop. */

const print = (line: string): void => console.log(line);

const fail = (message: string, exitCode: number): never => {
  console.error(message);
  process.exit(exitCode);
};

const optionsOf = (args: readonly string[]): StartOptions => {
  try {
    return readOptions(args);
  } catch (error) {
    if (!(error instanceof OptionsInvalid)) throw error;
    return fail(`${error.message}\n\n${startUsage}`, 2);
  }
};

/** Why it cannot start, for whoever can change that. */
const obstacle = (error: unknown, port: number): string => {
  if (error instanceof SynthesisFailed) return error.message;
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'EADDRINUSE') return `Port ${port} is taken. Choose another: npm start -- --port 0`;
    if (error.code === 'EACCES')
      return `You may not listen on port ${port}. Choose another: npm start -- --port 0`;
  }
  throw error;
};

/** A port that is taken is told before the synthesis, which takes seconds. */
const requirePort = async (port: number): Promise<void> => {
  const server = await startHttpServer(port, []);
  await server.close();
};

const folder = join(import.meta.dirname, '..', 'dist', 'start');

const start = async (options: StartOptions): Promise<Program> => {
  try {
    await requirePort(options.port);
    print('Synthesizing the stack …');
    const outdir = join(runFolder(folder), 'cdk.out');
    const stack = readStack(await synthesizeApart({ admission: options.admission }, outdir));
    const timeScale = { originMs: Date.now(), speed: options.speed };
    installScaledTime(timeScale);
    return await startProgram(stack, options, timeScale, print);
  } catch (error) {
    return fail(obstacle(error, options.port), 1);
  }
};

let program: Program | undefined;
let isStopping = false;

/** A terminal sends the signal to npm too, which would send it once more: the second one changes nothing. */
const stop = async (): Promise<void> => {
  if (isStopping) return;
  isStopping = true;
  await program?.close();
  process.exit(0);
};

if (process.argv.slice(2).some((arg) => arg === '--help' || arg === '-h')) {
  print(startUsage);
  process.exit(0);
}
const options = optionsOf(process.argv.slice(2));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
if (process.env['npm_lifecycle_event'] !== undefined) endWithParent(() => void stop());
program = await start(options);
print(`Stint is listening on ${program.url}`);
