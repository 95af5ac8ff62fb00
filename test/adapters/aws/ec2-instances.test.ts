import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  ec2Fleet,
  ec2InstanceFinder,
  ec2InstanceReader,
} from '../../../functions/adapters/aws/ec2-instances.ts';
import { AwsUnavailable } from '../../../functions/domain/errors.ts';
import { runnerTags } from '../../../functions/domain/life/tags.ts';
import { now, type PassingTime, passingTime } from '../passing-time.ts';
import { deadline, deployment, fakeEc2, life, tags } from './fake-ec2.ts';

let time: PassingTime;
beforeEach(() => {
  time = passingTime();
});
afterEach(() => time.end());

const tagged = (change: Partial<Parameters<typeof runnerTags>[0]>) => ({
  tags: runnerTags({ ...tags, ...change }),
});
const ids = (instances: readonly { readonly id: string }[]) => instances.map(({ id }) => id);

describe('the instances of a life', () => {
  test('are whole: every field that a decision needs', async () => {
    const ec2 = fakeEc2();
    const [id] = await ec2.launch({});
    await time.advance(10);

    await expect(ec2InstanceReader(ec2.connection, deployment).ofLife(life)).resolves.toEqual([
      {
        id,
        state: 'running',
        life,
        round: 1,
        market: 'spot',
        instanceType: 'c5.9xlarge',
        availabilityZone: 'us-east-2a',
        launchedAt: now,
        deadline,
        registrationId: 7,
      },
    ]);
  });

  test('are missing for a moment after their launch, and shown in an earlier state for a moment', async () => {
    const ec2 = fakeEc2({ lagSeconds: () => 2, pendingSeconds: 5 });
    const reader = ec2InstanceReader(ec2.connection, deployment);
    const states: (readonly string[])[] = [];
    await ec2.launch({});
    for (const seconds of [0, 3, 3, 3]) {
      await time.advance(seconds);
      states.push((await reader.ofLife(life)).map(({ state }) => state));
    }

    expect(states).toEqual([[], ['pending'], ['pending'], ['running']]);
  });

  test('that have ended stay for an hour, with the reason that EC2 gives', async () => {
    const ec2 = fakeEc2();
    await ec2.launch({});
    for (const instance of ec2.fleet.all) ec2.fleet.end(instance, 'Server.SpotInstanceTermination');
    const reader = ec2InstanceReader(ec2.connection, deployment);
    await time.advance(60);

    await expect(reader.ofLife(life)).resolves.toMatchObject([
      { state: 'terminated', stateReason: 'Server.SpotInstanceTermination' },
    ]);
    await time.advance(3_600);
    await expect(reader.ofLife(life)).resolves.toEqual([]);
  });

  test('are none of another life, nor of another deployment', async () => {
    const ec2 = fakeEc2();
    await ec2.launch(tagged({ life: 'rr_runner_1f_x86_64-2' }), tagged({ deployment: 'z9y8x7w6' }));
    await time.advance(10);

    await expect(ec2InstanceReader(ec2.connection, deployment).ofLife(life)).resolves.toEqual([]);
  });

  test('that cannot be read because EC2 is away are not none', async () => {
    const ec2 = fakeEc2();
    ec2.faults.add({ service: 'ec2', operation: 'DescribeInstances', error: 'Unavailable', times: 9 });

    await expect(time.until(ec2InstanceReader(ec2.connection, deployment).ofLife(life))).rejects.toThrow(
      AwsUnavailable,
    );
  });
});

describe("the deployment's live instances", () => {
  test('are read to the last page', async () => {
    const ec2 = fakeEc2();
    const launched = await ec2.launch(...Array.from({ length: 1_001 }, () => ({})));
    await time.advance(10);

    expect(ids(await ec2Fleet(ec2.connection, deployment).live())).toEqual(launched);
    expect(ec2.times('DescribeInstances')).toBe(2);
  });

  test('are not those that are terminated, and are those that are ending', async () => {
    const ec2 = fakeEc2({ endingSeconds: 30 });
    const [ended, ending, running] = await ec2.launch({}, {}, {});
    const end = (id = '') => {
      const instance = ec2.fleet.find(id);
      if (instance !== undefined) ec2.fleet.end(instance, 'Client.UserInitiatedShutdown');
    };
    end(ended);
    await time.advance(60);
    end(ending);
    await time.advance(10);

    expect(ids(await ec2Fleet(ec2.connection, deployment).live())).toEqual([ending, running]);
  });

  test("leave out a person's machine and one that names no life, and lose no other for it", async () => {
    const ec2 = fakeEc2();
    const [, , ours] = await ec2.launch(
      { tags: { Name: "somebody's machine" } },
      { tags: { ...runnerTags(tags), 'stint:life': 'mine' } },
      {},
    );
    await time.advance(10);

    expect(ids(await ec2Fleet(ec2.connection, deployment).live())).toEqual([ours]);
  });

  test.each(['soon', '', '2026-03-01T11:00:00+14:00', '99999999999999'])(
    'show one of ours whose deadline is %j, which has then come already',
    async (end) => {
      const ec2 = fakeEc2();
      await ec2.launch({ tags: { ...runnerTags(tags), 'stint:deadline': end } });
      await time.advance(10);

      const [shown] = await ec2Fleet(ec2.connection, deployment).live();
      expect(shown?.deadline).toEqual(shown?.launchedAt);
    },
  );

  test.each(['stint:round', 'stint:registration-id', 'stint:architecture', 'stint:requested-by'])(
    'show one of ours without its %s, for nothing else would end it',
    async (name) => {
      const ec2 = fakeEc2();
      const { [name]: _, ...others } = runnerTags(tags) as Record<string, string>;
      const [id] = await ec2.launch({ tags: others });
      await time.advance(10);

      expect(ids(await ec2Fleet(ec2.connection, deployment).live())).toEqual([id]);
    },
  );
});

describe('an instance by its id', () => {
  test('is found when it is of the deployment', async () => {
    const ec2 = fakeEc2();
    const [id = ''] = await ec2.launch({ market: 'on-demand' });
    await time.advance(10);

    await expect(ec2InstanceFinder(ec2.connection, deployment).byId(id)).resolves.toMatchObject({
      id,
      market: 'on-demand',
    });
  });

  test('is nothing when it is not of the deployment', async () => {
    const ec2 = fakeEc2();
    const [id = ''] = await ec2.launch(tagged({ deployment: 'z9y8x7w6' }));
    await time.advance(10);

    await expect(ec2InstanceFinder(ec2.connection, deployment).byId(id)).resolves.toBeUndefined();
  });

  test.each([
    ['that EC2 does not show yet', undefined],
    ['that never was', 'i-0123456789abcdef0'],
    ['that is none', 'whatever'],
  ])('%s is nothing', async (_, asked) => {
    const ec2 = fakeEc2();
    const [id = ''] = await ec2.launch({});

    await expect(ec2InstanceFinder(ec2.connection, deployment).byId(asked ?? id)).resolves.toBeUndefined();
  });
});
