import { describe, expect, test } from '@jest/globals';
import { outsideJest } from './outside-jest.ts';

const { build, newerVersion } = await outsideJest<typeof import('./built.ts')>(
  new URL('./built.ts', import.meta.url),
);
const { withoutEventStreams } = await outsideJest<
  typeof import('../../../infra/bundling/without-event-streams.ts')
>(new URL('../../../infra/bundling/without-event-streams.ts', import.meta.url));

const entry = `
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
export const decrypt = (configuration) => new KMSClient(configuration).send(new DecryptCommand({}));
`;

const eventStreams = /\/event-streams\//;

describe('a bundle without event streams', () => {
  test('has nothing of them, which are there otherwise', async () => {
    const [without, withThem] = await Promise.all([build(entry, withoutEventStreams()), build(entry)]);
    expect(without.modules.filter((id) => eventStreams.test(id))).toEqual([]);
    expect(withThem.modules.filter((id) => eventStreams.test(id)).length).toBeGreaterThan(10);
  });

  test('is not built when the SDK loads them from elsewhere', async () => {
    const newer = newerVersion('/HttpProtocol.js', '@smithy/core/event-streams', '../event-streams/index.js');
    await expect(build(entry, withoutEventStreams(), newer)).rejects.toThrow(
      /event-streams was not replaced/,
    );
  });
});
