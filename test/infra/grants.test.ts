import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { verifiedStack } from '../synthesized-stack.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

const stack = verifiedStack();
const asList = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;

const statementsOf = (roleArn: string): readonly Statement[] =>
  (stack.roles.find(({ arn }) => arn === roleArn)?.policies ?? []).flatMap(
    ({ Statement }) => Statement as unknown as readonly Statement[],
  );

/** Operations of the SDK that a bundle holds: their schemas are in it, and the bundler drops what is not used. */
const operationsIn = (path: string): readonly string[] =>
  Array.from(readFileSync(path, 'utf8').matchAll(/\[9,[\w$]+,[`"'](\w+)[`"']/g), ([, name = '']) => name);

/** Permissions that no operation of a bundle stands for: the function's log, and what others do in its name. */
const beside: Readonly<Record<string, readonly string[]>> = {
  CreateTags: ['request-spot-instance', 'request-on-demand-instance'],
  PassRole: ['schedule-destroy'],
  SendMessage: ['on-provision-unsuccessful', 'on-instance-terminated', 'sweep', 'switch-admission'],
};

/** DynamoDB's client has this in it for whoever switches its search for endpoints on, and nobody does. */
const neverAsked: ReadonlySet<string> = new Set(['DescribeEndpoints']);

/** It shares the reader of destroys with request-runners, and must never start one. */
const heldBack: Readonly<Record<string, readonly string[]>> = { 'show-runners': ['StartExecution'] };

describe.each(stack.functions.map((fn) => [fn.stem, fn] as const))('%s', (stem, fn) => {
  const actions = statementsOf(fn.roleArn).flatMap(({ Action }) => asList(Action));
  const logging = ['logs:CreateLogStream', 'logs:PutLogEvents'];

  test('may do what its bundle can ask for, and nothing else', () => {
    const bundle = join(fn.assetDirectory, `${stem}.cjs`);
    const asked = operationsIn(bundle)
      .filter((name) => !heldBack[stem]?.includes(name))
      .filter((name) => !neverAsked.has(name));
    const granted = actions
      .filter((action) => !logging.includes(action))
      .map((action) => action.split(':')[1] ?? '');
    const others = Object.keys(beside).filter((name) => beside[name]?.includes(stem));
    expect([...new Set(granted)].sort()).toEqual([...new Set([...asked, ...others])].sort());
  });

  test('may write its own log, and no other', () => {
    const log = statementsOf(fn.roleArn).find(({ Action }) => asList(Action).includes('logs:PutLogEvents'));
    expect(log?.Resource).toBe(`arn:aws:logs:us-east-2:000000000000:log-group:/aws/lambda/Stint-${stem}:*`);
  });
});

describe('every policy of the stack', () => {
  const statements = stack.roles.flatMap(({ arn }) => statementsOf(arn));

  test('has no wildcard in an action', () => {
    const actions = statements.flatMap(({ Action }) => asList(Action));
    expect(actions.length).toBeGreaterThan(50);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  test('has a resource of its own wherever AWS has one', () => {
    const everywhere = statements.filter(({ Resource }) => asList(Resource).includes('*'));
    const actions = new Set(everywhere.flatMap(({ Action }) => asList(Action)));
    const withoutResources =
      /^(ec2:Describe\w+|scheduler:ListSchedules|xray:\w+|logs:\w+(LogDelivery|LogDeliveries|ResourcePolicy|ResourcePolicies|LogGroups))$/;
    expect([...actions].filter((action) => !withoutResources.test(action))).toEqual([]);
  });
});
