import { randomBytes } from 'node:crypto';
import type { ControlledJob } from '../../local/control/controlled-cloud.ts';
import type { JobSnapshot, Snapshot } from '../../local/control/snapshot.ts';
import { tokenCredential } from '../../local/github/deployed-credential.ts';
import { createSimulation, type SimulationOptions } from '../../local/simulation.ts';
import type { Fault } from '../../local/wire/faults.ts';
import type { WireExchange } from '../../local/wire/front-door.ts';
import { synthesizedStack } from '../synthesized-stack.ts';
import { Canaries, requireNoLeak } from '../witness/canaries.ts';
import { githubWitness } from '../witness/github-witness.ts';
import { apiSettingsOf, ownWitness } from '../witness/own-openapi.ts';
import { permissionsWitness } from '../witness/permissions-witness.ts';
import { withCanaries } from '../witness/watched-simulation.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface RunnerStatus {
  readonly name: string;
  readonly status: string;
  readonly [field: string]: unknown;
}

const liveStates = ['pending', 'running', 'stopping', 'stopped'];

/** A minute more than any request can take: API Gateway gives a function 30 seconds. */
const answerSeconds = 90;

const isAtRest = ({ instances, registrations, schedules, executions }: Snapshot): boolean =>
  instances.every(({ state }) => state === 'terminated') &&
  registrations.length === 0 &&
  schedules.length === 0 &&
  executions.every(({ status }) => status !== 'RUNNING');

const describe = (snapshot: Snapshot): string =>
  JSON.stringify({
    ...snapshot,
    executions: snapshot.executions.filter(({ status }) => status === 'RUNNING'),
  });

/** Every answer that the worlds of a test file have given: `GET /runners/{label} 200 application/json`. */
export const answersSeen = new Set<string>();

/** The deployed stack in virtual time, and what its callers, its operators and its users do with it. */
export const createWorld = async ({
  stack = synthesizedStack(),
  ...options
}: Partial<Omit<SimulationOptions, 'start'>> = {}) => {
  const witness = githubWitness();
  const own = ownWitness(apiSettingsOf(stack), answersSeen);
  const permissions = permissionsWitness(options.watcher?.onDecision);
  const canaries = new Canaries();
  const token = randomBytes(30).toString('base64url');
  const watched = {
    credential: tokenCredential(token),
    ...options,
    watcher: {
      ...options.watcher,
      onExchange: (exchange: WireExchange) => {
        witness.onExchange(exchange);
        options.watcher?.onExchange?.(exchange);
      },
      onDecision: permissions.onDecision,
    },
    stack,
    start: new Date('2026-03-01T10:00:00Z'),
  };
  const { cloud, time, end } = await createSimulation(withCanaries(watched, canaries));

  const request = async (
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    let answer: Answer | undefined;
    const answering = cloud.gateway
      .request({
        method,
        path,
        headers: { host: 'stint.example', 'content-type': 'application/json', ...headers },
        body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
        sourceIp: '192.0.2.1',
      })
      .then(({ status, headers: answered, body: text }) => {
        answer = { status, headers: answered, body: JSON.parse(String(text)) };
        own.onExchange({ method, path, ...(body === undefined ? {} : { requestBody: body }), ...answer });
        return answer;
      });
    await time.advanceUntil(() => answer !== undefined, answerSeconds);
    return answering;
  };

  const state = (): Snapshot => cloud.control.snapshot();

  const until = async (condition: () => boolean, limitSeconds: number): Promise<void> => {
    try {
      await time.advanceUntil(condition, limitSeconds);
    } catch (error) {
      throw new Error(`Not within ${limitSeconds} seconds: ${describe(state())}`, { cause: error });
    }
  };

  const status = async (label: string): Promise<{ readonly runners: readonly RunnerStatus[] }> => {
    const { body } = await request('GET', `/runners/${label}`);
    return body as never;
  };

  /** Asks every five seconds, as a workflow does. */
  const untilStatus = async (label: string, wanted: string, limitSeconds: number): Promise<void> => {
    const limit = Date.now() + limitSeconds * 1_000;
    let last: unknown;
    while (Date.now() <= limit) {
      const { runners } = await status(label);
      last = runners;
      if (runners.every((runner) => runner.status === wanted)) return;
      await time.advance(5);
    }
    throw new Error(`Not ${wanted} within ${limitSeconds} seconds: ${JSON.stringify(last)}`);
  };

  const job = (id: number): JobSnapshot => {
    const found = state().jobs.find((known) => known.id === id);
    if (found === undefined) throw new Error(`There is no job ${id}`);
    return found;
  };

  const stop = (name: string): void => {
    const execution = cloud.executions.all.find((known) => known.name === name);
    if (execution === undefined) throw new Error(`There is no execution ${name}`);
    cloud.executions.stop(execution.arn);
  };

  return {
    cloud,
    /** The deployment's own at GitHub, unless the world was given another credential. */
    token,
    request,
    post: (body: object) => request('POST', '/runners', body),
    status,
    untilStatus,
    state,
    until,
    untilNothingIsLeft: (limitSeconds: number) => until(() => isAtRest(state()), limitSeconds),
    advance: (seconds: number) => time.advance(seconds),
    liveInstances: () => state().instances.filter((instance) => liveStates.includes(instance.state)),
    queueJob: (queued: Omit<ControlledJob, 'runId'> & { readonly runId?: number }): number =>
      cloud.control.queueJob({ runId: 1001, ...queued }).id,
    job,
    fault: (fault: Fault): void => cloud.control.addFault(fault),
    stop,
    /** Ends the world. Throws when something on the wire was not what it has to be, was refused by IAM, or told a secret. */
    end: async (): Promise<void> => {
      canaries.remains(cloud);
      await end();
      witness.requireAgreement();
      own.requireAgreement();
      permissions.requireNoDenial();
      requireNoLeak(canaries);
    },
  };
};

export type World = Awaited<ReturnType<typeof createWorld>>;
