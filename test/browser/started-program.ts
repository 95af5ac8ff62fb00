import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface StartedProgram {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

const main = join(import.meta.dirname, '..', '..', 'local', 'main.ts');

const listening = (program: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let printed = '';
    program.stdout?.on('data', (data: Buffer) => {
      printed += String(data);
      const [, url] = /^Stint is listening on (\S+)$/m.exec(printed) ?? [];
      if (url !== undefined) resolve(url);
    });
    program.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${printed}`)));
  });

/** Starts what `npm start` starts, with its options; resolves when it is ready. */
export const startProgram = async (...options: readonly string[]): Promise<StartedProgram> => {
  const program = spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await listening(program);
  return {
    url,
    port: Number(new URL(url).port),
    stop: async () => {
      const ended = once(program, 'exit');
      program.kill('SIGTERM');
      await ended;
    },
  };
};
