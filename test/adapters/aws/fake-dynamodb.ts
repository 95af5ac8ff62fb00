import {
  itemChanger,
  itemDeleter,
  itemLister,
  itemPutter,
  itemReader,
} from '../../../functions/adapters/aws/dynamodb-table.ts';
import type { Table } from '../../../functions/domain/table.ts';
import { dynamodbService } from '../../../local/aws/dynamodb/protocol.ts';
import { Tables } from '../../../local/aws/dynamodb/state.ts';
import { synthesizedStack } from '../../synthesized-stack.ts';
import { fakeAws } from './fake-aws.ts';

/** The deployment's table behind the front door, as the adapter shows it. */
export const fakeDynamodb = async () => {
  const { tables: described } = synthesizedStack();
  const tables = await Tables.of(described);
  const aws = fakeAws(dynamodbService(tables));
  const tableName = described[0]?.name ?? '';
  const table: Table = Object.assign(
    {},
    ...[itemReader, itemLister, itemPutter, itemChanger, itemDeleter].map((make) =>
      make(aws.connection, tableName),
    ),
  );
  return { ...aws, tables, tableName, table };
};
