import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { doctorCommand } from '../../maintenance/doctor/command.ts';

jest.setTimeout(60_000);

const project = join(import.meta.dirname, '..', '..');

let program: ChildProcess;
let url = '';

/** The pipe stays open: a program that cannot print any more ends. */
const listening = (): Promise<string> =>
  new Promise((resolve, reject) => {
    let printed = '';
    program.stdout?.on('data', (data: Buffer) => {
      printed += String(data);
      const [, found] = /^Stint is listening on (\S+)$/m.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    program.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${printed}`)));
  });

beforeAll(async () => {
  program = spawn(
    process.execPath,
    [join(project, 'local', 'main.ts'), '--port', '0', '--admission', 'open'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  url = await listening();
});

afterAll(() => {
  program.kill('SIGKILL');
});

const post = async (path: string, body: object): Promise<void> => {
  const { ok, status } = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!ok) throw new Error(`${path} answers ${status}`);
};

const change = (body: object): Promise<void> => post('/_local/account', body);

/** The command as a maintainer runs it, but for the process. */
const doctor = async (...args: readonly string[]) => {
  const lines: string[] = [];
  const status = await doctorCommand(['--local', url, ...args], {
    print: (line) => lines.push(line),
    complain: (line) => lines.push(line),
    stdin: Readable.from([]),
    variables: {},
  });
  return { status, report: lines.join('\n') };
};

const run = async (script: string, input: string, ...args: readonly string[]) => {
  const child = spawn(process.execPath, [join(project, 'scripts', script), '--local', url, ...args]);
  child.stdin.end(input);
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, 'exit')) as [number];
  return { code, printed: (await printed).join('') };
};

const wellToken = { organization_self_hosted_runners: 'write', metadata: 'read' };

describe('against the started program', () => {
  test('doctor passes everything', async () => {
    const { status, report } = await doctor('--try-write');

    // The credential is a token, whose webhook nobody looks at.
    expect(report).toMatch(/^\d+ passed, 1 skipped$/m);
    expect(status).toBe(0);
  });

  test.each([
    ['fail', 'CDK bootstrap', { bootstrap_version: 0 }, { bootstrap_version: 30 }],
    [
      'fail',
      'Instance types',
      { offered_in: { 'c5.9xlarge': [] } },
      { offered_in: { 'c5.9xlarge': ['us-east-2a'] } },
    ],
    ['warning', 'Spot quota', { quotas: { 'ec2/L-34B43A08': 40 } }, { quotas: { 'ec2/L-34B43A08': 1152 } }],
    [
      'warning',
      'On-demand quota',
      { quotas: { 'ec2/L-1216C47A': 40 } },
      { quotas: { 'ec2/L-1216C47A': 1152 } },
    ],
    ['fail', 'Spot role', { service_roles: [] }, { service_roles: ['AWSServiceRoleForEC2Spot'] }],
    [
      'warning',
      'Lambda concurrency',
      { quotas: { 'lambda/L-B99A9384': 2 } },
      { quotas: { 'lambda/L-B99A9384': 1000 } },
    ],
    ['fail', 'Stack', { stack_status: 'ROLLBACK_COMPLETE' }, { stack_status: 'CREATE_COMPLETE' }],
    ['fail', 'GitHub secret', { secret: '' }, { secret: '{"token":"local"}' }],
    [
      'warning',
      'Admission',
      { parameters: { '/Stint/admission': 'closed' } },
      { parameters: { '/Stint/admission': 'open' } },
    ],
    ['fail', 'GitHub permission', { token_permissions: {} }, { token_permissions: wellToken }],
    [
      'fail',
      'Repositories',
      { repositories: { 'rr-debugger/rr': 'absent' } },
      { repositories: { 'rr-debugger/rr': 'public' } },
    ],
    ['fail', 'Runner group', { allows_public_repositories: false }, { allows_public_repositories: true }],
  ] as const)('doctor finds the one thing that is %s: %s', async (mark, subject, wrong, right) => {
    await change(wrong);
    const { status, report } = await doctor();
    await change(right);

    expect(report).toMatch(new RegExp(`^${mark === 'fail' ? '✗' : '!'} ${subject} `, 'm'));
    expect(report).toMatch(/^ {4}→ \S/m);
    expect(status).toBe(mark === 'fail' ? 1 : 0);
  });

  test('the scripts themselves: a secret is filled by one, and looked at by the other', async () => {
    const filled = await run('fill-secret.ts', '{"token":"another"}');
    const looked = await run('doctor.ts', '', '--json');
    await change({ secret: '{"token":"local"}' });

    expect(filled).toMatchObject({ code: 0, printed: expect.stringContaining('now holds a token') });
    expect(filled.printed).not.toContain('another');
    expect(looked.code).toBe(1);
    const { findings } = JSON.parse(looked.printed) as {
      findings: readonly { subject: string; says: string }[];
    };
    expect(findings).toContainEqual(
      expect.objectContaining({
        subject: 'GitHub permission',
        mark: 'fail',
        says: expect.stringContaining('401'),
      }),
    );
  });

  test('nothing is removed unless somebody says so', async () => {
    const { code, printed } = await run('remove.ts', '');

    expect(code).toBe(2);
    expect(printed).toMatch(/No runner lives\.[\s\S]*Nobody is there to be asked: give --yes/);
    expect((await doctor()).report).toMatch(/^✓ Admission +open$/m);
  });
});
