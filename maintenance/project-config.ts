import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, readConfig } from '../infra/config.ts';

type Context = Readonly<Record<string, unknown>>;

const projectContext = (): Context => {
  const text = readFileSync(join(import.meta.dirname, '..', 'cdk.json'), 'utf8');
  const { context = {} } = JSON.parse(text) as { readonly context?: Context };
  return context;
};

/** The configuration that `npm run deploy` would deploy: cdk.json's, and `context` over it. Throws ConfigInvalid. */
export const projectConfig = (context: Context): Config => readConfig({ ...projectContext(), ...context });
