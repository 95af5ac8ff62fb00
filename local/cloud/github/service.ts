import type { CloudService, WireRequest, WireResponse } from '../wire.ts';
import type { GitHub } from './hub.ts';
import type { FakeJob, FakeRun, FakeRunner } from './runners.ts';

export interface GitHubServiceOptions {
  readonly github: GitHub;
  /** Tokens that GitHub takes. An App's installation token is made by it and taken too. */
  readonly tokens: ReadonlySet<string>;
  /** The runner groups that the credential may use. */
  readonly runnerGroupIds: readonly number[];
}

const json = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: body === undefined ? '' : JSON.stringify(body),
});

const problem = (status: number, message: string): WireResponse =>
  json(status, { message, documentation_url: 'https://docs.github.com/rest', status: String(status) });

const labelsOf = ({ labels }: FakeRunner) =>
  labels.map((name, index) => ({ id: index + 1, name, type: 'custom' }));

const runnerJson = (runner: FakeRunner, groupId: number) => ({
  id: runner.id,
  runner_group_id: groupId,
  name: runner.name,
  os: 'linux',
  status: runner.isOnline ? 'online' : 'offline',
  busy: runner.isShownBusy,
  ephemeral: true,
  labels: labelsOf(runner),
});

const jobJson = (job: FakeJob, runner: FakeRunner | undefined) => ({
  id: job.id,
  run_id: job.runId,
  status: job.status,
  conclusion: job.conclusion,
  labels: job.labels,
  runner_id: runner?.id ?? null,
  runner_name: job.runnerName,
});

const runJson = ({ id, repository, status, runAttempt }: FakeRun) => ({
  id,
  status,
  run_attempt: runAttempt,
  repository: { full_name: repository },
});

/** The newest runner's downloads; the checksums are made up. */
const downloads = ['x64', 'arm64'].map((architecture, index) => ({
  os: 'linux',
  architecture,
  filename: `actions-runner-linux-${architecture}-2.336.0.tar.gz`,
  download_url: `https://github.com/actions/runner/releases/download/v2.336.0/actions-runner-linux-${architecture}-2.336.0.tar.gz`,
  sha256_checksum: `${index + 1}`.repeat(64),
}));

interface Asked {
  readonly match: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

type Answer = (options: GitHubServiceOptions, asked: Asked) => WireResponse;

/** 30 by default, 100 at most (https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api). */
const page = <T>(items: readonly T[], query: URLSearchParams): readonly T[] => {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  const number = Number(query.get('page') ?? 1);
  return items.slice((number - 1) * size, number * size);
};

const withRunner =
  (answer: (runner: FakeRunner, options: GitHubServiceOptions) => WireResponse): Answer =>
  (options, { match }) => {
    const runner = options.github.runner(Number(match[1]));
    return runner === undefined ? problem(404, 'Not Found') : answer(runner, options);
  };

const generateJitConfig: Answer = ({ github, runnerGroupIds }, { body }) => {
  const { name, runner_group_id: groupId, labels } = body;
  if (typeof name !== 'string' || name.length > 64 || !Array.isArray(labels) || labels.length < 1)
    return problem(422, 'Invalid request.');
  if (labels.length > 100 || typeof groupId !== 'number') return problem(422, 'Invalid request.');
  if (!runnerGroupIds.includes(groupId)) return problem(404, 'Not Found');
  const made = github.register(name, labels.map(String));
  if (made === undefined)
    return problem(409, `Already exists - A runner with the name *${name}* already exists.`);
  return json(201, { runner: runnerJson(made.runner, groupId), encoded_jit_config: made.config });
};

const listRunners: Answer = ({ github, runnerGroupIds }, { query }) => {
  const name = query.get('name');
  const found = github.listed.filter((runner) => name === null || runner.name === name);
  const runners = page(found, query).map((runner) => runnerJson(runner, runnerGroupIds[0] ?? 1));
  return json(200, { total_count: found.length, runners });
};

const accessToken: Answer = ({ tokens }, { body }) => {
  const [token = ''] = tokens;
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  return json(201, { token, expires_at: expires, permissions: body['permissions'] ?? {} });
};

const target = String.raw`\/(?:orgs\/[^/]+|repos\/[^/]+\/[^/]+)\/actions\/runners`;
const route = (method: string, pattern: string): string => `${method} ^${pattern}$`;

const routes: Readonly<Record<string, readonly [string, Answer]>> = {
  [route('POST', `${target}\\/generate-jitconfig`)]: ['GenerateJitConfig', generateJitConfig],
  [route('GET', `${target}\\/downloads`)]: ['ListDownloads', () => json(200, downloads)],
  [route('GET', `${target}\\/(\\d+)`)]: [
    'GetRunner',
    withRunner((runner, { runnerGroupIds }) => json(200, runnerJson(runner, runnerGroupIds[0] ?? 1))),
  ],
  [route('DELETE', `${target}\\/(\\d+)`)]: [
    'DeleteRunner',
    withRunner((runner, { github }) =>
      github.delete(runner) === 'busy'
        ? problem(422, `Bad request - Runner "${runner.name}" is still running a job"`)
        : json(204, undefined),
    ),
  ],
  [route('DELETE', `${target}\\/(\\d+)\\/labels`)]: [
    'RemoveLabels',
    withRunner((runner) => {
      runner.labels = [];
      return json(200, { total_count: 0, labels: [] });
    }),
  ],
  [route('GET', target)]: ['ListRunners', listRunners],
  [route('POST', String.raw`\/app\/installations\/(\d+)\/access_tokens`)]: ['CreateAccessToken', accessToken],
  [route('GET', String.raw`\/repos\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)`)]: [
    'GetRun',
    ({ github }, { match }) => {
      const run = github.run(Number(match[2]));
      const isHere = run?.repository.toLowerCase() === match[1]?.toLowerCase();
      return run === undefined || !isHere ? problem(404, 'Not Found') : json(200, runJson(run));
    },
  ],
  [route('GET', String.raw`\/repos\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)\/jobs`)]: [
    'ListJobs',
    ({ github }, { match, query }) => {
      const jobs = github.jobs.filter(({ runId }) => runId === Number(match[2]));
      const shown = page(jobs, query).map((job) =>
        jobJson(
          job,
          github.runners.find((runner) => runner.name === job.runnerName),
        ),
      );
      return json(200, { total_count: jobs.length, jobs: shown });
    },
  ],
};

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly operation: string;
  readonly answer: Answer;
}

const table: readonly Route[] = Object.entries(routes).map(([key, [operation, answer]]) => {
  const [method = '', pattern = ''] = key.split(' ');
  return { method, pattern: new RegExp(pattern), operation, answer };
});

const find = ({ method, path }: WireRequest): { route: Route; asked: Omit<Asked, 'body'> } | undefined => {
  const url = new URL(path, 'https://api.github.com');
  for (const candidate of table) {
    const match = candidate.method === method ? candidate.pattern.exec(url.pathname) : null;
    if (match !== null) return { route: candidate, asked: { match: [...match], query: url.searchParams } };
  }
  return undefined;
};

/** An App's request for a token carries a JWT; anything else a token that GitHub must know. */
const isAuthorized = (request: WireRequest, operation: string, tokens: ReadonlySet<string>): boolean => {
  const [scheme, credential = ''] = (request.headers['authorization'] ?? '').split(' ');
  if (operation === 'CreateAccessToken')
    return scheme?.toLowerCase() === 'bearer' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(credential);
  return tokens.has(credential);
};

/** GitHub's REST API for self-hosted runners (https://docs.github.com/rest/actions/self-hosted-runners). */
export const githubService = (options: GitHubServiceOptions): CloudService => ({
  name: 'github',
  facts: () => ({}),
  refuse: (code, message) =>
    /^[45]\d\d$/.test(code) ? problem(Number(code), message) : problem(500, message),
  read: (request) => {
    const found = find(request);
    return found === undefined ? undefined : { operation: found.route.operation, parameters: {} };
  },
  perform: ({ operation }, request) => {
    const found = find(request);
    if (found === undefined) return problem(404, 'Not Found');
    if (!isAuthorized(request, operation, options.tokens)) return problem(401, 'Bad credentials');
    const body = request.body === '' ? {} : (JSON.parse(request.body) as Record<string, unknown>);
    return found.route.answer(options, { ...found.asked, body });
  },
});
