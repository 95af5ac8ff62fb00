import { TokenBucket } from '../../rations/token-bucket.ts';
import type { StackHttpApi, StackRoute } from '../../template/stack-http-api.ts';
import { type HttpRequest, type HttpResponse, jsonResponse } from '../../wire/http-exchange.ts';
import type { InvocationResult } from '../lambda/function-invoker.ts';
import { tooManyRequests } from '../lambda/limited-invoker.ts';
import { proxyEvent } from './proxy-event.ts';
import { proxyResponse } from './proxy-response.ts';
import { matchRoute } from './route-table.ts';
import { type StageThrottling, throttleOfRoute, throttlingOf } from './stage-throttling.ts';

/** The largest body that API Gateway takes: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const maximumPayloadBytes = 10 * 1024 * 1024;

const refusal = (status: number, message: string): HttpResponse => jsonResponse(status, { message });

/** A function that is late and one that Lambda throttles are not there; one that fails is the API's own error. */
const unavailable: readonly string[] = ['Sandbox.Timedout', tooManyRequests];

/** HTTP APIs route the decoded path, without what a decoded question mark cuts off; `undefined` when malformed. */
const decodedPath = (path: string): string | undefined => {
  try {
    const [encoded = ''] = path.split('?');
    return decodeURIComponent(encoded).split('?')[0];
  } catch {
    return undefined;
  }
};

/** What runs the function behind a route. */
export interface RouteInvoker {
  invoke(functionReference: string, event: unknown, routeKey: string): Promise<InvocationResult>;
}

/** Amazon API Gateway as the stack's HTTP API uses it. */
export class Gateway {
  readonly #api: StackHttpApi;
  readonly #invoker: RouteInvoker;
  #throttling: StageThrottling;
  #buckets: ReadonlyMap<StackRoute, TokenBucket>;
  #isRemoved = false;

  constructor(api: StackHttpApi, invoker: RouteInvoker) {
    this.#api = api;
    this.#invoker = invoker;
    this.#throttling = throttlingOf(api.routes);
    this.#buckets = this.#bucketsFor(this.#throttling);
  }

  get apiId(): string {
    return this.#api.apiId;
  }

  get stageName(): string {
    return this.#api.stageName;
  }

  get throttling(): StageThrottling {
    return this.#throttling;
  }

  get isRemoved(): boolean {
    return this.#isRemoved;
  }

  /** Changes the stage's limits; every route begins with a full bucket. */
  throttle(throttling: StageThrottling): void {
    this.#throttling = throttling;
    this.#buckets = this.#bucketsFor(throttling);
  }

  /** The API is no more. */
  remove(): void {
    this.#isRemoved = true;
  }

  /** Answers a request by the function behind its route, or by API Gateway's own refusals. */
  async request(request: HttpRequest): Promise<HttpResponse> {
    if (this.#isRemoved) return refusal(403, 'Forbidden');
    if (request.body.length > maximumPayloadBytes) return refusal(413, 'Request Entity Too Large');
    const path = decodedPath(request.path);
    if (path === undefined) return refusal(400, 'Bad Request');
    const match = matchRoute(this.#api.routes, request.method, path);
    if (match === undefined) return refusal(404, 'Not Found');
    if (this.#buckets.get(match.route)?.take() === false) return refusal(429, 'Too Many Requests');
    const event = proxyEvent(this.#api, match, request, path);
    const { functionReference, routeKey } = match.route;
    const result = await this.#invoker.invoke(functionReference, event, routeKey);
    if (result.ok) return proxyResponse(result.payload);
    return unavailable.includes(result.errorType)
      ? refusal(503, 'Service Unavailable')
      : refusal(500, 'Internal Server Error');
  }

  #bucketsFor(throttling: StageThrottling): ReadonlyMap<StackRoute, TokenBucket> {
    return new Map(
      this.#api.routes.flatMap((route) => {
        const throttle = throttleOfRoute(throttling, route.routeKey);
        if (throttle === undefined) return [];
        const { burst: size, ratePerSecond: refillPerSecond } = throttle;
        return [[route, new TokenBucket({ size, refillPerSecond })]];
      }),
    );
  }
}
