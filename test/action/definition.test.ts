import { readdirSync, readFileSync } from 'node:fs';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { NoOperationTraceWriter } from '@actions/workflow-parser/templates/trace-writer';
import { describe, expect, test } from '@jest/globals';
import { maximumLabelLength } from '../../functions/domain/label.ts';
import { action, actionStep, actionText, repositoryRoot } from './action-file.ts';

const mistakesOf = (content: string): readonly string[] =>
  parseAction({ name: 'action.yml', content }, new NoOperationTraceWriter())
    .context.errors.getErrors()
    .map(({ message }) => message);

const scripts = readdirSync(new URL('action/', repositoryRoot), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(sh|jq)$/.test(file))
  .map((file) => readFileSync(new URL(`action/${file}`, repositoryRoot), 'utf8'))
  .join('\n');

describe('action.yml', () => {
  test("is an action by GitHub's own schema", () => {
    expect(mistakesOf(actionText)).toEqual([]);
  });

  test("is checked by a schema that finds a step's missing shell and an unknown key", () => {
    expect(mistakesOf(actionText.replace('      shell: bash\n', ''))).not.toEqual([]);
    expect(mistakesOf(actionText.replace('runs:\n', 'runs:\n  image: x\n'))).not.toEqual([]);
  });

  test('is composite and has one step, in bash', () => {
    expect(action.runs.using).toBe('composite');
    expect(actionStep().shell).toBe('bash');
  });

  test('puts nothing into its script by an expression', () => {
    expect(actionStep().run).not.toContain('${{');
    expect(scripts).not.toContain('${{');
  });

  test('hands each input over in the environment, under its own name', () => {
    const expected = Object.keys(action.inputs).map((input) => [
      `STINT_${input.toUpperCase().replaceAll('-', '_')}`,
      `\${{ inputs.${input} }}`,
    ]);

    expect(actionStep().env).toEqual(Object.fromEntries(expected));
  });

  test('hands over nothing that its scripts do not read, and they read nothing else', () => {
    const read = new Set(scripts.match(/STINT_[A-Z_]+/g));

    expect([...read].toSorted()).toEqual(Object.keys(actionStep().env).toSorted());
  });

  test('passes on the outputs of its step under the same names', () => {
    const expected = Object.keys(action.outputs).map((output) => [
      output,
      `\${{ steps.stint.outputs.${output} }}`,
    ]);

    expect(Object.entries(action.outputs).map(([name, { value }]) => [name, value])).toEqual(expected);
  });

  test('touches no secret and no token', () => {
    expect(`${actionText}${scripts}`).not.toMatch(
      /secrets\.|github\.token|GITHUB_TOKEN|ACTIONS_ID_TOKEN|authorization/i,
    );
  });

  test('describes every input and output, and has a default for every input but the endpoint', () => {
    const { inputs, outputs } = action;

    expect(
      [...Object.values(inputs), ...Object.values(outputs)].filter(({ description }) => !description),
    ).toEqual([]);
    expect(
      Object.entries(inputs)
        .filter(([, input]) => input.default === undefined)
        .map(([name]) => name),
    ).toEqual(['endpoint']);
    expect(inputs['endpoint']?.required).toBe(true);
  });

  test('allows labels as long as the endpoint does', () => {
    const allowed = /"\$\{#label\}" -gt (\d+) /.exec(scripts)?.[1];

    expect(Number(allowed)).toBe(maximumLabelLength);
  });
});
