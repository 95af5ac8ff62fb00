import type { Throttle } from '../../template/stack-http-api.ts';
import { bareError } from '../../wire/bare-error.ts';
import type { CloudService, WireRequest, WireResponse } from '../../wire/wire.ts';
import type { Gateway } from './gateway.ts';

interface RouteSettings {
  readonly throttlingBurstLimit?: number;
  readonly throttlingRateLimit?: number;
}

const answer = (status: number, body: unknown, code?: string): WireResponse => ({
  status,
  headers: {
    'content-type': 'application/json',
    ...(code === undefined ? {} : { 'x-amzn-errortype': code }),
  },
  body: JSON.stringify(body),
});

const statuses: Readonly<Record<string, number>> = {
  NotFoundException: 404,
  AccessDeniedException: 403,
  TooManyRequestsException: 429,
};

const refuse = (code: string, message: string): WireResponse =>
  bareError(code) ?? answer(statuses[code] ?? 400, { message }, code);

const settingsOf = (throttle: Throttle | undefined): RouteSettings =>
  throttle === undefined
    ? {}
    : { throttlingBurstLimit: throttle.burst, throttlingRateLimit: throttle.ratePerSecond };

const throttleOf = ({ throttlingBurstLimit = 0, throttlingRateLimit = 0 }: RouteSettings): Throttle => ({
  burst: throttlingBurstLimit,
  ratePerSecond: throttlingRateLimit,
});

const stage = ({ throttling, stageName }: Gateway) => ({
  stageName,
  defaultRouteSettings: settingsOf(throttling.ofStage),
  routeSettings: Object.fromEntries(
    [...throttling.ofRoutes].map(([routeKey, throttle]) => [routeKey, settingsOf(throttle)]),
  ),
});

/** Settings that a request names are replaced, the others stay. A limit that is left out of them is zero. */
const update = (gateway: Gateway, body: string): void => {
  const { defaultRouteSettings, routeSettings = {} } = JSON.parse(body || '{}') as {
    defaultRouteSettings?: RouteSettings;
    routeSettings?: Readonly<Record<string, RouteSettings>>;
  };
  const { throttling } = gateway;
  const named = Object.entries(routeSettings).map(([key, settings]) => [key, throttleOf(settings)] as const);
  const ofStage = defaultRouteSettings === undefined ? throttling.ofStage : throttleOf(defaultRouteSettings);
  gateway.throttle({
    ofRoutes: new Map([...throttling.ofRoutes, ...named]),
    ...(ofStage === undefined ? {} : { ofStage }),
  });
};

const operations: Readonly<Record<string, string>> = { GET: 'GetStage', PATCH: 'UpdateStage' };

/** API Gateway's own API over the gateway: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html */
export const apiGatewayService = (gateway: Gateway): CloudService => ({
  name: 'apigateway',
  refuse,
  facts: () => ({}),
  read: ({ method, path }: WireRequest) => {
    const [, apiId, stageName] = /^\/v2\/apis\/([^/]+)\/stages\/([^/?]+)/.exec(path) ?? [];
    const operation = operations[method];
    if (apiId === undefined || stageName === undefined || operation === undefined) return undefined;
    return { operation, parameters: { apiId, stageName: decodeURIComponent(stageName) } };
  },
  perform: ({ operation, parameters }, { body }) => {
    const { apiId, stageName } = parameters;
    if (gateway.isRemoved || apiId !== gateway.apiId || stageName !== gateway.stageName)
      return refuse('NotFoundException', 'Invalid stage identifier specified');
    if (operation === 'UpdateStage') update(gateway, body);
    return answer(200, stage(gateway));
  },
});
