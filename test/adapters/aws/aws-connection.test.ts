import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type AwsConnection, clientConfiguration } from '../../../functions/adapters/aws/aws-connection.ts';
import { ec2Images } from '../../../functions/adapters/aws/ec2-images.ts';
import { AwsUnavailable } from '../../../functions/domain/errors.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

const basic: AwsConnection = {
  region: 'us-east-2',
  credentials: { accessKeyId: 'local.Test', secretAccessKey: 'none' },
};

/** A server that takes requests, and answers the n-th, counted from 1, as it is told. */
const serve = async (
  answer: (n: number, response: ServerResponse) => void,
): Promise<{ url: string; count: () => number }> => {
  let count = 0;
  server = createServer((_, response) => {
    count += 1;
    answer(count, response);
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, count: () => count };
};

/** The limits that Lambda's clients have, with less patience. */
const impatient = (endpoint: string): AwsConnection => ({
  ...basic,
  endpoint,
  requestHandler: { ...clientConfiguration(basic).requestHandler, requestTimeout: 100 },
});

describe('the clients', () => {
  test('try a request twice, connect within three seconds and are answered within eight', () => {
    expect(clientConfiguration(basic)).toMatchObject({
      maxAttempts: 2,
      requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000 },
    });
  });

  test('keep to AWS where nothing else is said', () => {
    expect(clientConfiguration(basic)).not.toHaveProperty('endpoint');
  });

  test('give up a request that hangs, twice, and call it unavailable', async () => {
    const { url, count } = await serve(() => undefined);

    await expect(ec2Images(impatient(url)).images('x86_64')).rejects.toThrow(AwsUnavailable);
    expect(count()).toBe(2);
  });

  test('are content when the second try is answered', async () => {
    const { url } = await serve((n, response) => {
      if (n > 1) response.end('<DescribeImagesResponse></DescribeImagesResponse>');
    });

    await expect(ec2Images(impatient(url)).images('x86_64')).resolves.toEqual([]);
  });

  test('do not take a list that breaks off for an empty one', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/xml', 'content-length': '900' });
      response.write('<DescribeImagesResponse><imagesSet>');
      setTimeout(() => response.destroy(), 20);
    });

    await expect(ec2Images(impatient(url)).images('x86_64')).rejects.toThrow(AwsUnavailable);
  });

  test('call a port on which nobody listens unavailable', async () => {
    const { url } = await serve(() => undefined);
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;

    await expect(ec2Images(impatient(url)).images('x86_64')).rejects.toThrow(AwsUnavailable);
  });
});
