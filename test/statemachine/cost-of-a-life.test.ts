import { expect, test } from '@jest/globals';
import type { FunctionInvoker } from '../../local/aws/lambda/function-invoker.ts';
import { verifiedStack } from '../synthesized-stack.ts';
import { loggedLines } from './logged-lines.ts';
import { createWorld } from './world.ts';

const label = 'rr_runner_1001_1';
const request = { label, architecture: 'x86_64', repository: 'rr-debugger/rr', run_id: 1001 };

/** What AWS charges the control plane for, in a life whose machine takes a minute to boot and runs a job. */
const baselineLife = async () => {
  const { entries, onLog } = loggedLines('Stint');
  const counted = { invocations: 0, kms: 0 };
  const between = (invoker: FunctionInvoker): FunctionInvoker => ({
    ...invoker,
    invoke: (reference, payload) => {
      // What comes by the clock costs the same whether anything lives or not.
      if (!/-(sweep|look-at-queue|redeliver-webhook):/.test(reference)) counted.invocations += 1;
      return invoker.invoke(reference, payload);
    },
  });
  const world = await createWorld({
    stack: verifiedStack(),
    onLog,
    between,
    bootSeconds: () => 60,
    watcher: {
      onCall: ({ call }) => {
        if (call.service === 'kms') counted.kms += 1;
      },
    },
  });
  await world.post({ operation: 'create', ...request });
  await world.advance(150);
  world.queueJob({ labels: [label, 'arch_x86_64'], durationSeconds: 600 });
  await world.advance(600);
  await world.untilNothingIsLeft(900);
  const transitions = new Map(
    world.cloud.executions.all.map(({ stateMachine, run }) => [
      stateMachine.name,
      run.history.events.filter(({ type }) => type.endsWith('StateEntered')).length,
    ]),
  );
  await world.end();
  const bytes = entries.reduce((sum, { line }) => sum + Buffer.byteLength(JSON.stringify(line)), 0);
  return { ...counted, transitions, logKilobytes: bytes / 1_000 };
};

test('a life costs the control plane no more than README says', async () => {
  const { invocations, kms, transitions, logKilobytes } = await baselineLife();
  const [provision = 0, destroy = 0] = ['provision-runner', 'destroy-runner'].map((name) =>
    transitions.get(name),
  );
  expect(transitions.size).toBe(2);
  expect(provision).toBeGreaterThan(10);
  expect(provision).toBeLessThanOrEqual(30);
  expect(destroy).toBeGreaterThan(10);
  expect(destroy).toBeLessThanOrEqual(16);
  expect(invocations).toBeLessThanOrEqual(23);
  expect(kms).toBe(2);
  expect(logKilobytes).toBeLessThan(20);
}, 60_000);
