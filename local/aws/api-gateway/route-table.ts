import type { StackRoute } from '../../template/stack-http-api.ts';

export interface MatchedRoute {
  readonly route: StackRoute;
  readonly pathParameters: Readonly<Record<string, string>>;
}

const segmentsOf = (path: string): readonly string[] => path.split('/').slice(1);

const parameterName = (segment: string): string | undefined => /^\{(\w+)\}$/.exec(segment)?.[1];

/** The path parameters if the path fits the pattern, segment by segment. */
const parametersOf = (pattern: string, path: string): Readonly<Record<string, string>> | undefined => {
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(path);
  if (wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = parameterName(segment);
    if (name === undefined ? segment !== value : value === '') return undefined;
    if (name !== undefined) parameters[name] = value;
  }
  return parameters;
};

const matchOf = (route: StackRoute, method: string, path: string): MatchedRoute | undefined => {
  const [routeMethod, pattern = ''] = route.routeKey.split(' ');
  if (routeMethod !== method && routeMethod !== 'ANY') return undefined;
  const pathParameters = parametersOf(pattern, path);
  return pathParameters === undefined ? undefined : { route, pathParameters };
};

/** The most specific match comes first: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
const bySpecificity = (a: MatchedRoute, b: MatchedRoute): number =>
  Number(a.route.routeKey.startsWith('ANY')) - Number(b.route.routeKey.startsWith('ANY')) ||
  Object.keys(a.pathParameters).length - Object.keys(b.pathParameters).length;

/** The route that takes a request: one that fits method and path, else `$default`, else none. */
export const matchRoute = (
  routes: readonly StackRoute[],
  method: string,
  path: string,
): MatchedRoute | undefined => {
  const matches = routes.flatMap((route) => matchOf(route, method, path) ?? []).toSorted(bySpecificity);
  const fallback = routes.find(({ routeKey }) => routeKey === '$default');
  return matches[0] ?? (fallback === undefined ? undefined : { route: fallback, pathParameters: {} });
};
