import { describe, expect, test } from '@jest/globals';
import { outsideJest } from './outside-jest.ts';

const { build, newerVersion } = await outsideJest<typeof import('./built.ts')>(
  new URL('./built.ts', import.meta.url),
);
const { withoutUnusedParts } = await outsideJest<
  typeof import('../../../infra/bundling/without-unused-parts.ts')
>(new URL('../../../infra/bundling/without-unused-parts.ts', import.meta.url));

const entry = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
export const read = (configuration) => new DynamoDBClient(configuration).send(new GetItemCommand({}));
`;

const unused = /\/(event-streams|middleware-endpoint-discovery|mnemonist)\//;

describe('a bundle without unused parts', () => {
  test('has nothing of them, which are there otherwise', async () => {
    const [without, withThem] = await Promise.all([build(entry, ...withoutUnusedParts()), build(entry)]);
    expect(without.modules.filter((id) => unused.test(id))).toEqual([]);
    expect(withThem.modules.filter((id) => unused.test(id)).length).toBeGreaterThan(10);
  });

  test('is not built when the SDK loads them from elsewhere', async () => {
    const newer = newerVersion('/HttpProtocol.js', '@smithy/core/event-streams', '../event-streams/index.js');
    await expect(build(entry, ...withoutUnusedParts(), newer)).rejects.toThrow(/though .* was replaced/);
  });
});
