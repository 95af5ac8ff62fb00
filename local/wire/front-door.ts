import { type Decision, denialCode, denialText } from '../aws/iam/denial.ts';
import { notFoundAnswer } from '../aws/not-found.ts';
import { throttlingCode, throttlingText } from '../rations/aws-rations.ts';
import type { Fault, FaultPlan } from './faults.ts';
import type { CloudCall, CloudService, WireRequest, WireResponse } from './wire.ts';

/** A call as it went, for whoever watches. */
export interface RecordedCall {
  readonly call: CloudCall;
  /** The HTTP status of the answer; absent when the caller got none. */
  readonly status?: number;
  /** The error of the fault that struck. */
  readonly fault?: string;
}

/** What went over the wire, the request as the service itself gets it. */
export interface WireExchange {
  readonly call: CloudCall;
  readonly request: WireRequest;
  readonly response: WireResponse;
}

/** A call on its way, for whoever stands between the caller and the service. */
export interface InterceptedCall {
  readonly call: CloudCall;
  /** Lets the call have its effect. */
  perform(): Promise<WireResponse>;
  /** An error in the service's protocol; `code` is an error code, or an HTTP status as a string. */
  refuse(code: string): WireResponse;
  /** The answer as if nothing were there; `undefined` when the call asks for nothing that could be missing. */
  notFound(): WireResponse | undefined;
}

export interface FrontDoorOptions {
  readonly services: readonly CloudService[];
  /** The decision of IAM against a call; `undefined` when it is allowed. All is, unless told otherwise. */
  readonly denialOf?: (call: CloudCall) => Promise<Decision | undefined>;
  readonly faults: FaultPlan;
  /** Whether a call may go on by its service's rations; all may, unless told otherwise. */
  readonly mayGoOn?: (call: CloudCall) => boolean;
  /** Answers in the service's place: it can hold a call up, refuse it, or lose its answer. */
  readonly intercept?: ((intercepted: InterceptedCall) => Promise<WireResponse>) | undefined;
  readonly onCall?: ((recorded: RecordedCall) => void) | undefined;
  /** Told of every answer, also of one that is lost on its way. */
  readonly onExchange?: ((exchange: WireExchange) => void) | undefined;
}

/** The connection broke: the caller gets no answer. `code` is what Node gives, so that SDKs know it. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  readonly code = 'ECONNRESET';
}

interface Caller {
  readonly service: string;
  readonly caller: string;
}

const credentialPattern = /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/;

/** The caller's name and service in the scope of a Signature Version 4. */
const awsCaller = (authorization: string): Caller | undefined => {
  const [, key, service] = credentialPattern.exec(authorization) ?? [];
  if (key === undefined || service === undefined) return undefined;
  return { service, caller: key.replace(/^local\./, '') };
};

const githubPrefix = '/github';

type Addressed = Pick<WireRequest, 'path' | 'headers'>;

/** Where the stack's own API takes what GitHub delivers. */
const deliveredPath = `${githubPrefix}/webhook`;

const isGitHub = ({ path, headers }: Addressed): boolean =>
  headers['host'] === 'api.github.com' ||
  (path.startsWith(`${githubPrefix}/`) && path.split('?')[0] !== deliveredPath);

/** Whether a request is for the cloud's own wire, by its signature or by its path. */
export const isWireRequest = (request: Addressed): boolean =>
  isGitHub(request) || request.headers['authorization']?.startsWith('AWS4-HMAC-SHA256 ') === true;

/** The request as GitHub itself would get it, and the prefix for the links that it answers with. */
const withoutPrefix = (request: WireRequest): WireRequest =>
  request.path.startsWith(`${githubPrefix}/`)
    ? {
        ...request,
        path: request.path.slice(githubPrefix.length),
        headers: { ...request.headers, 'x-forwarded-prefix': githubPrefix },
      }
    : request;

const unrouted = (status: number, code: string, message: string): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ __type: code, message }),
});

/**
 * Where every request to the fake cloud comes in: it finds the service and the caller, asks IAM, keeps the
 * rations, lets the injected faults act, and records the call.
 */
export const createFrontDoor = (options: FrontDoorOptions) => {
  const { services, denialOf, faults, mayGoOn, intercept, onCall, onExchange } = options;
  const byName = new Map(services.map((service) => [service.name, service]));

  const strike = async (
    { error }: Fault,
    service: CloudService,
    call: CloudCall,
    request: WireRequest,
  ): Promise<WireResponse> => {
    const lost = error === 'ConnectionLost' || error === 'AnswerLost';
    if (error === 'AnswerLost') {
      const response = await service.perform(call, request);
      onExchange?.({ call, request, response });
    }
    onCall?.({ call, fault: error });
    if (lost) throw new ConnectionLost(`An injected fault: ${error}`);
    const response =
      error === 'NotFound'
        ? (notFoundAnswer(service, call) ?? (await service.perform(call, request)))
        : service.refuse(error, `An injected fault: ${error}`);
    onExchange?.({ call, request, response });
    return response;
  };

  const enter = async ({ service: name, caller }: Caller, request: WireRequest): Promise<WireResponse> => {
    const service = byName.get(name);
    if (service === undefined) return unrouted(400, 'UnknownService', `There is no service ${name} here.`);
    const read = service.read(request);
    if (read === undefined) return unrouted(404, 'UnknownOperation', `${name} does not know this request.`);
    const call: CloudCall = { service: name, caller, ...read };
    const seen = (response: WireResponse): WireResponse => {
      onExchange?.({ call, request, response });
      return response;
    };
    const denial = await denialOf?.(call);
    if (denial !== undefined) {
      const response = seen(service.refuse(denialCode(name), denialText(denial)));
      onCall?.({ call, status: response.status });
      return response;
    }
    if (mayGoOn?.(call) === false) {
      const response = seen(service.refuse(throttlingCode(name), throttlingText(name)));
      onCall?.({ call, status: response.status });
      return response;
    }
    const fault = faults.take(call, service.facts(call));
    if (fault !== undefined) return strike(fault, service, call, request);
    const perform = async (): Promise<WireResponse> => seen(await service.perform(call, request));
    const refuse = (code: string): WireResponse => seen(service.refuse(code, `An injected fault: ${code}`));
    const notFound = (): WireResponse | undefined => {
      const answer = notFoundAnswer(service, call);
      return answer === undefined ? undefined : seen(answer);
    };
    const intercepted = { call, perform, refuse, notFound };
    const response = await (intercept === undefined ? perform() : intercept(intercepted));
    onCall?.({ call, status: response.status });
    return response;
  };

  return {
    /** Answers a request; rejects with {@link ConnectionLost} when a fault takes the answer away. */
    send: async (request: WireRequest): Promise<WireResponse> => {
      if (isGitHub(request)) return enter({ service: 'github', caller: 'unknown' }, withoutPrefix(request));
      const caller = awsCaller(request.headers['authorization'] ?? '');
      return caller === undefined
        ? unrouted(403, 'MissingAuthenticationToken', 'The request has no signature that names a service.')
        : enter(caller, request);
    },
  };
};

export type FrontDoor = ReturnType<typeof createFrontDoor>;
