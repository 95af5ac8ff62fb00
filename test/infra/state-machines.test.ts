import { describe, expect, test } from '@jest/globals';
import {
  definitionText,
  fileStem,
  functionNames,
  stateMachineNames,
} from '../../statemachine/definitions.ts';
import { synthesizedStack } from '../synthesized-stack.ts';
import { defaultTemplate } from './template.ts';

const { resources } = defaultTemplate();
const { roles } = synthesizedStack();
const versionArns = resources('AWS::Lambda::Version').map(({ ids }) => ids.ref);

const functionArn = (step: string): string =>
  `arn:aws:lambda:us-east-2:000000000000:function:Stint-${fileStem(step)}`;

describe.each(stateMachineNames)('%s', (name) => {
  const found = resources('AWS::StepFunctions::StateMachine').find(
    ({ properties }) => properties['StateMachineName'] === `Stint-${name}`,
  );
  const properties = found?.properties ?? {};
  const steps = functionNames(definitionText(name));

  test('is its file, byte for byte', () => {
    expect(properties['DefinitionString']).toBe(definitionText(name));
  });

  test('has a published version bound to each of its placeholders, and binds nothing else', () => {
    const bound = steps.map((step) => [`${step}FunctionArn`, `${functionArn(step)}:1`]);
    expect(properties['DefinitionSubstitutions']).toEqual(Object.fromEntries(bound));
    expect(versionArns).toEqual(expect.arrayContaining(bound.map(([, arn]) => arn)));
  });

  test('may invoke any version of its functions, for executions outlive a deployment, and no other', () => {
    const role = roles.find(({ arn }) => arn === properties['RoleArn']);
    const statements = (role?.policies ?? []).flatMap(({ Statement }) => Statement as unknown[]);
    const invoking = statements.filter((statement) => JSON.stringify(statement).includes('lambda:'));
    expect(invoking).toEqual([
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: expect.anything() },
    ]);
    const { Resource } = invoking[0] as { readonly Resource: readonly string[] };
    expect([...Resource].sort()).toEqual(steps.map((step) => `${functionArn(step)}:*`).sort());
  });

  test('can be assumed by Step Functions, for this account alone', () => {
    expect(roles.find(({ arn }) => arn === properties['RoleArn'])?.trust).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'states.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } },
        },
      ],
    });
  });

  test('logs every event without its data, and is traced', () => {
    expect(properties).toMatchObject({
      LoggingConfiguration: { IncludeExecutionData: false, Level: 'ALL' },
      TracingConfiguration: { Enabled: true },
    });
  });

  test('is of the standard type, whose executions live for longer than five minutes', () => {
    expect(properties['StateMachineType'] ?? 'STANDARD').toBe('STANDARD');
  });
});
