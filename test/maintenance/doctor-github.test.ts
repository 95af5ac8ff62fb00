import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, jest, test } from '@jest/globals';
import type { FakeInstallation, FakeRunnerGroup, FakeToken } from '../../local/github/github-account.ts';
import type { LocalCloud } from '../../local/local-cloud.ts';
import { about, examined, expectTrouble } from './examination.ts';

/** The first test of a file loads every function. */
jest.setTimeout(60_000);

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const app = {
  credential: { kind: 'app', appId: '1', installationId: '2', privateKey },
  from: 'key.pem',
} as const;

const token =
  (change: Partial<FakeToken>) =>
  ({ githubAccount }: LocalCloud): void => {
    Object.assign(githubAccount.token, change);
  };

const installation =
  (change: Partial<FakeInstallation>) =>
  ({ githubAccount }: LocalCloud): void => {
    Object.assign(githubAccount.installation, change);
  };

const group =
  (change: Partial<FakeRunnerGroup>) =>
  ({ githubAccount }: LocalCloud): void => {
    Object.assign(githubAccount.runnerGroups[0] ?? {}, change);
  };

const runners = 'organization_self_hosted_runners';

const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000 + 3_600_000);

describe('doctor finds a token', () => {
  test.each([
    [
      'that may do more',
      token({ permissions: { [runners]: 'write', organization_secrets: 'read', members: 'write' } }),
      'warning',
      /more than it needs: Secrets, Members → Set these to No access/,
    ],
    [
      'that is a classic one',
      token({ scopes: ['admin:org', 'repo'] }),
      'warning',
      /a classic token \(admin:org, repo\).* → Use a GitHub App or a fine-grained token/,
    ],
    [
      'that expires soon',
      token({ expiresAt: inDays(5) }),
      'warning',
      /expires on \d{4}-\d\d-\d\d, in 5 days → Make a new one and npm run fill-secret/,
    ],
  ] as const)('%s', async (_, change, mark, says) => {
    const { findings } = await examined({ change });

    expectTrouble(findings, 'GitHub permission', mark, says);
  });

  test('that may not see the runners', async () => {
    const { findings } = await examined({ change: token({ permissions: {} }) });

    expect(about(findings, 'GitHub permission')).toMatch(
      /^fail: .*may not see the runners.*lacks Organization permissions → Self-hosted runners: Read and write → GitHub → Settings/,
    );
  });

  test('that is a classic one without the scope', async () => {
    const { findings } = await examined({ change: token({ scopes: ['public_repo'] }) });

    expect(about(findings, 'GitHub permission')).toMatch(/^fail: .*may not see the runners/);
  });

  test('that may only read, when it is told to try', async () => {
    const change = token({ permissions: { [runners]: 'read' } });

    const { findings } = await examined({ change, options: { isWriteTried: true } });

    expectTrouble(findings, 'GitHub permission', 'fail', /the token lacks Organization permissions/);
  });

  test('of which reading cannot show whether it may write', async () => {
    const { findings } = await examined();

    expect(about(findings, 'GitHub permission')).toMatch(
      /^skipped: whether it may register runners.*--try-write/m,
    );
  });

  test('that lasts', async () => {
    const { findings } = await examined({ change: token({ expiresAt: inDays(90) }) });

    expect(about(findings, 'GitHub permission')).toMatch(/^pass: the token expires on .*, in 90 days/m);
  });
});

describe('doctor finds an App', () => {
  test('that has exactly what it needs', async () => {
    const { findings, calls } = await examined({ options: { credential: app } });

    expect(about(findings, 'GitHub permission')).toMatch(
      /^pass: the App has Organization permissions → Self-hosted runners: Read and write, and no more$/,
    );
    expect(calls.map(({ call }) => call.operation)).not.toContain('GenerateJitConfig');
  });

  test.each([
    [
      'without the permission',
      installation({ permissions: { metadata: 'read' } }),
      'fail',
      /the App lacks Organization permissions → Self-hosted runners/,
    ],
    [
      'with more permissions',
      installation({ permissions: { metadata: 'read', [runners]: 'write', contents: 'write' } }),
      'warning',
      /more than it needs: contents: write → Take it away: GitHub → the App’s settings/,
    ],
    [
      'of another account',
      installation({ account: 'octo-org' }),
      'fail',
      /is octo-org's, and not rr-debugger's → Install the App on rr-debugger/,
    ],
    ['that is suspended', installation({ isSuspended: true }), 'fail', /is suspended → .*Unsuspend/],
  ] as const)('%s', async (_, change, mark, says) => {
    const { findings } = await examined({ options: { credential: app }, change });

    expect(about(findings, 'GitHub permission')).toMatch(new RegExp(`^${mark}: .*${says.source}`, 'm'));
  });
});

describe('doctor finds an App for one repository', () => {
  const context = { target: 'rr-debugger/rr' };
  const administration = { metadata: 'read', administration: 'write' } as const;

  test('that has exactly what it needs', async () => {
    const change = installation({ permissions: administration });
    const { findings } = await examined({ options: { credential: app }, context, change });

    expect(about(findings, 'GitHub permission')).toMatch(
      /^pass: the App has Repository permissions → Administration: Read and write, and no more$/,
    );
    expect(about(findings, 'Runner group')).toMatch(/^pass: none/);
  });

  test.each([
    [
      'that is not installed on it',
      installation({ permissions: administration, repositories: ['rr-debugger/other'] }),
      'fail',
      /does not have rr-debugger\/rr/,
    ],
    [
      'that may administer every repository',
      installation({ permissions: administration, repositories: 'all' }),
      'warning',
      /every repository of its owner → .*Only select repositories/,
    ],
  ] as const)('%s', async (_, change, mark, says) => {
    const { findings } = await examined({ options: { credential: app }, context, change });

    expectTrouble(findings, 'GitHub permission', mark, says);
  });
});

describe('doctor finds a runner group', () => {
  test.each([
    [
      'that does not allow public repositories',
      group({ isPublicAllowed: false }),
      'fail',
      /"Default" does not allow public repositories, and rr-debugger\/rr is one → Tick "Allow public repositories": GitHub/,
    ],
    [
      'that is open to other repositories',
      group({ visibility: 'selected', repositories: ['rr-debugger/other'] }),
      'fail',
      /"Default" is not open to rr-debugger\/rr → Repository access/,
    ],
    [
      'that is open to private repositories alone',
      group({ visibility: 'private' }),
      'fail',
      /"Default" is not open to rr-debugger\/rr/,
    ],
    [
      'that is restricted to workflows',
      group({ workflows: ['rr-debugger/rr/.github/workflows/ci.yml@master'] }),
      'warning',
      /takes jobs of these workflows alone: .*ci\.yml/,
    ],
  ] as const)('%s', async (_, change, mark, says) => {
    const { findings } = await examined({ change });

    expectTrouble(findings, 'Runner group', mark, says);
  });

  test('that is not there, and names those that are', async () => {
    const { findings } = await examined({ context: { runnerGroupId: 7 } });

    expectTrouble(
      findings,
      'Runner group',
      'fail',
      /no runner group 7.* → Set runnerGroupId: 1 is "Default"\./,
    );
  });

  test('that is open to the repository by name', async () => {
    const change = group({ visibility: 'selected', repositories: ['RR-debugger/rr'] });

    expect(about((await examined({ change })).findings, 'Runner group')).toMatch(/^pass/);
  });
});

describe('doctor finds a repository', () => {
  test('that is not there', async () => {
    const { findings } = await examined({
      change: ({ githubAccount }) => githubAccount.repositories.clear(),
    });

    expectTrouble(
      findings,
      'Repositories',
      'fail',
      /rr-debugger\/rr is not there, or is private.* → Correct allowedRepositories/,
    );
  });

  test('that is private, as the configuration says, where the App may read its runs', async () => {
    const { findings } = await examined({
      options: { credential: app },
      context: { privateRepositories: true },
      change: (cloud) => {
        cloud.githubAccount.repositories.set('rr-debugger/rr', true);
        installation({ permissions: { metadata: 'read', [runners]: 'write', actions: 'read' } })(cloud);
      },
    });

    expect(about(findings, 'Repositories')).toBe('pass: rr-debugger/rr is private');
    expect(about(findings, 'GitHub permission')).toMatch(/^pass/);
  });

  test('that is private, with an App that may not read its runs', async () => {
    const { findings } = await examined({
      options: { credential: app },
      context: { privateRepositories: true },
      change: ({ githubAccount }) => githubAccount.repositories.set('rr-debugger/rr', true),
    });

    expectTrouble(
      findings,
      'GitHub permission',
      'fail',
      /cannot read the runs of a private repository → Add .*Actions: Read-only/,
    );
  });

  test('that is private, and of which the configuration does not say so', async () => {
    const { findings } = await examined({
      options: { credential: app },
      change: ({ githubAccount }) => githubAccount.repositories.set('rr-debugger/rr', true),
    });

    expectTrouble(
      findings,
      'Repositories',
      'fail',
      /its runs cannot be read → Set privateRepositories to true/,
    );
  });

  test('that is public, and of which the configuration says that it is private', async () => {
    const { findings } = await examined({ context: { privateRepositories: true } });

    expectTrouble(findings, 'Repositories', 'warning', /none of them is private.* → Set it to false/);
  });
});
