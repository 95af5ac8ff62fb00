import { synthesize } from '../infra/synthesize.ts';
import { OptionsInvalid, readOptions, type StartOptions, usage } from './options.ts';
import { type Program, startProgram } from './program.ts';
import { readStack } from './template/stack.ts';
import { installScaledTime } from './time/scaled-time.ts';

/** What `npm start` runs: the stack that the command line asks for, until it is told to stop. */

const print = (line: string): void => console.log(line);

const optionsOf = (args: readonly string[]): StartOptions => {
  try {
    return readOptions(args);
  } catch (error) {
    if (!(error instanceof OptionsInvalid)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
};

/** A terminal sends the signal to npm too, which would send it once more: the second one changes nothing. */
const stopOnSignal = (program: Program): void => {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await program.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
};

const start = async (options: StartOptions): Promise<Program> => {
  try {
    const stack = readStack(await synthesize({ admission: options.admission }));
    const timeScale = { originMs: Date.now(), speed: options.speed };
    installScaledTime(timeScale);
    return await startProgram(stack, options, timeScale, print);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    console.error(`Port ${options.port} is taken. Give another one: npm start -- --port 0`);
    process.exit(1);
  }
};

const options = optionsOf(process.argv.slice(2));
print('Synthesizing the stack …');
const program = await start(options);
stopOnSignal(program);
print(`Stint is listening on ${program.url}`);
