import { readdirSync, readFileSync } from 'node:fs';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { reviver } from '@actions/expressions/data/reviver';
import { parse } from 'yaml';
import { repositoryRoot } from './action-file.ts';

export interface WorkflowStepText {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string>>;
}

export interface WorkflowJob {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly 'runs-on': string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps: readonly WorkflowStepText[];
}

export interface Workflow {
  readonly name: string;
  readonly text: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

const folder = new URL('examples/', repositoryRoot);

/** The example workflows, read from examples/. */
export const exampleWorkflows: readonly Workflow[] = readdirSync(folder).map((name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  return { ...(parse(text) as Omit<Workflow, 'name' | 'text'>), name, text };
});

export const exampleWorkflow = (name: string): Workflow => {
  const workflow = exampleWorkflows.find((example) => example.name === name);
  if (workflow === undefined) throw new Error(`there is no examples/${name}`);
  return workflow;
};

/** What a job's `if` may call as well: https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions */
const always = { name: 'always', minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(true) };

/** The value of a `${{ … }}`, by GitHub's own evaluator. */
export const evaluate = (text: string, contexts: Readonly<Record<string, unknown>>): unknown => {
  const expression = /^\$\{\{(.*)\}\}$/s.exec(text)?.[1] ?? text;
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(contexts), [always]).parse();
  const values = JSON.parse(JSON.stringify(contexts), reviver) as data.Dictionary;
  const evaluator = new Evaluator(tree, values, new Map([[always.name, always]]));
  return JSON.parse(JSON.stringify(evaluator.evaluate(), data.replacer));
};
