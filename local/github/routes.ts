import type { WireRequest, WireResponse } from '../wire/wire.ts';
import { downloads, runnerBody } from './bodies.ts';
import { json, problem } from './github-answer.ts';
import { githubPage } from './paging.ts';
import { type Answer, type Asked, groupOf, type Route, type RouteWorld, route } from './route.ts';
import { runRoutes } from './run-routes.ts';
import type { FakeRunner } from './runners.ts';

/** https://docs.github.com/rest/authentication/permissions-required-for-github-apps */
const runners =
  (level: 'read' | 'write') =>
  (path: string): readonly [string, string] =>
    path.startsWith('/orgs/') ? ['organization_self_hosted_runners', level] : ['administration', level];

const withRunner =
  (answer: (runner: FakeRunner, world: RouteWorld) => WireResponse): Answer =>
  (world, { parameters }) => {
    const runner = world.github.runner(Number(parameters[0]));
    return runner === undefined ? problem(404, 'Not Found') : answer(runner, world);
  };

/** At most 64 characters and no path or white space in a name; 1 to 100 labels of at most 256 characters. */
const isJitRequest = ({ name, runner_group_id, labels }: Asked['body']): boolean =>
  typeof name === 'string' &&
  /^[\w.-]{1,64}$/.test(name) &&
  typeof runner_group_id === 'number' &&
  Array.isArray(labels) &&
  labels.length >= 1 &&
  labels.length <= 100 &&
  labels.every((label) => typeof label === 'string' && label.length >= 1 && label.length <= 256);

const generateJitConfig: Answer = ({ github, runnerGroupIds }, { body }) => {
  if (!isJitRequest(body)) return problem(422, 'Invalid request.');
  const groupId = Number(body['runner_group_id']);
  if (!runnerGroupIds.includes(groupId)) return problem(404, 'Not Found');
  const name = String(body['name']);
  const made = github.register(name, (body['labels'] as readonly unknown[]).map(String));
  if (made === undefined)
    return problem(409, `Already exists - A runner with the name *${name}* already exists.`);
  return json(201, { runner: runnerBody(made.runner, groupId), encoded_jit_config: made.config });
};

const listRunners: Answer = (world, { url }) => {
  const name = url.searchParams.get('name');
  const found = world.github.listed.filter((runner) => name === null || runner.name === name);
  const { items, headers } = githubPage(found, url);
  const shown = items.map((runner) => runnerBody(runner, groupOf(world)));
  return json(200, { total_count: found.length, runners: shown }, headers);
};

/** GitHub refuses while it takes the runner for busy, which it is told late. */
const deleteRunner = withRunner((runner, { github }) =>
  github.delete(runner) === 'busy'
    ? problem(422, `Bad request - Runner "${runner.name}" is still running a job"`)
    : json(204, undefined),
);

/** The labels of a JIT configuration are custom ones: none remains. */
const removeLabels = withRunner((runner) => {
  runner.labels = [];
  return json(200, { total_count: 0, labels: [] });
});

const target = String.raw`\/(?:orgs\/[^/]+|repos\/[^/]+\/[^/]+)\/actions\/runners`;
/** The endpoints of https://docs.github.com/rest/actions that are simulated. */
export const githubRoutes: readonly Route[] = [
  route('POST', `${target}\\/generate-jitconfig`, 'GenerateJitConfig', runners('write'), generateJitConfig),
  route('GET', `${target}\\/downloads`, 'ListDownloads', runners('read'), () => json(200, downloads)),
  route(
    'GET',
    `${target}\\/(\\d+)`,
    'GetRunner',
    runners('read'),
    withRunner((runner, world) => json(200, runnerBody(runner, groupOf(world)))),
  ),
  route('DELETE', `${target}\\/(\\d+)`, 'DeleteRunner', runners('write'), deleteRunner),
  route('DELETE', `${target}\\/(\\d+)\\/labels`, 'RemoveLabels', runners('write'), removeLabels),
  route('GET', target, 'ListRunners', runners('read'), listRunners),
  ...runRoutes,
];

/** The route of a request and its parameters; `undefined` when nothing is simulated there. */
export const findRoute = (
  { method }: Pick<WireRequest, 'method'>,
  pathname: string,
): { readonly route: Route; readonly parameters: readonly string[] } | undefined => {
  for (const candidate of githubRoutes) {
    const match = candidate.method === method ? candidate.pattern.exec(pathname) : null;
    if (match !== null) return { route: candidate, parameters: match.slice(1) };
  }
  return undefined;
};
