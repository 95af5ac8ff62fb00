import { Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  HttpApi,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { functionName } from '../../statemachine/definitions.ts';
import type { Config } from '../config.ts';
import type { Functions } from './functions.ts';
import { logGroup } from './log-group.ts';

/** The routes and the files of their functions. `$default` has whatever no other takes. */
export const routeFunctions = {
  'POST /': 'request-runners',
  'POST /runners': 'request-runners',
  'GET /runners/{label}': 'show-runners',
  'POST /github/webhook': 'receive-webhook',
  'GET /openapi.json': 'describe-api',
  $default: 'refuse-request',
} as const;

type RouteKey = keyof typeof routeFunctions;

/** The routes that the stack has functions for. */
const routesOf = (functions: Functions): readonly (readonly [RouteKey, string])[] =>
  Object.entries(routeFunctions)
    .map(([key, stem]) => [key as RouteKey, stem] as const)
    .filter(([, stem]) => functions.has(stem));

interface Throttle {
  readonly ThrottlingBurstLimit: number;
  readonly ThrottlingRateLimit: number;
}

type Limits = Pick<Config, 'requestBurst' | 'requestsPerSecond'>;

/**
 * API Gateway counts each route by itself, so the limits are shared out: the two creating routes have half of
 * them each (docs/adr/0008).
 */
const throttles = ({ requestBurst, requestsPerSecond }: Limits): Readonly<Record<RouteKey, Throttle>> => {
  const half = {
    ThrottlingBurstLimit: Math.floor(requestBurst / 2),
    ThrottlingRateLimit: requestsPerSecond / 2,
  };
  return {
    'POST /': half,
    'POST /runners': half,
    'GET /runners/{label}': { ...half, ThrottlingRateLimit: requestsPerSecond },
    // A job makes three deliveries. One that is refused is asked for again, and the queue look does without.
    'POST /github/webhook': { ThrottlingBurstLimit: 2, ThrottlingRateLimit: requestsPerSecond / 2 },
    // A document that never changes is read seldom, and must not take what runners need.
    'GET /openapi.json': { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 1 },
    $default: half,
  };
};

/** Nothing that a caller can fill at will, such as a path or a user agent, but the address that it came from. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify(
    Object.fromEntries(
      [
        'requestId',
        'requestTime',
        'routeKey',
        'status',
        'responseLength',
        'responseLatency',
        'integrationStatus',
        'integrationErrorMessage',
      ]
        .map((name) => [name, `$context.${name}`])
        .concat([['sourceIp', '$context.identity.sourceIp']]),
    ),
  ),
);

export interface StintHttpApiProps extends Limits {
  readonly functions: Functions;
}

/** The public endpoint, with no authorizer: that a workflow needs no secret is what it is for. */
export class StintHttpApi extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;

  constructor(scope: Construct, id: string, { functions, ...limits }: StintHttpApiProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    this.api = new HttpApi(this, 'Api', { apiName: stackName, createDefaultStage: false });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup(this, 'Logs', `/aws/vendedlogs/apis/${stackName}`)),
        format: accessLogFormat,
      },
    });
    const made = this.#routes(functions);
    this.#throttle(limits, routesOf(functions));
    // A stage can set limits only for routes that exist.
    this.stage.node.addDependency(...made);
  }

  #routes(functions: Functions): readonly HttpRoute[] {
    const routes = routesOf(functions);
    const integrations = new Map(
      [...new Set(routes.map(([, stem]) => stem))].map((stem) => [
        stem,
        new HttpLambdaIntegration(functionName(stem), functions.of(stem).live),
      ]),
    );
    return routes.map(([routeKey, stem]) => {
      const integration = integrations.get(stem);
      if (integration === undefined) throw new Error(`${stem} has no integration`);
      const [method, path] = routeKey.split(' ');
      return new HttpRoute(this, routeKey, {
        httpApi: this.api,
        routeKey: path === undefined ? HttpRouteKey.DEFAULT : HttpRouteKey.with(path, method as never),
        integration,
      });
    });
  }

  #throttle(limits: Limits, routes: readonly (readonly [RouteKey, string])[]): void {
    const { $default, ...others } = throttles(limits);
    const there = new Set<string>(routes.map(([key]) => key));
    const stage = this.stage.node.defaultChild as CfnStage;
    stage.defaultRouteSettings = {
      throttlingBurstLimit: $default.ThrottlingBurstLimit,
      throttlingRateLimit: $default.ThrottlingRateLimit,
    };
    stage.routeSettings = Object.fromEntries(Object.entries(others).filter(([key]) => there.has(key)));
  }
}
