import { expect, test } from '@jest/globals';
import { switchAdmission } from '../../functions/switch-admission.ts';

const used = 'closed: the budget of 48 runner-hours a day is used up';

const after = async (position: string, value: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'): Promise<string> => {
  let present = position;
  const admission = {
    position: async () => present,
    setPosition: async (next: string) => {
      present = next;
    },
  };
  await switchAdmission({ admission, log: () => undefined }, 48)({ alarmData: { state: { value } } });
  return present;
};

test.each([
  ['open', 'ALARM', used],
  [used, 'OK', 'open'],
  ['closed: the budget of 12 runner-hours a day is used up', 'OK', 'open'],
  [used, 'ALARM', used],
  ['open', 'OK', 'open'],
  ['closed', 'ALARM', 'closed'],
  ['closed', 'OK', 'closed'],
  ['closed: maintenance until noon', 'ALARM', 'closed: maintenance until noon'],
  ['closed: maintenance until noon', 'OK', 'closed: maintenance until noon'],
  [
    'closed: the budget of 48 runner-hours a day is used up, until noon',
    'OK',
    expect.stringMatching(/noon$/),
  ],
  [used, 'INSUFFICIENT_DATA', used],
  ['open', 'INSUFFICIENT_DATA', 'open'],
] as const)(
  'a switch at "%s" is, when the budget\'s alarm is %s, then at %s',
  async (position, value, next) => {
    expect(await after(position, value)).toEqual(next);
  },
);

test('a position that the budget sets is one that the parameter takes', async () => {
  expect(await after('open', 'ALARM')).toMatch(/^(open|closed(: .{1,300})?)$/);
});
