import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the cdk command puts into the context from cdk.json, before anything from its command line. */
export const projectContext = (): Readonly<Record<string, unknown>> => {
  const text = readFileSync(join(import.meta.dirname, '..', 'cdk.json'), 'utf8');
  const { context = {} } = JSON.parse(text) as { readonly context?: Readonly<Record<string, unknown>> };
  return context;
};
