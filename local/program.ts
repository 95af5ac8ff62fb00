import { denialText } from './aws/iam/denial.ts';
import { WorkerFunctions } from './aws/lambda/worker-functions.ts';
import { consoleSite } from './console/console-site.ts';
import { LogBook } from './console/log-book.ts';
import { controlSite } from './control/control.ts';
import { createLocalCloud, type LocalCloud } from './local-cloud.ts';
import type { StartOptions } from './options.ts';
import { createProgress } from './progress.ts';
import { newAccount } from './rations/cloud-rations.ts';
import type { Stack } from './template/stack.ts';
import type { TimeScale } from './time/scaled-time.ts';
import type { RecordedCall } from './wire/front-door.ts';
import type { HttpRequest } from './wire/http-exchange.ts';
import { type Site, startHttpServer } from './wire/http-server.ts';
import { wireSite } from './wire/wire-site.ts';

export interface Program {
  readonly url: string;
  readonly cloud: LocalCloud;
  /** Ends everything that the program started. */
  close(): Promise<void>;
}

/** Whatever no other site takes goes to API Gateway, as all that comes from outside does. */
const gatewaySite = ({ gateway }: LocalCloud): Site => ({
  takes: () => true,
  answer: (request) => gateway.request(request),
});

/** GitHub's delivery, over HTTP as from outside. */
const sendDelivery = async (url: string, { method, path, headers, body }: HttpRequest): Promise<number> => {
  const response = await fetch(`${url}${path}`, { method, headers, body: Buffer.from(body) });
  await response.arrayBuffer();
  return response.status;
};

const struck = ({ call, fault }: RecordedCall): string =>
  `${call.service} ${call.operation}: ${fault}, injected`;

/** Where it listens, and what a new account has unless told otherwise. */
export type ProgramOptions = Pick<StartOptions, 'port' | 'bootSeconds'> &
  Partial<Pick<StartOptions, 'isRationed' | 'lambdaConcurrency'>>;

/**
 * The stack on one machine: its bundles in workers, the fake cloud and the HTTP API on one port of the loopback
 * address. The clock must be the scaled one already. `print` gets a line for whatever happens.
 */
export const startProgram = async (
  stack: Stack,
  { port, bootSeconds, isRationed = true, lambdaConcurrency = newAccount.lambdaConcurrency }: ProgramOptions,
  timeScale: TimeScale,
  print: (line: string) => void,
): Promise<Program> => {
  const progress = createProgress(print);
  const logs = new LogBook();
  const sites: Site[] = [];
  const server = await startHttpServer(port, sites);
  const { region } = stack.place;
  const endpoints = { region, awsUrl: server.url, githubUrl: `${server.url}/github` };
  const cloud = await createLocalCloud({
    stack,
    bootSeconds: () => bootSeconds,
    webhook: { send: (request) => sendDelivery(server.url, request) },
    rations: {
      isEnforced: isRationed,
      lambdaConcurrency,
      pace: timeScale.speed === 1 ? 'real' : 'fast',
    },
    functions: (_, onCloudLog) =>
      new WorkerFunctions({
        functions: stack.functions,
        endpoints,
        timeScale,
        threads: lambdaConcurrency,
        onLog: (line) => {
          onCloudLog(line);
          logs.add(line);
          progress.logged(line.name, line.message);
        },
      }),
    watcher: {
      onStateEvent: progress.event,
      onCall: (recorded) => {
        if (recorded.fault !== undefined) progress.note(struck(recorded));
      },
      onDecision: (decision) => {
        if (!decision.isAllowed) progress.note(denialText(decision));
      },
      onDeadLetter: (queueArn, payload) =>
        progress.note(`dead letter in ${queueArn ?? 'no queue'}: ${JSON.stringify(payload)}`),
    },
  });
  sites.push(
    consoleSite(cloud, { speed: timeScale.speed, logs }),
    controlSite(cloud.control),
    wireSite(cloud.door),
    gatewaySite(cloud),
  );
  return {
    url: server.url,
    cloud,
    close: async () => {
      await server.close();
      await cloud.close();
    },
  };
};
