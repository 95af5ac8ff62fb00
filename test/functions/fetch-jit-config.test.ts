import { expect, test } from '@jest/globals';
import { GitHubUnavailable } from '../../functions/domain/errors.ts';
import { fetchJitConfig } from '../../functions/fetch-jit-config.ts';
import { deployment, firstRound, later, life, provisionInput, runner } from './fakes/life.ts';

const prepare = () => {
  const registered: unknown[] = [];
  const ports = {
    registrar: {
      register: async (name: string, labels: readonly string[]) => {
        registered.push({ name, labels });
        return { registrationId: 7, encoded: 'plain configuration' };
      },
    },
    downloads: { download: async () => runner.download },
    sealer: {
      seal: async (plaintext: string, name: string) => ({
        key: `key for ${name}`,
        iv: 'iv',
        tag: 'tag',
        data: `${plaintext.length} sealed characters`,
      }),
    },
    clock: () => later(5),
  };
  return { registered, ports };
};

test('registers the round under a name of its own, with its two labels and no general one', async () => {
  const { registered, ports } = prepare();
  await fetchJitConfig(ports, deployment)({ ...provisionInput, round: { ...firstRound, number: 2 } });
  expect(registered).toEqual([{ name: `${life}-2-${deployment}`, labels: ['rr_runner_1f', 'arch_x86_64'] }]);
});

test('registers a class by a third label', async () => {
  const { registered, ports } = prepare();
  await fetchJitConfig(ports, deployment)({ ...provisionInput, class: 'big', round: firstRound });
  expect(registered).toMatchObject([{ labels: ['rr_runner_1f', 'arch_x86_64', 'class_big'] }]);
});

test('returns the configuration only sealed, for this runner', async () => {
  const { ports } = prepare();
  const fetched = await fetchJitConfig(ports, deployment)({ ...provisionInput, round: firstRound });
  expect(fetched.sealedJitConfig.key).toBe(`key for ${life}-1-${deployment}`);
  expect(JSON.stringify(fetched)).not.toContain('plain configuration');
});

test('is of its round, and good for less than the hour after which it expires', async () => {
  const { ports } = prepare();
  const fetched = await fetchJitConfig(ports, deployment)({ ...provisionInput, round: firstRound });
  expect(fetched).toMatchObject({ round: 1, goodUntil: later(5 + 45 * 60).toISOString() });
});

test('registers nothing when GitHub has no runner to download', async () => {
  const { registered, ports } = prepare();
  const download = async () => {
    throw new GitHubUnavailable('GitHub answered 502');
  };
  const step = fetchJitConfig({ ...ports, downloads: { download } }, deployment);
  await expect(step({ ...provisionInput, round: firstRound })).rejects.toThrow(GitHubUnavailable);
  expect(registered).toEqual([]);
});
