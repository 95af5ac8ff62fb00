import { describe, expect, test } from '@jest/globals';
import { AwsRefused, AwsUnavailable } from '../../../functions/domain/errors.ts';
import { absent, type Condition, type Item } from '../../../functions/domain/table.ts';
import { fakeDynamodb } from './fake-dynamodb.ts';

const key = { pk: 'runner#rr_runner_1', sk: 'x86_64' };
const item: Item = { ...key, life: 'rr_runner_1_x86_64-1', rank: 2, isSeen: true };

describe('an item', () => {
  test('is read as it was put, with texts, numbers and truths', async () => {
    const { table } = await fakeDynamodb();
    expect(await table.read(key)).toBeUndefined();
    expect(await table.put(item)).toBe(true);
    expect(await table.read(key)).toEqual(item);
  });

  test('is put in the place of all that was there', async () => {
    const { table } = await fakeDynamodb();
    await table.put(item);
    await table.put({ ...key, life: 'another' });
    expect(await table.read(key)).toEqual({ ...key, life: 'another' });
  });

  test('is changed field by field, numbers are added, and what is not there is made', async () => {
    const { table } = await fakeDynamodb();
    expect(await table.change(key, { set: { state: 'a' }, add: { turns: 2 } })).toEqual({
      ...key,
      state: 'a',
      turns: 2,
    });
    expect(await table.change(key, { add: { turns: -1 }, remove: ['state'] })).toEqual({ ...key, turns: 1 });
  });

  test('that is gone may be deleted again', async () => {
    const { table } = await fakeDynamodb();
    await table.put(item);
    expect([await table.delete(key), await table.delete(key)]).toEqual([true, true]);
    expect(await table.read(key)).toBeUndefined();
  });

  test('that somebody wrote by hand is read without the fields that are of another type', async () => {
    const { table, tables, tableName } = await fakeDynamodb();
    const byHand = { pk: { S: key.pk }, sk: { S: key.sk }, life: { L: [{ S: 'x' }] }, rank: { N: '7' } };
    await tables.ask('PutItem', JSON.stringify({ TableName: tableName, Item: byHand }));
    expect(await table.read(key)).toEqual({ ...key, rank: 7 });
  });

  test('may have fields whose names are words of DynamoDB', async () => {
    const { table } = await fakeDynamodb();
    const words = { ...key, state: 'a', name: 'b', ttl: 3, count: 4 };
    expect(await table.put(words, [{ state: 'absent', count: 'absent' }])).toBe(true);
    expect(await table.change(key, { add: { count: 1 } }, [{ name: { is: 'b' } }])).toMatchObject({
      count: 5,
    });
  });
});

describe('a condition', () => {
  test.each<[string, Condition, boolean]>([
    ['holds where the item is absent', absent, false],
    ['holds where a field is', [{ rank: { is: 2 } }], true],
    ['fails where it is something else', [{ rank: { is: 3 } }], false],
    ['holds where it is below', [{ rank: { below: 3 } }], true],
    ['fails where it is not below', [{ rank: { below: 2 } }], false],
    ['holds where it is above', [{ rank: { above: 1 } }], true],
    ['fails where a field that it compares is not there', [{ turns: { below: 9 } }], false],
    ['wants all of one', [{ rank: { is: 2 }, isSeen: { is: false } }], false],
    ['wants one of all', [{ rank: { is: 9 } }, { isSeen: { is: true } }], true],
  ])('%s', async (_, condition, isHeld) => {
    const { table } = await fakeDynamodb();
    await table.put(item);
    const changed = await table.change(key, { set: { seen: 'yes' } }, condition);
    expect(changed !== undefined).toBe(isHeld);
    expect(await table.put({ ...item, seen: 'again' }, condition)).toBe(isHeld);
    expect(await table.delete(key, condition)).toBe(isHeld);
  });

  test('lets one through of a thousand at once', async () => {
    const { table } = await fakeDynamodb();
    const won = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => table.put({ ...item, index }, absent)),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
  });
});

test('a thousand additions at once are all counted', async () => {
  const { table } = await fakeDynamodb();
  await Promise.all(Array.from({ length: 1_000 }, () => table.change(key, { add: { count: 1 } })));
  expect((await table.read(key))?.['count']).toBe(1_000);
});

test('a list has all items of its pk in order, over as many pages as there are', async () => {
  const { table, times } = await fakeDynamodb();
  const text = 'x'.repeat(300_000);
  for (const sk of ['03', '01', '04', '02', '05']) await table.put({ pk: 'big', sk, text });
  await table.put({ pk: 'another', sk: '01' });
  const listed = await table.list('big');
  expect(listed.map(({ sk }) => sk)).toEqual(['01', '02', '03', '04', '05']);
  expect(times('Query')).toBeGreaterThan(1);
});

describe('trouble', () => {
  test.each([
    'ThrottlingException',
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'InternalServerError',
    'ConnectionLost',
  ])('%s passes', async (error) => {
    const { table, faults } = await fakeDynamodb();
    faults.add({ service: 'dynamodb', operation: '*', error, times: 9 });
    await expect(table.read(key)).rejects.toThrow(AwsUnavailable);
    await expect(table.put(item, absent)).rejects.toThrow(AwsUnavailable);
    await expect(table.list('x')).rejects.toThrow(AwsUnavailable);
  });

  test.each(['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException'])(
    '%s does not',
    async (error) => {
      const { table, faults } = await fakeDynamodb();
      faults.add({ service: 'dynamodb', operation: '*', error, times: 9 });
      await expect(table.read(key)).rejects.toThrow(AwsRefused);
      await expect(table.change(key, { set: { a: 1 } })).rejects.toThrow(AwsRefused);
    },
  );

  test('a table that was deleted answers nothing any more', async () => {
    const { table, tables, tableName } = await fakeDynamodb();
    await tables.delete(tableName);
    await expect(table.read(key)).rejects.toThrow(/ResourceNotFoundException/);
  });

  test('a put whose answer was lost is repeated, and finds its own effect', async () => {
    const { table, faults } = await fakeDynamodb();
    faults.add({ service: 'dynamodb', operation: 'PutItem', error: 'AnswerLost' });
    const mine: Condition = [{ life: 'absent' }, { life: { is: String(item['life']) } }];
    expect(await table.put(item, mine)).toBe(true);
    faults.add({ service: 'dynamodb', operation: 'PutItem', error: 'AnswerLost' });
    expect(await table.put({ ...key, sk: 'arm64' }, absent)).toBe(false);
  });
});
