import { describe, expect, test } from '@jest/globals';
import { outsideJest } from './outside-jest.ts';

const { build, newerVersion } = await outsideJest<typeof import('./built.ts')>(
  new URL('./built.ts', import.meta.url),
);
const { withoutEndpointDiscovery } = await outsideJest<
  typeof import('../../../infra/bundling/without-endpoint-discovery.ts')
>(new URL('../../../infra/bundling/without-endpoint-discovery.ts', import.meta.url));

const entry = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
export const read = (configuration) => new DynamoDBClient(configuration).send(new GetItemCommand({}));
`;

describe('a bundle without endpoint discovery', () => {
  test('has nothing of it, which is there otherwise', async () => {
    const [without, withIt] = await Promise.all([build(entry, ...withoutEndpointDiscovery()), build(entry)]);
    expect(without.code).not.toContain('DescribeEndpoints"');
    expect(without.modules.filter((id) => id.includes('endpoint-discovery/'))).toEqual([]);
    expect(withIt.modules.filter((id) => id.includes('endpoint-discovery/')).length).toBeGreaterThan(1);
  });

  test('is not built when the SDK loads it from elsewhere', async () => {
    const newer = newerVersion(
      '/client-dynamodb/dist-es/DynamoDBClient.js',
      './commands/DescribeEndpointsCommand',
      './commands/DescribeEndpointsCommand.js',
    );
    await expect(build(entry, ...withoutEndpointDiscovery(), newer)).rejects.toThrow(
      /DescribeEndpointsCommand was not replaced/,
    );
  });
});
