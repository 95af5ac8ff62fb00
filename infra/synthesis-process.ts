import { synthesize } from './synthesize.ts';

/** The body of the process that synthesizes for another one, and takes the CDK's memory with it when it ends. */

const [context = '{}', outdir] = process.argv.slice(2);

try {
  await synthesize(JSON.parse(context) as Record<string, unknown>, outdir);
} catch (error) {
  console.error(error instanceof Error && error.name === 'ConfigInvalid' ? error.message : error);
  process.exit(1);
}
