import { describe, expect, test } from '@jest/globals';
import { conditionalRequests } from '../../../functions/adapters/github/conditional-requests.ts';
import { octokitWith } from '../../../functions/adapters/github/octokit.ts';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly ifNoneMatch: string | null;
}

/** GitHub as far as its ETags go: a body's ETag is its text, and a request that names it gets 304. */
const scripted = (bodyOf: (path: string) => string) => {
  const asked: Asked[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(url);
    const ifNoneMatch = new Headers(init.headers).get('if-none-match');
    asked.push({ method: init.method ?? 'GET', path: pathname + search, ifNoneMatch });
    const body = bodyOf(pathname + search);
    const headers = {
      etag: body,
      'content-type': 'application/json',
      'x-ratelimit-remaining': `${asked.length}`,
    };
    return ifNoneMatch === body
      ? new Response(null, { status: 304, headers: { ...headers, 'content-type': 'text/plain' } })
      : new Response(body, { status: 200, headers: { ...headers, link: '<https://next>; rel="next"' } });
  };
  return { asked, octokit: conditionalRequests(octokitWith({ fetch: fetch as never }, 'a-token')) };
};

const runner = (octokit: ReturnType<typeof scripted>['octokit'], runner_id: number) =>
  octokit.rest.actions.getSelfHostedRunnerForOrg({ org: 'rr-debugger', runner_id });

describe('conditional requests', () => {
  test('ask again with the ETag, and answer with what was remembered when nothing has changed', async () => {
    const { asked, octokit } = scripted((path) => JSON.stringify({ path }));
    const first = await runner(octokit, 7);
    const second = await runner(octokit, 7);
    expect(asked.map(({ ifNoneMatch }) => ifNoneMatch)).toEqual([null, first.headers.etag]);
    expect(second.data).toEqual(first.data);
    expect(second.status).toBe(200);
  });

  test('keep the link to the next page, and take what is left of the hour from the newest answer', async () => {
    const { octokit } = scripted(() => '{}');
    await runner(octokit, 7);
    const { headers } = await runner(octokit, 7);
    expect(headers.link).toContain('rel="next"');
    expect(headers['x-ratelimit-remaining']).toBe('2');
  });

  test('see what has changed, and remember that', async () => {
    let online = false;
    const { asked, octokit } = scripted(() => JSON.stringify({ online }));
    await runner(octokit, 7);
    online = true;
    expect((await runner(octokit, 7)).data).toEqual({ online: true });
    expect((await runner(octokit, 7)).data).toEqual({ online: true });
    expect(asked.at(-1)?.ifNoneMatch).toBe('{"online":true}');
  });

  test('never mix up two addresses, nor two pages of one', async () => {
    const { asked, octokit } = scripted((path) => JSON.stringify({ path }));
    await runner(octokit, 7);
    expect((await runner(octokit, 8)).data).toEqual({ path: '/orgs/rr-debugger/actions/runners/8' });
    const list = (page: number) =>
      octokit.rest.actions.listSelfHostedRunnersForOrg({ org: 'rr-debugger', page });
    await list(1);
    await list(2);
    expect(asked.map(({ ifNoneMatch }) => ifNoneMatch)).toEqual([null, null, null, null]);
  });

  test('give every listing all its items, whatever was made of those before', async () => {
    const { octokit } = scripted(() => JSON.stringify({ total_count: 1, runners: [{ id: 7 }] }));
    const list = () =>
      octokit.paginate('GET /orgs/{org}/actions/runners', { org: 'rr-debugger' }, (page, done) => {
        done();
        return page.data;
      });
    expect([await list(), await list(), await list()]).toEqual([[{ id: 7 }], [{ id: 7 }], [{ id: 7 }]]);
  });

  test('leave what changes something alone', async () => {
    const { asked, octokit } = scripted(() => '{}');
    const remove = () =>
      octokit.rest.actions.deleteSelfHostedRunnerFromOrg({ org: 'rr-debugger', runner_id: 7 });
    await remove();
    await remove();
    expect(asked.map(({ ifNoneMatch }) => ifNoneMatch)).toEqual([null, null]);
  });

  test('forget the oldest of many addresses', async () => {
    const { asked, octokit } = scripted((path) => JSON.stringify({ path }));
    for (let id = 1; id <= 41; id += 1) await runner(octokit, id);
    await runner(octokit, 1);
    await runner(octokit, 41);
    expect(asked.slice(-2).map(({ ifNoneMatch }) => ifNoneMatch === null)).toEqual([true, false]);
  });
});
