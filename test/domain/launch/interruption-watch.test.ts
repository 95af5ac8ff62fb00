import { describe, expect, test } from '@jest/globals';
import { runMachine, type Scene } from './machine/run-machine.ts';
import { curlWith, metadata, pathOf } from './machine/stand-ins.ts';

/** The metadata service of a machine that EC2 takes away as soon as its runner is online. */
const noticed = (values: Readonly<Record<string, string>> = metadata): string => `case "$*" in
  *spot/instance-action*) if [ -f "$SANDBOX/online" ]; then echo '{"action":"terminate"}'; exit 0; fi; exit 22 ;;
esac
${curlWith(values)}`;

/** GitHub's runner with a job: the listener ends when its worker does. */
const withJob = `cat > "$SANDBOX/worker" <<'WORKER'
echo $$ > "$SANDBOX/worker-id"
: > "$SANDBOX/online"
${pathOf('sleep')} 5
echo "the job ends by itself"
WORKER
bash "$SANDBOX/worker"
echo "the worker exits with $?"
`;

const pgrep = 'case "$*" in *Runner.Worker) exec "$SANDBOX/real/cat" "$SANDBOX/worker-id" ;; esac\n';

const run = (scene: Scene) => runMachine({ scenes: { curl: noticed(), pgrep }, runner: withJob, ...scene });

/** How long the machine sleeps when its runner has ended. */
const lastSleep = (calls: readonly string[]): string | undefined =>
  calls.filter((call) => call.startsWith('sleep')).at(-1);

describe('a spot machine that EC2 takes away', () => {
  test('fails its job at once and says why, and leaves its end to EC2', async () => {
    const { console, calls } = await run({});
    expect(console).not.toContain('the job ends by itself');
    expect(console).toContain('the worker exits with 137');
    expect(console).toContain('stint: EC2 takes this machine away within two minutes');
    if (process.platform === 'linux')
      expect(console).toMatch(/^EC2 takes this machine away \(spot interruption\)/m);
    expect(lastSleep(calls)).toBe('sleep 150');
    expect(calls.at(-1)).toBe('shutdown -P now');
  });

  test('takes no job when it has none', async () => {
    const runner = `: > "$SANDBOX/online"
for n in {1..100}; do [ -f "$SANDBOX/killed" ] && exit 0; ${pathOf('sleep')} 0.05; done
`;
    const { calls } = await run({
      runner,
      scenes: { curl: noticed(), pkill: ': > "$SANDBOX/killed"\n' },
    });
    expect(calls).toContain('pkill -KILL -x Runner.Listener');
    expect(lastSleep(calls)).toBe('sleep 150');
  });
});

const looks = (calls: readonly string[]): number =>
  calls.filter((call) => call.includes('spot/instance-action')).length;

test('a spot machine asks for its end every five seconds, and powers off after its job as any other', async () => {
  const { calls } = await run({ runner: `${pathOf('sleep')} 0.3\n` });
  expect(looks(calls)).toBeGreaterThan(1);
  expect(calls).toContain('sleep 5');
  expect(calls).not.toContain('sleep 150');
});

test.each([
  ['on-demand', { ...metadata, 'instance-life-cycle': 'on-demand' }],
  ['of unknown market', {}],
])('a machine that is %s does not ask', async (_, values) => {
  const { calls, started } = await run({
    scenes: { curl: noticed(values) },
    runner: `${pathOf('sleep')} 0.3\n`,
  });
  expect(started).toBeDefined();
  expect(looks(calls)).toBe(0);
});
