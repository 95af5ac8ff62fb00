import { describe, expect, test } from '@jest/globals';
import type { MachineClass } from '../../../functions/domain/machine-class.ts';
import { queuedRequests, wantedRunner } from '../../../functions/domain/queue/queued-requests.ts';

const machineClass = { lifetimeMinutes: 60, perRun: 2, seats: 1, forks: true } as MachineClass;
const settings = { labelPrefix: 'rr_runner_', classes: { default: machineClass, metal: machineClass } };
const run = { repository: 'rr-debugger/rr', id: 1001, attempt: 2 };
const wanted = (...labels: readonly string[]) => wantedRunner({ labels }, run, settings);

describe('a queued job', () => {
  test.each([
    ['its own attempt', ['rr_runner_1001_2', 'arch_x86_64'], 'rr_runner_1001_2', 'x86_64'],
    ['the attempt before', ['rr_runner_1001_1', 'arch_arm64'], 'rr_runner_1001_1', 'arm64'],
    ['a suffix', ['rr_runner_1001_2_gdb-7', 'arch_x86_64'], 'rr_runner_1001_2_gdb-7', 'x86_64'],
    ['the labels the other way round', ['arch_arm64', 'rr_runner_1001_2'], 'rr_runner_1001_2', 'arm64'],
    ['another case', ['RR_Runner_1001_2', 'ARCH_X86_64'], 'rr_runner_1001_2', 'x86_64'],
  ])('asks by a label of %s', (_, labels, label, architecture) => {
    expect(wanted(...labels)).toEqual({ label, architecture });
  });

  test.each([
    ['another run', 'rr_runner_1002_2', 'arch_x86_64'],
    ['an attempt to come', 'rr_runner_1001_3', 'arch_x86_64'],
    ['no attempt', 'rr_runner_1001', 'arch_x86_64'],
    ['no run at all', 'rr_runner_hello', 'arch_x86_64'],
    ['another prefix', 'stint_1001_2', 'arch_x86_64'],
    ['a number with zeros before it', 'rr_runner_01001_2', 'arch_x86_64'],
    ['a label that is too long', `rr_runner_1001_2_${'a'.repeat(40)}`, 'arch_x86_64'],
    ['a label with other characters', 'rr_runner_1001_2_a b', 'arch_x86_64'],
    ['an architecture alone', 'arch_x86_64'],
    ['a label alone', 'rr_runner_1001_2'],
    ['two architectures', 'arch_x86_64', 'arch_arm64'],
    ['one label more', 'rr_runner_1001_2', 'arch_x86_64', 'self-hosted'],
    ['the same architecture twice', 'arch_x86_64', 'arch_x86_64'],
    ['an unknown architecture', 'rr_runner_1001_2', 'arch_riscv64'],
    ['a class that there is not', 'rr_runner_1001_2', 'arch_x86_64', 'class_huge'],
    ['a class that all objects have', 'rr_runner_1001_2', 'arch_x86_64', 'class_constructor'],
    ['the default class', 'rr_runner_1001_2', 'arch_x86_64', 'class_default'],
    ['two classes', 'rr_runner_1001_2', 'arch_x86_64', 'class_metal', 'class_metal'],
    ['a class for a label', 'class_metal', 'arch_x86_64'],
    ['nothing'],
  ])('with %s asks for nothing', (_, ...labels) => {
    expect(wanted(...labels)).toBeUndefined();
  });
});

test.each(['class_metal', 'CLASS_Metal'])('a queued job asks for a class by %s', (name) => {
  expect(wanted('rr_runner_1001_2', name, 'arch_arm64')).toEqual({
    label: 'rr_runner_1001_2',
    architecture: 'arm64',
    class: 'metal',
  });
});

describe('the queued jobs of a run', () => {
  test('are one create for each label, with the architectures and the jobs that wait, its own labels first', () => {
    const jobs = [
      ['rr_runner_1001_2_b', 'arch_x86_64'],
      ['rr_runner_1001_2', 'arch_arm64'],
      ['rr_runner_1001_2', 'arch_x86_64'],
      ['RR_RUNNER_1001_2', 'arch_x86_64'],
      ['ubuntu-latest'],
      ['rr_runner_1001_2_c', 'arch_x86_64', 'class_metal'],
    ].map((labels, id) => ({ id, labels }));
    const asked = { operation: 'create', run: { repository: 'rr-debugger/rr', id: 1001 } };
    const requests = queuedRequests(jobs, run, settings);
    expect(requests.map(({ request }) => request)).toEqual([
      { ...asked, label: 'rr_runner_1001_2', architectures: ['x86_64', 'arm64'] },
      { ...asked, label: 'rr_runner_1001_2_b', architectures: ['x86_64'] },
      { ...asked, label: 'rr_runner_1001_2_c', architectures: ['x86_64'], class: 'metal' },
    ]);
    expect(requests.map((one) => [...one.jobs])).toEqual([
      [
        ['arm64', [1]],
        ['x86_64', [2, 3]],
      ],
      [['x86_64', [0]]],
      [['x86_64', [5]]],
    ]);
  });
});
