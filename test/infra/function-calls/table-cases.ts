import type { Stack } from '../../../local/template/stack.ts';
import { type Case, call } from './call.ts';

/** Items of the deployment's table, by their partition key. */
export const tableCases = ({ tables: [table] }: Stack): readonly Case[] => {
  const TableName = table?.name ?? '';
  const key = (pk: string, name = TableName) => ({ TableName: name, Key: { pk: { S: pk }, sk: { S: '1' } } });
  const item = (pk: string, name = TableName) => ({
    TableName: name,
    Item: { pk: { S: pk }, sk: { S: '1' } },
  });
  return [
    ['read what is usual', call('dynamodb', 'GetItem', key('usual')), ['check-runner', 'show-runners']],
    ['remember what is usual', call('dynamodb', 'PutItem', item('usual')), ['check-runner']],
    ['read an item of no kind', call('dynamodb', 'GetItem', key('elsewhere'))],
    ['write an item of no kind', call('dynamodb', 'PutItem', item('elsewhere'))],
    ['read another table', call('dynamodb', 'GetItem', key('usual', 'production'))],
    ['write another table', call('dynamodb', 'PutItem', item('usual', 'production'))],
  ];
};
