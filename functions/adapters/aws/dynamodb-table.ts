import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type {
  Condition,
  Item,
  ItemChanger,
  ItemDeleter,
  ItemLister,
  ItemPutter,
  ItemReader,
} from '../../domain/table.ts';
import { type AwsConnection, clientFor } from './aws-connection.ts';
import { asAws, unlessGone } from './aws-errors.ts';
import { changesText, conditionText, ExpressionNames } from './dynamodb-expressions.ts';
import { type Attributes, attributesOf, itemOf, keyOf } from './dynamodb-items.ts';

const dynamodbClient = clientFor(DynamoDBClient);

/** Each operation by itself, so that a bundle holds those that its function may do. */

const refused = ['ConditionalCheckFailedException'];

const conditionOf = (names: ExpressionNames, condition: Condition | undefined) =>
  condition === undefined ? {} : { ConditionExpression: conditionText(names, condition) };

/** Reads one item, as the last write left it. */
export const itemReader = (connection: AwsConnection, tableName: string): ItemReader => ({
  read: (key) =>
    asAws('GetItem', async () => {
      const { Item: found } = await dynamodbClient(connection).send(
        new GetItemCommand({ TableName: tableName, Key: keyOf(key), ConsistentRead: true }),
      );
      return found === undefined ? undefined : itemOf(found);
    }),
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html */
const page = (connection: AwsConnection, tableName: string, pk: string, from: Attributes | undefined) => {
  const names = new ExpressionNames();
  const command = new QueryCommand({
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: `${names.name('pk')} = ${names.value(pk)}`,
    ...names.parameters,
    ...(from === undefined ? {} : { ExclusiveStartKey: from }),
  });
  return dynamodbClient(connection).send(command);
};

/** Lists items, as the last writes left them; a page of the answer has at most a megabyte. */
export const itemLister = (connection: AwsConnection, tableName: string): ItemLister => ({
  list: (pk) =>
    asAws('Query', async () => {
      const found: Item[] = [];
      let from: Attributes | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await page(connection, tableName, pk, from);
        found.push(...Items.map(itemOf));
        from = LastEvaluatedKey;
      } while (from !== undefined);
      return found;
    }),
});

/** Puts whole items. */
export const itemPutter = (connection: AwsConnection, tableName: string): ItemPutter => ({
  put: async (item, condition) => {
    const names = new ExpressionNames();
    const command = new PutItemCommand({
      TableName: tableName,
      Item: attributesOf(item),
      ...conditionOf(names, condition),
      ...names.parameters,
    });
    const put = await unlessGone('PutItem', refused, () => dynamodbClient(connection).send(command));
    return put !== undefined;
  },
});

/** Changes fields of items. */
export const itemChanger = (connection: AwsConnection, tableName: string): ItemChanger => ({
  change: async (key, changes, condition) => {
    const names = new ExpressionNames();
    const command = new UpdateItemCommand({
      TableName: tableName,
      Key: keyOf(key),
      UpdateExpression: changesText(names, changes),
      ReturnValues: 'ALL_NEW',
      ...conditionOf(names, condition),
      ...names.parameters,
    });
    const changed = await unlessGone('UpdateItem', refused, () => dynamodbClient(connection).send(command));
    return changed === undefined ? undefined : itemOf(changed.Attributes ?? {});
  },
});

/** Deletes items. */
export const itemDeleter = (connection: AwsConnection, tableName: string): ItemDeleter => ({
  delete: async (key, condition) => {
    const names = new ExpressionNames();
    const command = new DeleteItemCommand({
      TableName: tableName,
      Key: keyOf(key),
      ...conditionOf(names, condition),
      ...names.parameters,
    });
    const deleted = await unlessGone('DeleteItem', refused, () => dynamodbClient(connection).send(command));
    return deleted !== undefined;
  },
});
