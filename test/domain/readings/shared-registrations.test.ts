import { describe, expect, test } from '@jest/globals';
import { AwsUnavailable } from '../../../functions/domain/errors.ts';
import type { Registration } from '../../../functions/domain/ports.ts';
import {
  parseRegistration,
  sharedRegistrations,
} from '../../../functions/domain/readings/shared-registrations.ts';

const listed: Registration = { id: 7, name: 'a', online: true, busy: false, labels: ['b'] };

const scene = (rows: readonly Registration[] | Error | undefined) => {
  const asked: number[] = [];
  const reading = {
    read: async () => {
      if (rows instanceof Error) throw rows;
      return rows === undefined ? undefined : { rows, askedAt: new Date(0) };
    },
  };
  const byId = async (id: number) => {
    asked.push(id);
    return undefined;
  };
  return { asked, registrations: sharedRegistrations(reading, { byId }) };
};

describe('registrations of runners that are waited for', () => {
  test('cost nothing when the shared reading has them', async () => {
    const { registrations, asked } = scene([listed]);
    expect(await registrations.byId(7)).toEqual(listed);
    expect(asked).toEqual([]);
  });

  test.each([
    ['the reading does not have them, which proves nothing', [listed], 8],
    ['there is no reading yet', undefined, 7],
    ['the table is away', new AwsUnavailable('away'), 7],
  ])('are asked for by id when %s', async (_, rows, id) => {
    const { registrations, asked } = scene(rows);
    expect(await registrations.byId(id)).toBeUndefined();
    expect(asked).toEqual([id]);
  });

  test.each([null, 1, {}, { ...listed, id: '7' }, { ...listed, online: 'yes' }, { ...listed, labels: [1] }])(
    'are not read from the row %j',
    (row) => expect(parseRegistration(row)).toBeUndefined(),
  );

  test('are read as they were written', () =>
    expect(parseRegistration(JSON.parse(JSON.stringify(listed)))).toEqual(listed));
});
