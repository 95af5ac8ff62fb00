import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DestroyInput } from '../../../functions/domain/ending/destroy.ts';
import type { Need } from '../../../functions/domain/ending/need.ts';
import type { LaunchResult } from '../../../functions/domain/launch/launch.ts';
import type { CapacitySearch, FetchedRunner, Turn } from '../../../functions/domain/life/provision.ts';
import type { ProvisionInput } from '../../../functions/domain/life/provision-input.ts';
import { functionsDirectory } from '../../../infra/bundling/function-stems.ts';
import { newestImageIds } from '../../../local/aws/ec2/catalogue.ts';
import { type BundledCloud, createBundledCloud, label } from './bundled-cloud.ts';

const round = { number: 1, markets: 'spot-first' } as const;

/** The operations that the adapters ask AWS for. */
const adapterOperations = (): readonly string[] => {
  const directory = join(functionsDirectory, 'adapters');
  const sources = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(directory, name), 'utf8'));
  return [...new Set(sources.flatMap((source) => source.match(/\b[A-Z]\w+(?=Command\()/g) ?? []))].sort();
};

describe('a life, each step in its bundle', () => {
  let cloud: BundledCloud;
  let input: ProvisionInput;
  let image: { readonly id: string };
  let runner: FetchedRunner;
  let search: CapacitySearch;
  let launched: LaunchResult;
  let destroy: DestroyInput;
  beforeAll(async () => {
    cloud = await createBundledCloud();
  });
  afterAll(() => cloud.close());

  test('is asked for', async () => {
    input = await cloud.begin();
    expect(input.life).toBe(`${label}_x86_64-1`);
    destroy = {
      life: input.life,
      deployment: cloud.deployment,
      reason: 'asked',
      mode: 'graceful',
    };
  });

  test('has its destroy scheduled', async () => {
    const { name } = await cloud.run('schedule-destroy', input);
    expect(cloud.schedules.all.map((schedule) => schedule.name)).toEqual([name]);
  });

  test('has its turn to launch at once, for nobody waits', async () => {
    const { at } = await cloud.run<Turn>('take-turn', { ...input, round });
    expect(new Date(at).getTime()).toBeLessThan(Date.now() + 2_000);
  });

  test('gets the newest image and the pools of its architecture', async () => {
    image = await cloud.run('resolve-image', input);
    search = await cloud.run('rank-capacity-pools', { ...input, round });
    expect(image.id).toBe(newestImageIds.x86_64);
    expect(search.pools.length).toBeGreaterThan(1);
  });

  test('is registered at GitHub, and its configuration leaves sealed', async () => {
    runner = await cloud.run('fetch-jit-config', { ...input, round });
    expect(cloud.github.runners).toMatchObject([{ name: runner.name, id: runner.registrationId }]);
    expect(Object.keys(runner.sealedJitConfig)).toEqual(['key', 'iv', 'tag', 'data']);
  });

  test('gets no instance where there is no capacity, on-demand included', async () => {
    const error = 'InsufficientInstanceCapacity';
    cloud.faults.add({ service: 'ec2', operation: 'RunInstances', error, times: 1 });
    const payload = { ...input, image, round, runner, search: { ...search, next: 'on-demand' } };
    const refused = await cloud.run<CapacitySearch>('request-on-demand-instance', payload);
    expect(refused).toMatchObject({ poolIndex: 1, refusals: [{ code: error }] });
    const other = { ...input, round, search: payload.search };
    expect(await cloud.run('rank-capacity-pools', other)).toEqual(refused);
  });

  test('gets its instance, tagged, with the opened configuration in its user data', async () => {
    launched = await cloud.run('request-spot-instance', { ...input, image, round, runner, search });
    const [instance] = cloud.fleet.all;
    expect(instance).toMatchObject({
      id: launched.instance?.id,
      market: 'spot',
      tags: { Label: label, 'stint:life': input.life },
    });
    const [config = ''] = /[A-Za-z0-9+/=]{60,}/.exec(instance?.userData ?? '') ?? [];
    expect(JSON.parse(Buffer.from(config, 'base64').toString())).toMatchObject({
      runner: runner.registrationId,
    });
  });

  test('waits for its runner, which the status shows', async () => {
    const payload = { ...input, round, runner, search: launched };
    expect(await cloud.run('check-runner', payload)).toMatchObject({ outcome: 'waiting' });
    const { body } = await cloud.request('GET', `/runners/${label}`);
    expect(body).toMatchObject({ runners: [{ name: input.life, market: 'spot' }] });
  });

  test('is ready when its runner is online, and how long that took is remembered', async () => {
    const registered = cloud.github.runners[0] ?? {};
    Object.assign(registered, { isOnline: true });
    await cloud.ageReading('registrations');
    const payload = { ...input, round, runner, search: launched };
    expect(await cloud.run('check-runner', payload)).toMatchObject({ outcome: 'ready' });
    Object.assign(registered, { isOnline: false });
    await cloud.ageReading('registrations');
  });

  test('tells the end of the console when its runner never came', async () => {
    const instance = { ...launched.instance, launchedAt: new Date(Date.now() - 900_000).toISOString() };
    const payload = { ...input, round, runner, search: { ...launched, instance } };
    expect(await cloud.invoke('check-runner', payload)).toMatchObject({
      ok: false,
      errorType: 'RunnerNeverOnline',
      errorMessage: expect.stringContaining('console'),
    });
  });

  test('is let come to its end before a graceful destroy', async () => {
    const need = await cloud.run<Need>('check-need', destroy);
    expect(need).toMatchObject({ answer: 'perhaps-needed', succeeded: false });
    const withdrawal = await cloud.run('withdraw-labels', destroy);
    expect(cloud.github.runners[0]?.labels).toEqual([]);
    const ready = { ...need, succeeded: true };
    expect(await cloud.run('check-idle', { ...destroy, need: ready, withdrawal })).toHaveProperty(
      'idleSince',
    );
  });

  test('is found by the sweep, which leaves it alone', async () => {
    expect(await cloud.run('sweep', {})).toEqual({ lives: 1, orphans: [] });
  });

  test('is terminated, stopped and deregistered', async () => {
    expect(await cloud.run('terminate-instances', destroy)).toEqual({ terminated: [launched.instance?.id] });
    expect(cloud.executions.all[0]).toMatchObject({ status: 'ABORTED', error: 'Destroyed' });
    expect(await cloud.run('deregister-runner', destroy)).toEqual({ outcome: 'gone' });
    expect(cloud.github.runners).toEqual([]);
    const discarded = { ...input, round, runner, search: launched };
    expect(await cloud.run('discard-round', discarded)).toMatchObject({ number: 2 });
    expect(await cloud.run('check-gone', destroy)).toBeDefined();
  });

  test('has its schedule deleted, again too', async () => {
    await cloud.run('delete-schedule', destroy);
    expect(cloud.schedules.all).toEqual([]);
    await cloud.run('delete-schedule', destroy);
    await cloud.run('terminate-instances', { ...destroy, life: `${label}_x86_64-9` });
  });

  test('is destroyed once, whatever events its end has', async () => {
    const ended = { detail: { name: input.life, status: 'ABORTED' } };
    const terminated = { detail: { 'instance-id': launched.instance?.id, state: 'terminated' } };
    for (const _ of ['once', 'again']) {
      await cloud.run('on-provision-unsuccessful', ended);
      await cloud.run('on-instance-terminated', terminated);
    }
    const names = cloud.executions.all.map(({ name }) => name);
    expect(names).toEqual([input.life, `${input.life}-failed-1`]);
  });

  test('closes and opens admission by its budget', async () => {
    const alarm = (value: string) => ({ alarmData: { state: { value } } });
    await cloud.run('switch-admission', alarm('ALARM'));
    expect(cloud.parameters.get(cloud.stack.parameters[0]?.name ?? '')).toMatch(/^closed: the budget of 48/);
    await cloud.run('switch-admission', alarm('OK'));
    expect(cloud.parameters.get(cloud.stack.parameters[0]?.name ?? '')).toBe('open');
  });

  test('is refused by the address that nothing answers', async () => {
    expect(await cloud.request('GET', '/nowhere')).toMatchObject({ status: 404 });
    expect(await cloud.request('GET', '/openapi.json')).toMatchObject({ status: 200 });
  });

  test('has taken every operation of AWS that an adapter asks for', () => {
    const answered = cloud.calls.flatMap(({ call, status }) => (status === 200 ? call.operation : []));
    expect(adapterOperations().filter((operation) => !answered.includes(operation))).toEqual([]);
  });

  test('has been in every bundle', () => {
    const callers = new Set(cloud.calls.map(({ call }) => call.caller));
    const silent = cloud.stack.functions.filter(({ name }) => !callers.has(name)).map(({ stem }) => stem);
    expect(silent.toSorted()).toEqual(['describe-api', 'refuse-request']);
  });
});
