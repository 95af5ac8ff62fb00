import { describe, expect, test } from '@jest/globals';
import { requireAws } from '../../maintenance/require-aws.ts';

const unreachable = {
  region: 'us-east-2',
  endpoint: 'http://127.0.0.1:9',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
};

/** What the SDK throws when no provider has any. */
const without = async () => {
  throw Object.assign(new Error('Could not load credentials from any providers'), {
    name: 'CredentialsProviderError',
  });
};

describe('a command that needs AWS', () => {
  test('without credentials says how to log in', async () => {
    await expect(requireAws({ aws: { ...unreachable, credentials: without } })).rejects.toMatchObject({
      name: 'NothingThere',
      message: expect.stringMatching(/^AWS knows no credentials of yours, or they have expired\. Log in as/),
    });
  });

  test('without a network says that AWS does not answer', async () => {
    await expect(requireAws({ aws: unreachable })).rejects.toMatchObject({
      name: 'NothingThere',
      message: expect.stringMatching(
        /^AWS does not answer in us-east-2 \(.*ECONNREFUSED.*\)\. Check the network/,
      ),
    });
  });

  test('without the npm start that --local names says how to start it', async () => {
    const local = new URL('http://127.0.0.1:9');
    await expect(requireAws({ aws: unreachable, local })).rejects.toMatchObject({
      message: 'Nothing answers at http://127.0.0.1:9. Start it in another terminal: npm start',
    });
  });
});
