import { describe, expect, test } from '@jest/globals';
import { outsideJest } from '../bundling/outside-jest.ts';
import { templateOf } from '../synthesis.ts';

const { replacements } = await outsideJest<typeof import('./replaced-resources.ts')>(
  new URL('./replaced-resources.ts', import.meta.url),
);

/** Each function's description and version. */
const functionsOf = async (context: Readonly<Record<string, unknown>>) => {
  const { resources } = await templateOf(context);
  const versionOf = (name: string) =>
    resources('AWS::Lambda::Version').find(({ properties }) => properties['FunctionName'] === name)
      ?.logicalId;
  return new Map(
    resources('AWS::Lambda::Function').map(({ ids, properties }) => [
      ids.ref,
      { description: properties['Description'], version: versionOf(ids.ref) },
    ]),
  );
};

const replaced = await replacements({});

describe('a published version', () => {
  test('depends on resources of every kind that a function’s environment names', () => {
    const types = new Set(replaced.map(({ type }) => type));
    expect([...types]).toEqual(
      expect.arrayContaining([
        'AWS::EC2::SecurityGroup',
        'AWS::EC2::Subnet',
        'AWS::EC2::VPC',
        'AWS::SecretsManager::Secret',
        'AWS::KMS::Key',
        'AWS::IAM::Role',
        'AWS::SQS::Queue',
      ]),
    );
  });

  test.each(replaced.map((replacement) => [replacement.resource, replacement] as const))(
    'is published anew in each function that names %s when that is replaced',
    (_, { dependent, published }) => {
      expect(dependent).not.toEqual([]);
      expect(published).toEqual(dependent);
    },
  );

  test('is published by Lambda only when the function has changed, so its description changes too', async () => {
    const before = await functionsOf({});
    const after = await functionsOf({ zones: 2 });
    expect(after.get('Stint-rank-capacity-pools')).not.toEqual(before.get('Stint-rank-capacity-pools'));
    expect(after.get('Stint-refuse-request')).toEqual(before.get('Stint-refuse-request'));
  });
});
