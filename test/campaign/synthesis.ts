import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { functionTable } from '../../infra/function-table.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { readStack, type Stack } from '../../local/template/stack.ts';

/** The body of the thread that synthesizes the campaign's stack, and takes the CDK's memory with it when it ends. */

/** The campaign runs the functions' sources: their bundles would be made and thrown away. */
const withoutBundles = async (outdir: string): Promise<string> => {
  for (const stem of Object.keys(functionTable)) {
    mkdirSync(join(outdir, stem), { recursive: true });
    writeFileSync(join(outdir, stem, 'index.js'), `// ${stem}\n`);
  }
  return outdir;
};

const stackWith = async (context: Readonly<Record<string, unknown>>): Promise<Stack> => {
  const directory = mkdtempSync(join(tmpdir(), 'stint-campaign-'));
  try {
    const outdir = join(directory, 'cdk.out');
    return readStack(await synthesize(context, outdir, withoutBundles));
  } finally {
    rmSync(directory, { recursive: true });
  }
};

parentPort?.postMessage(await stackWith(workerData));
