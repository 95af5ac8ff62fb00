import { describe, expect, test } from '@jest/globals';
import { functionStems } from '../../infra/bundling/function-stems.ts';
import { functionTable, stepStems } from '../../infra/function-table.ts';
import type { StackResource } from '../../local/template/template.ts';
import { defaultTemplate } from './template.ts';

const { template, resources } = defaultTemplate();
const functions = resources('AWS::Lambda::Function');
const logGroups = resources('AWS::Logs::LogGroup').map(({ properties }) => properties['LogGroupName']);

const stemOf = ({ properties }: StackResource): string => String(properties['Handler']).split('.')[0] ?? '';

describe('the functions of the stack', () => {
  test('are the files in functions/', () => {
    expect(Object.keys(functionTable).sort()).toEqual(functionStems());
    expect(functions.map(stemOf).sort()).toEqual(functionStems());
  });

  test('include one for every Task state', () => {
    expect(functionStems()).toEqual(expect.arrayContaining([...stepStems]));
  });

  test('have roles of their own, shared with nothing', () => {
    const roles = functions.map(({ properties }) => properties['Role']);
    expect(new Set(roles).size).toBe(functions.length);
    expect(resources('AWS::IAM::Role').every(({ properties }) => !('ManagedPolicyArns' in properties))).toBe(
      true,
    );
  });
});

describe.each(functions.map((resource) => [stemOf(resource), resource] as const))('%s', (stem, resource) => {
  const { properties, ids } = resource;

  test('runs on Node 24 and arm64, for at most 30 seconds', () => {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: 30,
      Handler: `${stem}.handler`,
    });
  });

  test('writes JSON into a log group of its own', () => {
    expect(properties['LoggingConfig']).toMatchObject({
      LogFormat: 'JSON',
      LogGroup: `/aws/lambda/Stint-${stem}`,
    });
    expect(logGroups).toContain(`/aws/lambda/Stint-${stem}`);
  });

  test('has a name that Lambda takes, with the longest name that a stack can have', () => {
    expect(`${'S'.repeat(32)}-${stem}`.length).toBeLessThanOrEqual(64);
  });

  test('has a published version, which outlives its successor and goes with the function', () => {
    const versions = resources('AWS::Lambda::Version').filter(
      ({ properties: { FunctionName } }) => FunctionName === ids.ref,
    );
    expect(versions).toHaveLength(1);
    expect(template.Resources[versions[0]?.logicalId ?? '']).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });
});
