import type { Config } from '../infra/config.ts';
import { projectContext } from '../infra/project-context.ts';
import { readConfig } from '../infra/read-config.ts';

/** The configuration that `npm run deploy` would deploy: cdk.json's, and `context` over it. Throws ConfigInvalid. */
export const projectConfig = (context: Readonly<Record<string, unknown>>): Config =>
  readConfig({ ...projectContext(), ...context });
