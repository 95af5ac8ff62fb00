import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { archiveOf } from './machine/archive.ts';
import { jitConfig, type Ran, runMachine } from './machine/run-machine.ts';
import { curlWith, metadata, pathOf, runCommand } from './machine/stand-ins.ts';
import { systemctl } from './machine/systemd.ts';

const powerOffs = ({ worldly }: Ran) => worldly.filter((call) => /^(shutdown -P now|poweroff)/.test(call));

/** The machine that runs the tests may be slow. */
const withoutTimes = (info: ReturnType<typeof setupInfo>) =>
  info.map(({ group, detail }) => ({ group, detail: detail.replaceAll(/\b[0-9] s\b/g, '0 s') }));

/** However it went: armed first, nothing left to find out, off once and as the last thing that was done. */
const expectGoodEnd = (ran: Ran): void => {
  expect(ran.worldly.slice(0, 2)).toEqual([expect.stringMatching(/^date/), 'shutdown -P +60']);
  expect(powerOffs(ran)).toEqual(['shutdown -P now']);
  expect(ran.worldly.at(-1)).toBe('shutdown -P now');
  expect(ran.console).not.toMatch(/not found|syntax|unbound|No such/);
  expect(ran.console).not.toContain(jitConfig);
  expect(ran.calls.join('\n')).not.toContain(jitConfig);
};

const setupInfo = ({ files }: Ran, home = '/opt/actions-runner') =>
  JSON.parse(files.get(`${home}/.setup_info`) ?? '') as { group: string; detail: string }[];

describe('a machine on which everything goes well', () => {
  let ran: Ran;
  test('arms its end, installs the runner, runs it, and powers off', async () => {
    ran = await runMachine();
    expectGoodEnd(ran);
    expect(ran.console.trim().split('\n')).toEqual([
      'stint: rr_runner_1f_x86_64-1-1-a1b2c3d4 for rr_runner_1f, until 2026-03-01T11:00:00.000Z',
      'stint: downloading actions-runner-linux-x64.tar.gz',
      'stint: starting the runner',
      'stint: the runner has exited',
      'stint: powering off',
    ]);
  });

  test('gives the runner its configuration in its environment, and no argument', () => {
    expect(ran.started?.replace(jitConfig, 'the configuration')).toBe(
      'config=the configuration arguments= home=/home/runner user=runner folder=/opt/actions-runner',
    );
  });

  test('runs it as a user of its own, who may use sudo without a password', () => {
    expect(ran.worldly).toContain('useradd --create-home --shell /bin/bash runner');
    expect(ran.calls).toContainEqual(
      expect.stringMatching(/^setpriv --reuid=runner --regid=runner --init-groups env .*\.\/run\.sh$/),
    );
    expect(ran.worldly).toContain('chown -R runner:runner /opt/actions-runner');
    expect(ran.files.get('/etc/sudoers.d/90-stint-runner')).toBe('runner ALL=(ALL) NOPASSWD:ALL\n');
    expect(ran.calls).toContain('chmod 0440 /etc/sudoers.d/90-stint-runner');
  });

  test('says in the log of the job what machine it is', () => {
    expect(withoutTimes(setupInfo(ran))).toEqual([
      {
        group: 'Stint',
        detail:
          'Runner: rr_runner_1f_x86_64-1-1-a1b2c3d4\n' +
          'Instance: i-0123456789abcdef0, c5.9xlarge, x86_64, spot\n' +
          'Zone: us-east-2a\n' +
          'Image: ami-0123456789abcdef0\n' +
          'Timeline: boot 17 s, download 0 s, unpack 0 s, dependencies 0 s\n' +
          'The machine is gone at 2026-03-01T11:00:00.000Z.',
      },
    ]);
  });

  test('keeps the configuration in no file', () => {
    for (const text of ran.files.values()) expect(text).not.toContain(jitConfig);
  });

  test('stops the upgrades that hold the lock of apt, and goes on when it cannot', async () => {
    expect(ran.worldly).toContainEqual(expect.stringMatching(/^systemctl stop .*apt-daily-upgrade\.service/));
    const without = await runMachine({
      scenes: { systemctl: `if [ "$1" = stop ]; then echo Failed >&2; exit 5; fi\n${systemctl}` },
    });
    expectGoodEnd(without);
    expect(without.started).toBeDefined();
  });

  test('bounds the download twice: each try by curl, and all of them by timeout', () => {
    const call = ran.calls.find((line) => line.startsWith('timeout') && line.includes('--output')) ?? '';
    expect(call).toMatch(/^timeout --kill-after=10 400 curl --fail /);
    for (const flag of [
      '--connect-timeout 10',
      '--max-time 180',
      '--retry 3',
      '--retry-max-time 240',
      '--proto =https',
    ])
      expect(call).toContain(flag);
  });
});

describe('the download', () => {
  test('whose checksum does not match is not unpacked', async () => {
    const ran = await runMachine({ archive: archiveOf({ 'run.sh': '#!/bin/sh\necho evil\n' }) });
    expectGoodEnd(ran);
    expect(ran.console).toContain('the checksum of actions-runner-linux-x64.tar.gz does not match');
    expect(ran.calls.filter((call) => call.startsWith('tar'))).toEqual([]);
    expect(ran.started).toBeUndefined();
  });

  test.each([
    ['fails', { curl: 'case "$*" in *--output*) exit 22 ;; esac\n' }, 'the download failed'],
    ['hangs', { timeout: `case "$*" in *--output*) exit 124 ;; esac\n${runCommand}` }, 'the download failed'],
    ['cannot be unpacked', { tar: 'exit 2\n' }, 'the archive cannot be unpacked'],
  ])('that %s ends the machine', async (_, scenes, said) => {
    const ran = await runMachine({ scenes });
    expectGoodEnd(ran);
    expect(ran.console).toContain(said);
    expect(ran.started).toBeUndefined();
  });
});

describe('the runner', () => {
  test.each([
    ['exits', 'exit 0\n'],
    ['fails', 'exit 7\n'],
    ['is killed', 'kill -KILL $$\n'],
    ['is interrupted', 'kill -INT $$\n'],
  ])('that %s ends the machine', async (_, runner) => {
    const ran = await runMachine({ runner });
    expectGoodEnd(ran);
    expect(ran.started).toBeDefined();
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
    'does not keep the machine up after a %s to all of its unit',
    async (signal) => {
      const ran = await runMachine({
        runner: `exec ${pathOf('sleep')} 30\n`,
        onStarted: (kill) => kill(signal),
      });
      expect(powerOffs(ran)).toEqual(['shutdown -P now']);
      expect(ran.console).not.toContain('the runner has exited');
    },
  );

  test('that leaves processes behind does not keep the machine up', async () => {
    const ran = await runMachine({ runner: `${pathOf('sleep')} 30 & exit 0\n` });
    expect(powerOffs(ran)).toEqual(['shutdown -P now']);
    expect(ran.console).toContain('the runner has exited');
  });
});

describe('the unit of the runner', () => {
  const unit = ({ files }: Ran) => files.get('/run/systemd/system/stint-runner.service') ?? '';

  test('lets cloud-init come to its end, for which a job may wait', async () => {
    const ran = await runMachine({
      runner: `for n in {1..200}; do
  [ -f "$SANDBOX/cloud-init-ended" ] && { echo "cloud-init has ended"; exit 0; }
  ${pathOf('sleep')} 0.05
done
`,
    });
    expectGoodEnd(ran);
    expect(ran.console).toContain('cloud-init has ended');
  });

  test('is not restarted by needrestart, nor ended by a job that runs out of memory, and has no limit of tasks', async () => {
    const lines = unit(await runMachine()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining(['RefuseManualStop=yes', 'OOMPolicy=continue', 'TasksMax=infinity']),
    );
  });

  test('writes on the console, which is all that one sees of a machine', async () => {
    expect(unit(await runMachine())).toMatch(
      /^StandardOutput=journal\+console\nStandardError=journal\+console$/m,
    );
  });

  test.each([
    ['that cannot be read', { systemctl: `[ "$1" != daemon-reload ] || exit 1\n${systemctl}` }],
    ['that cannot be started', { systemctl: `[ "$1" != start ] || exit 1\n${systemctl}` }],
    ['whose start hangs', { timeout: `case "$*" in *stint-runner*) exit 124 ;; esac\n${runCommand}` }],
    ['that cannot be written', { mkdir: 'case "$*" in *systemd*) exit 1 ;; esac\n' }],
  ])('%s is the end of the machine', async (_, scenes) => {
    const ran = await runMachine({ scenes });
    expectGoodEnd(ran);
    expect(ran.console).toMatch(/the runner's unit cannot be (?:started|written)/);
    expect(ran.started).toBeUndefined();
  });

  test('whose first line cannot be run is the end of the machine', async () => {
    const ran = await runMachine({ scenes: { bash: 'case "$*" in *" run") exit 203 ;; esac\n' } });
    expect(powerOffs(ran)).toEqual(['shutdown -P now']);
    expect(ran.started).toBeUndefined();
  });

  test('whose last line cannot be run is ended by systemd itself', async () => {
    const ran = await runMachine({ scenes: { bash: 'case "$*" in *" off") exit 203 ;; esac\n' } });
    expect(ran.started).toBeDefined();
    expect(powerOffs(ran)).toEqual([]);
    expect(ran.calls.at(-1)).toBe('systemd poweroff-force');
  });

  test('that a signal to cloud-init overtakes does not keep the machine up', async () => {
    const ran = await runMachine({ scenes: { systemctl: 'kill -TERM $PPID; exit 0\n' } });
    expectGoodEnd(ran);
    expect(ran.started).toBeUndefined();
  });
});

describe('the timeline', () => {
  const listening = 'echo "2026-03-01 10:00:20Z: Listening for Jobs"\n';

  test('is on the console and in the log of the job when the runner is online', async () => {
    const ran = await runMachine({ runner: listening });
    expectGoodEnd(ran);
    const timeline = /boot 17 s, download \d+ s, unpack \d+ s, dependencies \d+ s, runner online \d+ s/.exec(
      ran.console,
    )?.[0];
    expect(timeline).toBeDefined();
    expect(setupInfo(ran)[0]?.detail).toContain(`\nTimeline: ${timeline}\n`);
  });

  test('is written once, whatever the runner prints', async () => {
    const ran = await runMachine({ runner: `${listening}echo "Running job: Listening for Jobs"\n` });
    expect(ran.console.split('stint: timeline:')).toHaveLength(2);
    expect(ran.console).toContain('Running job: Listening for Jobs');
  });

  test('has the boot script, beside which the archive is downloaded', async () => {
    const ran = await runMachine({
      input: {
        bootScript: `#!/bin/bash\nfor n in {1..200}; do [ -f "$SANDBOX/downloading" ] && exit 0; ${pathOf('sleep')} 0.05; done; exit 1\n`,
      },
      scenes: { curl: `case "$*" in *--output*) : > "$SANDBOX/downloading" ;; esac\n${curlWith(metadata)}` },
      runner: listening,
    });
    expectGoodEnd(ran);
    expect(ran.console).toMatch(/timeline: boot 17 s, boot script \d+ s, download \d+ s/);
  });
});

describe('the console', () => {
  test('that nobody reads does not prevent the end', async () => {
    const ran = await runMachine({ isConsoleClosed: true });
    expectGoodEnd(ran);
  });
});

describe('the shutdown', () => {
  test('of a deadline that has passed comes at once, before anything is done', async () => {
    const ran = await runMachine({ input: { deadline: new Date('2026-03-01T10:00:59Z') } });
    expect(ran.worldly).toEqual(['date +%s', 'timeout 20 sync', 'sync', 'shutdown -P now']);
    expect(ran.console).toContain('the deadline has passed');
  });

  test('that cannot be armed is the end', async () => {
    const ran = await runMachine({ scenes: { shutdown: 'case $2 in +*) exit 1 ;; esac\n' } });
    expect(powerOffs(ran)).toEqual(['shutdown -P now']);
    expect(ran.console).toContain('cannot be armed');
    expect(ran.started).toBeUndefined();
  });

  test('that fails at the end is a power-off without it', async () => {
    const ran = await runMachine({ scenes: { shutdown: 'case $2 in now) exit 1 ;; esac\n' } });
    expect(powerOffs(ran)).toEqual(['shutdown -P now', 'poweroff -f']);
  });

  test('does not wait for a disk that does not answer', async () => {
    const ran = await runMachine({
      scenes: { timeout: `case "$*" in *sync) exit 124 ;; esac\n${runCommand}` },
    });
    expect(powerOffs(ran)).toEqual(['shutdown -P now']);
  });
});

describe('the boot script', () => {
  const boot = (bootScript: string, scenes: Readonly<Record<string, string>> = {}) =>
    runMachine({ input: { bootScript }, scenes });

  test('runs before the runner, as root, with what it writes on the console', async () => {
    const ran = await boot('#!/bin/bash\necho "größe $((6 * 7))"\n');
    expectGoodEnd(ran);
    expect(ran.console).toContain('stint: running the boot script\ngröße 42\n');
    expect(ran.started).toBeDefined();
  });

  test.each([
    ['fails', 'exit 3', 'the boot script failed with status 3'],
    ['fails in the middle', 'false\necho not reached', 'the boot script failed with status 1'],
    ['is no bash', 'if then', 'the boot script failed with status 2'],
  ])('that %s ends the machine, and says so', async (_, script, said) => {
    const ran = await boot(`#!/bin/bash\n${script}\n`);
    expect(powerOffs(ran)).toEqual(['shutdown -P now']);
    expect(ran.console).toContain(said);
    expect(ran.console).not.toContain('not reached');
    expect(ran.started).toBeUndefined();
  });

  test('that hangs is ended after five minutes', async () => {
    const timeout = `case "$*" in *stint-boot-script) exit 124 ;; esac\n${runCommand}`;
    const ran = await boot('#!/bin/bash\nsleep 9999\n', { timeout });
    expectGoodEnd(ran);
    expect(ran.console).toContain('status 124');
    expect(ran.calls).toContain('timeout --kill-after=10 300 bash -e /run/stint-boot-script');
  });

  test('may say where the runner lives', async () => {
    const ran = await boot(
      '#!/bin/bash\nmkdir /opt/elsewhere\necho /opt/elsewhere/runner > /run/stint-runner-home\n',
    );
    expectGoodEnd(ran);
    expect(ran.started).toContain('folder=/opt/elsewhere/runner');
    expect(ran.worldly).toContain('chown -R runner:runner /opt/elsewhere/runner');
    expect(setupInfo(ran, '/opt/elsewhere/runner')).toHaveLength(1);
  });

  test.each(['somewhere', '/', '-rf'])(
    'that says that the runner lives in %s ends the machine',
    async (home) => {
      const ran = await boot(`#!/bin/bash\necho '${home}' > "$SANDBOX/root/run/stint-runner-home"\n`);
      expectGoodEnd(ran);
      expect(ran.console).toContain('is no path');
      expect(ran.started).toBeUndefined();
    },
  );

  test('of the first user mounts a tmpfs, and the runner lives in it', async () => {
    const script = readFileSync(new URL('../../../infra/boot-scripts/tmpfs.sh', import.meta.url), 'utf8');
    const ran = await boot(script);
    expectGoodEnd(ran);
    expect(ran.worldly).toContainEqual(expect.stringMatching(/^mount -t tmpfs .*32G.* \/tmp$/));
    expect(ran.started).toContain('folder=/tmp/actions-runner');
  });

  test('does not see the configuration', async () => {
    const ran = await boot('#!/bin/bash\nenv\nset\n');
    expectGoodEnd(ran);
    expect(ran.console).toContain('stint: downloading');
  });
});

describe('the machine itself', () => {
  test('may have the user already', async () => {
    const ran = await runMachine({ scenes: { id: 'exit 0\n' } });
    expectGoodEnd(ran);
    expect(ran.worldly.filter((call) => call.startsWith('useradd'))).toEqual([]);
    expect(ran.started).toBeDefined();
  });

  test('on which the user cannot be made is ended', async () => {
    const ran = await runMachine({ scenes: { useradd: 'exit 9\n' } });
    expectGoodEnd(ran);
    expect(ran.console).toContain('the user runner cannot be made');
    expect(ran.started).toBeUndefined();
  });

  const withoutLibraries = { ldconfig: 'echo "	libc.so.6"\n' };

  test('that lacks the libraries of the runner gets them', async () => {
    const ran = await runMachine({
      scenes: withoutLibraries,
      installDependencies: 'echo "$DEBIAN_FRONTEND" > "$SANDBOX/root/run/frontend"\n',
    });
    expectGoodEnd(ran);
    expect(ran.files.get('/run/frontend')).toBe('noninteractive\n');
    expect(ran.calls).toContain('timeout --kill-after=10 240 ./bin/installdependencies.sh');
    expect(ran.started).toBeDefined();
  });

  test('that has them does not ask for them', async () => {
    const ran = await runMachine({ installDependencies: 'echo asked > "$SANDBOX/root/run/asked"\n' });
    expect(ran.files.has('/run/asked')).toBe(false);
  });

  test('that cannot get them is ended, with what apt said last', async () => {
    const ran = await runMachine({
      scenes: withoutLibraries,
      installDependencies:
        'for n in 1 2 3 4 5 6 7 8; do echo "line $n"; done; echo "E: Could not get lock" >&2; exit 1\n',
    });
    expectGoodEnd(ran);
    expect(ran.console).toContain('E: Could not get lock');
    expect(ran.console).not.toContain('line 1\n');
    expect(ran.started).toBeUndefined();
  });
});

describe('the metadata', () => {
  const unknown =
    'Runner: rr_runner_1f_x86_64-1-1-a1b2c3d4\n' +
    'Instance: unknown, unknown, x86_64, unknown\n' +
    'Zone: unknown\n' +
    'Image: unknown\n' +
    'Timeline: boot 17 s, download 0 s, unpack 0 s, dependencies 0 s\n' +
    'The machine is gone at 2026-03-01T11:00:00.000Z.';

  test.each([
    ['that does not answer', undefined],
    ['that knows nothing', {}],
  ])('%s makes the log of the job poorer, and no more', async (_, values) => {
    const ran = await runMachine({ scenes: { curl: curlWith(values) } });
    expectGoodEnd(ran);
    expect(withoutTimes(setupInfo(ran))).toEqual([{ group: 'Stint', detail: unknown }]);
    expect(ran.started).toBeDefined();
  });

  test('that does not answer is asked once', async () => {
    const ran = await runMachine({ scenes: { curl: curlWith(undefined) } });
    expect(
      ran.calls.filter((call) => call.startsWith('curl') && call.includes('169.254.169.254')),
    ).toHaveLength(1);
  });

  test('that answers nonsense cannot break the log', async () => {
    const curl = curlWith({ 'instance-id': '"},{"group":"x$(id)\\' });
    const ran = await runMachine({ scenes: { curl } });
    expectGoodEnd(ran);
    expect(setupInfo(ran)).toHaveLength(1);
    expect(setupInfo(ran)[0]?.detail).toContain('Instance: groupxid, unknown');
  });
});
