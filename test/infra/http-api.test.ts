import { describe, expect, test } from '@jest/globals';
import { apiRoutes as domainRoutes } from '../../functions/domain/api/routes.ts';
import { synthesizedStack, verifiedStack } from '../synthesized-stack.ts';
import { defaultTemplate } from './template.ts';

const { resources, one } = defaultTemplate();
const { httpApi } = synthesizedStack();
const stage = one('AWS::ApiGatewayV2::Stage').properties;

const functionOf = (routeKey: string): string =>
  httpApi.routes.find((route) => route.routeKey === routeKey)?.functionReference ?? '';

describe('the HTTP API', () => {
  test('has the apiRoutes that the refusals tell of, and one for whatever they do not take', () => {
    expect(httpApi.routes.map(({ routeKey }) => routeKey).sort()).toEqual(
      ['$default', ...domainRoutes.map(({ method, path }) => `${method} ${path}`)].sort(),
    );
  });

  test.each([
    ['POST /', 'request-runners'],
    ['POST /runners', 'request-runners'],
    ['GET /runners/{label}', 'show-runners'],
    ['GET /openapi.json', 'describe-api'],
    ['$default', 'refuse-request'],
  ])('hands %s to the alias of %s', (routeKey, stem) => {
    expect(functionOf(routeKey)).toBe(`arn:aws:lambda:us-east-2:000000000000:function:Stint-${stem}:live`);
  });

  test('may invoke exactly these aliases, each for its own route', () => {
    const permissions = resources('AWS::Lambda::Permission')
      .map(({ properties }) => properties)
      .filter(({ Principal }) => Principal === 'apigateway.amazonaws.com');
    const api = `arn:aws:execute-api:us-east-2:000000000000:${httpApi.apiId}`;
    expect(permissions.map(({ SourceArn, FunctionName }) => [SourceArn, FunctionName]).sort()).toEqual(
      [
        [`${api}/*/*`, functionOf('$default')],
        [`${api}/*/*/`, functionOf('POST /')],
        [
          `${api}/*/*/github/webhook`,
          'arn:aws:lambda:us-east-2:000000000000:function:Stint-receive-webhook:live',
        ],
        [`${api}/*/*/openapi.json`, functionOf('GET /openapi.json')],
        [`${api}/*/*/runners`, functionOf('POST /runners')],
        [`${api}/*/*/runners/{label}`, functionOf('GET /runners/{label}')],
      ].sort(),
    );
  });

  test('throttles every route, those that start runners below half of a new account’s concurrency', () => {
    const bursts = new Map(httpApi.routes.map(({ routeKey, throttle }) => [routeKey, throttle?.burst]));
    expect([...bursts.values()]).not.toContain(undefined);
    expect((bursts.get('POST /') ?? 0) + (bursts.get('POST /runners') ?? 0)).toBeLessThan(5);
    const all = [...bursts.values()].reduce<number>((sum, burst) => sum + (burst ?? 0), 0);
    expect(all).toBeLessThan(10);
    // What is forged, or takes no route, is done in milliseconds.
    const ofVerified = verifiedStack().httpApi.routes.filter(({ routeKey }) => routeKey !== '$default');
    const others = ofVerified.reduce((sum, { throttle }) => sum + (throttle?.burst ?? 0), 0);
    expect(others).toBeLessThan(10);
  });

  test('logs each request as JSON, with nothing in it that a caller can write at will', () => {
    const { DestinationArn, Format } = stage['AccessLogSettings'] as Readonly<Record<string, string>>;
    expect(DestinationArn).toContain('/aws/vendedlogs/apis/Stint');
    const logged = JSON.parse(Format ?? '') as Readonly<Record<string, string>>;
    expect(Object.keys(logged)).toEqual(
      expect.arrayContaining(['requestId', 'routeKey', 'status', 'sourceIp', 'integrationErrorMessage']),
    );
    expect(Format).not.toMatch(/userAgent|\.path\b|authorizer|domainName/);
  });

  test('deploys itself into its one stage, which has no name in the URL', () => {
    expect(stage).toMatchObject({ StageName: '$default', AutoDeploy: true });
  });
});
