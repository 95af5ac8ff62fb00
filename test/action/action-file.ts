import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The parts of action.yml that its tests use. */
export interface ActionFile {
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly required?: boolean; readonly default?: string }>
  >;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}

export interface ActionStep {
  readonly id: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

export const repositoryRoot = new URL('../../', import.meta.url);

export const actionText = readFileSync(new URL('action.yml', repositoryRoot), 'utf8');

export const action = parse(actionText) as ActionFile;

/** The one step of the action. */
export const actionStep = (): ActionStep => {
  const [step, ...others] = action.runs.steps;
  if (step === undefined || others.length > 0) throw new Error('action.yml should have one step');
  return step;
};
