import type { Stack } from '../../../local/template/stack.ts';
import { type Case, call } from './call.ts';

const claimants = [
  'look-at-queue',
  'receive-webhook',
  'request-on-demand-instance',
  'request-runners',
  'request-spot-instance',
];

const tellers = [
  'check-gone',
  'check-need',
  'check-runner',
  'delete-schedule',
  'discard-round',
  'fetch-jit-config',
  'look-at-queue',
  'on-instance-terminated',
  'on-provision-unsuccessful',
  'rank-capacity-pools',
  'receive-webhook',
  'request-on-demand-instance',
  'request-runners',
  'request-spot-instance',
  'resolve-image',
  'schedule-destroy',
  'sweep',
  'take-turn',
  'terminate-instances',
  'withdraw-labels',
];

/** Items of the deployment's table, by their partition key. */
export const tableCases = ({ tables: [table] }: Stack): readonly Case[] => {
  const TableName = table?.name ?? '';
  const key = (pk: string, name = TableName) => ({ TableName: name, Key: { pk: { S: pk }, sk: { S: '1' } } });
  const item = (pk: string, name = TableName) => ({
    TableName: name,
    Item: { pk: { S: pk }, sk: { S: '1' } },
  });
  const list = (pk: string) =>
    call('dynamodb', 'Query', {
      TableName,
      KeyConditionExpression: '#0 = :0',
      ExpressionAttributeNames: { '#0': 'pk' },
      ExpressionAttributeValues: { ':0': { S: pk } },
    });
  return [
    ['read what is usual', call('dynamodb', 'GetItem', key('usual')), ['check-runner', 'show-runners']],
    ['remember what is usual', call('dynamodb', 'PutItem', item('usual')), ['check-runner']],
    [
      'read a life',
      list('runner#rr_runner_1f'),
      ['look-at-queue', 'receive-webhook', 'request-runners', 'show-runners', 'sweep'],
    ],
    [
      'write a life down',
      call('dynamodb', 'PutItem', item('runner#rr_runner_1f')),
      ['look-at-queue', 'receive-webhook', 'request-runners', 'sweep'],
    ],
    ['tell how a life stands', call('dynamodb', 'UpdateItem', key('runner#rr_runner_1f')), tellers],
    ['remove a life', call('dynamodb', 'DeleteItem', key('runner#rr_runner_1f'))],
    ['count the live runners', list('seats#cap'), [...claimants, 'delete-schedule', 'sweep']],
    ['take a seat', call('dynamodb', 'PutItem', item('seats#cap')), claimants],
    [
      'give a seat back',
      call('dynamodb', 'DeleteItem', key('seats#cap')),
      [...claimants, 'delete-schedule', 'sweep'],
    ],
    [
      'read what was tried for a queued job',
      call('dynamodb', 'GetItem', key('queue#rr_runner_1f')),
      ['look-at-queue', 'receive-webhook'],
    ],
    [
      'count a try',
      call('dynamodb', 'PutItem', item('queue#rr_runner_1f')),
      ['look-at-queue', 'receive-webhook'],
    ],
    ['know a delivery again', call('dynamodb', 'GetItem', key('delivery#5001')), ['receive-webhook']],
    ['remember a delivery', call('dynamodb', 'PutItem', item('delivery#5001')), ['receive-webhook']],
    ['count looks on hints', call('dynamodb', 'UpdateItem', key('budget#looks')), ['receive-webhook']],
    ['take a turn', call('dynamodb', 'UpdateItem', key('turns')), ['take-turn']],
    ['begin the turns anew', call('dynamodb', 'PutItem', item('turns')), ['take-turn']],
    ['read the turns', call('dynamodb', 'GetItem', key('turns'))],
    ['know which pools are empty', list('shortages'), ['rank-capacity-pools', 'take-turn']],
    [
      'tell that a pool is empty',
      call('dynamodb', 'PutItem', item('shortages')),
      ['request-on-demand-instance', 'request-spot-instance'],
    ],
    ['change a seat', call('dynamodb', 'UpdateItem', key('seats#cap'))],
    ['read an item of no kind', call('dynamodb', 'GetItem', key('elsewhere'))],
    ['write an item of no kind', call('dynamodb', 'PutItem', item('elsewhere'))],
    ['read another table', call('dynamodb', 'GetItem', key('usual', 'production'))],
    ['write another table', call('dynamodb', 'PutItem', item('usual', 'production'))],
  ];
};
