import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Tables } from '../../../../local/aws/dynamodb/state.ts';
import { InFlight, installVirtualTime, type VirtualTime } from '../../../../local/time/virtual-time.ts';
import { synthesizedStack } from '../../../synthesized-stack.ts';

const start = new Date('2026-03-01T10:00:00Z');
const { tables: described } = synthesizedStack();
const TableName = described[0]?.name ?? '';
let tables: Tables;
let time: VirtualTime;

beforeEach(async () => {
  const inFlight = new InFlight();
  tables = await Tables.of(described, inFlight);
  time = installVirtualTime(start, inFlight);
});
afterEach(() => time.uninstall());

const secondsNow = (): number => (Date.now() - start.getTime()) / 1_000;

const count = async (): Promise<number> => {
  const { body } = await tables.ask(
    'UpdateItem',
    JSON.stringify({
      TableName,
      Key: { pk: { S: 'x' }, sk: { S: 'x' } },
      UpdateExpression: 'ADD seen :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return Number(JSON.parse(body).Attributes.seen.N);
};

test('a table answers at the very moment at which virtual time begins', async () => {
  expect(await count()).toBe(1);
  expect(secondsNow()).toBe(0);
});

test('time stands still while the table is asked, however much at once', async () => {
  const seen: string[] = [];
  setTimeout(() => seen.push(`timer at ${secondsNow()}`), 1_000);
  const asked = Promise.all(Array.from({ length: 500 }, count)).then((counts) =>
    seen.push(`${Math.max(...counts)} at ${secondsNow()}`),
  );
  await time.advance(2);
  await asked;
  expect(seen).toEqual(['500 at 0', 'timer at 1']);
});
