import type { DestroyInput } from '../../../functions/domain/ending/destroy.ts';
import type { FetchedRunner, Round } from '../../../functions/domain/life/provision.ts';
import type { ProvisionInput } from '../../../functions/domain/life/provision-input.ts';
import type { Instance, Registration } from '../../../functions/domain/ports.ts';

/** One life as it is in the middle of its provision, to vary in a test. */
export const deployment = 'a1b2c3d4';
export const life = 'rr_runner_1f_x86_64-1';
export const requestedAt = new Date('2026-03-01T10:00:00Z');

/** The moment `seconds` after the request. */
export const later = (seconds: number): Date => new Date(requestedAt.getTime() + seconds * 1_000);

export const deadline = later(3_600);

export const provisionInput: ProvisionInput = {
  life,
  label: 'rr_runner_1f',
  architecture: 'x86_64',
  requestedAt: requestedAt.toISOString(),
  deadline: deadline.toISOString(),
  requestedBy: 'anonymous',
};

export const destroyInput: DestroyInput = {
  life,
  deployment,
  reason: 'asked',
  mode: 'graceful',
  deadline: deadline.toISOString(),
};

export const firstRound: Round = { number: 1, markets: 'spot-first' };

export const runner: FetchedRunner = {
  round: 1,
  goodUntil: later(2_700).toISOString(),
  name: `${life}-1-${deployment}`,
  registrationId: 7,
  sealedJitConfig: { key: 'key', iv: 'iv', tag: 'tag', data: 'data' },
  download: {
    url: 'https://example.org/actions-runner.tar.gz',
    filename: 'actions-runner.tar.gz',
    sha256: 'ab'.repeat(32),
  },
};

export const instance: Instance = {
  id: 'i-1',
  state: 'running',
  life,
  round: 1,
  market: 'spot',
  instanceType: 'c5.9xlarge',
  availabilityZone: 'us-east-2a',
  launchedAt: later(10),
  deadline,
  registrationId: runner.registrationId,
};

export const registration: Registration = {
  id: runner.registrationId,
  name: runner.name,
  online: true,
  busy: false,
  labels: ['rr_runner_1f', 'arch_x86_64'],
};
