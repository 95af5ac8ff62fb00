import { describe, expect, test } from '@jest/globals';
import { synthesizedStack, verifiedStack } from '../synthesized-stack.ts';
import { grantedPairs, isNeeded, nameOf } from '../witness/granted-pairs.ts';
import { permissionsRecord } from '../witness/permissions-record.ts';
import { liveManyLives } from './many-lives.ts';
import { createVerifiedWorld, label, repository } from './verified-world.ts';
import { createWorld, type World } from './world.ts';

type OnDecision = ReturnType<typeof permissionsRecord>['onDecision'];

/** An alarm that has gone off, which takes a day of runners to come about by itself. */
const useUpBudget = async ({ cloud }: World): Promise<void> => {
  const alarmData = { state: { value: 'ALARM' } };
  await cloud.invoker.invoke(`${cloud.stack.place.stackName}-switch-admission`, { alarmData });
};

const open = async (onDecision: OnDecision): Promise<void> => {
  const world = await createWorld({ watcher: { onDecision } });
  const labels = Array.from({ length: 7 }, (_, index) => `rr_runner_${index}`);
  const ask = (label: string, architectures: readonly string[] = ['x86_64']) =>
    world.post({ operation: 'create', label, architectures });
  await liveManyLives(world, ask, labels);
  await useUpBudget(world);
  await world.end();
};

const verified = async (onDecision: OnDecision): Promise<void> => {
  const world = await createVerifiedWorld({ watcher: { onDecision } });
  const runs = Array.from({ length: 7 }, (_, index) => 2001 + index);
  for (const runId of runs) world.putRun('in_progress', { runId });
  const ask = (label: string, architectures: readonly string[] = ['x86_64']) => {
    const runId = Number(label.split('_')[2]);
    return world.post({ operation: 'create', label, architectures, repository, run_id: runId });
  };
  const end = () => {
    for (const runId of runs) world.putRun('completed', { runId });
  };
  await liveManyLives(
    world,
    ask,
    runs.map((runId) => `rr_runner_${runId}_1`),
    end,
  );
  await useUpBudget(world);
  await world.end();
  await queued(onDecision);
};

/** A job that the queue look sees, and one that GitHub delivers and that is cancelled while it waits. */
const queued = async (onDecision: OnDecision): Promise<void> => {
  const world = await createVerifiedWorld({ watcher: { onDecision }, webhook: {} });
  world.fault({ service: 'github', operation: 'DeliverWebhook', error: 'Lost', times: 1 });
  world.queueOwnJob(30);
  await world.advance(310);
  const id = world.queueJob({ labels: [`${label}_a`, 'arch_arm64'], durationSeconds: 30 });
  await world.advance(10);
  world.cloud.github.cancelJob(id);
  await world.untilNothingIsLeft(900);
  await world.end();
};

/** What no path here needs, and why it is granted all the same. */
const reasons: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [
    /: logs:(CreateLogStream|PutLogEvents) on .*:log-group:\/aws\/lambda\/Stint-[\w-]+:\*$/,
    'Lambda writes a function’s log in the function’s name, beside the wire.',
  ],
  [
    /^(on-[\w-]+|switch-admission|sweep): sqs:SendMessage on .*:Stint-EventsDeadLetters\w+$/,
    'Lambda sends an event to its queue in the name of the function that failed at it; here EventBridge sees the failure first.',
  ],
  [
    /^Stint-(Provision|Destroy)RunnerRole\w+: (logs:\w+(Delivery|Deliveries|LogGroups|ResourcePolicy|ResourcePolicies)|xray:\w+) on \*$/,
    'https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html and xray-iam.html ask for exactly these, for every state machine that logs and traces.',
  ],
  [
    /^Stint-NetworkFlowLogRole\w+: logs:\w+ on .*:log-group:\/Stint\/network:\*$/,
    'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html asks for these; no flow is simulated.',
  ],
  [
    /^discard-round: ec2:TerminateInstances on /,
    'An instance whose launch was answered by nobody, and which EC2 shows only after its round was found to be lost.',
  ],
  [
    /^(request-runners|look-at-queue|receive-webhook): dynamodb:DeleteItem on /,
    'Seats are given back when another request for the same label was quicker.',
  ],
  [
    /^(request-runners|look-at-queue|receive-webhook): states:DescribeExecution on .*provision-runner/,
    'A life’s name that was used before the table knew it.',
  ],
  [
    /^(resolve-image|fetch-jit-config): dynamodb:UpdateItem on /,
    'Whoever waits is told when AWS or GitHub gives no answer, which no path here meets.',
  ],
  [
    /^(take-turn|rank-capacity-pools): dynamodb:UpdateItem on /,
    'Whoever waits is told of a turn that is far away, and of pools that others have found empty, which no path here meets.',
  ],
  [/^take-turn: dynamodb:PutItem on /, 'Turns that somebody’s hand has broken begin anew.'],
  [
    /^request-(spot|on-demand)-instance: dynamodb:(PutItem|DeleteItem) on /,
    'A provision that began without admission, by hand or before the table, claims its seat at the launch.',
  ],
  [/^sweep: dynamodb:PutItem on /, 'The item of a life that the table does not know.'],
  [
    /^request-(spot|on-demand)-instance: ec2:DescribeInstances on /,
    'An instance that an earlier try of the attempt has launched, and that has ended since.',
  ],
];

/** The stack in each mode, and what its lives were allowed. */
const lives = [
  { mode: 'open', live: open, stack: synthesizedStack(), record: permissionsRecord() },
  { mode: 'verified', live: verified, stack: verifiedStack(), record: permissionsRecord() },
] as const;

/** By name, whether a path of this mode has needed what a role may do. */
const needs = async ({ stack, record }: (typeof lives)[number]): Promise<ReadonlyMap<string, boolean>> => {
  const pairs = grantedPairs(stack);
  const needed = await Promise.all(pairs.map((pair) => isNeeded(stack, pair, record.all())));
  return new Map(pairs.map((pair, index) => [nameOf(stack, pair), needed[index] === true]));
};

describe('on every way through both state machines', () => {
  test.each(lives)(
    'all that is asked for is allowed, in $mode admission',
    async ({ live, record }) => {
      await live(record.onDecision);
      expect(record.all().length).toBeGreaterThan(200);
    },
    120_000,
  );

  /** A life that began in one mode still ends after a change to the other, so what one needs both may have. */
  test('all that is granted is needed, or has a reason, and no reason is needless', async () => {
    const inModes = await Promise.all(lives.map(needs));
    const granted = new Set(inModes.flatMap((names) => [...names.keys()]));
    const unneeded = [...granted].filter((name) => !inModes.some((names) => names.get(name) === true));
    expect(unneeded.filter((name) => !reasons.some(([pattern]) => pattern.test(name)))).toEqual([]);
    expect(reasons.filter(([pattern]) => !unneeded.some((name) => pattern.test(name)))).toEqual([]);
  });
});
