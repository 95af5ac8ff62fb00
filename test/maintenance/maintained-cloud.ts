import { inProcessFunctions } from '../../local/aws/lambda/in-process-functions.ts';
import { createLocalCloud, type LocalCloud } from '../../local/local-cloud.ts';
import type { RecordedCall } from '../../local/wire/front-door.ts';
import { inProcessHandler } from '../../local/wire/in-process-aws.ts';
import { inProcessFetch } from '../../local/wire/in-process-github.ts';
import type { Surroundings } from '../../maintenance/surroundings.ts';
import { projectConfig } from '../../maintenance/surroundings.ts';
import { synthesizedStack } from '../synthesized-stack.ts';
import { githubWitness } from '../witness/github-witness.ts';

/** The endpoint as the internet reaches it. */
const endpointFetch =
  ({ gateway }: LocalCloud): typeof globalThis.fetch =>
  async (input) => {
    const { pathname, host } = new URL(String(input));
    const { status, headers, body } = await gateway.request({
      method: 'GET',
      path: pathname,
      headers: { host },
      body: new Uint8Array(),
      sourceIp: '192.0.2.7',
    });
    return new Response(body as string, { status, headers });
  };

/** A maintainer's view of a cloud in this process: the same adapters as in life, and no socket. */
export const surroundingsIn = (
  cloud: LocalCloud,
  context: Readonly<Record<string, unknown>> = {},
): Surroundings => {
  const config = projectConfig(context);
  const { send } = cloud.door;
  return {
    config,
    aws: {
      region: config.region,
      credentials: { accessKeyId: 'local.maintainer', secretAccessKey: 'local' },
      endpoint: 'http://aws.local',
      requestHandler: inProcessHandler(send),
    },
    github: { fetch: inProcessFetch(send) },
    fetch: endpointFetch(cloud),
  };
};

/**
 * A deployed stack in real time, every call that reaches its cloud, and whether what was said to GitHub, and what it
 * answered, is GitHub's API.
 */
export const maintainedCloud = async (stack = synthesizedStack()) => {
  const calls: RecordedCall[] = [];
  const witness = githubWitness();
  const cloud = await createLocalCloud({
    stack,
    watcher: { onCall: (recorded) => calls.push(recorded), onExchange: witness.onExchange },
    functions: ({ send }) =>
      inProcessFunctions({
        functions: stack.functions,
        region: stack.place.region,
        send,
        onLog: () => undefined,
      }),
  });
  return { cloud, calls, requireAgreement: witness.requireAgreement };
};
