import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readCloudAssembly, type SynthesizedStack } from '../infra/cloud-assembly.ts';

/** The synthesis ended without a stack; the message is what it said, which for a wrong configuration says what to change. */
export class SynthesisFailed extends Error {
  override readonly name = 'SynthesisFailed';
}

const body = join(import.meta.dirname, '..', 'infra', 'synthesis-process.ts');

/**
 * Synthesizes the stack, from cdk.json and `context` over it, into `outdir` in a process of its own: the CDK and the
 * bundler take half a gigabyte, which only the end of a process gives back. Throws {@link SynthesisFailed}.
 */
export const synthesizeApart = async (
  context: Readonly<Record<string, unknown>>,
  outdir: string,
): Promise<SynthesizedStack> => {
  const args = [body, JSON.stringify(context), outdir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const said = await text(child.stderr);
  const [code] = await ended;
  if (code !== 0) throw new SynthesisFailed(said.trim() || `The synthesis ended with ${code ?? 'a signal'}`);
  return readCloudAssembly(outdir);
};
